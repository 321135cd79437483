/** Tool outputs as the operations give them, for tests of cards and of the console. */
import type {
  AccountBrief,
  FindCustomerOutput,
  LedgerMetricsOutput,
} from '../../src/domain/ledger-query/answers.ts';
import { type LedgerQuestionInput, ledgerQuestion } from '../../src/domain/ledger-query/question.ts';
import type { GroupRow, LedgerResult, LedgerRow } from '../../src/domain/ledger-query/result.ts';

export const TODAY = '2026-03-31';

export const northwind = { id: 11, code: 'C-0011', name: 'Northwind Traders' };
export const globex = { id: 12, code: 'C-0012', name: 'Globex Corporation' };
export const initech = { id: 13, code: 'C-0013', name: 'Initech GmbH' };
/** A name that would become markup, markdown or a date if anything read it as such. */
export const hostile = {
  id: 14,
  code: 'C-0014',
  name: '<img src=x onerror="document.title=1"> **Evil** [link](https://evil.test) & Söhne',
};

export const aResult = (
  question: LedgerQuestionInput,
  result: Partial<LedgerResult> & { figureId?: number } = {},
): LedgerResult & { figureId: number } => ({
  question: ledgerQuestion.parse(question),
  description: 'overdue invoices',
  asOf: TODAY,
  rowCount: result.rows?.length ?? result.groups?.length ?? 0,
  truncated: false,
  totals: [],
  notes: [],
  figureId: 7,
  ...result,
});

export const anInvoice = (row: Partial<LedgerRow> = {}): LedgerRow => ({
  id: 1,
  number: 'INV-1001',
  customer: northwind,
  currency: 'USD',
  amount: '12500.00',
  open: '12500.00',
  issuedOn: '2026-01-15',
  dueOn: '2026-02-14',
  daysOverdue: 45,
  status: 'overdue',
  ...row,
});

const owed = (
  customer: GroupRow['customer'],
  currency: string,
  open: string,
  count: number,
  days: number,
): GroupRow => ({
  customer,
  currency,
  values: { sum_open: open, count, max_days_overdue: days },
});

export const whoOwesMost = aResult(
  {
    dataset: 'invoices',
    filters: { status: ['open'] },
    measures: ['sum_open', 'count', 'max_days_overdue'],
    groupBy: ['customer', 'currency'],
    order: { by: 'open' },
    limit: 5,
  },
  {
    description: 'open invoices by customer, the 5 largest per currency',
    groups: [
      owed(northwind, 'USD', '184250.00', 9, 72),
      owed(globex, 'USD', '121999.50', 14, 31),
      owed(hostile, 'USD', '98400.00', 3, 0),
      owed(initech, 'EUR', '77120.35', 6, 12),
      owed({ id: 15, code: 'C-0015', name: 'Sakura Trading KK' }, 'JPY', '9840000', 4, 5),
    ],
    rowCount: 41,
    truncated: true,
    totals: [
      {
        currency: 'USD',
        count: 96,
        amount: '960000.00',
        open: '701230.10',
        shownOpen: '404649.50',
        shownShareOfOpen: '57.7',
      },
      {
        currency: 'EUR',
        count: 31,
        amount: '300000.00',
        open: '150120.00',
        shownOpen: '77120.35',
        shownShareOfOpen: '51.4',
      },
    ],
  },
);

const buckets = (values: string[]) =>
  ['not_due', '1-30', '31-60', '61-90', '90+'].map((bucket, at) => ({
    bucket,
    count: 40 - at * 8,
    open: values[at] ?? '0',
    share: ['52.1', '21.0', '13.9', '8.0', '5.0'][at]!,
  }));

export const aging: LedgerMetricsOutput & { figureId: number } = {
  metric: 'aging',
  title: 'Aging',
  method: 'Open amounts by days past due on the as-of day (policy P-3), each currency by itself.',
  description: 'all open invoices',
  asOf: TODAY,
  figures: [
    {
      currency: 'USD',
      value: '701230.10',
      unit: 'money',
      buckets: buckets(['365340.88', '147258.32', '97470.98', '56098.41', '35061.51']),
      inputs: { open_invoices: '96' },
    },
    {
      currency: 'EUR',
      value: '150120.00',
      unit: 'money',
      buckets: buckets(['78212.52', '31525.20', '20866.68', '12009.60', '7506.00']),
      inputs: {},
    },
  ],
  notes: [],
  figureId: 8,
};

export const dso: LedgerMetricsOutput & { figureId: number } = {
  metric: 'dso',
  title: 'DSO (count-back)',
  method:
    'Receivable is counted back through the billing of each month until it is used up; the days of those months are the DSO.',
  description: 'all invoices, 6 month ends',
  asOf: TODAY,
  figures: [
    {
      currency: 'USD',
      value: '43.2',
      unit: 'days',
      series: ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'].map((period, at) => ({
        period,
        value: ['47.8', '46.1', '48.9', '45.0', '44.4', '43.2'][at]!,
        receivable: `${690000 + at * 2000}.10`,
        billed: `${450000 + at * 9000}.00`,
      })),
      inputs: { receivable: '701230.10', billed_march: '495000.00' },
    },
  ],
  notes: ['Demo ledger begins 2024-10-01.'],
  figureId: 9,
};

export const severalAcmes: FindCustomerOutput = {
  asked: 'acme',
  resolved: null,
  why: 'several',
  matches: [
    {
      id: 21,
      code: 'C-0021',
      name: 'Acme',
      how: 'part',
      parent: null,
      children: [],
      country: 'US',
      owner: 'sam@example.com',
      open: [{ currency: 'USD', amount: '18200.00', count: 3 }],
    },
    {
      id: 22,
      code: 'C-0022',
      name: 'ACME',
      how: 'part',
      parent: null,
      children: [],
      country: 'DE',
      owner: null,
      open: [],
    },
    {
      id: 23,
      code: 'C-0023',
      name: 'Acme Logistics',
      how: 'part',
      parent: { id: 21, code: 'C-0021', name: 'Acme' },
      children: [],
      country: 'US',
      owner: null,
      open: [{ currency: 'USD', amount: '900.00', count: 1 }],
    },
  ],
};

const openInvoice = (number: string, open: string, daysOverdue: number, disputed = false) =>
  ({
    number,
    customer: northwind,
    issuedOn: '2026-01-10',
    dueOn: daysOverdue > 0 ? '2026-02-09' : '2026-04-20',
    currency: 'USD',
    amount: '60000.00',
    open,
    status: daysOverdue > 0 ? 'overdue' : 'not_due',
    daysOverdue,
    paidOn: null,
    daysLate: null,
    poNumber: null,
    disputed,
  }) as const;

export const brief: AccountBrief = {
  asOf: TODAY,
  customer: {
    ...northwind,
    parent: null,
    children: [{ id: 31, code: 'C-0031', name: 'Northwind Traders Deutschland GmbH' }],
    owner: 'sam@example.com',
    segment: 'Enterprise',
    region: 'AMER',
    country: 'US',
    termsDays: 30,
  },
  invoice: null,
  open: [
    {
      currency: 'USD',
      count: 4,
      open: '184250.00',
      overdueCount: 3,
      overdue: '124250.00',
      maxDaysOverdue: 72,
      unapplied: '1200.00',
      credits: '0.00',
    },
  ],
  openInvoices: [
    openInvoice('INV-2041', '44250.00', 72, true),
    openInvoice('INV-2077', '60000.00', 50),
    openInvoice('INV-2102', '20000.00', 12),
    openInvoice('INV-2150', '60000.00', 0),
  ],
  habits: {
    paidInvoices: 38,
    averageDaysToPay: '41.3',
    averageDaysLate: '11.3',
    medianDaysLate: '9',
    onTimeShare: '21.1',
    window: { from: '2025-04-01', to: TODAY },
  },
  contacts: [
    { name: 'Dana Reyes', email: 'ap@northwind.example', role: 'Accounts payable', primary: true },
    { name: null, email: 'controller@northwind.example', role: null, primary: false },
  ],
  promises: [
    {
      id: 1,
      currency: 'USD',
      amount: '44250.00',
      payOn: '2026-03-20',
      madeOn: '2026-03-10',
      status: 'broken',
      received: '0.00',
      invoices: ['INV-2041'],
      quote: 'We will wire it on the 20th, promise.',
    },
  ],
  disputes: [
    {
      id: 1,
      invoice: 'INV-2041',
      reason: 'short_delivery',
      currency: 'USD',
      amount: '4250.00',
      owner: 'lee@example.com',
      openedOn: '2026-02-20',
      ageDays: 39,
      resolvedOn: null,
    },
  ],
  holds: [],
  messages: [
    {
      day: '2026-03-10',
      direction: 'in',
      from: 'ap@northwind.example',
      subject: 'Re: INV-2041',
      excerpt: 'We will wire it on the 20th, promise.',
    },
  ],
  timeline: [
    {
      day: '2026-03-21',
      kind: 'chased',
      summary: 'Reminder sent',
      actor: 'sam@example.com',
      invoice: 'INV-2041',
    },
    {
      day: '2026-03-10',
      kind: 'promised',
      summary: 'Promised 44,250.00 USD for 2026-03-20',
      actor: null,
      invoice: 'INV-2041',
    },
    {
      day: '2026-02-20',
      kind: 'disputed',
      summary: 'Short delivery on INV-2041',
      actor: null,
      invoice: 'INV-2041',
    },
    { day: '2026-01-10', kind: 'issued', summary: 'INV-2041 issued', actor: null, invoice: 'INV-2041' },
  ],
};

export const behindTheFigure = {
  figureId: 7,
  of: 'open invoices',
  result: aResult(
    { dataset: 'invoices', filters: { status: ['open'] } },
    {
      description: 'open invoices',
      rows: [
        anInvoice(),
        anInvoice({ id: 2, number: 'INV-1002', customer: globex, daysOverdue: 3, open: '500.00' }),
        anInvoice({ id: 3, number: 'INV-1003', customer: hostile, daysOverdue: 0, status: 'open' }),
      ],
      totals: [{ currency: 'USD', count: 3, amount: '37500.00', open: '25500.00' }],
    },
  ),
};
