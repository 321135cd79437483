/** What rows are grouped by, as SQL keys. */
import type { Grouping } from '../../domain/ledger-query/question.ts';
import type { Draft } from './draft.ts';

/** `name` is the column of the result; `by` is what is grouped, `show` what is selected. */
export type Key = {
  readonly grouping: Grouping;
  readonly name: string;
  readonly by: string;
  readonly show: string;
};

/**
 * The head of every customer's group. For a viewer the tree ends where the viewer's own accounts end, so that nobody
 * else's account shows up as a head (P-10).
 */
function joinHeads(draft: Draft): void {
  const owner = draft.scope.owner === null ? null : draft.param(draft.scope.owner, 'text');
  const own = (alias: string) => (owner === null ? '' : `and ${alias}.owner_email = ${owner}`);
  draft.with(
    'head (id, head_id)',
    `select r.id, r.id from customer r where r.tenant_id = $1 ${own('r')}
       and not exists (select from customer p where p.tenant_id = $1 and p.id = r.parent_id ${own('p')})
       and exists (select from customer k where k.tenant_id = $1 and k.parent_id = r.id ${own('k')})
     union all
     select k.id, h.head_id from head h join customer k on k.tenant_id = $1 and k.parent_id = h.id ${own('k')}`,
  );
  draft.join('head', `left join head on head.id = ${draft.column('customer')}`);
}

/** Aging buckets by days past due (P-3), numbered in their order. */
function bucket(draft: Draft): string {
  const late = `(${draft.asOf()} - ${draft.column('due')})`;
  return `(case when ${late} <= 0 then 0 when ${late} <= 30 then 1 when ${late} <= 60 then 2 when ${late} <= 90 then 3 else 4 end)`;
}

function periodStart(draft: Draft, unit: 'week' | 'month'): string {
  const { period } = draft.question;
  if (!period) throw new Error(`the dataset ${draft.question.dataset} has no periods`);
  return `date_trunc('${unit}', ${draft.column(period)}::timestamp)::date`;
}

const plain = (grouping: Grouping, name: string, sql: string): Key => ({
  grouping,
  name,
  by: sql,
  show: sql,
});

export function keyOf(draft: Draft, grouping: Grouping): Key {
  switch (grouping) {
    case 'customer':
      return plain(grouping, 'customer_id', draft.column('customer'));
    case 'parent':
      joinHeads(draft);
      return plain(grouping, 'parent_id', `coalesce(head.head_id, ${draft.column('customer')})`);
    case 'currency':
      return plain(grouping, 'currency', draft.column('currency'));
    case 'aging_bucket':
      return plain(grouping, 'bucket', bucket(draft));
    case 'owner':
      return plain(grouping, 'owner', draft.column('owner'));
    case 'region':
      return plain(grouping, 'region', draft.column('region'));
    case 'segment': {
      const segment = draft.column('segment');
      return { grouping, name: 'segment', by: `lower(${segment})`, show: `min(${segment})` };
    }
    case 'week':
    case 'month':
      return plain(grouping, 'period', periodStart(draft, grouping));
  }
}
