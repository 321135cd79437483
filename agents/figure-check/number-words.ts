/** Numbers written as words: "three", "twenty-one", "two hundred thousand". */

const VALUES: ReadonlyMap<string, number> = new Map([
  ...'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, (index + 2) * 10] as const),
]);
const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['dozen', 12],
  ['thousand', 1_000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
]);

const NEXT = /(?:[ -]|( and ))([a-z]+)(?![\p{L}\p{N}])/uy;
const MAX_WORDS = 12;

export const isNumberWord = (word: string): boolean => VALUES.has(word.toLowerCase());
export const isScaleWord = (word: string): boolean => SCALES.has(word.toLowerCase());

/**
 * The number that the word at a position begins, and where its last word ends. `large` is set when a scale word is
 * part of it: such a number counts as a figure whatever follows.
 */
export function numberWordsAt(
  text: string,
  position: number,
  first: string,
): { value: number; length: number; large: boolean } {
  let total = 0;
  let part = VALUES.get(first.toLowerCase()) ?? 0;
  let end = position + first.length;
  let large = false;
  for (let count = 0; count < MAX_WORDS; count++) {
    NEXT.lastIndex = end;
    const match = NEXT.exec(text);
    if (!match) break;
    const [all, joined, word] = match;
    const scale = SCALES.get(word!);
    const unit = VALUES.get(word!);
    if (scale !== undefined && !joined) {
      large = true;
      if (scale <= 100) part *= scale;
      else {
        total += part * scale;
        part = 0;
      }
    } else if (unit !== undefined && (large || (part >= 20 && part % 10 === 0 && unit < 10))) part += unit;
    else break;
    end += all.length;
  }
  return { value: total + part, length: end - position, large };
}
