/**
 * Amounts as people and programs write them: `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50`, `$1,234.50`, `EUR 12`,
 * `(12.00)`. Which mark is the decimal one is decided for a whole column, since "1,234" alone does not tell.
 */
import { isCurrency, minorDigits } from '../domain/money.ts';

export type Mark = '.' | ',';

/** An amount without sign and currency: digits with marks, e.g. "1,234.50". */
export type WrittenAmount = { negative: boolean; currency: string | null; digits: string };

const SYMBOLS: Record<string, string> = { '€': 'EUR', '£': 'GBP', '₹': 'INR', '₩': 'KRW', '₪': 'ILS' };

/** Splits sign, currency and digits; null when the text is no amount. `$`, `¥` and `kr` name no single currency. */
export function readAmount(text: string): WrittenAmount | null {
  let rest = text.trim();
  const bracketed = /^\((.*)\)$/.exec(rest);
  if (bracketed) rest = bracketed[1]!;
  const found = /^([^\d.,]*)([\d.,](?:[\d.,'’\s]*\d[.,]?)?)([^\d.,]*)$/.exec(rest);
  if (!found) return null;
  const around = `${found[1]} ${found[3]}`.replace(/[−–]/g, '-');
  let currency: string | null = null;
  let minus = 0;
  for (const word of around.match(/-|\+|\p{Sc}|[A-Za-z]+|[^\s]/gu) ?? []) {
    const code = word.toUpperCase();
    if (word === '-') minus++;
    else if (SYMBOLS[word]) currency = SYMBOLS[word];
    else if (isCurrency(code)) currency = code;
    else if (!/^(\+|\p{Sc}|US|C|CA|A|AU|NZ|HK|S|kr)$/iu.test(word)) return null;
  }
  if (minus > 1 || (minus === 1 && bracketed)) return null;
  const digits = found[2]!.replace(/(?<=\d)['’\s](?=\d{3}(?!\d))/g, '');
  if (!/^[\d.,]+$/.test(digits) || !/\d/.test(digits)) return null;
  return { negative: minus === 1 || bracketed !== null, currency, digits };
}

export type Evidence = { mark: Mark; strong: boolean } | null;

const other = (mark: Mark): Mark => (mark === '.' ? ',' : '.');

/**
 * What one amount tells of its column's decimal mark. One mark before exactly three digits separates thousands where
 * the currency has fewer than three decimals ("1,234" USD, "1.234" JPY); that is weak evidence, since "0.500" occurs.
 */
export function decimalEvidence(digits: string, currency: string | null): Evidence {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (last < 0) return null;
  const mark = digits[last] as Mark;
  if (digits.includes(other(mark))) return { mark, strong: true };
  if (digits.indexOf(mark) !== last) return { mark: other(mark), strong: true };
  const after = digits.length - last - 1;
  if (after !== 3 || last > 3 || last === 0 || digits.startsWith('0')) return { mark, strong: true };
  return minorDigits(currency ?? 'USD') < 3 ? { mark: other(mark), strong: false } : null;
}

/** Counts of evidence in one column. */
export type MarkTally = { strong: Record<Mark, number>; weak: Record<Mark, number>; open: number };

export const emptyMarkTally = (): MarkTally => ({
  strong: { '.': 0, ',': 0 },
  weak: { '.': 0, ',': 0 },
  open: 0,
});

export function tallyMark(tally: MarkTally, digits: string, currency: string | null): void {
  const evidence = decimalEvidence(digits, currency);
  if (evidence) tally[evidence.strong ? 'strong' : 'weak'][evidence.mark]++;
  else if (/[.,]/.test(digits)) tally.open++;
}

/** The decimal mark that most of a column's amounts show, strong evidence first; null when nothing shows one. */
export function decideMark(tally: MarkTally): Mark | null {
  for (const counts of [tally.strong, tally.weak])
    if (counts['.'] !== counts[',']) return counts['.'] > counts[','] ? '.' : ',';
  return tally.strong['.'] > 0 ? '.' : null;
}

/** Digits with marks as a plain decimal ("1234.50"); null when they are not written by that decimal mark. */
export function plainDecimal(digits: string, mark: Mark): string | null {
  const [whole = '', fraction, ...more] = digits.split(mark);
  if (more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return null;
  const group = other(mark);
  const grouped = group === ',' ? /^\d{1,3}(?:,\d{2,3})*,\d{3}$/ : /^\d{1,3}(?:\.\d{3})+$/;
  if (!/^\d*$/.test(whole) && !grouped.test(whole)) return null;
  const plain = whole.replaceAll(group, '').replace(/^0+(?=\d)/, '') || '0';
  return fraction ? `${plain}.${fraction}` : plain;
}
