/** How customers pay, over the last months. */
import { resolveWindow } from '../../domain/ledger-query/window.ts';
import { type PayerHabits, payerHabits } from '../../domain/metrics/payer-habits.ts';
import { countPaidWithoutDay, readHabits } from '../../store/metrics/habits.ts';
import type { Sql } from '../../store/transaction.ts';
import { type Asked, type MetricParts, perCurrency } from './asked.ts';

const DEFAULT_MONTHS = 12;
const MOST_CUSTOMERS = 50;

const inputsOf = (habits: PayerHabits): Record<string, string> => {
  const named = {
    'paid invoices': String(habits.paidInvoices),
    'average days to pay': habits.averageDaysToPay,
    'median days to pay': habits.medianDaysToPay,
    'average days late': habits.averageDaysLate,
    'median days late': habits.medianDaysLate,
    'on time %': habits.onTimeShare,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
};

/** Days to pay, days late and the share paid on time, of invoices paid in full in the window; per currency. */
export async function habitsMetric(sql: Sql, { scope, asOf, input }: Asked): Promise<MetricParts> {
  const { from, to } = resolveWindow({ last: input.months ?? DEFAULT_MONTHS, unit: 'month' }, asOf);
  const window = { from: from ?? asOf, to: to ?? asOf };
  const rows = await readHabits(sql, scope, window, MOST_CUSTOMERS);
  const undated = await countPaidWithoutDay(sql, scope);
  return {
    title: 'How customers pay',
    method: `Invoices paid in full from ${window.from} to ${window.to}, each counting once. Days to pay run from the issue day, days late from the due day to the day of full payment; negative is early. The value is the average of days late.`,
    figures: perCurrency(rows).map(([currency, own]) => {
      const all = payerHabits(own.find((row) => row.customer === null)!.paid);
      return {
        currency,
        value: all.averageDaysLate,
        unit: 'days',
        customers: own.flatMap(({ customer, paid }) =>
          customer ? [{ customer, ...payerHabits(paid) }] : [],
        ),
        inputs: inputsOf(all),
      };
    }),
    notes:
      undated === 0
        ? []
        : [
            `${undated} paid invoice${undated === 1 ? ' has' : 's have'} no known payment day and are left out.`,
          ],
  };
}
