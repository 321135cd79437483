/** The story of an account, section by section: the account page shows them all, the chat card the telling ones. */
import type { AccountBrief } from '../domain/ledger-query/answers.ts';
import { agingBuckets } from '../domain/ledger-query/question.ts';
import { parseDecimal, toDecimal } from '../domain/money.ts';
import type { Block, Cell } from './card.ts';
import {
  bucketLabel,
  bucketTone,
  capital,
  customerCell,
  MAX_ROWS,
  moneyCell,
  NONE,
  numberCell,
  overdueTone,
  plural,
  type Tone,
  textCell,
  words,
} from './labels.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });

/** At most `limit` rows of a list as a titled table; no block for an empty list. */
function table<T>(
  title: string,
  list: readonly T[],
  columns: { title: string; align: 'left' | 'right'; cell: (row: T) => Cell; has?: (row: T) => boolean }[],
  limit = MAX_ROWS,
): Block[] {
  if (list.length === 0) return [];
  const rows = list.slice(0, limit);
  const shown = columns.filter((column) => !column.has || rows.some(column.has));
  return [
    {
      type: 'table',
      title,
      columns: shown.map(({ title, align }) => ({ title, align })),
      rows: rows.map((row) => shown.map((column) => column.cell(row))),
      more: list.length - rows.length,
    },
  ];
}

const daysCell = (days: number): Cell => numberCell(days > 0 ? days : null, overdueTone(days));

/** What is owed, per currency: nothing is summed over currencies (policy P-1). */
export const balanceBlocks = (brief: AccountBrief): Block[] =>
  brief.open.length === 0
    ? [{ type: 'text', text: 'Nothing is open.', tone: 'normal' }]
    : table('Balance', brief.open, [
        { ...left('Currency'), cell: (row) => textCell(row.currency) },
        { ...right('Open'), cell: (row) => moneyCell(row.open, row.currency) },
        { ...right('Invoices'), cell: (row) => numberCell(row.count) },
        {
          ...right('Overdue'),
          cell: (row) => moneyCell(row.overdue, row.currency, overdueTone(row.maxDaysOverdue)),
        },
        { ...right('Oldest, days'), cell: (row) => daysCell(row.maxDaysOverdue) },
        {
          ...right('Unapplied'),
          cell: (row) => moneyCell(row.unapplied, row.currency),
          has: (row) => /[1-9]/.test(row.unapplied),
        },
        {
          ...right('Credits'),
          cell: (row) => moneyCell(row.credits, row.currency),
          has: (row) => /[1-9]/.test(row.credits),
        },
      ]);

const bucketOf = (daysOverdue: number): (typeof agingBuckets)[number] =>
  daysOverdue <= 0
    ? 'not_due'
    : daysOverdue <= 30
      ? '1-30'
      : daysOverdue <= 60
        ? '31-60'
        : daysOverdue <= 90
          ? '61-90'
          : '90+';

/**
 * Aging bars per currency. The brief lists at most 25 open invoices: where it lists them all the bars are the
 * buckets of policy P-3, else they are what is due and what is not, which the totals tell exactly.
 */
export function accountBars(brief: AccountBrief): Block[] {
  const open = brief.open.filter((each) => each.count > 0);
  const listed = open.reduce((sum, each) => sum + each.count, 0) === brief.openInvoices.length;
  return open.map(({ currency, open, overdue }) => {
    const amount = (text: string) => parseDecimal(text, currency);
    const own = brief.openInvoices.filter((invoice) => invoice.currency === currency);
    const inBucket = (bucket: string) =>
      own
        .filter((invoice) => bucketOf(invoice.daysOverdue) === bucket)
        .reduce((sum, invoice) => sum + amount(invoice.open), 0n);
    return {
      type: 'bars',
      title: `Open by age, ${currency}`,
      unit: currency,
      bars: listed
        ? agingBuckets.map((bucket) => ({
            label: bucketLabel(bucket),
            value: toDecimal(inBucket(bucket), currency),
            tone: bucketTone(bucket),
          }))
        : [
            {
              label: 'Not due',
              value: toDecimal(amount(open) - amount(overdue), currency),
              tone: 'good' as const,
            },
            { label: 'Overdue', value: overdue, tone: 'bad' as const },
          ],
    };
  });
}

export function openInvoiceBlocks(brief: AccountBrief, limit = MAX_ROWS): Block[] {
  const all = brief.open.reduce((sum, each) => sum + each.count, 0);
  const blocks = table(
    'Open invoices',
    brief.openInvoices,
    [
      { ...left('Invoice'), cell: (row) => textCell(row.number) },
      {
        ...left('Customer'),
        cell: (row) => customerCell(row.customer),
        has: (row) => row.customer.id !== brief.customer.id,
      },
      { ...left('Due'), cell: (row) => textCell(row.dueOn) },
      {
        ...right('Days overdue'),
        cell: (row) => daysCell(row.daysOverdue),
        has: (row) => row.daysOverdue > 0,
      },
      {
        ...right('Amount'),
        cell: (row) => moneyCell(row.amount, row.currency),
        has: (row) => row.amount !== row.open,
      },
      { ...right('Open'), cell: (row) => moneyCell(row.open, row.currency, overdueTone(row.daysOverdue)) },
      {
        ...left('Note'),
        cell: (row) => ({
          text: row.disputed ? 'Disputed' : '',
          ...(row.disputed ? { tone: 'warning' } : {}),
        }),
        has: (row) => row.disputed,
      },
    ],
    limit,
  );
  return blocks.map((block) =>
    block.type === 'table' ? { ...block, more: Math.max(0, all - block.rows.length) } : block,
  );
}

const PROMISE_TONES: Readonly<Record<AccountBrief['promises'][number]['status'], Tone | undefined>> = {
  open: undefined,
  kept: 'good',
  partly_kept: 'warning',
  broken: 'bad',
  withdrawn: 'muted',
};

export const promiseBlocks = (brief: AccountBrief): Block[] =>
  table('Promises', brief.promises, [
    { ...left('Pay on'), cell: (row) => textCell(row.payOn) },
    { ...right('Amount'), cell: (row) => moneyCell(row.amount, row.currency) },
    { ...right('Received'), cell: (row) => moneyCell(row.received, row.currency) },
    {
      ...left('Status'),
      cell: (row) => {
        const tone = PROMISE_TONES[row.status];
        return { ...textCell(capital(words(row.status))), ...(tone ? { tone } : {}) };
      },
    },
    {
      ...left('Invoices'),
      cell: (row) => textCell(row.invoices.join(', ')),
      has: (row) => row.invoices.length > 0,
    },
    { ...left('In their words'), cell: (row) => textCell(row.quote), has: (row) => Boolean(row.quote) },
  ]);

export const disputeBlocks = (brief: AccountBrief): Block[] =>
  table('Disputes', brief.disputes, [
    { ...left('Invoice'), cell: (row) => textCell(row.invoice) },
    { ...left('Reason'), cell: (row) => textCell(capital(words(row.reason))) },
    { ...right('Amount'), cell: (row) => moneyCell(row.amount, row.currency) },
    { ...left('Opened'), cell: (row) => textCell(row.openedOn) },
    { ...right('Age, days'), cell: (row) => numberCell(row.ageDays) },
    { ...left('Working on it'), cell: (row) => textCell(row.owner) },
    {
      ...left('Resolved'),
      cell: (row) => ({ ...textCell(row.resolvedOn), tone: 'good' }),
      has: (row) => row.resolvedOn !== null,
    },
  ]);

export const holdBlocks = (brief: AccountBrief): Block[] =>
  table('Holds', brief.holds, [
    { ...left('Reason'), cell: (row) => textCell(row.reason) },
    { ...left('From'), cell: (row) => textCell(row.from) },
    { ...left('Until'), cell: (row) => textCell(row.until ?? 'lifted by hand') },
    { ...left('Invoice'), cell: (row) => textCell(row.invoice ?? 'all') },
  ]);

export const contactBlocks = (brief: AccountBrief): Block[] =>
  table('Contacts', brief.contacts, [
    { ...left('Name'), cell: (row) => textCell(row.primary ? `${row.name ?? NONE} (primary)` : row.name) },
    { ...left('Role'), cell: (row) => textCell(row.role), has: (row) => Boolean(row.role) },
    { ...left('Email'), cell: (row) => textCell(row.email) },
  ]);

export const messageBlocks = (brief: AccountBrief): Block[] =>
  table('Last messages', brief.messages, [
    { ...left('Day'), cell: (row) => textCell(row.day) },
    { ...left('Direction'), cell: (row) => textCell(row.direction === 'in' ? 'Received' : 'Sent') },
    { ...left('From'), cell: (row) => textCell(row.from) },
    { ...left('Message'), cell: (row) => textCell([row.subject, row.excerpt].filter(Boolean).join(': ')) },
  ]);

export const habitTitle = ({ habits }: AccountBrief): string =>
  `How they pay, ${habits.window.from} to ${habits.window.to}`;

/** How they usually pay, over the window that the brief names. */
export function habitBlocks(brief: AccountBrief): Block[] {
  const { habits } = brief;
  const title = habitTitle(brief);
  if (habits.paidInvoices === 0)
    return [{ type: 'facts', title, facts: [{ label: 'Paid invoices', value: 'none in this time' }] }];
  const days = (value: string | null) => (value === null ? NONE : `${value} days`);
  return [
    {
      type: 'facts',
      title,
      facts: [
        { label: 'Paid invoices', value: habits.paidInvoices.toLocaleString('en-US') },
        { label: 'Average days to pay', value: days(habits.averageDaysToPay) },
        { label: 'Average days late', value: days(habits.averageDaysLate) },
        { label: 'Median days late', value: days(habits.medianDaysLate) },
        { label: 'Paid on time', value: habits.onTimeShare === null ? NONE : `${habits.onTimeShare}%` },
      ],
    },
  ];
}

/** Who they are: group, owner, terms. */
export function profileBlocks(brief: AccountBrief): Block[] {
  const { customer } = brief;
  const facts = [
    { label: 'Part of', value: customer.parent?.name },
    {
      label: 'Subsidiaries',
      value: customer.children.map((child) => child.name).join(', '),
    },
    { label: 'Owner', value: customer.owner },
    { label: 'Segment', value: customer.segment },
    { label: 'Region', value: [customer.region, customer.country].filter(Boolean).join(', ') },
    { label: 'Terms', value: customer.termsDays === null ? null : plural(customer.termsDays, 'day') },
  ];
  return [{ type: 'facts', facts: facts.flatMap(({ label, value }) => (value ? [{ label, value }] : [])) }];
}

export const timelineBlocks = (brief: AccountBrief, limit: number): Block[] =>
  brief.timeline.length === 0
    ? []
    : [
        {
          type: 'timeline',
          title: 'Timeline',
          events: brief.timeline.slice(0, limit).map((event) => ({
            day: event.day,
            kind: event.kind,
            text: event.actor ? `${event.summary} (${event.actor})` : event.summary,
            ...(event.invoice ? { invoice: event.invoice } : {}),
          })),
          more: Math.max(0, brief.timeline.length - limit),
        },
      ];
