/**
 * The receivable of past days, told from today's open amounts and what was settled since: a day's open amount is
 * today's plus everything settled after it. Minor units; the days are given once, oldest first, and named by index.
 */

/** Sums over invoices that were issued and fall due in the same stretch between the days. */
export type BooksCell = {
  /**
   * `open`: open today. `settled`: put on invoices by cash, credit or adjustment. `closed`: the rest of a paid invoice
   * whose settlement the ledger does not hold, on its paid day. `unknown`: the same without a paid day.
   */
  readonly kind: 'open' | 'settled' | 'closed' | 'unknown';
  readonly currency: string;
  /** First day (index) at whose end the invoices were issued. */
  readonly issuedAt: number;
  /** First day (index) at whose end they were past due. */
  readonly pastDueAt: number;
  /** First day (index) at whose end it was settled; the open and the unknown have none. */
  readonly settledAt: number | null;
  readonly minor: bigint;
  readonly count: number;
};

export type DayBooks = {
  readonly receivable: bigint;
  /** The part of it that is not past due. */
  readonly current: bigint;
  /** How much of it may have been settled before or after the day: nobody knows. Zero when the figure is certain. */
  readonly unknown: bigint;
  readonly unknownInvoices: number;
};

/**
 * The books of one currency at the end of each day. `isToday` says which days need no history: there the open
 * amounts are the source's own, so nothing is unknown.
 */
export function booksByDay(cells: readonly BooksCell[], days: readonly { isToday: boolean }[]): DayBooks[] {
  return days.map(({ isToday }, day) => {
    const issued = cells.filter((cell) => cell.issuedAt <= day);
    const open = issued.filter(
      (cell) => cell.kind === 'open' || (cell.settledAt !== null && cell.settledAt > day),
    );
    const unknown = isToday ? [] : issued.filter((cell) => cell.kind === 'unknown');
    const sum = (list: readonly BooksCell[]) => list.reduce((total, cell) => total + cell.minor, 0n);
    return {
      receivable: sum(open),
      current: sum(open.filter((cell) => cell.pastDueAt > day)),
      unknown: sum(unknown),
      unknownInvoices: unknown.reduce((total, cell) => total + cell.count, 0),
    };
  });
}
