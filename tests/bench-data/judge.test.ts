/** How the benchmark judges: what counts as right, what as wrongly applied, and that lost money stops it. */
import { describe, expect, test } from 'vitest';
import type { MatchResult, MatchSolution } from '../../src/domain/matching/shapes.ts';
import { hardSet } from '../bench/match/hard-set.ts';
import { judge } from '../bench/match/judge.ts';
import { atPrecision, measure, reliability } from '../bench/match/measures.ts';
import { chooseSeeds } from '../bench/match/seeds.ts';
import type { MatchSet, PaymentTruth } from '../bench/match/truth.ts';

const set = hardSet(6);
const truthOf = (id: number): PaymentTruth => set.truths.get(id)!;

/** A result that does what the truth says, applied where that may be done. */
const perfect = (truth: PaymentTruth, confidence = truth.ambiguous ? 0.5 : 0.99): MatchResult => {
  const none = truth.applications.length === 0;
  const solution: MatchSolution = {
    customerId: null,
    applications: truth.applications,
    credits: truth.credits,
    adjustments: truth.adjustments.map((each) => ({ ...each, reason: '' })),
    unappliedMinor: truth.unappliedMinor,
    confidence,
    reasons: [],
  };
  const decision = none ? 'none' : truth.ambiguous ? 'proposed' : 'applied';
  return { paymentId: truth.paymentId, decision, solution, noMatch: truth.noMatch, alternatives: [] };
};
const perfects = (): MatchResult[] => set.payments.map((each) => perfect(truthOf(each.id)));
const changed = (id: number, change: (result: MatchResult) => MatchResult): MatchResult[] =>
  perfects().map((each) => (each.paymentId === id ? change(each) : each));
const outcomeOf = (results: MatchResult[], id: number, within: MatchSet = set) =>
  judge(within, results).find((each) => each.payment.id === id)!;
const idOf = (test: (truth: PaymentTruth) => boolean): number =>
  [...set.truths.values()].find(test)!.paymentId;
const single = idOf((each) => each.kind === 'exact named' && !each.ambiguous);

describe('judging', () => {
  test('finds nothing wrong with what does as the truth says', () => {
    const measured = measure(judge(set, perfects()));
    expect(measured).toMatchObject({
      right: 1,
      wrongAuto: 0,
      autoPrecision: 1,
      adjustmentsRight: 1,
      reasonsRight: 1,
    });
    expect(measured.at995.share).toBeCloseTo(measured.placeable, 2);
  });

  test('calls another invoice wrong, and wrongly applied when nobody was asked', () => {
    const other = set.pool.invoices.find(
      (each) =>
        each.openMinor > truthOf(single).applications[0]!.amountMinor &&
        each.currency === set.payments.find((one) => one.id === single)!.currency &&
        ![...set.truths.values()].some((truth) =>
          truth.applications.some((part) => part.invoiceId === each.id),
        ),
    )!;
    const move = (result: MatchResult): MatchResult => ({
      ...result,
      solution: {
        ...result.solution,
        applications: [{ ...result.solution.applications[0]!, invoiceId: other.id }],
      },
    });
    expect(outcomeOf(changed(single, move), single)).toMatchObject({ right: false, wrongAuto: true });
    const asked = changed(single, (result) => ({ ...move(result), decision: 'proposed' }));
    expect(outcomeOf(asked, single)).toMatchObject({ right: false, wrongAuto: false });
  });

  test('calls it wrong to apply what nobody can tell, even when the guess was lucky', () => {
    const unclear = idOf((each) => each.ambiguous && each.applications.length > 0);
    const guess = changed(unclear, (result) => ({ ...result, decision: 'applied' }));
    expect(outcomeOf(guess, unclear)).toMatchObject({ right: false, wrongAuto: true, placedRight: true });
    expect(outcomeOf(perfects(), unclear)).toMatchObject({ right: true, wrongAuto: false });
  });

  test('stops at a cent too much, at money on an invoice twice, and at a missing result', () => {
    const more = changed(single, (result) => ({
      ...result,
      solution: { ...result.solution, unappliedMinor: result.solution.unappliedMinor + 1n },
    }));
    expect(() => judge(set, more)).toThrow('applied and unapplied are not the amount');
    const pair = idOf((each) => each.kind === 'paid twice' && each.noMatch === 'duplicate');
    const first = [...set.truths.values()].find(
      (each) =>
        each.kind === 'paid twice' &&
        each.noMatch === null &&
        each.unappliedMinor + each.applications.reduce((sum, part) => sum + part.amountMinor, 0n) ===
          truthOf(pair).unappliedMinor,
    )!;
    const twice = changed(pair, (result) => ({
      ...perfect({ ...first, paymentId: pair }),
      paymentId: result.paymentId,
      decision: 'applied',
    }));
    expect(() => judge(set, twice)).toThrow(/gets \d+ of \d+/);
    expect(() => judge(set, perfects().slice(1))).toThrow('results for');
  });

  test('finds the confidence from which on enough is right, and sorts what was stated into bins', () => {
    const results = perfects().map(
      (each, at): MatchResult => ({
        ...each,
        solution: { ...each.solution, confidence: at === 0 ? 0.5 : 0.97 },
      }),
    );
    const outcomes = judge(set, results);
    expect(atPrecision(outcomes, 0.5).threshold).not.toBeNull();
    const bins = reliability(outcomes);
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(
      results.filter((each) => each.solution.applications.length > 0).length,
    );
    expect(bins.find((bin) => bin.from === 0.95)?.stated).toBeCloseTo(0.97, 6);
  });
});

describe('seeds', () => {
  test('those for reporting are refused while tuning, and those for tuning while reporting', () => {
    expect(chooseSeeds([], 3)).toMatchObject({ tuning: false, seeds: [1001, 1002, 1003] });
    expect(chooseSeeds(['--tune', '--seeds', '5-6'], 3)).toMatchObject({ tuning: true, seeds: [5, 6] });
    expect(() => chooseSeeds(['--tune', '--seeds', '1001-1002'], 3)).toThrow('kept for reporting');
    expect(() => chooseSeeds(['--seeds', '5-6'], 3)).toThrow('for tuning');
  });
});
