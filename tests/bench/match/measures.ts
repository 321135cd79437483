/** The figures of cash application, from judged outcomes. Shares are 0 to 1. */
import type { Outcome } from './judge.ts';

export type Measures = {
  readonly payments: number;
  /** Done as it should be, whoever decides. */
  readonly right: number;
  readonly applied: number;
  /** Of those applied without asking, how many were right; null when there are none. */
  readonly autoPrecision: number | null;
  /** Wrongly applied without asking, of all payments. */
  readonly wrongAuto: number;
  /** Money on the right invoices, but a rest closed without asking that was not to be closed, of all payments. */
  readonly wronglyClosed: number | null;
  readonly proposed: number;
  readonly proposedPrecision: number | null;
  /** Of those placed right that had an adjustment or should have: the kind is the right one too. */
  readonly adjustmentsRight: number | null;
  /** Of those for which nothing was to be applied and nothing was: the reason given is the right one. */
  readonly reasonsRight: number | null;
  /** Payments that were for open invoices and can be told: the most that can be applied, of all. */
  readonly placeable: number;
  readonly at995: AtPrecision;
  readonly at999: AtPrecision;
};
export type AtPrecision = { readonly share: number; readonly threshold: number | null };
export type ReliabilityBin = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean of what was stated. */
  readonly stated: number | null;
  readonly right: number | null;
};

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const hasSolution = (each: Outcome): boolean => each.result.solution.applications.length > 0;
/** A guess that happens to be right is no ground for applying it. */
const mayApply = (each: Outcome): boolean => each.placedRight && !each.truth.ambiguous;

/** A rest that stays owed was written off under some name; a short payment leaves it open. */
function closesTooMuch({ truth, result }: Outcome): boolean {
  const closed = (parts: readonly { readonly kind: string; readonly amountMinor: bigint }[]): bigint =>
    parts.reduce((sum, each) => (each.kind === 'short_pay' ? sum : sum + each.amountMinor), 0n);
  return closed(result.solution.adjustments) > closed(truth.adjustments);
}

/**
 * The most that can be applied without asking at a precision, and from which confidence: solutions of one confidence
 * go together, since a threshold cannot part them.
 */
export function atPrecision(outcomes: readonly Outcome[], precision: number): AtPrecision {
  const ranked = outcomes
    .filter(hasSolution)
    .sort((a, b) => b.result.solution.confidence - a.result.solution.confidence);
  let best = 0;
  let threshold: number | null = null;
  let right = 0;
  ranked.forEach((each, at) => {
    if (mayApply(each)) right++;
    const { confidence } = each.result.solution;
    if (ranked[at + 1]?.result.solution.confidence === confidence || right < precision * (at + 1)) return;
    best = at + 1;
    threshold = confidence;
  });
  return { share: ratio(best, outcomes.length) ?? 0, threshold };
}

export function measure(outcomes: readonly Outcome[]): Measures {
  const of = (test: (each: Outcome) => boolean) => outcomes.filter(test);
  const applied = of((each) => each.result.decision === 'applied');
  const proposed = of((each) => each.result.decision === 'proposed');
  const wrong = of((each) => each.wrongAuto).length;
  const adjusted = of(
    (each) =>
      each.placedRight &&
      each.adjustmentsRight !== null &&
      each.truth.adjustments.length + each.result.solution.adjustments.length > 0,
  );
  const left = of((each) => each.truth.noMatch !== null && each.result.decision === 'none');
  const share = (count: number): number => ratio(count, outcomes.length) ?? 0;
  return {
    payments: outcomes.length,
    right: share(of((each) => each.right).length),
    applied: share(applied.length),
    autoPrecision: ratio(applied.length - wrong, applied.length),
    wrongAuto: share(wrong),
    wronglyClosed: outcomes.some((each) => each.adjustmentsRight !== null)
      ? share(applied.filter((each) => each.placedRight && closesTooMuch(each)).length)
      : null,
    proposed: share(proposed.length),
    proposedPrecision: ratio(proposed.filter((each) => each.placedRight).length, proposed.length),
    adjustmentsRight: ratio(adjusted.filter((each) => each.adjustmentsRight).length, adjusted.length),
    reasonsRight: ratio(
      left.filter((each) => each.result.noMatch === each.truth.noMatch).length,
      left.length,
    ),
    placeable: share(of((each) => each.truth.noMatch === null && !each.truth.ambiguous).length),
    at995: atPrecision(outcomes, 0.995),
    at999: atPrecision(outcomes, 0.999),
  };
}

const EDGES = [0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1] as const;

/** What was stated against what came true, for every solution; a bin holds its lower edge, the last both. */
export function reliability(outcomes: readonly Outcome[]): ReliabilityBin[] {
  const solved = outcomes.filter(hasSolution);
  return EDGES.slice(0, -1).map((from, at) => {
    const to = EDGES[at + 1]!;
    const inside = solved.filter(({ result }) => {
      const { confidence } = result.solution;
      return confidence >= from && (confidence < to || to === 1);
    });
    const stated = inside.reduce((sum, each) => sum + each.result.solution.confidence, 0);
    return {
      from,
      to,
      count: inside.length,
      stated: ratio(stated, inside.length),
      right: ratio(inside.filter((each) => each.placedRight).length, inside.length),
    };
  });
}
