/** An index from small hashes to positions, in typed arrays: a million documents take tens of megabytes, not gigabytes. */

const PRIME = 0x01000193;
const OFFSET = 0x811c9dc5;

/** FNV-1a by one character code more; begin with `HASH_START`. */
export const hashStep = (hash: number, code: number): number => Math.imul(hash ^ code, PRIME);
export const HASH_START = OFFSET | 0;

/** FNV-1a of a short text. */
export function hashText(text: string): number {
  let hash = HASH_START;
  for (let at = 0; at < text.length; at++) hash = hashStep(hash, text.charCodeAt(at));
  return hash;
}

/** FNV-1a ends badly mixed in its low bits, which choose the bucket. */
const mix = (hash: number): number => {
  const once = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return once ^ (once >>> 15);
};

const grown = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const next = new Int32Array(old.length * 2);
  next.set(old);
  return next;
};

export type HashIndex = {
  readonly add: (hash: number, position: number) => void;
  /** Positions under the hash (other keys may share it: compare them); null when there are more than `most`. */
  readonly find: (hash: number, most: number) => number[] | null;
};

/** `expected` is about how many entries will come; more is no error. */
export function createHashIndex(expected: number): HashIndex {
  const buckets = 2 ** Math.min(24, Math.max(8, Math.ceil(Math.log2(expected + 1))));
  const heads = new Int32Array(buckets).fill(-1);
  let hashes = new Int32Array(Math.max(256, expected));
  let positions = new Int32Array(hashes.length);
  let next = new Int32Array(hashes.length);
  let count = 0;
  return {
    add(hash, position) {
      if (count === hashes.length) [hashes, positions, next] = [grown(hashes), grown(positions), grown(next)];
      const bucket = mix(hash) & (buckets - 1);
      hashes[count] = hash;
      positions[count] = position;
      next[count] = heads[bucket]!;
      heads[bucket] = count++;
    },
    find(hash, most) {
      const found: number[] = [];
      for (let at = heads[mix(hash) & (buckets - 1)]!; at !== -1; at = next[at]!) {
        if (hashes[at] !== hash) continue;
        if (found.length === most) return null;
        found.push(positions[at]!);
      }
      return found;
    },
  };
}
