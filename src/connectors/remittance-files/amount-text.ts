/** Amounts as payers write them in a cell or in a sentence; stricter than an export's column, since anything may stand there. */
import { isCurrency, minorDigits } from '../../domain/money.ts';
import { decimalEvidence, type Mark, plainDecimal } from '../amounts.ts';
import { exactOf } from './exact.ts';

/** Digits with their marks, not yet a number: which mark is the decimal one is decided for the whole advice. */
export type Written = {
  readonly negative: boolean;
  readonly currency: string | null;
  readonly digits: string;
};

const SYMBOLS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₩': 'KRW',
  '₪': 'ILS',
};
const DOLLARS: Readonly<Record<string, string>> = {
  US: 'USD',
  C: 'CAD',
  CA: 'CAD',
  A: 'AUD',
  AU: 'AUD',
  NZ: 'NZD',
  HK: 'HKD',
  S: 'SGD',
};

/** A currency in front of or behind a number; `$`, `¥` and `kr` name no single one. */
export const CURRENCY = String.raw`(?:(?:US|CA?|AU?|NZ|HK|S)?\$|\p{Sc}|[A-Za-z]{3}|kr\.?|Fr\.?|Rs\.?)`;
/** Digits with thousands by point, comma, apostrophe or space, and what follows the decimal mark. */
export const NUMBER = String.raw`(?:\d{1,3}(?:[.,'’]\d{2,3})*(?:[.,'’]\d{3})(?:[.,]\d{1,4})?|\d{1,3}(?: \d{3})+(?:[.,]\d{1,4})?|\d{1,15}(?:[.,]\d{1,15})?|[.,]\d{1,4})`;
const AMOUNT = new RegExp(
  String.raw`^([+-]?)\s*(${CURRENCY})?\s*([+-]?)\s*(${NUMBER})(?:[.,](?:--?)?)?\s*(-?)\s*(${CURRENCY})?\s*(-?)$`,
  'u',
);

/** The currency that a sign or code names; null for one that names several, undefined when it is none. */
function currencyOf(text: string): string | null | undefined {
  const code = text.toUpperCase();
  if (SYMBOLS[text]) return SYMBOLS[text];
  if (text.endsWith('$')) return DOLLARS[text.slice(0, -1)] ?? null;
  if (/^(\p{Sc}|kr\.?|Fr\.?|Rs\.?)$/iu.test(text)) return null;
  return isCurrency(code) ? code : undefined;
}

/** Signs around it: "-", "(...)", "<...>", a minus behind, CR. Two of them are one too many: null. */
export function writtenAmount(text: string): Written | null {
  let rest = text.trim().replace(/\s*\*+$/, '');
  if (rest.length > 40 || !/\d/.test(rest)) return null;
  let minus = 0;
  const marked = /^(.*?)\s*\b(CR|DR)\.?$/i.exec(rest) ?? /^(.*\d)(CR|DR)\.?$/i.exec(rest);
  if (marked) {
    rest = marked[1]!;
    if (marked[2]!.toUpperCase() === 'CR') minus++;
  }
  const inside = /^(\p{Sc}|[A-Z]{3})?\s*(?:\((.*)\)|<(.*)>)\s*([A-Z]{3})?$/u.exec(rest);
  if (inside) {
    rest = `${inside[1] ?? ''} ${inside[2] ?? inside[3]} ${inside[4] ?? ''}`.trim();
    minus++;
  }
  const found = AMOUNT.exec(rest);
  if (!found) return null;
  const [, first, before, second, number = '', third, after, fourth] = found;
  const bareDash = /[.,]--?\s*$/.test(rest); // "1200,-" is an even amount
  minus += [first, second, third, fourth].filter((sign) => sign === '-').length;
  const names = [before, after].filter((each) => each !== undefined).map(currencyOf);
  if (
    minus > 1 ||
    names.includes(undefined) ||
    (names.length > 1 && names[0] && names[1] && names[0] !== names[1])
  )
    return null;
  const currency = names.find((each) => each) ?? null;
  return {
    negative: minus === 1 && !(bareDash && !first && !second),
    currency,
    digits: number.replace(/['’ ]/g, ''),
  };
}

/** True where one mark before three digits leaves open whether it separates thousands: "1.234". */
export const isOpen = ({ digits }: Written): boolean => decimalEvidence(digits, null)?.strong === false;

/** What it tells of the decimal mark, where it tells it for sure. */
export const markShown = ({ digits }: Written): Mark | null => {
  const evidence = decimalEvidence(digits, null);
  return evidence?.strong ? evidence.mark : null;
};

/** What most currencies make of an open one: thousands, except where the currency has three decimals. */
export function usualMark({ digits }: Written, currency: string | null): Mark | null {
  const evidence = decimalEvidence(digits, null);
  if (!evidence) return null;
  const thousands = evidence.strong || minorDigits(currency ?? 'USD') < 3;
  return thousands ? evidence.mark : evidence.mark === '.' ? ',' : '.';
}

/** The exact value; an open amount is read by the mark given, any other as it is written. Null when it is no number. */
export function exactValue(written: Written, mark: Mark): bigint | null {
  const decimal = plainDecimal(written.digits, markShown(written) ?? mark);
  if (decimal === null) return null;
  const value = exactOf(decimal);
  return written.negative ? -value : value;
}
