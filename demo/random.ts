/** Random draws that are the same for the same seed, so that a demo company can be made again. */
export type Random = {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** True in about `percent` of a hundred draws. */
  chance(percent: number): boolean;
};

const hash = (text: string, start: number): number => {
  let value = start | 0;
  for (const letter of text) {
    value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    value = (value << 13) | (value >>> 19);
  }
  return value;
};

/**
 * A stream of its own for each purpose (`salt`), so that one more draw for one customer moves nothing of another.
 * The generator is a 32-bit counter with a multiplying mixer (the mulberry32 family); not for secrets.
 */
export function createRandom(seed: number, salt: string): Random {
  let state = hash(salt, Math.imul(seed, 0x9e3779b1) ^ 0x811c9dc5);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    int,
    pick: <Item>(items: readonly Item[]): Item => {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[int(0, items.length - 1)] as Item;
    },
    chance: (percent) => int(1, 100) <= percent,
  };
}
