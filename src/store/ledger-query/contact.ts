/**
 * Filters on the conversation with a customer. An event counts for an invoice when it names that invoice or none; for
 * a customer every event does.
 */
import type { Draft } from './draft.ts';
import { inWindow } from './windows.ts';

/** The last event of a kind, as `NAME.at` and `NAME.on`; null where there was none. */
function lastEvent(draft: Draft, name: string, kind: 'chased' | 'replied'): { at: string; on: string } {
  const customer = draft.column('customer');
  const invoice = draft.has('invoice') ? draft.column('invoice') : null;
  const events = (key: string, condition: string) =>
    `(select e.${key} as id, max(e.happened_at) as at, max(e.happened_on) as day from timeline_event e
      where e.tenant_id = $1 and e.kind = '${kind}' and e.happened_on <= ${draft.asOf()} ${condition} group by e.${key})`;
  const [whole, own] = [`${name}_customer`, `${name}_invoice`];
  draft.join(
    whole,
    `left join ${events('customer_id', invoice ? 'and e.invoice_id is null' : '')} ${whole} on ${whole}.id = ${customer}`,
  );
  if (invoice === null) return { at: `${whole}.at`, on: `${whole}.day` };
  draft.join(
    own,
    `left join ${events('invoice_id', 'and e.invoice_id is not null')} ${own} on ${own}.id = ${invoice}`,
  );
  return { at: `greatest(${whole}.at, ${own}.at)`, on: `greatest(${whole}.day, ${own}.day)` };
}

/** How often it was chased since the last reply, and after the day of the customer's last payment. */
function timesChased(draft: Draft, replied: { at: string }): string {
  const customer = draft.column('customer');
  const own = draft.has('invoice')
    ? `and (e.invoice_id is null or e.invoice_id = ${draft.column('invoice')})`
    : '';
  return `(select count(*) from timeline_event e where e.tenant_id = $1 and e.kind = 'chased'
    and e.happened_on <= ${draft.asOf()} and e.customer_id = ${customer} ${own}
    and (${replied.at} is null or e.happened_at > ${replied.at})
    and e.happened_on > coalesce((select max(p.received_on) from payment p where p.tenant_id = $1
      and p.customer_id = ${customer} and p.received_on <= ${draft.asOf()}), '-infinity'))`;
}

export function filterByContact(draft: Draft): void {
  const { lastChased, chasedTimes, replied } = draft.question.filters;
  if (lastChased !== undefined) {
    const chase = lastEvent(draft, 'chase', 'chased');
    if (lastChased === 'never') draft.where(`${chase.on} is null`);
    else if ('notSince' in lastChased)
      draft.where(`(${chase.on} is null or ${chase.on} < ${draft.param(lastChased.notSince, 'date')})`);
    else draft.where(inWindow(draft, chase.on, lastChased));
  }
  if (replied !== undefined) {
    const chase = lastEvent(draft, 'chase', 'chased');
    const reply = lastEvent(draft, 'reply', 'replied');
    draft.where(
      replied
        ? `${reply.at} > ${chase.at}`
        : `${chase.at} is not null and (${reply.at} is null or ${reply.at} <= ${chase.at})`,
    );
  }
  if (chasedTimes !== undefined) {
    const times = timesChased(draft, lastEvent(draft, 'reply', 'replied'));
    if (chasedTimes.min !== undefined) draft.where(`${times} >= ${draft.param(chasedTimes.min, 'int')}`);
    if (chasedTimes.max !== undefined) draft.where(`${times} <= ${draft.param(chasedTimes.max, 'int')}`);
  }
}
