/**
 * Days sales outstanding and what follows from it. Money in minor units of one currency; days with one decimal as
 * text. "Billed" is what was invoiced (credit sales), void invoices left out, credit notes not taken off.
 */
import { type Day, daysBetween } from '../calendar.ts';
import { oneDecimal, tenthsToText } from './one-decimal.ts';

/** A calendar month, or of the running month the days until the as-of day; both ends count. */
export type BilledMonth = { readonly from: Day; readonly to: Day; readonly billed: bigint };

const daysIn = (month: BilledMonth): bigint => BigInt(daysBetween(month.from, month.to) + 1);

export type CountedMonth = BilledMonth & { readonly taken: bigint };
export type CountBack = {
  readonly days: string;
  /** Newest first: the months that were counted and what of the receivable each took. */
  readonly months: readonly CountedMonth[];
};

/**
 * Count-back DSO: the receivable is used up by the billing of the newest month, then of the one before, and so on;
 * a month used whole counts with its calendar days, the last one in part.
 *
 * `months` is newest first without a gap. Null when they are too few to use the receivable up.
 * Source: the count-back or exhaustion method as described by the Credit Research Foundation and the Chartered
 * Institute of Credit Management ("working back method").
 */
export function countBackDso(receivable: bigint, months: readonly BilledMonth[]): CountBack | null {
  let left = receivable > 0n ? receivable : 0n;
  let wholeDays = 0n;
  const counted: CountedMonth[] = [];
  for (const month of months) {
    if (left === 0n) break;
    if (month.billed > left) {
      counted.push({ ...month, taken: left });
      const days = oneDecimal(wholeDays * month.billed + left * daysIn(month), month.billed);
      return days === null ? null : { days, months: counted };
    }
    counted.push({ ...month, taken: month.billed });
    left -= month.billed;
    wholeDays += daysIn(month);
  }
  return left > 0n ? null : { days: tenthsToText(wholeDays * 10n), months: counted };
}

export type Period = { readonly receivable: bigint; readonly billed: bigint; readonly days: number };

/**
 * Simple DSO: receivable at the end of the period / billed in the period x days of the period. Null when nothing was
 * billed.
 * Source: Credit Research Foundation, "Days Sales Outstanding (DSO)".
 */
export const simpleDso = ({ receivable, billed, days }: Period): string | null =>
  oneDecimal(receivable * BigInt(days), billed);

/**
 * Best possible DSO: the part of the receivable that is not past due / billed in the period x days of the period.
 * What DSO would be if everybody paid on the due day. Null when nothing was billed.
 * Source: Credit Research Foundation, "Best Possible DSO".
 */
export const bestPossibleDso = (period: Omit<Period, 'receivable'> & { current: bigint }): string | null =>
  simpleDso({ ...period, receivable: period.current });

/**
 * Average days delinquent: simple DSO less best possible DSO of the same period, divided once, so that no rounding
 * adds up. Null when nothing was billed.
 * Source: Credit Research Foundation, "Average Days Delinquent (ADD)".
 */
export const averageDaysDelinquent = (period: Period & { current: bigint }): string | null =>
  simpleDso({ ...period, receivable: period.receivable - period.current });
