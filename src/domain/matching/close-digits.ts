/** How far two runs of digits are apart, by slips: a digit changed, left out, one too many, or two swapped. */

/**
 * Slips between two runs, at most `most`; null when there are more.
 * Source: optimal string alignment (Damerau 1964, Boytsov's restriction), with what is alike at both ends left out.
 */
export function slipsBetween(one: string, other: string, most: number): number | null {
  let from = 0;
  let [oneEnd, otherEnd] = [one.length, other.length];
  if (Math.abs(oneEnd - otherEnd) > most) return null;
  while (from < oneEnd && from < otherEnd && one[from] === other[from]) from++;
  while (oneEnd > from && otherEnd > from && one[oneEnd - 1] === other[otherEnd - 1]) {
    oneEnd--;
    otherEnd--;
  }
  const [rest, otherRest] = [oneEnd - from, otherEnd - from];
  if (rest === 0 || otherRest === 0) return Math.max(rest, otherRest);
  if (rest === 1 && otherRest === 1) return 1;
  if (most === 1)
    return rest === 2 && otherRest === 2 && one[from] === other[from + 1] && one[from + 1] === other[from]
      ? 1
      : null;
  if (!hasPart(one, other, most)) return null;
  return alignment(one.slice(from, oneEnd), other.slice(from, otherEnd), most);
}

function alignment(one: string, other: string, most: number): number | null {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return null;
    before = last;
    last = row;
  }
  return last[other.length]! <= most ? last[other.length]! : null;
}

const WIDEST = 40;
const rows = [0, 1, 2, 3].map(() => new Int32Array(WIDEST + 1));

/** A number with so few slips has one of its parts whole: one more part than slips. */
function hasPart(run: string, number: string, most: number): boolean {
  const size = Math.floor(number.length / (most + 1));
  for (let at = 0; at <= most; at++)
    if (run.includes(at === most ? number.slice(at * size) : number.slice(at * size, (at + 1) * size)))
      return true;
  return false;
}

/** Where a run holds the number within at most `most` slips, and how many; null when nowhere. Source: Sellers 1980. */
export function slipsWithin(
  run: string,
  number: string,
  most: number,
): { slips: number; from: number; to: number } | null {
  if (number.length > WIDEST || !hasPart(run, number, most)) return null;
  let [costs, row, starts, rowStarts] = rows as [Int32Array, Int32Array, Int32Array, Int32Array];
  for (let at = 0; at <= number.length; at++) [costs[at], starts[at]] = [at, 0];
  let best: { slips: number; from: number; to: number } | null = null;
  for (let i = 1; i <= run.length; i++) {
    row[0] = 0;
    rowStarts[0] = i;
    const digit = run.charCodeAt(i - 1);
    for (let j = 1; j <= number.length; j++) {
      const changed = costs[j - 1]! + (digit === number.charCodeAt(j - 1) ? 0 : 1);
      const extra = costs[j]! + 1;
      const missing = row[j - 1]! + 1;
      const cost = Math.min(changed, extra, missing);
      row[j] = cost;
      rowStarts[j] = cost === changed ? starts[j - 1]! : cost === extra ? starts[j]! : rowStarts[j - 1]!;
    }
    const slips = row[number.length]!;
    if (slips <= most && (best === null || slips < best.slips))
      best = { slips, from: rowStarts[number.length]!, to: i };
    [costs, row] = [row, costs];
    [starts, rowStarts] = [rowStarts, starts];
  }
  return best;
}
