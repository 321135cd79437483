/** Receivable and billing of the month ends, for the metrics that compare the two. */
import { addMonths, type Day, endOf } from '../../domain/calendar.ts';
import { booksByDay, type DayBooks } from '../../domain/metrics/books.ts';
import type { BilledMonth } from '../../domain/metrics/days-sales-outstanding.ts';
import { type BilledRow, readBilled, readBooks } from '../../store/metrics/books.ts';
import type { Sql } from '../../store/transaction.ts';
import { type Asked, monthOf } from './asked.ts';

/** Enough for most receivables; count-back asks for more where they are older. */
const MONTHS_BEFORE = 4;

export type CurrencyHistory = {
  readonly currency: string;
  readonly books: readonly DayBooks[];
  /** Billed in a month that is past, or of the as-of month until the as-of day. */
  readonly billedIn: (month: string) => bigint;
  /** The month of the day (until the day), then the months before it, newest first. */
  readonly monthsUntil: (day: Day) => BilledMonth[];
};

const historyOf = (
  currency: string,
  books: readonly DayBooks[],
  billed: readonly BilledRow[],
): CurrencyHistory => {
  const own = new Map(billed.filter((row) => row.currency === currency).map((row) => [row.month, row.minor]));
  const oldest = [...own.keys()].sort()[0];
  const billedIn = (month: string): bigint => own.get(month) ?? 0n;
  return {
    currency,
    books,
    billedIn,
    monthsUntil: (day) => {
      const months: BilledMonth[] = [];
      if (oldest === undefined) return months;
      for (let from = `${monthOf(day)}-01`; monthOf(from) >= oldest; from = addMonths(from, -1))
        months.push({
          from,
          to: monthOf(from) === monthOf(day) ? day : endOf('month', from),
          billed: billedIn(monthOf(from)),
        });
      return months;
    },
  };
};

/**
 * The books at the end of each day (oldest first; month ends and, last, the as-of day) and the billing of each month,
 * per currency. `whole` reads the billing of all time.
 */
export async function readHistory(
  sql: Sql,
  { scope, asOf, today }: Asked,
  days: readonly Day[],
  whole: boolean,
): Promise<CurrencyHistory[]> {
  const cells = await readBooks(sql, scope, days, today);
  const from = whole ? null : addMonths(`${monthOf(days[0]!)}-01`, -MONTHS_BEFORE);
  const billed = await readBilled(sql, scope, from, asOf);
  const currencies = [...new Set([...cells, ...billed].map((row) => row.currency))].sort();
  return currencies.map((currency) =>
    historyOf(
      currency,
      booksByDay(
        cells.filter((cell) => cell.currency === currency),
        days.map((day) => ({ isToday: day >= today })),
      ),
      billed,
    ),
  );
}
