/** One-to-one pairs out of all that are possible, the strongest first. Pure and independent of the order given. */

export type PossiblePair = {
  readonly left: number;
  readonly right: number;
  /** Above zero: something speaks for it. Zero: only that nothing speaks against it. */
  readonly strength: number;
  /** Between the two; the nearer one is preferred among equals. */
  readonly days: number;
};

const byStrength = (a: PossiblePair, b: PossiblePair): number =>
  b.strength - a.strength || a.days - b.days || a.left - b.left || a.right - b.right;

const counts = (all: readonly number[]): Map<number, number> => {
  const found = new Map<number, number>();
  for (const each of all) found.set(each, (found.get(each) ?? 0) + 1);
  return found;
};

/**
 * The right side of each left one that got a pair. Nobody is in two pairs. A pair without any evidence is made only
 * where neither side has another possibility left.
 */
export function pairUp(possible: readonly PossiblePair[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  const isFree = ({ left, right }: PossiblePair): boolean => !pairs.has(left) && !taken.has(right);
  for (const pair of possible.filter(({ strength }) => strength > 0).sort(byStrength)) {
    if (!isFree(pair)) continue;
    pairs.set(pair.left, pair.right);
    taken.add(pair.right);
  }
  const bare = possible.filter((pair) => pair.strength === 0 && isFree(pair));
  const lefts = counts(bare.map(({ left }) => left));
  const rights = counts(bare.map(({ right }) => right));
  for (const { left, right } of bare)
    if (lefts.get(left) === 1 && rights.get(right) === 1) pairs.set(left, right);
  return pairs;
}

/** The left sides of the pairs for which nothing speaks but that nothing speaks against them. */
export function barePairs(
  possible: readonly PossiblePair[],
  pairs: ReadonlyMap<number, number>,
): Set<number> {
  return new Set(
    possible
      .filter(({ left, right, strength }) => strength === 0 && pairs.get(left) === right)
      .map(({ left }) => left),
  );
}
