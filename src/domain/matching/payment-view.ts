/** One payment prepared for matching: its text read once, its amount and day as whole numbers. */
import { foldName } from '../customer.ts';
import { minorDigits } from '../money.ts';
import { dayNumber } from './day-number.ts';
import { lookupKeys, payerNames, paymentText } from './lookup-keys.ts';
import {
  type Blob,
  digitBlobs,
  type NumberReading,
  normalizeText,
  numberReadings,
} from './number-readings.ts';
import { type PayerWords, payerWords, unrelatedWord } from './payer-words.ts';
import { monthsIn, statementDays } from './period-words.ts';
import type { LookupKeys, MatchPayment, MatchSettings, RemittanceLine } from './shapes.ts';

/**
 * Searching counts in whole numbers below 2^53, which are exact; what is then applied is counted in bigint. Amounts
 * beyond it come out as NaN here, which equals nothing.
 */
export const exactNumber = (minor: bigint): number => {
  const number = Number(minor);
  return Number.isSafeInteger(number) ? number : Number.NaN;
};

/** A text with what may be a number in it. */
export type TextView = {
  /** Normalized (`normalizeText`). */
  readonly text: string;
  readonly readings: readonly NumberReading[];
  /** Rows of digits that hold several numbers run together. */
  readonly blobs: readonly Blob[];
};

/** A line of the advice; amounts in minor units, `at` is its place. */
export type AdviceLine = TextView & {
  readonly at: number;
  readonly line: RemittanceLine;
  readonly paid: number | null;
  readonly deduction: number | null;
};

export type PaymentView = TextView & {
  readonly payment: MatchPayment;
  readonly paid: number;
  readonly day: number;
  readonly keys: LookupKeys;
  readonly lines: readonly AdviceLine[];
  /** Amounts that stand in the text, in minor units: of single invoices, of what was kept back. */
  readonly amounts: ReadonlySet<number>;
  /** The payer's name folded with its legal form; '' when there is none. */
  readonly payer: string;
  /** Its forms without legal forms. */
  readonly payerBases: readonly string[];
  readonly account: string | null;
  /** What may be a customer number (`codeKey`). */
  readonly codes: readonly string[];
  /** The word that tells of money that pays no invoice; null when there is none. */
  readonly unrelatedWord: string | null;
  readonly words: PayerWords;
  /** Months that the text names, 1 to 12. */
  readonly months: ReadonlySet<number>;
  /** Days of a statement that the text names. */
  readonly statements: readonly number[];
};

const MOST_LINES = 80;

const viewLine = (line: RemittanceLine, at: number): AdviceLine => {
  const text = normalizeText((line.document ?? '').slice(0, 200));
  return {
    at,
    line,
    text,
    readings: numberReadings(text),
    blobs: digitBlobs(text),
    paid: line.paidMinor === null ? null : exactNumber(line.paidMinor),
    deduction: line.deductionMinor === null ? null : exactNumber(line.deductionMinor),
  };
};

const AMOUNT = /(?<![\d.,])(\d{1,3}(?:[,.' ]\d{3}){1,4}|\d{1,9})[.,](\d{2})(?!\d|[.,]\d)/g;
const MOST_AMOUNTS = 80;

const WHOLE_AMOUNT = /(?<![\d.,])(\d{1,3}(?:[,.' ]\d{3}){1,4}|\d{3,12})(?![\d])/g;

/** Written with two decimals, or with none where the currency has none, in whatever way thousands are parted. */
function amountsIn(text: string, currency: string): Set<number> {
  const digits = minorDigits(currency);
  const scale = 10 ** digits / 100;
  const found = new Set<number>();
  if (digits === 0)
    for (const [, whole] of text.matchAll(WHOLE_AMOUNT)) {
      if (found.size >= MOST_AMOUNTS) break;
      found.add(Number(whole!.replace(/\D/g, '')));
    }
  for (const [, whole, cents] of text.matchAll(AMOUNT)) {
    if (found.size >= MOST_AMOUNTS) break;
    const value = Number(whole!.replace(/\D/g, '') + cents) * scale;
    if (Number.isSafeInteger(value)) found.add(value);
  }
  return found;
}

export function viewPayment(payment: MatchPayment, settings: MatchSettings): PaymentView {
  const text = paymentText(payment);
  const keys = lookupKeys(payment, settings);
  return {
    payment,
    paid: exactNumber(payment.amountMinor),
    day: dayNumber(payment.receivedOn),
    text,
    readings: numberReadings(text),
    blobs: digitBlobs(text),
    keys,
    lines: payment.remittance.slice(0, MOST_LINES).map(viewLine),
    amounts: amountsIn(text, payment.currency),
    words: payerWords(text),
    months: monthsIn(text),
    statements: statementDays(text),
    payer: foldName((payment.payerName ?? '').slice(0, 200)),
    payerBases: payerNames(payment.payerName),
    account: keys.accounts[0] ?? null,
    codes: keys.codes ?? [],
    unrelatedWord: unrelatedWord(`${text}\n${(payment.payerName ?? '').slice(0, 200).toUpperCase()}`),
  };
}
