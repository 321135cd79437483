import { describe, expect, test } from 'vitest';
import { accountPageCards } from '../../src/cards/account-card.ts';
import { cardsFor, nameThatPicks } from '../../src/cards/answer-cards.ts';
import { type Block, type Card, card as cardShape } from '../../src/cards/card.ts';
import type { GroupRow } from '../../src/domain/ledger-query/result.ts';
import {
  aging,
  anInvoice,
  aResult,
  behindTheFigure,
  brief,
  dso,
  globex,
  northwind,
  severalAcmes,
  TODAY,
  whoOwesMost,
} from './outputs.ts';

const only = (name: string, output: unknown): Card => {
  const cards = cardsFor([{ name, input: {}, output }]);
  expect(cards).toHaveLength(1);
  return cardShape.parse(cards[0]);
};
const blocks = <Type extends Block['type']>(card: Card, type: Type) =>
  card.blocks.filter((block): block is Extract<Block, { type: Type }> => block.type === type);
const texts = (card: Card, at = 0) =>
  blocks(card, 'table')[at]!.rows.map((row) => row.map((cell) => cell.text));
const titles = (card: Card, at = 0) => blocks(card, 'table')[at]!.columns.map((column) => column.title);

describe('a ledger question', () => {
  test('ranked groups become a table with money at the right, its currency, and links to the customers', () => {
    const card = only('query_ledger', whoOwesMost);
    const table = blocks(card, 'table')[0]!;
    expect(table.columns).toEqual([
      { title: 'Customer', align: 'left' },
      { title: 'Open', align: 'right' },
      { title: 'Invoices', align: 'right' },
      { title: 'Most days overdue', align: 'right' },
    ]);
    expect(table.rows[0]!.map((cell) => cell.text)).toEqual([
      'Northwind Traders',
      '184,250.00 USD',
      '9',
      '72',
    ]);
    expect(table.rows[0]![0]!.customerId).toBe(northwind.id);
    expect(table.rows.map((row) => row[3]!.tone)).toEqual(['bad', 'bad', undefined, 'warning', 'warning']);
    expect(table.rows[4]![1]!.text).toBe('9,840,000 JPY');
    expect(table.more).toBe(36);
    expect(card).toMatchObject({ title: 'Open invoices by customer', figureId: 7 });
    expect(card.method).toContain(`as of ${TODAY}`);
  });

  test('a cut list says how much of the whole it shows, per currency', () => {
    const lines = blocks(only('query_ledger', whoOwesMost), 'text').map((block) => block.text);
    expect(lines).toContain('96 invoices in all, 701,230.10 USD open; shown here 404,649.50 USD, 57.7%');
    expect(lines).toContain('31 invoices in all, 150,120.00 EUR open; shown here 77,120.35 EUR, 51.4%');
  });

  test('rows hold at most 25, with the number of those left out', () => {
    const rows = Array.from({ length: 40 }, (_, at) => anInvoice({ id: at, number: `INV-${at}` }));
    const card = only(
      'query_ledger',
      aResult({ dataset: 'invoices' }, { rows, rowCount: 112, truncated: true }),
    );
    expect(blocks(card, 'table')[0]).toMatchObject({ more: 87 });
    expect(texts(card)).toHaveLength(25);
    expect(card.allRows).toBeUndefined();
  });

  test('a list ranked by currency keeps the largest of every currency when it is cut', () => {
    const groups = ['USD', 'EUR', 'JPY'].flatMap((currency, at) =>
      Array.from(
        { length: at === 2 ? 2 : 20 },
        (_, rank): GroupRow => ({
          customer: { id: at * 100 + rank, code: `C${rank}`, name: `${currency} ${rank}` },
          currency,
          values: { sum_open: `${900 - rank}.00` },
        }),
      ),
    );
    const card = only(
      'query_ledger',
      aResult(
        { dataset: 'invoices', measures: ['sum_open'], groupBy: ['customer'] },
        { groups, rowCount: 42 },
      ),
    );
    const names = texts(card).map((row) => row[0]!);
    expect(names).toHaveLength(25);
    expect(names.filter((name) => name.startsWith('JPY'))).toEqual(['JPY 0', 'JPY 1']);
    expect(names[0]).toBe('USD 0');
    expect(names.indexOf('EUR 0')).toBe(12);
    expect(blocks(card, 'table')[0]!.more).toBe(17);
  });

  test('a list in another order is cut at its end', () => {
    const rows = Array.from({ length: 30 }, (_, at) =>
      anInvoice({ id: at, number: `INV-${at}`, currency: at % 2 ? 'USD' : 'EUR' }),
    );
    const numbers = texts(only('query_ledger', aResult({ dataset: 'invoices' }, { rows }))).map(
      (row) => row[0],
    );
    expect(numbers).toEqual(rows.slice(0, 25).map((row) => row.number));
  });

  test('disputes total what is disputed, not what their invoices owe', () => {
    const rows = [1, 2].map((id) => ({
      id,
      customer: northwind,
      currency: 'USD',
      amount: '5.00',
      open: '80.00',
    }));
    const totals = [{ currency: 'USD', count: 2, amount: '10.00', open: '160.00' }];
    const card = only('query_ledger', aResult({ dataset: 'disputes' }, { rows, totals }));
    expect(titles(card)).toEqual(['Customer', 'Amount']);
    expect(blocks(card, 'text').at(-1)!.text).toBe('2 disputes in all, 10.00 USD disputed');
  });

  test('columns that tell nothing are left out: an amount that is all open, a status all share', () => {
    const rows = [anInvoice(), anInvoice({ id: 2, number: 'INV-2' })];
    expect(titles(only('query_ledger', aResult({ dataset: 'invoices' }, { rows })))).toEqual([
      'Invoice',
      'Customer',
      'Due',
      'Days overdue',
      'Open',
    ]);
    const paid = { status: 'paid', paidOn: '2026-03-01', open: '0.00', daysOverdue: 0 };
    const partly = [anInvoice({ open: '1.00' }), anInvoice({ id: 2, ...paid })];
    const card = only('query_ledger', aResult({ dataset: 'invoices' }, { rows: partly }));
    expect(titles(card)).toEqual([
      'Invoice',
      'Customer',
      'Due',
      'Days overdue',
      'Amount',
      'Open',
      'Status',
      'Paid on',
    ]);
    expect(texts(card)[1]![3]).toBe('–');
    expect(card.allRows).toBe(true);
  });

  test('aging buckets become bars for each currency, with empty buckets as zero', () => {
    const group = (currency: string, agingBucket: string, sum: string): GroupRow => ({
      currency,
      agingBucket,
      values: { sum_open: sum },
    });
    const card = only(
      'query_ledger',
      aResult(
        { dataset: 'invoices', measures: ['sum_open'], groupBy: ['aging_bucket', 'currency'] },
        {
          groups: [
            group('USD', 'not_due', '10.00'),
            group('USD', '90+', '2.50'),
            group('EUR', '1-30', '7.00'),
          ],
        },
      ),
    );
    const bars = blocks(card, 'bars');
    expect(bars.map((each) => each.unit)).toEqual(['USD', 'EUR']);
    expect(bars[0]!.bars.map((bar) => bar.value)).toEqual(['10.00', '0', '0', '0', '2.50']);
    expect(bars[1]!.bars[1]).toEqual({ label: '1–30 days', value: '7.00', tone: 'warning' });
    expect(titles(card)).toEqual(['Bucket', 'USD', 'EUR']);
    expect(texts(card)).toEqual([
      ['Not due', '10.00 USD', '–'],
      ['1–30 days', '–', '7.00 EUR'],
      ['Over 90 days', '2.50 USD', '–'],
    ]);
  });

  test('months become a trend for each currency, oldest first, and one month alone does not', () => {
    const group = (currency: string, period: string, sum: string): GroupRow => ({
      currency,
      period,
      values: { sum_amount: sum },
    });
    const card = only(
      'query_ledger',
      aResult(
        { dataset: 'payments', measures: ['sum_amount'], groupBy: ['month', 'currency'] },
        {
          groups: [
            group('USD', '2026-02', '5.00'),
            group('USD', '2026-01', '3.00'),
            group('EUR', '2026-02', '9.00'),
          ],
        },
      ),
    );
    expect(blocks(card, 'trend')).toEqual([
      {
        type: 'trend',
        title: 'Amount, USD',
        unit: 'USD',
        points: [
          { label: '2026-01', value: '3.00' },
          { label: '2026-02', value: '5.00' },
        ],
      },
    ]);
  });

  test('a comparison has columns for then, now and the exact change', () => {
    const groups: GroupRow[] = [
      {
        customer: northwind,
        currency: 'USD',
        values: { sum_open: '100.10' },
        compared: { sum_open: '300.30' },
      },
      { customer: globex, currency: 'USD', values: { sum_open: '5.00' }, compared: { sum_open: null } },
    ];
    const card = only(
      'query_ledger',
      aResult(
        {
          dataset: 'invoices',
          measures: ['sum_open'],
          groupBy: ['customer'],
          compareWith: { asOf: '2026-02-28' },
        },
        { groups, comparedDescription: 'the same as of 2026-02-28' },
      ),
    );
    expect(titles(card)).toEqual(['Customer', 'Open', 'Open before', 'Change']);
    expect(texts(card)).toEqual([
      ['Northwind Traders', '100.10 USD', '300.30 USD', '-200.20 USD'],
      ['Globex Corporation', '5.00 USD', '–', '+5.00 USD'],
    ]);
    expect(card.method).toContain('2026-02-28');
  });

  test('nothing found is said, and notes stand below', () => {
    const card = only(
      'query_ledger',
      aResult({ dataset: 'invoices' }, { rows: [], notes: ['GBP was left out.'] }),
    );
    expect(blocks(card, 'text')).toContainEqual({
      type: 'text',
      text: 'Nothing fits this question.',
      tone: 'normal',
    });
    expect(blocks(card, 'text')).toContainEqual({ type: 'text', text: 'GBP was left out.', tone: 'muted' });
  });

  test('rows behind a figure come without a button for themselves', () => {
    expect(only('show_rows', behindTheFigure)).toMatchObject({ allRows: true, figureId: 7 });
  });
});

describe('metrics', () => {
  test('aging of several currencies has bars for each and a column for each, never a sum over them', () => {
    const card = only('ledger_metrics', aging);
    expect(blocks(card, 'bars')).toHaveLength(2);
    expect(titles(card)).toEqual(['Bucket', 'USD', 'EUR']);
    expect(texts(card)[5]).toEqual(['Total', '701,230.10 USD', '150,120.00 EUR']);
    expect(card.method).toContain('P-3');
  });

  test('aging of one currency shows counts and shares', () => {
    const card = only('ledger_metrics', { ...aging, figures: aging.figures.slice(0, 1) });
    expect(texts(card)[1]).toEqual(['1–30 days', '32', '147,258.32 USD', '21.0%']);
  });

  test('DSO over months has a trend, its month ends, and the method with what went in', () => {
    const card = only('ledger_metrics', dso);
    expect(blocks(card, 'trend')[0]).toMatchObject({ unit: 'days', title: 'DSO (count-back), USD' });
    expect(blocks(card, 'trend')[0]!.points.at(-1)).toEqual({ label: '2026-03', value: '43.2' });
    expect(texts(card)[0]).toEqual(['2025-10', '47.8 days', '690,000.10 USD', '450,000.00 USD']);
    expect(card.method).toContain('counted back');
    expect(card.method).toContain('billed march 495000.00');
  });

  test('DSO of several currencies has a line for each and one table with a column for each', () => {
    const [usd] = dso.figures;
    const card = only('ledger_metrics', { ...dso, figures: [usd, { ...usd!, currency: 'EUR' }] });
    expect(blocks(card, 'trend').map((block) => block.title)).toEqual([
      'DSO (count-back), USD',
      'DSO (count-back), EUR',
    ]);
    expect(titles(card)).toEqual(['Month', 'USD', 'EUR']);
    expect(texts(card)[5]).toEqual(['2026-03', '43.2 days', '43.2 days']);
  });

  test('a metric of one day is a fact for each currency', () => {
    const figures = dso.figures.map(({ series: _, ...figure }) => figure);
    expect(blocks(only('ledger_metrics', { ...dso, figures }), 'facts')[0]!.facts).toEqual([
      { label: 'USD', value: '43.2 days' },
    ]);
  });

  test('a month that could not be computed is a dash in the table and no point of the line', () => {
    const [figure] = dso.figures;
    const series = figure!.series!.map((each, at) => (at === 1 ? { ...each, value: null } : each));
    const card = only('ledger_metrics', { ...dso, figures: [{ ...figure!, series }] });
    expect(blocks(card, 'trend')[0]!.points).toHaveLength(5);
    expect(texts(card)[1]![1]).toBe('–');
  });
});

describe('accounts, choices and files', () => {
  test('an account has its balance, invoices, promises, disputes, habits, contacts and timeline', () => {
    const card = only('account_brief', brief);
    expect(card).toMatchObject({ title: 'Northwind Traders (C-0011)', customerId: 11 });
    const names = card.blocks.map((block) => ('title' in block ? block.title : undefined)).filter(Boolean);
    expect(names).toEqual([
      'Balance',
      'Open invoices',
      'Promises',
      'Disputes',
      `How they pay, 2025-04-01 to ${TODAY}`,
      'Contacts',
      'Timeline',
    ]);
  });

  test('an invoice has its state, and what was put on it', () => {
    const card = only('account_brief', {
      ...brief,
      invoice: {
        ...brief.openInvoices[0]!,
        applications: [{ appliedOn: '2026-03-01', amount: '15750.00', source: 'payment', number: 'PAY-9' }],
      },
    });
    expect(card.title).toBe('INV-2041, Northwind Traders');
    expect(blocks(card, 'facts')[0]!.facts[0]).toEqual({
      label: 'Status',
      value: '72 days overdue',
      tone: 'bad',
    });
    expect(texts(card)).toEqual([['2026-03-01', 'Payment', 'PAY-9', '15,750.00 USD']]);
  });

  test('the account page ages by bucket only while every open invoice is listed', () => {
    const [all] = blocks(accountPageCards(brief).summary, 'bars');
    expect(all!.bars.map((bar) => bar.value)).toEqual([
      '60000.00',
      '20000.00',
      '60000.00',
      '44250.00',
      '0.00',
    ]);
    const many = { ...brief, open: brief.open.map((each) => ({ ...each, count: 40 })) };
    const [two] = blocks(accountPageCards(many).summary, 'bars');
    expect(two!.bars).toEqual([
      { label: 'Not due', value: '60000.00', tone: 'good' },
      { label: 'Overdue', value: '124250.00', tone: 'bad' },
    ]);
  });

  test('several customers become choices that each say what picks exactly one', () => {
    const [block] = blocks(only('find_customer', severalAcmes), 'choices');
    expect(block!.choices).toEqual([
      { label: 'Acme (C-0021, US): 18,200.00 USD open', say: 'C-0021' },
      { label: 'ACME (C-0022, DE)', say: 'C-0022' },
      { label: 'Acme Logistics (C-0023, US, part of Acme): 900.00 USD open', say: 'Acme Logistics' },
    ]);
  });

  test('a name that is the code of another customer does not pick', () => {
    const other = { id: 2, code: 'Orion', name: 'Something' };
    expect(nameThatPicks({ id: 1, code: 'C-1', name: 'Orion' }, [other])).toBe('C-1');
  });

  test('a resolved customer needs no card', () => {
    const resolved = { ...severalAcmes, why: 'one', resolved: northwind };
    expect(cardsFor([{ name: 'find_customer', input: {}, output: resolved }])).toEqual([]);
  });

  test('a timeline export is a file, data freshness is facts with what is stale', () => {
    const file = only('export_timeline', {
      subject: 'INV-1',
      fileName: 'INV-1.csv',
      csv: 'a,b\n',
      events: [],
    });
    expect(blocks(file, 'file')).toEqual([
      { type: 'file', name: 'INV-1.csv', mime: 'text/csv', content: 'a,b\n' },
    ]);
    const source = { source: 'csv', syncedAt: '2026-03-28T09:05:00.000Z', hoursAgo: 75, stale: true };
    const fresh = only('data_freshness', { asOf: TODAY, sources: [source] });
    expect(blocks(fresh, 'facts')[0]!.facts).toEqual([
      { label: 'csv', value: '2026-03-28 09:05 UTC, 3 days ago', tone: 'warning' },
    ]);
  });
});

test('failed calls, unknown tools and malformed outputs give no card, and the same card comes once', () => {
  expect(
    cardsFor([
      { name: 'query_ledger', input: {}, output: { error: { code: 'not_found', message: 'no' } } },
      { name: 'something_else', input: {}, output: whoOwesMost },
      { name: 'account_brief', input: {}, output: null },
      { name: 'query_ledger', input: {}, output: whoOwesMost },
      { name: 'query_ledger', input: {}, output: { ...whoOwesMost, figureId: 99 } },
    ]),
  ).toHaveLength(1);
});
