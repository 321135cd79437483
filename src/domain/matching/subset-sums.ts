/** Which of some amounts make a sum: found, counted, and never guessed. Whole numbers only. */

export type SubsetSums = {
  /** Positions, ascending, of at most the asked number of subsets; smaller subsets first. */
  readonly found: readonly (readonly number[])[];
  /** False when there may be more than those found. */
  readonly complete: boolean;
};

const MOST_FOR_HALVES = 24;

/** All subsets of one half with their sums; bit n of the mask is the half's item n. */
function sumsOf(values: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  for (let mask = 1; mask < sums.length; mask++) {
    const low = 31 - Math.clz32(mask & -mask);
    sums[mask] = sums[mask & (mask - 1)]! + values[low]!;
  }
  return sums;
}

const positionsOf = (mask: number, offset: number): number[] => {
  const found: number[] = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) found.push(offset + 31 - Math.clz32(rest & -rest));
  return found;
};

/** By two halves whose sums meet. Source: Horowitz and Sahni 1974. */
function byHalves(values: readonly number[], target: number, most: number): SubsetSums {
  const middle = Math.floor(values.length / 2);
  const left = sumsOf(values.slice(0, middle));
  const right = sumsOf(values.slice(middle));
  const leftBySum = new Map<number, number[]>();
  left.forEach((sum, mask) => {
    if (sum > target) return;
    const held = leftBySum.get(sum);
    if (held) held.push(mask);
    else leftBySum.set(sum, [mask]);
  });
  const found: number[][] = [];
  for (let mask = 0; mask < right.length; mask++) {
    for (const other of leftBySum.get(target - right[mask]!) ?? []) {
      if (found.length === most) return { found: found.sort(fewestFirst), complete: false };
      found.push([...positionsOf(other, 0), ...positionsOf(mask, middle)]);
    }
  }
  return { found: found.sort(fewestFirst), complete: true };
}

const fewestFirst = (a: readonly number[], b: readonly number[]): number => {
  if (a.length !== b.length) return a.length - b.length;
  const at = a.findIndex((each, place) => each !== b[place]);
  return at < 0 ? 0 : a[at]! - b[at]!;
};

/** One, two or three of them. */
function upToThree(values: readonly number[], target: number, most: number): number[][] {
  const places = new Map<number, number[]>();
  values.forEach((value, at) => {
    places.set(value, [...(places.get(value) ?? []), at]);
  });
  const found: number[][] = (places.get(target) ?? []).map((at) => [at]);
  for (let i = 0; i < values.length && found.length <= most; i++)
    for (const j of places.get(target - values[i]!) ?? []) if (j > i) found.push([i, j]);
  for (let i = 0; i < values.length && found.length <= most; i++)
    for (let j = i + 1; j < values.length && found.length <= most; j++) {
      const rest = target - values[i]! - values[j]!;
      if (rest <= 0) continue;
      for (const k of places.get(rest) ?? []) if (k > j) found.push([i, j, k]);
    }
  return found;
}

/**
 * Subsets (not empty) of positive amounts that make the target. All of them for up to 24 amounts; for more, those of
 * one to three amounts and those that leave out one to three, and `complete` is false. Bounded in time.
 */
export function subsetSums(values: readonly number[], target: number, most: number): SubsetSums {
  if (!(target > 0)) return { found: [], complete: true };
  if (values.length <= MOST_FOR_HALVES) return byHalves(values, target, most);
  const total = values.reduce((sum, value) => sum + value, 0);
  const few = upToThree(values, target, most);
  const leftOut = total === target ? [[]] : upToThree(values, total - target, most);
  const nearlyAll = leftOut.map((out) => values.map((_, at) => at).filter((at) => !out.includes(at)));
  return { found: [...few, ...nearlyAll].slice(0, most), complete: false };
}
