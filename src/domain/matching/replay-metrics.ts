/** How well matching did against what people really applied: pure measures, for the shadow run and the benchmark. */
import type { MatchResult } from './shapes.ts';

/** What people really applied of one payment: the amounts by invoice; none where it was rightly left alone. */
export type AppliedTruth = {
  readonly paymentId: number;
  readonly applications: readonly { readonly invoiceId: number; readonly amountMinor: bigint }[];
};

/** `right`: the same invoices as in truth (or none, as in truth). */
export type Judged = { readonly result: MatchResult; readonly right: boolean };

const invoicesOf = (applications: readonly { readonly invoiceId: number }[]): string =>
  [...new Set(applications.map((each) => each.invoiceId))].sort((a, b) => a - b).join(' ');

/** Sets each result beside its truth; results without one are left out. */
export function judge(results: readonly MatchResult[], truths: readonly AppliedTruth[]): Judged[] {
  const truthOf = new Map(truths.map((truth) => [truth.paymentId, truth]));
  return results.flatMap((result) => {
    const truth = truthOf.get(result.paymentId);
    if (!truth) return [];
    const found = invoicesOf(result.solution.applications);
    return [{ result, right: found === invoicesOf(truth.applications) }];
  });
}

export type ReplayMetrics = {
  readonly payments: number;
  /** Wholly right, whatever the decision; a share of all payments, 0 to 1 (0 when there are none). */
  readonly right: number;
  /** Share of all payments that was applied automatically. */
  readonly coverage: number;
  /** Of those applied automatically, the share that was right; 1 when none was applied. */
  readonly precision: number;
  /** Wrong automatic applications as a share of all payments. */
  readonly wrongAuto: number;
};

const share = (part: number, whole: number, empty: number): number => (whole === 0 ? empty : part / whole);

export function replayMetrics(judged: readonly Judged[]): ReplayMetrics {
  const applied = judged.filter(({ result }) => result.decision === 'applied');
  const appliedRight = applied.filter(({ right }) => right).length;
  return {
    payments: judged.length,
    right: share(judged.filter(({ right }) => right).length, judged.length, 0),
    coverage: share(applied.length, judged.length, 0),
    precision: share(appliedRight, applied.length, 1),
    wrongAuto: share(applied.length - appliedRight, judged.length, 0),
  };
}

/** A threshold of confidence, the precision of all from it upwards, and the share of all payments that it covers. */
export type Threshold = { readonly applyFrom: number; readonly precision: number; readonly coverage: number };

/**
 * The lowest threshold from which on at least `precision` (0 to 1) of the matches were right; null when there is none.
 * Those with one confidence stand or fall together.
 */
export function thresholdFor(judged: readonly Judged[], precision: number): Threshold | null {
  const matched = judged
    .filter(({ result }) => result.solution.applications.length > 0)
    .sort((a, b) => b.result.solution.confidence - a.result.solution.confidence);
  let right = 0;
  let best: Threshold | null = null;
  matched.forEach((each, at) => {
    if (each.right) right++;
    const { confidence } = each.result.solution;
    if (matched[at + 1]?.result.solution.confidence === confidence) return;
    const reached = right / (at + 1);
    if (reached >= precision)
      best = { applyFrom: confidence, precision: reached, coverage: (at + 1) / judged.length };
  });
  return best;
}

export type ReliabilityBin = {
  /** From (inclusive) and to (exclusive, the last one inclusive) of stated confidence. */
  readonly from: number;
  readonly to: number;
  readonly matches: number;
  readonly meanStated: number;
  readonly shareRight: number;
};

const EDGES = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.995, 1];

/** Stated confidence beside the share that was right, for every match that was made; bins without any are left out. */
export function reliabilityTable(
  judged: readonly Judged[],
  edges: readonly number[] = EDGES,
): ReliabilityBin[] {
  const matched = judged.filter(({ result }) => result.solution.applications.length > 0);
  return edges.slice(0, -1).flatMap((from, at) => {
    const to = edges[at + 1]!;
    const last = at === edges.length - 2;
    const inside = matched.filter(({ result: { solution } }) =>
      last ? solution.confidence >= from : solution.confidence >= from && solution.confidence < to,
    );
    if (inside.length === 0) return [];
    const stated = inside.reduce((sum, { result }) => sum + result.solution.confidence, 0);
    const right = inside.filter((each) => each.right).length;
    return [
      {
        from,
        to,
        matches: inside.length,
        meanStated: stated / inside.length,
        shareRight: right / inside.length,
      },
    ];
  });
}
