import { describe, expect, test } from 'vitest';
import type { GroupRow } from '../../src/domain/ledger-query/result.ts';
import { blocks, only, texts, titles } from './card-reader.ts';
import { anInvoice, aResult, behindTheFigure, globex, northwind, TODAY, whoOwesMost } from './outputs.ts';

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
