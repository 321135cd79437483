/** One payment prepared for matching: its text read once, its amount and day as whole numbers. */
import { type Day, daysBetween } from '../calendar.ts';
import { foldName } from '../customer.ts';
import { lookupKeys, payerNames, paymentText } from './lookup-keys.ts';
import { type NumberReading, numberReadings } from './number-readings.ts';
import type { LookupKeys, MatchPayment, MatchSettings } from './shapes.ts';

/**
 * Searching counts in whole numbers below 2^53, which are exact; what is then applied is counted in bigint. Amounts
 * beyond it come out as NaN here, which equals nothing.
 */
export const exactNumber = (minor: bigint): number => {
  const number = Number(minor);
  return Number.isSafeInteger(number) ? number : Number.NaN;
};

const EPOCH = '2000-01-01';
const known = new Map<Day, number>();

/** Days since 2000-01-01. */
export function dayNumber(day: Day): number {
  let number = known.get(day);
  if (number === undefined) {
    number = daysBetween(EPOCH, day);
    if (known.size > 50_000) known.clear();
    known.set(day, number);
  }
  return number;
}

export type PaymentView = {
  readonly payment: MatchPayment;
  readonly paid: number;
  readonly day: number;
  /** Normalized (`normalizeText`). */
  readonly text: string;
  readonly readings: readonly NumberReading[];
  readonly keys: LookupKeys;
  /** The payer's name folded with its legal form; '' when there is none. */
  readonly payer: string;
  /** Its forms without legal forms. */
  readonly payerBases: readonly string[];
  readonly account: string | null;
  /** The word that tells of money that pays no invoice; null when there is none. */
  readonly unrelatedWord: string | null;
};

const UNRELATED =
  /\b(?:INTEREST (?:PAID|EARNED|CREDIT|PAYMENT)?|ZINSEN|HABENZINS\w*|DIVIDEND\w*|TAX REFUND|VAT REFUND|REFUND|REBATE|CASHBACK|RUECKERSTATTUNG|RÜCKERSTATTUNG|STEUERERSTATTUNG|ERSTATTUNG|HMRC|IRS TREAS\w*|FINANZAMT|SWEEP|INTERNAL TRANSFER|OWN ACCOUNT|INTERCOMPANY LOAN|BOOK TRANSFER|ACCOUNT TRANSFER|UMBUCHUNG|LOAN (?:PROCEEDS|DRAWDOWN|ADVANCE)|INSURANCE CLAIM|PAYROLL|SALARY|GRANT PAYMENT|DEPOSIT RETURN|CHARGEBACK REVERSAL)\b/;

export function viewPayment(payment: MatchPayment, settings: MatchSettings): PaymentView {
  const text = paymentText(payment);
  const keys = lookupKeys(payment, settings);
  return {
    payment,
    paid: exactNumber(payment.amountMinor),
    day: dayNumber(payment.receivedOn),
    text,
    readings: numberReadings(text),
    keys,
    payer: foldName((payment.payerName ?? '').slice(0, 200)),
    payerBases: payerNames(payment.payerName),
    account: keys.accounts[0] ?? null,
    unrelatedWord:
      UNRELATED.exec(`${text}\n${(payment.payerName ?? '').slice(0, 200).toUpperCase()}`)?.[0] ?? null,
  };
}
