/** How customers paid: sums over the invoices that became fully paid in a window of days. */
import { z } from 'zod';
import type { Day } from '../../domain/calendar.ts';
import type { CustomerRef } from '../../domain/ledger-query/result.ts';
import type { PaidInvoices } from '../../domain/metrics/payer-habits.ts';
import type { Sql } from '../transaction.ts';
import { type MetricScope, scopeCondition, Values } from './scope.ts';

const sums = z.object({
  count: z.coerce.number(),
  days_to_pay: z.coerce.bigint(),
  days_late: z.coerce.bigint(),
  /** A median of whole days is a whole or a half, which Postgres gives exactly; twice it is whole. */
  middles_to_pay: z.coerce.bigint(),
  middles_late: z.coerce.bigint(),
  on_time: z.coerce.number(),
});

const paidOf = (row: z.output<typeof sums>): PaidInvoices => ({
  count: row.count,
  daysToPay: row.days_to_pay,
  daysLate: row.days_late,
  middlesToPay: row.middles_to_pay,
  middlesLate: row.middles_late,
  onTime: row.on_time,
});

const habitRow = sums
  .extend({
    currency: z.string(),
    id: z.coerce.number().nullable(),
    code: z.string().nullable(),
    name: z.string().nullable(),
  })
  .transform((row) => ({
    currency: row.currency,
    customer:
      row.id === null
        ? null
        : ({ id: row.id, code: row.code ?? '', name: row.name ?? '' } satisfies CustomerRef),
    paid: paidOf(row),
  }));

/**
 * Per currency: all customers together (`customer` null) first, then the `most` that paid the most invoices. Invoices
 * without a known paid day are left out.
 */
export function readHabits(sql: Sql, scope: MetricScope, window: { from: Day; to: Day }, most: number) {
  const values = new Values();
  const between = `i.paid_on between ${values.add(window.from)}::date and ${values.add(window.to)}::date`;
  return sql.many(
    habitRow,
    `with paid as (
       select i.currency, i.customer_id, i.paid_on - i.issued_on as to_pay, i.paid_on - i.due_on as late
         from invoice i where i.status = 'paid' and ${between} ${scopeCondition(scope, values)}
     ), summed as (
       select currency, customer_id, count(*) as count, sum(to_pay) as days_to_pay, sum(late) as days_late,
         (percentile_cont(0.5) within group (order by to_pay) * 2)::bigint as middles_to_pay,
         (percentile_cont(0.5) within group (order by late) * 2)::bigint as middles_late,
         count(*) filter (where late <= 0) as on_time,
         row_number() over (partition by currency, customer_id is null order by count(*) desc, customer_id) as rank
       from paid group by grouping sets ((currency), (currency, customer_id))
     )
     select s.currency, c.id, c.external_id as code, c.name, s.count, s.days_to_pay, s.days_late, s.middles_to_pay, s.middles_late, s.on_time
     from summed s left join customer c on c.id = s.customer_id
     where s.rank <= ${values.add(most)} order by s.currency, s.customer_id is not null, s.rank`,
    values.list,
  );
}

/** The same of one customer, whatever the currency: days are not money. */
export const readCustomerHabits = (sql: Sql, customerId: number, window: { from: Day; to: Day }) =>
  sql.one(
    sums.transform(paidOf),
    `select count(*) as count, coalesce(sum(paid_on - issued_on), 0) as days_to_pay,
       coalesce(sum(paid_on - due_on), 0) as days_late, count(*) filter (where paid_on <= due_on) as on_time,
       coalesce((percentile_cont(0.5) within group (order by paid_on - issued_on) * 2)::bigint, 0) as middles_to_pay,
       coalesce((percentile_cont(0.5) within group (order by paid_on - due_on) * 2)::bigint, 0) as middles_late
     from invoice where customer_id = $1 and status = 'paid' and paid_on between $2::date and $3::date`,
    [customerId, window.from, window.to],
  );

/** Paid invoices of the scope whose paid day the ledger does not know. */
export async function countPaidWithoutDay(sql: Sql, scope: MetricScope): Promise<number> {
  const values = new Values();
  const { count } = await sql.one(
    z.object({ count: z.coerce.number() }),
    `select count(*) as count from invoice i where i.status = 'paid' and i.paid_on is null ${scopeCondition(scope, values)}`,
    values.list,
  );
  return count;
}
