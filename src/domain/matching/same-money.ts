/**
 * When two reports of one amount are the same money, counted once: a bank's line and a payment that a ledger or a
 * provider told of, or two lines that tell of one booking.
 */
import { type Day, daysBetween } from '../calendar.ts';
import { compareMoney, isTelling, type MoneyView, waysDiffer, weigh } from './money-evidence.ts';

/** Between the day of the bank and that of the ledger. */
export const SAME_MONEY_DAYS = 5;
/** Without evidence that is sure. */
const NEAR_DAYS = 2;

export type DatedMoney = MoneyView & { readonly day: Day };

const apart = (one: Day, other: Day): number => Math.abs(daysBetween(one, other));

/**
 * How strongly two reports of the same currency and amount are one payment; null when they are not. Zero: nothing
 * speaks for it and nothing against, which is enough only where there is no other possibility. Another way of paying
 * speaks against it: a deposit of nobody is not the card payment of the same amount.
 */
export function sameMoney(one: DatedMoney, other: DatedMoney): number | null {
  const days = apart(one.day, other.day);
  if (days > SAME_MONEY_DAYS) return null;
  const evidence = compareMoney(one, other);
  const { id, document, account, name } = evidence;
  if (id) return weigh(evidence);
  const sure = document === 'shared' || account === 'same' || name === 'same';
  if (!sure && (name === 'other' || account === 'other')) return null;
  if (document === 'other') return null;
  if (!sure && days > NEAR_DAYS) return null;
  const strength = weigh(evidence);
  return strength === 0 && waysDiffer(one, other) ? null : strength;
}

/** A line of a statement. */
export type BookedMoney = DatedMoney & {
  /** As in `BankFormat`. */
  readonly format: string;
  readonly interim: boolean;
  readonly bankReference: string | null;
  readonly endToEndId: string | null;
};

const family = (format: string): string =>
  format === 'qfx' ? 'ofx' : format.startsWith('camt') ? 'camt' : format.startsWith('mt9') ? 'mt9' : format;

const squeezed = (text: string | null): string => (text ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Null: one of them has none that tells anything. An id that was cut off is the same. */
function sameId(one: string | null, other: string | null): boolean | null {
  const [a, b] = [squeezed(one), squeezed(other)];
  if (!isTelling(a) || !isTelling(b)) return null;
  if (a === b) return true;
  return Math.min(a.length, b.length) >= 14 && (a.startsWith(b) || b.startsWith(a));
}

/**
 * How strongly two lines of one account, currency, amount and direction, from two files, are one booking; null when
 * they are not. A notification and the statement after it may be a day apart. Two statements of one format tell a
 * booking in the same words, so there only the bank's own id counts.
 */
export function sameBooking(one: BookedMoney, other: BookedMoney): number | null {
  const isRetold = one.interim === other.interim && family(one.format) === family(other.format);
  if (apart(one.day, other.day) > (one.interim || other.interim ? 1 : 0)) return null;
  const evidence = compareMoney(one, other);
  const reference = sameId(one.bankReference, other.bankReference);
  const endToEnd = sameId(one.endToEndId, other.endToEndId);
  if (evidence.name === 'other' || evidence.account === 'other' || endToEnd === false) return null;
  const alike = family(one.format) === family(other.format);
  if (alike && evidence.document === 'other') return null;
  if (reference === false && (alike || endToEnd !== true) && evidence.document !== 'shared') return null;
  if (isRetold) return reference === true ? weigh(evidence) : null;
  return weigh(evidence);
}
