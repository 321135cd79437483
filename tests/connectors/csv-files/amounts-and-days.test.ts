import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decideMark,
  emptyMarkTally,
  plainDecimal,
  readAmount,
  tallyMark,
} from '../../../src/connectors/amounts.ts';
import { countryCode } from '../../../src/connectors/csv-files/countries.ts';
import { decideOrder, emptyDayTally, readDay, tallyDay } from '../../../src/connectors/days.ts';
import { formatAmount, toDecimal } from '../../../src/domain/money.ts';

/** Reads a whole column of amounts the way a file is read. */
const readColumn = (currency: string, ...cells: string[]): (string | null)[] => {
  const tally = emptyMarkTally();
  const amounts = cells.map(readAmount);
  for (const amount of amounts) if (amount) tallyMark(tally, amount.digits, currency);
  const mark = decideMark(tally) ?? '.';
  return amounts.map((amount) => amount && plainDecimal(amount.digits, mark));
};

describe('amounts', () => {
  test.each([
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1 234,50', '1234.50'],
    ['1\u00a0234,50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['$1,234.50', '1234.50'],
    ['US$ 1,234.50', '1234.50'],
    ['EUR 12', '12'],
    ['12,5 €', '12.5'],
    ['1,00,000.00', '100000.00'],
    ['1.234.567', '1234567'],
    ['0.5', '0.5'],
    ['.5', '0.5'],
    ['007', '7'],
  ])('"%s" is %s', (written, plain) => expect(readColumn('USD', written)).toEqual([plain]));

  test.each(['', 'abc', '1.2.3,4,5', '12 34', '--5', '(-5)', '1,23.4,5', '12 apples', '1e5', '٣'])(
    '"%s" is no amount',
    (written) => expect(readColumn('USD', written)).toEqual([null]),
  );

  test('brackets and a minus are below zero, and a currency in the cell is seen', () => {
    expect(readAmount('(12.00)')).toMatchObject({ negative: true, digits: '12.00' });
    expect(readAmount('-12')).toMatchObject({ negative: true });
    expect(readAmount('12-')).toMatchObject({ negative: true });
    expect(readAmount('−$12')).toMatchObject({ negative: true });
    expect(readAmount('EUR 12')).toMatchObject({ currency: 'EUR', negative: false });
    expect(readAmount('£9')).toMatchObject({ currency: 'GBP' });
    expect(readAmount('$9')).toMatchObject({ currency: null });
  });

  test('the whole column decides what one amount leaves open', () => {
    expect(readColumn('USD', '1,234', '5,00')).toEqual(['1.234', '5.00']);
    expect(readColumn('USD', '1,234', '5.00')).toEqual(['1234', '5.00']);
    expect(readColumn('USD', '1,234', '2,500')).toEqual(['1234', '2500']);
    expect(readColumn('EUR', '1.234', '2.500')).toEqual(['1234', '2500']);
  });

  test('yen have no decimals, so a mark before three digits parts thousands', () => {
    expect(readColumn('JPY', '1,234')).toEqual(['1234']);
    expect(readColumn('JPY', '1.234')).toEqual(['1234']);
    expect(readColumn('KWD', '1.234', '2.500')).toEqual(['1.234', '2.500']);
  });

  test('every amount that Remy itself writes is read back', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 14n), fc.constantFrom('USD', 'JPY'), (minor, currency) => {
        const decimal = toDecimal(minor, currency);
        expect(readColumn(currency, formatAmount(decimal, currency))).toEqual([decimal]);
      }),
    );
  });
});

describe('days', () => {
  test.each([
    ['2026-09-15', '2026-09-15'],
    ['2026/9/5', '2026-09-05'],
    ['2026-09-15T08:30:00Z', '2026-09-15'],
    ['2026-09-15 08:30:00', '2026-09-15'],
    ['15.09.2026', '2026-09-15'],
    ['5.9.26', '2026-09-05'],
    ['15 Sep 2026', '2026-09-15'],
    ['15-Sep-26', '2026-09-15'],
    ['Sep 15, 2026', '2026-09-15'],
    ['September 1st, 2026', '2026-09-01'],
    ['20260915', '2026-09-15'],
    ['9/15/2026', '2026-09-15'],
    ['9/15/2026 4:05 PM', '2026-09-15'],
  ])('"%s" is %s', (written, day) => expect(readDay(written, 'month-first')).toBe(day));

  test.each([
    '',
    '31/31/2026',
    '2026-02-30',
    '15 Foo 2026',
    '1969-01-01',
    '2200-01-01',
    '46280',
    'tomorrow',
    '1/2',
  ])('"%s" is no day', (written) => expect(readDay(written, 'month-first')).toBeNull());

  test('a column decides the order by the numbers that can only be a day', () => {
    const order = (...cells: string[]) => {
      const tally = emptyDayTally();
      for (const cell of cells) tallyDay(tally, cell);
      return decideOrder(tally);
    };
    expect(order('03/04/2026', '25/04/2026')).toBe('day-first');
    expect(order('03/04/2026', '04/25/2026')).toBe('month-first');
    expect(order('03/04/2026', '05/06/2026')).toBeNull();
    expect(order('25.04.2026')).toBeNull();
  });
});

test('countries are known by code and by English name', () => {
  expect(['de', 'Germany', 'United States', 'UK', 'Côte d’Ivoire'].map(countryCode)).toEqual([
    'DE',
    'DE',
    'US',
    'GB',
    'CI',
  ]);
  expect(['XX', 'EU', 'Atlantis', ''].map(countryCode)).toEqual([null, null, null, null]);
});
