import { describe, expect, test } from 'vitest';
import { checkFigures } from '../../agents/figure-check/index.ts';

const ledger = {
  question: { dataset: 'invoices', filters: { daysOverdue: { min: 60 }, open: { min: '5000' } }, limit: 10 },
  description: 'Open invoices, oldest first',
  asOf: '2026-09-15',
  rowCount: 12,
  truncated: true,
  rows: [
    {
      id: 7,
      number: 'INV-20418',
      customer: { id: 3, code: 'C-0042', name: 'Studio 54 GmbH' },
      currency: 'EUR',
      amount: '15000.00',
      open: '12500.00',
      dueOn: '2026-08-01',
      daysOverdue: 45,
    },
    {
      id: 8888,
      number: '20419',
      customer: { id: 4, code: 'C-0043', name: 'Acme Ltd' },
      currency: 'JPY',
      amount: '98000',
      open: '98000',
      dueOn: '2026-09-01',
      daysOverdue: 14,
    },
  ],
  groups: [
    {
      agingBucket: '31-60',
      currency: 'EUR',
      values: { count: 3, sum_open: '-500.50', average_days_late: '12.4' },
    },
    {
      agingBucket: '61-90',
      currency: 'USD',
      values: { count: 5, sum_open: '700.25', average_days_late: '-4.0' },
    },
  ],
  credit: { currency: 'CHF', amount: '123456.00' },
  totals: [{ currency: 'EUR', count: 9, open: '1234567.89', shownShareOfOpen: '43.2' }],
  notes: ['Amounts in 2 other currencies are left out'],
};
const metric = {
  figures: [{ currency: 'GBP', value: '52.7', unit: 'days', inputs: { receivable: '81000.00' } }],
};

const unsupported = (
  answer: string,
  question = 'what about those 75+ days, top 20?',
  outputs: unknown[] = [ledger, metric],
) => checkFigures(answer, { toolOutputs: outputs, question, today: '2026-09-15' }).unsupported;

describe('figures that stand in the evidence pass', () => {
  test.each([
    'Studio 54 GmbH owes 12,500.00 EUR (INV-20418), 45 days overdue, due 1 Aug 2026.',
    'EUR 12,500 · €12,500.00 · 12.500,00 € · 12 500,00 EUR · 12500 EUR · **12,500.00** EUR · 12,500 euros',
    '¥98,000, JPY 98000, 98,000 yen, 98k JPY',
    '€12.5k open, €1.2m in total, 1.23 million EUR, about 12,000 EUR, ~1,200,000 EUR',
    'twelve thousand five hundred euros',
    '43.2%, 43.2 percent, 43 %, about 43 %',
    '12 invoices, nine invoices, three EUR invoices, 5 overdue invoices, 12 open invoices',
    'due Aug 1, August 1st, the 1st of August, 1 August 2026, 01.08.2026, 8/1/2026, 1/8/2026, 2026-08-01',
    'due in August 2026, in Q3, in 2026; as of Sep 15, today, September 15th, 2026',
    'buckets 31–60, 31-60 days, 61 to 90 days',
    'over 60 days, 60+ days, more than 5,000 EUR, more than 5,000 JPY',
    'on average 12.4 days late, about 12 days late; the others pay 4 days early',
    'DSO is 52.7 days (53 days) on receivables of 81,000.00 GBP',
    'a credit of -500.50 EUR, of €-500.50, of -€500.50, of −500.50 EUR',
    'invoice 20419 of C-0043, inv-20418 of c-0042',
    'the 2nd largest, #1 and #2',
    'the 75+ days and the top 20 you asked for',
    'Amounts in 2 other currencies, two currencies',
    '1. Acme Ltd\n2. Studio 54 GmbH\n3. others',
    '| # | Customer | Open |\n|---|---|---|\n| 1 | Acme Ltd | 98,000 JPY |\n| 2 | Studio 54 GmbH | 12,500.00 | EUR |',
    '31-60 700.25 USD, 61-90 12 and 31–60: 12,500.00 EUR',
    'Studio 54 12,500.00 EUR; Studio 54 700.25 USD (43.2 %); Studio 54 123,456.00 CHF',
    'No one owes more, and one of them is new. You may ask again.',
    'Between 12,500 and 98,000; 12,500–98,000.',
    '',
  ])('%j', (answer) => {
    expect(unsupported(answer)).toEqual([]);
  });
});

describe('figures that do not stand there are named', () => {
  test.each([
    ['a wrong digit', 'They owe 12,501.00 EUR.', ['12,501.00 EUR']],
    [
      'another currency',
      '12,500.00 USD and $12,500.00, 98,000 EUR',
      ['12,500.00 USD', '$12,500.00', '98,000 EUR'],
    ],
    ['a sum over currencies', 'That is 110,500.00 in all.', ['110,500.00']],
    ['a difference', 'Paid so far: 2,500.00 EUR.', ['2,500.00 EUR']],
    [
      'a rounding that is wrong',
      '€12.6k, €1.3m, about 14,000 EUR, 44 %',
      ['€12.6k', '€1.3m', '14,000 EUR', '44 %'],
    ],
    ['money rounded without saying so', '1,234,568 EUR', ['1,234,568 EUR']],
    ['a count', '7 invoices, eight customers', ['7 invoices', 'eight']],
    ['a percent that is a count', '12 % of them', ['12 %']],
    ['days that are a count', '9 days overdue', ['9 days']],
    ['money that is a count', '12 EUR', ['12 EUR']],
    ['an internal id', '8888 of them, 8888 EUR', ['8888', '8888 EUR']],
    ['a document number as money', '20,419 EUR', ['20,419 EUR']],
    [
      'a day',
      'due 2 Aug 2026, Sep 16, 2026-08-11, 2027-08-01',
      ['2 Aug 2026', 'Sep 16', '2026-08-11', '2027-08-01'],
    ],
    ['a day that does not exist', '2026-19-01, Sep 95, 45.09.2026', ['2026-19-01', 'Sep 95', '45.09.2026']],
    ['an identifier', 'INV-20419, INV-2041, C-0044, 20418-A', ['INV-20419', 'INV-2041', 'C-0044', '20418-A']],
    ['a name that swallows digits', 'Studio 5 412 500.00 EUR', ['5 412 500.00 EUR']],
    ['a number in another name', 'Studio 55 GmbH', ['55']],
    ['a range over two buckets', '31–90 days', ['31–90 days']],
    ['a sign', '500.50 EUR, -12,500.00 EUR', ['500.50 EUR', '-12,500.00 EUR']],
    ['late for early', 'pays 4 days late', ['4 days']],
    ['a rank beyond the list', 'the 13th, #13', ['13th', '13']],
    ['words', 'two hundred thousand euros, a million', ['two hundred thousand', 'million']],
    ['foreign digits', '٣ invoices', ['٣']],
    ['a year', 'since 2024', ['2024']],
    ['a list that does not count up', '1. Acme owes\n7. Globex', ['7']],
  ])('%s', (_, answer, expected) => {
    expect(unsupported(answer)).toEqual(expected);
  });

  test('invisible characters and full-width digits cannot hide a figure', () => {
    expect(unsupported('9\u200b9,\u2060999.00 EUR')).toEqual(['99,999.00 EUR']);
    expect(unsupported('９９,999.00 EUR')).toEqual(['99,999.00 EUR']);
    expect(unsupported('9**9**,999.00 EUR')).toEqual(['99,999.00 EUR']);
  });

  test('without tools every figure that is not in the question is unsupported', () => {
    const question = 'how much is 60+ for the top 10?';
    expect(unsupported('60+ for the top 10, as of 2026-09-15: fine.', question, [])).toEqual([]);
    expect(unsupported('It is 1,000.00 USD over three invoices.', question, [])).toEqual([
      '1,000.00 USD',
      'three',
    ]);
  });

  test('the report is short and without repeats', () => {
    const many = Array.from({ length: 500 }, (_, index) => `${700_000 + index}.10 EUR`).join(', ');
    expect(unsupported(many).length).toBe(50);
    expect(unsupported('701 EUR, 701 EUR')).toEqual(['701 EUR']);
  });
});

describe('evidence in any form', () => {
  test('outputs kept as JSON text count like data', () => {
    expect(unsupported('12,500.00 EUR, 45 days, INV-20418', '', [JSON.stringify(ledger)])).toEqual([]);
  });

  test('a currency holds for what is below it, until a nearer one', () => {
    const outputs = [
      {
        currency: 'USD',
        open: '10.00',
        customer: { limit: { amount: '20.00' } },
        credit: { currency: 'CHF', amount: 30.5 },
      },
    ];
    expect(unsupported('10.00 USD, 20.00 USD, CHF 30.50', '', outputs)).toEqual([]);
    expect(unsupported('30.50 USD', '', outputs)).toEqual(['30.50 USD']);
  });

  test('amounts inside an invoice, payment or credit are amounts, their numbers are not', () => {
    const outputs = [
      {
        invoice: { number: '3310', currency: 'EUR', amount: '900.00', applications: [{ amount: '100.00' }] },
      },
      { payment: '771', credit: { number: 'CN-9', currency: 'USD', open: '50' } },
    ];
    expect(unsupported('900.00 EUR, 100.00 EUR, 50.00 USD, 3310, payment 771, CN-9', '', outputs)).toEqual(
      [],
    );
    expect(unsupported('3,310 EUR, 771 USD', '', outputs)).toEqual(['3,310 EUR', '771 USD']);
  });

  test('text of a tool counts as it is written there', () => {
    const outputs = [
      { summary: 'Paid 1,200.00 GBP on 3 May 2026, two reminders before', syncedAt: '2026-09-15T08:40:00Z' },
    ];
    expect(unsupported('1,200.00 GBP on May 3; two reminders; synced 08:40', '', outputs)).toEqual([]);
    expect(unsupported('1,200.00 EUR; synced 08:41', '', outputs)).toEqual(['1,200.00 EUR', '08:41']);
  });

  test('deep, cyclic-free and odd values cost no stack and no error', () => {
    let deep: unknown = { amount: '5.25', currency: 'EUR' };
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(unsupported('5.25 EUR', '', [deep, null, undefined, 3, true, '{broken', Number.NaN])).toEqual([]);
  });

  test('a hundred kilobytes of anything are checked in the time of one test', () => {
    for (const piece of [
      '1 000 ',
      '1,',
      '1-',
      'a-',
      '9',
      '54 ',
      'one hundred ',
      'Sep 15 ',
      '| 1 ',
      '\n1. ',
      '[',
      'a.',
    ]) {
      const text = piece.repeat(100_000 / piece.length);
      expect(
        checkFigures(text, { toolOutputs: [ledger], question: '', today: '2026-09-15' }).unsupported.length,
      ).toBeLessThan(51);
    }
  });
});
