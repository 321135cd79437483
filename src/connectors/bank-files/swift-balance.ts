/** Balances (:60F: :62M: ...) and sums (:90C:) of MT940 and MT942. */
import type { Day } from '../../domain/calendar.ts';
import { BadLineError, quote } from './bad-line.ts';
import { exactMinor } from './exact-amount.ts';
import { shortDay } from './short-day.ts';

export type SwiftBalance = {
  readonly day: Day | null;
  readonly currency: string;
  /** Below zero for a debit balance. */
  readonly minor: bigint;
  /** The bank left the currency out. */
  readonly assumed: boolean;
};

/**
 * `C261119EUR15000,00`; the currency may be missing where it is known from elsewhere.
 * Throws: BadLineError; also for an amount without comma at the very end of the file, where digits may be missing.
 */
export function readBalance(text: string, known: string | null, cut: boolean): SwiftBalance {
  const found = /^([CD])\s*(\d{6})([A-Z]{3})?\s*(\d*(?:[.,]\d*)?)\s*$/.exec(text.trim());
  if (!found) throw new BadLineError(`${quote(text)} is not a balance`);
  const [, mark, day = '', written, amount = ''] = found;
  const currency = written ?? known;
  if (!currency) throw new BadLineError(`the balance ${quote(text)} has no currency`);
  if (cut && !/[.,]/.test(amount)) throw new BadLineError(`the balance ${quote(text)} is cut off`);
  const minor = exactMinor(amount, currency);
  return { day: shortDay(day), currency, minor: mark === 'D' ? -minor : minor, assumed: !written };
}

export type SwiftSum = { readonly count: number; readonly currency: string; readonly minor: bigint };

/** `2EUR30,50`: how many bookings, and their sum. Throws: BadLineError. */
export function readSum(text: string): SwiftSum {
  const found = /^(\d{1,5})([A-Z]{3})(\d*(?:[.,]\d*)?)\s*$/.exec(text.trim());
  if (!found) throw new BadLineError(`${quote(text)} is not a sum of bookings`);
  const [, count, currency = '', amount = ''] = found;
  return { count: Number(count), currency, minor: exactMinor(amount, currency) };
}
