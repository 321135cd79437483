/** Open invoices of a day, by age and by debtor. */
import { z } from 'zod';
import type { Day } from '../../domain/calendar.ts';
import { agingBuckets } from '../../domain/ledger-query/question.ts';
import type { Sql } from '../transaction.ts';
import { type MetricScope, scopeCondition, Values } from './scope.ts';

export type OpenItems = { scope: MetricScope; asOf: Day; today: Day; excludeDisputed: boolean };

const bucketNumber = z.int().min(0).max(4);

/**
 * The open invoices of the day with `open_minor` as it was then; `unknown` is what may have been settled before or
 * after a past day, because the ledger does not say when.
 */
function openItems({ scope, asOf, today, excludeDisputed }: OpenItems, values: Values): string {
  const day = asOf >= today && !excludeDisputed ? '' : `${values.add(asOf)}::date`;
  const condition = `${scopeCondition(scope, values)} ${
    excludeDisputed
      ? `and not exists (select from dispute d where d.invoice_id = i.id and d.opened_on <= ${day}
          and (d.resolved_on is null or d.resolved_on > ${day}))`
      : ''
  }`;
  if (asOf >= today)
    return `select i.id, i.customer_id, i.currency, i.due_on, i.open_minor, 0::bigint as unknown
      from invoice i where i.status = 'open' ${condition}`;
  const total = (table: string, where: string) =>
    `coalesce((select sum(m.amount_minor) from ${table} m where m.invoice_id = i.id and ${where}), 0)`;
  return `select id, customer_id, currency, due_on, (amount_minor - settled - case when paid_on <= ${day} then rest else 0 end
        - case when paid_on is null then rest else 0 end)::bigint as open_minor,
      (case when paid_on is null then abs(rest) else 0 end)::bigint as unknown
    from (
      select i.*, ${total('application', `greatest(m.applied_on, i.issued_on) <= ${day}`)}
          + ${total('adjustment', `greatest(m.booked_on, i.issued_on) <= ${day}`)} as settled,
        i.amount_minor - i.open_minor - ${total('application', 'true')} - ${total('adjustment', 'true')} as rest
      from invoice i where i.status <> 'void' and i.issued_on <= ${day}
        and (i.status = 'open' or i.paid_on is null or i.paid_on > ${day}) ${condition}
    ) past`;
}

const agingRow = z.object({
  currency: z.string(),
  bucket: bucketNumber.transform((number) => agingBuckets[4 - number]!),
  count: z.coerce.number(),
  minor: z.coerce.bigint(),
  unknown: z.coerce.bigint(),
});

/** Sums per currency and aging bucket (P-3) on the as-of day, with how much of each is not certain. */
export function readAging(sql: Sql, asked: OpenItems) {
  const values = new Values();
  const items = openItems(asked, values);
  const asOf = `${values.add(asked.asOf)}::date`;
  return sql.many(
    agingRow,
    `select currency, width_bucket(due_on, array[${asOf} - 90, ${asOf} - 60, ${asOf} - 30, ${asOf}]) as bucket,
       count(*) filter (where open_minor > 0) as count, coalesce(sum(open_minor), 0)::bigint as minor,
       coalesce(sum(unknown), 0)::bigint as unknown
     from (${items}) open group by 1, 2`,
    values.list,
  );
}

const debtorRow = z.object({
  currency: z.string(),
  id: z.coerce.number(),
  code: z.string(),
  name: z.string(),
  minor: z.coerce.bigint(),
  total: z.coerce.bigint(),
  debtors: z.coerce.number(),
  unknown: z.coerce.bigint(),
});

/** The largest debtors of each currency, largest first, each beside the currency's total and number of debtors. */
export function readDebtors(sql: Sql, asked: OpenItems, most: number) {
  const values = new Values();
  const items = openItems(asked, values);
  return sql.many(
    debtorRow,
    `select d.currency, c.id, c.external_id as code, c.name, d.minor, d.total, d.debtors, d.unknown from (
       select currency, customer_id, sum(open_minor)::bigint as minor,
         (sum(sum(open_minor)) over w)::bigint as total, count(*) over w as debtors,
         (sum(sum(unknown)) over w)::bigint as unknown,
         row_number() over (partition by currency order by sum(open_minor) desc, customer_id) as rank
       from (${items}) open group by currency, customer_id having sum(open_minor) > 0 or sum(unknown) > 0
       window w as (partition by currency)
     ) d join customer c on c.id = d.customer_id where d.rank <= ${values.add(most)} order by d.currency, d.rank`,
    values.list,
  );
}
