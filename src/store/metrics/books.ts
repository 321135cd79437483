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

const invoices = (open: string, paidOn: string, where: string): string =>
  `select i.id, i.currency, i.issued_on, i.due_on, i.amount_minor, ${open} as open_minor, ${paidOn} as paid_on
     from invoice i where ${where}`;

/** Open ones read no paid_on, so that an index alone answers. */
const openInvoices = (condition: string, last: string): string =>
  invoices('i.open_minor', 'null::date', `i.status = 'open' and i.issued_on <= ${last}::date ${condition}`);

/**
 * Invoices that were open on some day since `first`: the open ones, and those paid after it or on a day nobody knows.
 * Void ones are left out. The rest was settled before and changes nothing.
 */
const liveInvoices = (condition: string, first: string, last: string): string =>
  [
    openInvoices(condition, last),
    ...[`i.paid_on > ${first}::date`, 'i.paid_on is null'].map((paid) =>
      invoices(
        '0',
        'i.paid_on',
        `i.status = 'paid' and ${paid} and i.issued_on <= ${last}::date ${condition}`,
      ),
    ),
  ].join(' union all ');

/**
 * Sums over the invoices of the scope from which the books of every day in `days` (oldest first) follow. `today`:
 * what is dated later counts as done today. Reads only what moved since the first day, plus what is open; only where
 * one movement does not explain all that was settled are an invoice's movements of all time added up.
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
  const last = values.add(days.at(-1));
  const condition = scopeCondition(scope, values);
  const cell = (kind: string, day: string, minor: string, from: string) =>
    `select '${kind}' as kind, currency, width_bucket(issued_on, ${begins}) as issued_at,
       width_bucket(due_on, ${ends}) as past_due_at, ${day} as settled_at, sum(${minor})::bigint as minor, count(*) as count
     from ${from} group by 1, 2, 3, 4, 5`;
  const openCell = (from: string) => cell('open', 'null::int', 'open_minor', from);
  if (days[0]! >= today)
    return sql.many(cellRow, openCell(`(${openInvoices(condition, last)}) live`), values.list);
  const first = values.add(days[0]);
  const now = `${values.add(today)}::date`;
  const moved = (table: string, on: string) =>
    `select l.id, l.currency, l.issued_on, l.due_on, least(greatest(m.${on}, l.issued_on), ${now}) as on_day,
         m.amount_minor, m.amount_minor = l.amount_minor - l.open_minor as is_all
       from ${table} m join live l on l.id = m.invoice_id where m.${on} > ${first}::date`;
  const total = (table: string) =>
    `coalesce((select sum(m.amount_minor) from ${table} m where m.invoice_id = l.id), 0)`;
  return sql.many(
    cellRow,
    `with live as materialized (${liveInvoices(condition, first, last)}),
     moved as materialized (${moved('application', 'applied_on')} union all ${moved('adjustment', 'booked_on')}),
     suspect as materialized (
       select id from live l where amount_minor <> open_minor
         and not exists (select from moved m where m.id = l.id and m.is_all)
       union select id from moved where amount_minor < 0
     ), told as materialized (
       select l.currency, l.issued_on, l.due_on, l.paid_on,
         l.amount_minor - l.open_minor - ${total('application')} - ${total('adjustment')} as minor
       from suspect join live l using (id)
     ), gap as (select * from told where minor <> 0)
     ${openCell('live where open_minor > 0')}
     union all ${cell('settled', `width_bucket(on_day, ${begins})`, 'amount_minor', 'moved')}
     union all ${cell('closed', `width_bucket(least(paid_on, ${now}), ${begins})`, 'minor', 'gap where paid_on is not null')}
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
