/**
 * How much a digit at a place tells: in numbers of ten digits that all begin with 18000, the first five tell nothing.
 * A broken number is as good as what its digits tell, since its neighbours are a slip away.
 */

export type DigitStatistics = {
  /** `digits` holds `length` digits, 0 to 9 each. */
  readonly count: (digits: Uint8Array, length: number) => void;
  /** Natural logarithm of how rare the number is among numbers of its length. */
  readonly rareness: (digits: string) => number;
};

const LONGEST = 24;
/** So many numbers of even digits are thought to be there before the first is seen. */
const BEFOREHAND = 20;
const MOST_KNOWN = 200_000;

export function createDigitStatistics(): DigitStatistics {
  const counts = new Int32Array((LONGEST + 1) * LONGEST * 10);
  const known = new Map<string, number>();
  const totals = new Int32Array(LONGEST + 1);
  const at = (length: number, place: number, digit: number) => (length * LONGEST + place) * 10 + digit;
  return {
    count(digits, length) {
      if (length > LONGEST) return;
      totals[length]!++;
      for (let place = 0; place < length; place++) counts[at(length, place, digits[place]!)]!++;
    },
    rareness(digits) {
      const { length } = digits;
      if (length > LONGEST) return Number.POSITIVE_INFINITY;
      const held = known.get(digits);
      if (held !== undefined) return held;
      let nats = 0;
      for (let place = 0; place < length; place++) {
        const seen = counts[at(length, place, digits.charCodeAt(place) - 48)]! + BEFOREHAND / 10;
        nats -= Math.log(seen / (totals[length]! + BEFOREHAND));
      }
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(digits, nats);
      return nats;
    },
  };
}
