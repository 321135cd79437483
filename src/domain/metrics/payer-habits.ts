import { percent } from '../ledger-query/percent.ts';
import { oneDecimal } from './one-decimal.ts';

/** Sums over paid invoices. Days to pay: issued to fully paid. Days late: due to fully paid, negative is early. */
export type PaidInvoices = {
  readonly count: number;
  readonly daysToPay: bigint;
  readonly daysLate: bigint;
  /** The sum of the two middle values (of the same one twice when the count is odd). */
  readonly middlesToPay: bigint;
  readonly middlesLate: bigint;
  /** Paid on the due day or before. */
  readonly onTime: number;
};

export type PayerHabits = {
  paidInvoices: number;
  averageDaysToPay: string | null;
  medianDaysToPay: string | null;
  averageDaysLate: string | null;
  medianDaysLate: string | null;
  onTimeShare: string | null;
};

/**
 * How somebody pays: averages and medians in days, the share paid on time in percent, each with one decimal and each
 * invoice counting once whatever its amount; all null when nothing was paid.
 * Source: average days to pay and average days late as credit bureaus report them (not weighted by amount).
 */
export function payerHabits(paid: PaidInvoices): PayerHabits {
  if (paid.count === 0)
    return {
      paidInvoices: 0,
      averageDaysToPay: null,
      medianDaysToPay: null,
      averageDaysLate: null,
      medianDaysLate: null,
      onTimeShare: null,
    };
  const count = BigInt(paid.count);
  return {
    paidInvoices: paid.count,
    averageDaysToPay: oneDecimal(paid.daysToPay, count),
    medianDaysToPay: oneDecimal(paid.middlesToPay, 2n),
    averageDaysLate: oneDecimal(paid.daysLate, count),
    medianDaysLate: oneDecimal(paid.middlesLate, 2n),
    onTimeShare: percent(BigInt(paid.onTime), count),
  };
}
