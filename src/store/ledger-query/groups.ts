/** Measures of groups, with the totals of each currency and the ranks from the same pass. */
import { z } from 'zod';
import { type SettledQuestion, UNLIMITED_ROWS } from '../../domain/ledger-query/settle.ts';
import type { Sql } from '../transaction.ts';
import { createDraft, type Draft, type Scope } from './draft.ts';
import { applyFilters, type ResolvedIds } from './filters.ts';
import { type Key, keyOf } from './grouping.ts';
import { aggregate } from './measures.ts';
import { byCurrency, ranking, rankingDay, rankingMeasure } from './ranking.ts';

const id = z.coerce.number();
const minor = z.coerce.bigint();
const text = z.string().nullable();

/** One group as it comes: sums are minor units, `m_*` the measures that are not sums. */
const groupRecord = z.looseObject({
  n: id,
  amount: minor.optional(),
  open: minor.optional(),
  groups: id,
  currency_n: id,
  currency_amount: minor.optional(),
  currency_open: minor.optional(),
  customer_id: id.nullish(),
  customer_code: text.optional(),
  customer_name: text.optional(),
  parent_id: id.nullish(),
  parent_code: text.optional(),
  parent_name: text.optional(),
  currency: text.optional(),
  bucket: z.int().optional(),
  owner: text.optional(),
  segment: text.optional(),
  region: text.optional(),
  period: text.optional(),
});
export type GroupRecord = z.infer<typeof groupRecord>;

/** All rows of the filter, by key. */
function groupedSql(draft: Draft, keys: readonly Key[]): string {
  const { question } = draft;
  const measures = new Set(question.measures);
  const ranked = rankingMeasure(question);
  if (ranked) measures.add(ranked);
  const day = rankingDay(question);
  const columns = [
    ...keys.map((key) => `${key.show} as ${key.name}`),
    'count(*) as n',
    // without keys there may be no row at all
    ...(draft.has('amount') ? [`coalesce(sum(${draft.column('amount')}), 0) as amount`] : []),
    ...(draft.has('open') ? [`coalesce(sum(${draft.column('open')}), 0) as open`] : []),
    ...[...measures].flatMap((measure) => {
      const sql = aggregate(draft, measure);
      return sql === null ? [] : [`${sql} as m_${measure}`];
    }),
    ...(day ? [`min(${draft.column(day)}) as first_day`] : []),
  ];
  const by = keys.length === 0 ? '' : `group by ${keys.map((key) => key.by).join(', ')}`;
  return `select ${columns.join(', ')} ${draft.fromWhere()} ${by}`;
}

const customerNames = (alias: string, key: 'customer' | 'parent', of: string): string =>
  `left join customer ${alias} on ${alias}.tenant_id = $1 and ${alias}.id = ${of}.${key}_id`;

function rankedSql(draft: Draft, keys: readonly Key[]): string {
  const { question } = draft;
  const grouped = groupedSql(draft, keys);
  const currency = keys.some((key) => key.grouping === 'currency');
  const order = ranking(question, keys);
  const names = [
    ...(order.includes('gc.') ? [customerNames('gc', 'customer', 'g')] : []),
    ...(order.includes('gp.') ? [customerNames('gp', 'parent', 'g')] : []),
  ];
  const sums = (['amount', 'open'] as const)
    .filter((each) => draft.has(each))
    .map((each) => `, sum(g.${each}) over cur as currency_${each}`);
  const partition = question.limitPerCurrency && currency ? `partition by ${byCurrency('g.currency')}` : '';
  const ctes = [
    ...draft.ctes(),
    `grouped as (${grouped})`,
    `ranked as (select g.*, count(*) over () as groups, sum(g.n) over cur as currency_n ${sums.join('')},
      row_number() over (${partition} order by ${order}) as place
      from grouped g ${names.join(' ')} window cur as (${currency ? `partition by ${byCurrency('g.currency')}` : ''}))`,
  ];
  const shows = (key: 'customer' | 'parent') => keys.some((each) => each.grouping === key);
  const referred = (['customer', 'parent'] as const).filter(shows);
  const columns = referred.map(
    (key) => `, n_${key}.external_id as ${key}_code, n_${key}.name as ${key}_name`,
  );
  const joins = referred.map((key) => customerNames(`n_${key}`, key, 'r'));
  const limit = draft.param(question.limit ?? UNLIMITED_ROWS, 'int');
  return `with recursive ${ctes.join(', ')}
    select r.* ${columns.join('')} from ranked r ${joins.join(' ')} where r.place <= ${limit} order by r.place`;
}

/**
 * The groups of the question, best first; in each currency where money is ranked (P-11). Every record carries the
 * number of groups that fit and the totals of its currency.
 */
export async function selectGroups(
  sql: Sql,
  question: SettledQuestion,
  scope: Scope,
  ids: ResolvedIds,
): Promise<GroupRecord[]> {
  const draft = createDraft(question, scope);
  applyFilters(draft, ids);
  const keys = question.keys.map((grouping) => keyOf(draft, grouping));
  return sql.many(groupRecord, rankedSql(draft, keys), draft.values);
}
