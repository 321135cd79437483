/** What the receivable of past days is told from. */
import { z } from 'zod';
import { addDays, type Day } from '../../domain/calendar.ts';
import type { BooksCell } from '../../domain/metrics/books.ts';
import type { Sql } from '../transaction.ts';
import { type MetricScope, scopeCondition, Values } from './scope.ts';

const cellRow = z
  .object({
    kind: z.enum(['open', 'settled', 'closed', 'unknown']),
    currency: z.string(),
    issued_at: z.number(),
    past_due_at: z.number(),
    settled_at: z.number().nullable(),
    minor: z.coerce.bigint(),
    count: z.coerce.number(),
  })
  .transform(
    (row): BooksCell => ({
      kind: row.kind,
      currency: row.currency,
      issuedAt: row.issued_at,
      pastDueAt: row.past_due_at,
      settledAt: row.settled_at,
      minor: row.minor,
      count: row.count,
    }),
  );

/**
 * Invoices that were open on some day since `first`: the open ones, and those paid after it or on a day nobody knows.
 * Void ones are left out. The rest was settled before and changes nothing.
 */
const liveInvoices = (condition: string, first: string, last: string, needsHistory: boolean): string => {
  const columns = 'i.id, i.currency, i.issued_on, i.due_on, i.amount_minor';
  const part = (open: string, where: string) =>
    `select ${columns}, ${open} as open_minor, i.paid_on from invoice i
      where ${where} and i.issued_on <= ${last}::date ${condition}`;
  const paid = [
    `i.status = 'paid' and i.paid_on > ${first}::date`,
    `i.status = 'paid' and i.paid_on is null`,
  ];
  return [
    part('i.open_minor', `i.status = 'open'`),
    ...(needsHistory ? paid.map((where) => part('0', where)) : []),
  ].join(' union all ');
};

/**
 * Sums over the invoices of the scope from which the books of every day in `days` (oldest first) follow. `today`:
 * what is dated later counts as done today. Reads only what moved since the first day, plus what is open.
 */
export function readBooks(
  sql: Sql,
  scope: MetricScope,
  days: readonly Day[],
  today: Day,
): Promise<BooksCell[]> {
  const values = new Values();
  const ends = `${values.add(days)}::date[]`;
  const begins = `${values.add(days.map((each) => addDays(each, 1)))}::date[]`;
  const first = values.add(days[0]);
  const last = values.add(days.at(-1));
  const now = `${values.add(today)}::date`;
  const condition = scopeCondition(scope, values);
  const moved = (table: string, on: string) =>
    `select l.id, l.currency, l.issued_on, l.due_on, least(greatest(m.${on}, l.issued_on), ${now}) as on_day, m.amount_minor
       from ${table} m join live l on l.id = m.invoice_id where m.${on} > ${first}::date`;
  const before = (table: string, on: string) =>
    `coalesce((select sum(m.amount_minor) from ${table} m where m.invoice_id = l.id and m.${on} <= ${first}::date), 0)`;
  const cell = (kind: string, day: string, minor: string, from: string) =>
    `select '${kind}' as kind, currency, width_bucket(issued_on, ${begins}) as issued_at,
       width_bucket(due_on, ${ends}) as past_due_at, ${day} as settled_at, sum(${minor})::bigint as minor, count(*) as count
     from ${from} group by 1, 2, 3, 4, 5`;
  return sql.many(
    cellRow,
    `with live as materialized (${liveInvoices(condition, first, last, days[0]! < today)}),
     moved as materialized (${moved('application', 'applied_on')} union all ${moved('adjustment', 'booked_on')}),
     later as (select id, sum(amount_minor) as minor from moved group by id),
     untold as (
       select l.currency, l.issued_on, l.due_on, l.paid_on, l.amount_minor - l.open_minor - coalesce(later.minor, 0)
           - ${before('application', 'applied_on')} - ${before('adjustment', 'booked_on')} as minor
       from live l left join later using (id)
       where l.amount_minor - l.open_minor <> coalesce(later.minor, 0)
     ), gap as materialized (select * from untold where minor <> 0)
     ${cell('open', 'null::int', 'open_minor', 'live')}
     union all ${cell('settled', `width_bucket(on_day, ${begins})`, 'amount_minor', 'moved')}
     union all ${cell('closed', `width_bucket(paid_on, ${begins})`, 'minor', 'gap where paid_on is not null')}
     union all ${cell('unknown', 'null::int', 'abs(minor)', 'gap where paid_on is null')}`,
    values.list,
  );
}

const billedRow = z.object({ currency: z.string(), month: z.string(), minor: z.coerce.bigint() });
export type BilledRow = z.infer<typeof billedRow>;

/** What was invoiced in each month (`YYYY-MM`) from `from` (null: the beginning) to `to`, void ones left out. */
export function readBilled(sql: Sql, scope: MetricScope, from: Day | null, to: Day): Promise<BilledRow[]> {
  const values = new Values();
  const bounds = `i.issued_on <= ${values.add(to)}::date ${from === null ? '' : `and i.issued_on >= ${values.add(from)}::date`}`;
  return sql.many(
    billedRow,
    `select currency, to_char(first_day, 'YYYY-MM') as month, minor from (
       select i.currency, date_trunc('month', i.issued_on::timestamp) as first_day, sum(i.amount_minor)::bigint as minor
         from invoice i where i.status <> 'void' and ${bounds} ${scopeCondition(scope, values)} group by 1, 2) x`,
    values.list,
  );
}
