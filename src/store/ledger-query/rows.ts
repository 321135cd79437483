/** The rows themselves: the ones to show are picked by key first, and only those are joined to what they show. */
import { z } from 'zod';
import type { OrderKey } from '../../domain/ledger-query/abilities.ts';
import { type SettledQuestion, UNLIMITED_ROWS } from '../../domain/ledger-query/settle.ts';
import type { Sql } from '../transaction.ts';
import { type Column, tableOf } from './datasets.ts';
import { details } from './details.ts';
import { createDraft, type Draft, type Scope } from './draft.ts';
import { applyFilters, type ResolvedIds } from './filters.ts';
import { ageColumn } from './measures.ts';
import { byCurrency, byName } from './ranking.ts';
import { isOpenOnly } from './status.ts';

const text = z.string().nullish();

const rowRecord = z.object({
  id: z.coerce.number(),
  /** Place in the order; within the currency where money is ranked. */
  place: z.coerce.number(),
  currency: text,
  amount: z.coerce.bigint().optional(),
  open: z.coerce.bigint().optional(),
  paid: text,
  state: text,
  customer_id: z.coerce.number().nullable(),
  customer_code: z.string().nullable(),
  customer_name: z.string().nullable(),
  parent: text,
  owner: text,
  row_owner: text,
  segment: text,
  region: text,
  country: text,
  number: text,
  issued_on: text,
  due_on: text,
  paid_on: text,
  received_on: text,
  resolved_on: text,
  raw_status: text,
  po_number: text,
  invoice: text,
  payment: text,
  payer: text,
  reference: text,
  method: text,
  reason: text,
  kind: text,
  summary: text,
});
export type RowRecord = z.infer<typeof rowRecord>;

/** What is computed for the day is carried along; what is stored is read again from the picked rows. */
const picked = (draft: Draft): Column[] => {
  const columns: Column[] = [
    'currency',
    'amount',
    'open',
    'state',
    ...(draft.question.past ? (['paid'] as const) : []),
  ];
  return columns.filter((each) => draft.has(each));
};

function orderOf(draft: Draft, by: OrderKey): { key: string; turned: boolean } {
  const { dataset } = draft.question;
  const key = (sql: string, turned = false) => ({ key: sql, turned });
  switch (by) {
    case 'open':
    case 'amount':
    case 'due':
    case 'issued':
    case 'received':
      return key(draft.column(by));
    case 'age':
      return key(draft.column(ageColumn(draft)), true);
    case 'days_overdue':
      // where all are open, their due days are the same order turned around, and have an index
      return isOpenOnly(draft)
        ? key(draft.column('due'), true)
        : key(`(case when ${draft.column('open')} > 0 then ${draft.asOf()} - ${draft.column('due')} end)`);
    case 'name':
      return key(byName(draft.column('name')));
    case 'days_late':
      return key(`(${draft.column('paid')} - ${draft.column('due')})`);
    case 'days_to_pay':
      return key(`(${draft.column('paid')} - ${draft.column('issued')})`);
    default:
      throw new Error(`rows of ${dataset} have no order ${by}`);
  }
}

/** One more than wanted is picked, to see whether the list is cut. */
function pickedSql(draft: Draft, wanted: number): string {
  const { order, limitPerCurrency } = draft.question;
  const { key, turned } = orderOf(draft, order!.by);
  const descending = (order!.direction === 'desc') !== turned;
  const sorted = `${key} ${descending ? 'desc' : 'asc'} nulls last, ${draft.column('id')}`;
  const columns = [
    `${draft.column('id')} as id`,
    `${draft.column('customer')} as customer_id`,
    ...picked(draft).map((each) => `${draft.column(each)} as ${each}`),
  ].join(', ');
  const more = draft.param(wanted + 1, 'int');
  if (limitPerCurrency)
    return `select * from (select ${columns}, row_number() over (partition by ${byCurrency(draft.column('currency'))}
      order by ${sorted}) as place ${draft.fromWhere()}) p where place <= ${more}`;
  return `select p.*, row_number() over () as place from (select ${columns} ${draft.fromWhere()}
    order by ${sorted} limit ${more}) p`;
}

/** The parent's name; for a viewer only where the parent is an own account (P-10). */
const parentJoin = (draft: Draft): string => {
  const { owner } = draft.scope;
  const own = owner === null ? '' : `and cp.owner_email = ${draft.param(owner, 'text')}`;
  return `left join customer cp on cp.tenant_id = $1 and cp.id = c.parent_id ${own}`;
};

/** The rows in order, up to one more than the limit (in each currency where money is ranked). */
export async function selectRows(
  sql: Sql,
  question: SettledQuestion,
  scope: Scope,
  ids: ResolvedIds,
): Promise<{ records: RowRecord[]; wanted: number }> {
  const wanted = question.limit ?? UNLIMITED_ROWS;
  const draft = createDraft(question, scope);
  applyFilters(draft, ids);
  const first = pickedSql(draft, wanted);
  const { columns, joins } = details[question.dataset];
  const statement = `with ${[...draft.ctes(), `picked as (${first})`].join(', ')}
    select k.*, c.external_id as customer_code, c.name as customer_name, cp.name as parent, c.owner_email as owner,
      c.segment, c.region, c.country, ${columns}
    from picked k
    -- row by row: the planner cannot know how few are picked, and would read the whole table
    join lateral (select * from ${tableOf(question.dataset)} r where r.tenant_id = $1 and r.id = k.id offset 0) x on true
    left join customer c on c.tenant_id = $1 and c.id = k.customer_id ${parentJoin(draft)} ${joins}
    order by k.place, k.id`;
  return { records: await sql.many(rowRecord, statement, draft.values), wanted };
}
