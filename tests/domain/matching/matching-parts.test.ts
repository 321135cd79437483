/** The parts that matching is made of: sums, slips, names, and the measures of a replay. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '../../../src/domain/calendar.ts';
import { slipsBetween, slipsWithin } from '../../../src/domain/matching/close-digits.ts';
import { dayNumber } from '../../../src/domain/matching/day-number.ts';
import { nameFit } from '../../../src/domain/matching/payer-name.ts';
import {
  judge,
  reliabilityTable,
  replayMetrics,
  thresholdFor,
} from '../../../src/domain/matching/replay-metrics.ts';
import type { MatchResult } from '../../../src/domain/matching/shapes.ts';
import { subsetSums } from '../../../src/domain/matching/subset-sums.ts';
import { spellingDistance } from '../../../src/domain/name-forms.ts';
import { aCustomer } from './match-builders.ts';

describe('subsets that make a sum', () => {
  const values = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 });

  test('are all found, each once, where there are few amounts', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 120 }), (amounts, target) => {
        const { found, complete } = subsetSums(amounts, target, 5_000);
        const expected = Array.from({ length: 2 ** amounts.length }, (_, mask) =>
          amounts.flatMap((_, at) => ((mask >> at) & 1 ? [at] : [])),
        ).filter(
          (places) => places.length > 0 && places.reduce((sum, at) => sum + amounts[at]!, 0) === target,
        );
        const plain = (sets: readonly (readonly number[])[]) => sets.map((each) => each.join(' ')).sort();
        expect(complete).toBe(true);
        expect(plain(found)).toEqual(plain(expected));
      }),
    );
  });

  test('of very many amounts are those of one to three, or of all but so many, and never more than asked', () => {
    const amounts = Array.from({ length: 40 }, (_, at) => 1_000 + at * at * 7);
    const total = amounts.reduce((sum, each) => sum + each, 0);
    const three = subsetSums(amounts, amounts[3]! + amounts[17]! + amounts[31]!, 12);
    expect(three.complete).toBe(false);
    expect(three.found).toContainEqual([3, 17, 31]);
    expect(subsetSums(amounts, total - amounts[5]!, 12).found[0]).toHaveLength(39);
    expect(
      subsetSums(
        Array.from({ length: 40 }, () => 5),
        10,
        12,
      ).found,
    ).toHaveLength(12);
  });
});

describe('slips between digits', () => {
  const digits = fc.stringMatching(/^[0-9]{1,12}$/);

  test('are as many as letters to change, to add, to leave out and to swap', () => {
    fc.assert(
      fc.property(digits, digits, fc.constantFrom(1, 2), (one, other, most) => {
        expect(slipsBetween(one, other, most)).toBe(spellingDistance(one, other, most));
      }),
      { numRuns: 400 },
    );
  });

  test('are found where the number stands among others', () => {
    expect(slipsWithin('48141167887510773038', '7510773038', 1)).toEqual({ slips: 0, from: 10, to: 20 });
    expect(slipsWithin('48141167887510773038', '4841167887', 1)).toMatchObject({ slips: 1, from: 0 });
    expect(slipsWithin('48141167887510773038', '9999999999', 2)).toBeNull();
  });
});

describe('a payer’s name', () => {
  test.each([
    ['blue horizon travel', 'Blue Horizon Travel Ltd', 'same'],
    ['bht tours', 'Blue Horizon Travel Ltd', 'short'],
    ['h co enterprises', 'Hassan & Co. Ltd.', 'short'],
    ['tne resources', 'TerraNova Energy Co.', 'short'],
    ['meridian eng limit', 'Meridian Engineering Limited', 'close'],
    ['pemberton and fairchild logis', 'Pemberton and Fairchild Logistics LLP', 'close'],
    ['blue horzion travel', 'Blue Horizon Travel Ltd', 'close'],
    ['rossi family ventures', 'Rossi & Figli S.p.A.', 'word'],
    ['zephyr holdings', 'Blue Horizon Travel Ltd', 'other'],
    ['global services group', 'United Services Group', 'other'],
  ])('%s of %s is %s', (payer, name, fit) => {
    expect(nameFit([payer], aCustomer({ name }))).toBe(fit);
  });

  test('that was confirmed before is known', () => {
    const memory = [{ kind: 'name', key: 'qx treasury', times: 3 }] as const;
    expect(nameFit(['qx treasury'], aCustomer({ memory }))).toBe('known');
  });
});

test('days are counted as the calendar counts them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -20_000, max: 20_000 }),
      fc.integer({ min: 0, max: 3_000 }),
      (from, days) => {
        const start = addDays('2000-01-01', from);
        const end = addDays(start, days);
        expect(dayNumber(end) - dayNumber(start)).toBe(daysBetween(start, end));
      },
    ),
  );
});

describe('the measures of a replay', () => {
  const result = (paymentId: number, confidence: number, invoiceId: number | null): MatchResult => ({
    paymentId,
    decision: invoiceId === null ? 'none' : confidence >= 0.9 ? 'applied' : 'proposed',
    solution: {
      customerId: 1,
      applications: invoiceId === null ? [] : [{ invoiceId, amountMinor: 1n }],
      credits: [],
      adjustments: [],
      unappliedMinor: 0n,
      confidence,
      reasons: [],
    },
    noMatch: invoiceId === null ? 'unclear' : null,
    alternatives: [],
  });
  const truth = (paymentId: number, invoiceId: number | null) => ({
    paymentId,
    applications: invoiceId === null ? [] : [{ invoiceId, amountMinor: 1n }],
  });
  const judged = judge(
    [
      result(1, 0.99, 1),
      result(2, 0.95, 9),
      result(3, 0.95, 3),
      result(4, 0.6, 4),
      result(5, 0, null),
      result(6, 0.9, 6),
    ],
    [truth(1, 1), truth(2, 2), truth(3, 3), truth(4, 4), truth(5, null)],
  );

  test('count what was right, covered, precise and wrong, of payments whose truth is known', () => {
    expect(replayMetrics(judged)).toEqual({
      payments: 5,
      right: 4 / 5,
      coverage: 3 / 5,
      precision: 2 / 3,
      wrongAuto: 1 / 5,
    });
  });

  test('find the threshold of a precision; matches of one confidence stand or fall together', () => {
    expect(thresholdFor(judged, 1)).toEqual({ applyFrom: 0.99, precision: 1, coverage: 1 / 5 });
    expect(thresholdFor(judged, 0.6)).toEqual({ applyFrom: 0.6, precision: 3 / 4, coverage: 4 / 5 });
    expect(thresholdFor(judged.slice(1, 2), 0.5)).toBeNull();
  });

  test('set stated confidence beside what was right', () => {
    expect(reliabilityTable(judged, [0.5, 0.9, 1])).toEqual([
      { from: 0.5, to: 0.9, matches: 1, meanStated: 0.6, shareRight: 1 },
      { from: 0.9, to: 1, matches: 3, meanStated: (0.99 + 0.95 + 0.95) / 3, shareRight: 2 / 3 },
    ]);
  });
});
