/** From the strength of a reading to the share of such readings that turn out right. */
import type { Candidate } from './candidate.ts';
import type { Nothing } from './nothing.ts';

const logSum = (all: readonly number[]): number => {
  if (all.length === 0) return Number.NEGATIVE_INFINITY;
  const most = Math.max(...all);
  return most + Math.log(all.reduce((sum, each) => sum + Math.exp(each - most), 0));
};

/** Logarithm of the odds of one reading against all others and against nothing. */
export function marginOf(candidate: Candidate, candidates: readonly Candidate[], nothing: Nothing): number {
  const others = candidates.filter(({ key }) => key !== candidate.key).map(({ nats }) => nats);
  return candidate.nats - logSum([...others, nothing.nats]);
}

/** Margin and what share of the tuning data with such a margin was right; between the points it goes straight. */
const TABLE: readonly (readonly [margin: number, confidence: number])[] = [
  [-3, 0.05],
  [0, 0.45],
  [1, 0.65],
  [2, 0.8],
  [4, 0.95],
  [6, 0.985],
  [8, 0.995],
  [12, 0.999],
];

export function tableConfidence(margin: number): number {
  const above = TABLE.findIndex(([from]) => from > margin);
  if (above === 0) return TABLE[0]![1];
  if (above < 0) return TABLE.at(-1)![1];
  const [low, high] = [TABLE[above - 1]!, TABLE[above]!];
  return low[1] + ((margin - low[0]) / (high[0] - low[0])) * (high[1] - low[1]);
}

const isNamed = ({ docs }: Candidate): boolean => docs.every(({ naming }) => naming !== null);

/** The most that is ever stated for readings of a kind, however large their margin. */
function mostFor(candidate: Candidate): number {
  const { docs, amount, payer } = candidate;
  const named = isNamed(candidate);
  if (!named && docs.length > 1) return 0.9;
  if (!named && payer.nats < 5) return 0.9;
  if (amount.kind === 'mistyped' || amount.kind === 'over') return 0.97;
  return 1;
}

export const confidenceOf = (candidate: Candidate, margin: number): number =>
  Math.min(mostFor(candidate), tableConfidence(margin));
