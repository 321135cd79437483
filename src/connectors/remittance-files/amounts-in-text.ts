/** Amounts inside of a sentence, with where they stand. A minus apart from its number is a dash: "INV-1071 - 1,200.00". */
import { CURRENCY, NUMBER, type Written, writtenAmount } from './amount-text.ts';

export type FoundAmount = {
  readonly written: Written;
  readonly from: number;
  readonly to: number;
  /** Written as money: with decimals, thousands or a currency; a bare number may be anything. */
  readonly sure: boolean;
};

const DAYS =
  /\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\.? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zé]*\.? \d{4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}/giu;
const AMOUNT = new RegExp(
  String.raw`(?<![\p{L}\d.,'’/_#-])(?:\(?[+-]?(?:${CURRENCY}\s?)?[+-]?${NUMBER}(?:[.,]--?)?\s?-?(?:\s?(?:${CURRENCY})(?![\p{L}\d]))?(?:\s?(?:CR|DR)\b)?\)?)(?![\p{L}\d/_]|[-.,]\d|\s?%)`,
  'gu',
);

/** Text in which days are blanks, so that no part of a day is taken for an amount. */
export const withoutDays = (text: string): string => text.replace(DAYS, (day) => ' '.repeat(day.length));

/** The amount that a match is, without a bracket of its own and without a word behind it that is no currency. */
function readMatch(match: string): { written: Written; from: number; to: number } | null {
  // one bracket alone is of the sentence around it
  const single = match.startsWith('(') !== match.endsWith(')');
  const from = single && match.startsWith('(') ? 1 : 0;
  const raw = single ? match.replace(/^\(|\)$/g, '') : match;
  for (const part of [raw, raw.replace(/\s?\p{L}{2,3}\.?$/u, '').trimEnd()]) {
    const written = writtenAmount(part);
    if (written) return { written, from, to: from + part.length };
  }
  return null;
}

const isSure = (part: string, { currency }: Written): boolean =>
  /[.,]\d{1,2}(?!\d)|\d[.,'’ ]\d{3}(?!\d)|\p{Sc}|[.,]--?/u.test(part) || currency !== null;

/** The amounts of a text in their order; days, times and percentages are none. */
export function amountsInText(text: string): FoundAmount[] {
  const found: FoundAmount[] = [];
  const blank = withoutDays(text);
  AMOUNT.lastIndex = 0;
  for (let match = AMOUNT.exec(blank); match; match = AMOUNT.exec(blank)) {
    const read = readMatch(match[0]);
    if (!read) {
      AMOUNT.lastIndex = match.index + 1; // "INV-1 100.00": what begins here is none, an amount may follow inside of it
      continue;
    }
    const from = match.index + read.from;
    const to = match.index + read.to;
    AMOUNT.lastIndex = to;
    found.push({ written: read.written, from, to, sure: isSure(blank.slice(from, to), read.written) });
  }
  return found;
}
