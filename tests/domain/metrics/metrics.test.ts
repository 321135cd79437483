import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, daysBetween, endOf } from '../../../src/domain/calendar.ts';
import { aging, agingBucketOf } from '../../../src/domain/metrics/aging.ts';
import { type BooksCell, booksByDay } from '../../../src/domain/metrics/books.ts';
import { collectionEffectiveness } from '../../../src/domain/metrics/collection-effectiveness.ts';
import { concentration } from '../../../src/domain/metrics/concentration.ts';
import {
  averageDaysDelinquent,
  type BilledMonth,
  bestPossibleDso,
  countBackDso,
  simpleDso,
} from '../../../src/domain/metrics/days-sales-outstanding.ts';
import { oneDecimal } from '../../../src/domain/metrics/one-decimal.ts';
import { payerHabits } from '../../../src/domain/metrics/payer-habits.ts';

const month = (first: string, billed: bigint): BilledMonth => ({
  from: first,
  to: endOf('month', first),
  billed,
});

describe('one decimal', () => {
  test.each([
    [1n, 3n, '0.3'],
    [1n, 20n, '0.1'],
    [-1n, 20n, '-0.1'],
    [-1n, 30n, '0.0'],
    [7n, 1n, '7.0'],
    [5n, 0n, null],
  ])('%s / %s is %s, half away from zero', (numerator, divisor, text) => {
    expect(oneDecimal(numerator, divisor)).toBe(text);
  });
});

describe('aging', () => {
  test.each([
    [-5, 'not_due'],
    [0, 'not_due'],
    [1, '1-30'],
    [30, '1-30'],
    [31, '31-60'],
    [60, '31-60'],
    [61, '61-90'],
    [90, '61-90'],
    [91, '90+'],
  ])('%s days past due is in %s', (days, bucket) => {
    expect(agingBucketOf(days)).toBe(bucket);
  });

  test('all buckets are there in order, with shares of the whole', () => {
    const { total, count, buckets } = aging([
      { bucket: '90+', count: 1, minor: 100n },
      { bucket: 'not_due', count: 2, minor: 200n },
    ]);
    expect({ total, count }).toEqual({ total: 300n, count: 3 });
    expect(buckets.map(({ bucket, share }) => `${bucket} ${share}`)).toEqual([
      'not_due 66.7',
      '1-30 0.0',
      '31-60 0.0',
      '61-90 0.0',
      '90+ 33.3',
    ]);
  });
});

describe('days sales outstanding', () => {
  const months = [month('2026-09-01', 100_000n), month('2026-08-01', 80_000n), month('2026-07-01', 70_000n)];

  test('count-back uses up whole months, then a part of the next', () => {
    // 30 days of September, 31 of August, 32,000 of 70,000 of July's 31 days = 14.17
    const counted = countBackDso(212_000n, months);
    expect(counted?.days).toBe('75.2');
    expect(counted?.months.map((each) => each.taken)).toEqual([100_000n, 80_000n, 32_000n]);
  });

  test('count-back counts the running month until its day', () => {
    const running = { from: '2026-11-01', to: '2026-11-24', billed: 24_000n };
    expect(countBackDso(12_000n, [running])?.days).toBe('12.0');
  });

  test('count-back is nothing for no receivable and unknown when the billing does not reach', () => {
    expect(countBackDso(0n, [])?.days).toBe('0.0');
    expect(countBackDso(250_001n, months)).toBeNull();
    expect(countBackDso(250_000n, months)?.days).toBe('92.0');
  });

  test('count-back passes months without billing with all their days', () => {
    expect(countBackDso(50n, [month('2026-02-01', 0n), month('2026-01-01', 100n)])?.days).toBe('43.5');
  });

  test('more receivable never means fewer days', () => {
    const billed = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        billed,
        fc.bigInt({ min: 0n, max: 30_000n }),
        fc.bigInt({ min: 0n, max: 999n }),
        (list, less, more) => {
          const newestFirst = list.map((each, i) => month(addMonths('2026-10-01', -i), each));
          const [small, large] = [countBackDso(less, newestFirst), countBackDso(less + more, newestFirst)];
          if (large === null) return;
          expect(Number(small!.days)).toBeLessThanOrEqual(Number(large.days));
          const all = daysBetween(newestFirst.at(-1)!.from, newestFirst[0]!.to) + 1;
          expect(Number(large.days)).toBeLessThanOrEqual(all);
        },
      ),
    );
  });

  test('simple, best possible and delinquent days fit together', () => {
    const period = { receivable: 150_000n, current: 90_000n, billed: 300_000n, days: 91 };
    expect(simpleDso(period)).toBe('45.5');
    expect(bestPossibleDso(period)).toBe('27.3');
    expect(averageDaysDelinquent(period)).toBe('18.2');
    expect(simpleDso({ ...period, billed: 0n })).toBeNull();
  });
});

describe('collection effectiveness', () => {
  test('is the worked example of the definition', () => {
    expect(
      collectionEffectiveness({ beginning: 6200n, billed: 3630n, ending: 6340n, endingCurrent: 3590n }),
    ).toBe('55.9');
  });

  test('is 100 when only what is not due is left, and null when nothing could be collected', () => {
    expect(collectionEffectiveness({ beginning: 50n, billed: 10n, ending: 10n, endingCurrent: 10n })).toBe(
      '100.0',
    );
    expect(
      collectionEffectiveness({ beginning: 0n, billed: 10n, ending: 10n, endingCurrent: 10n }),
    ).toBeNull();
  });
});

test('concentration is the share of the largest', () => {
  expect(concentration([50n, 30n, 20n], 200n, 2)).toBe('40.0');
  expect(concentration([], 0n, 5)).toBeNull();
});

test('payer habits of four invoices: averages, medians between two, share on time', () => {
  const daysLate = [-2, 0, 5, 40];
  expect(
    payerHabits({
      count: 4,
      daysToPay: 163n,
      daysLate: BigInt(daysLate.reduce((a, b) => a + b)),
      middlesToPay: 65n,
      middlesLate: 5n,
      onTime: 2,
    }),
  ).toEqual({
    paidInvoices: 4,
    averageDaysToPay: '40.8',
    medianDaysToPay: '32.5',
    averageDaysLate: '10.8',
    medianDaysLate: '2.5',
    onTimeShare: '50.0',
  });
  expect(
    payerHabits({ count: 0, daysToPay: 0n, daysLate: 0n, middlesToPay: 0n, middlesLate: 0n, onTime: 0 }),
  ).toMatchObject({
    paidInvoices: 0,
    averageDaysLate: null,
  });
});

describe('the books of past days', () => {
  const cell = (over: Partial<BooksCell>): BooksCell => ({
    kind: 'open',
    currency: 'USD',
    issuedAt: 0,
    pastDueAt: 9,
    settledAt: null,
    minor: 100n,
    count: 1,
    ...over,
  });
  const days = [{ isToday: false }, { isToday: false }, { isToday: true }];

  test('what was settled on a later day was open before it, and only once issued', () => {
    const books = booksByDay(
      [cell({ kind: 'settled', issuedAt: 1, settledAt: 2, pastDueAt: 2 }), cell({ minor: 7n })],
      days,
    );
    expect(books.map((day) => day.receivable)).toEqual([7n, 107n, 7n]);
    expect(books.map((day) => day.current)).toEqual([7n, 107n, 7n]);
  });

  test('a day is uncertain when something was settled at an unknown time after it was issued; today never is', () => {
    const books = booksByDay([cell({ kind: 'unknown', issuedAt: 1, minor: 40n, count: 3 })], days);
    expect(books.map((day) => day.unknown)).toEqual([0n, 40n, 0n]);
    expect(books[1]!.unknownInvoices).toBe(3);
  });

  test('past due begins the day after the due day', () => {
    const books = booksByDay([cell({ pastDueAt: 1 })], days);
    expect(books.map((day) => day.current)).toEqual([100n, 0n, 0n]);
  });
});
