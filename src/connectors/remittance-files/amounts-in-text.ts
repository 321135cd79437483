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

/** The amounts of a text in their order; days, times and percentages are none. */
export function amountsInText(text: string): FoundAmount[] {
  const found: FoundAmount[] = [];
  for (const match of withoutDays(text).matchAll(AMOUNT)) {
    let raw = match[0];
    // brackets around a whole remark are no minus: "INV-1 (1,200.00)" is told by whoever reads the sentence
    if (raw.startsWith('(') !== raw.endsWith(')')) raw = raw.replace(/^\(|\)$/g, '');
    let written = writtenAmount(raw);
    let part = raw;
    while (!written && /^\(?\p{L}{3}\s/u.test(part)) {
      part = part.replace(/^\(?\p{L}{3}\s/u, ''); // a word of three letters that is no currency
      written = writtenAmount(part);
    }
    if (!written && /\s\p{L}{2,3}\)?$/u.test(part)) {
      part = part.replace(/\s\p{L}{2,3}\)?$/u, '');
      written = writtenAmount(part);
    }
    if (!written) continue;
    const from =
      match.index +
      raw.indexOf(part) +
      (match[0].length - raw.length > 0 && match[0].startsWith('(') && !raw.startsWith('(') ? 1 : 0);
    const sure =
      /[.,]\d{1,2}(?!\d)|\d[.,'’ ]\d{3}(?!\d)/.test(part) ||
      written.currency !== null ||
      /\p{Sc}/u.test(part) ||
      /[.,]--?/.test(part);
    found.push({ written, from, to: from + part.length, sure });
  }
  return found;
}
