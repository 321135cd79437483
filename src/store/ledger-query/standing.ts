/** Filters on how a customer or an invoice stands on the as-of day: disputed, promised, on hold, chased, late. */
import { invoiceAsOf } from './as-of.ts';
import { filterByContact } from './contact.ts';
import type { Draft } from './draft.ts';

/** Invoices with an open dispute, or customers with one on any invoice. */
function disputed(draft: Draft): string {
  const asOf = draft.asOf();
  const [own, theirs] = draft.has('invoice')
    ? [draft.column('invoice'), 'd.invoice_id']
    : [draft.column('customer'), 'd.customer_id'];
  return `${own} in (select ${theirs} from dispute d where d.tenant_id = $1 and d.opened_on <= ${asOf}
    and (d.resolved_on is null or d.resolved_on > ${asOf}))`;
}

/** An open promise (P-6) that names the invoice or, naming none, is of its customer; of a customer: any open one. */
function promised(draft: Draft): string {
  const state = `promise_state(${draft.asOf()}) s join promise p on p.tenant_id = s.tenant_id and p.id = s.promise_id`;
  const open = `s.tenant_id = $1 and s.state = 'open'`;
  const customer = draft.column('customer');
  if (!draft.has('invoice')) return `${customer} in (select p.customer_id from ${state} where ${open})`;
  const named = 'from promise_invoice pi where pi.tenant_id = p.tenant_id and pi.promise_id = p.id';
  return `(${draft.column('invoice')} in (select pi.invoice_id from ${state}
      join promise_invoice pi on pi.tenant_id = p.tenant_id and pi.promise_id = p.id where ${open})
    or ${customer} in (select p.customer_id from ${state} where ${open} and not exists (select ${named})))`;
}

/** A hold that is active on the day, on the customer as a whole or on the invoice. */
function onHold(draft: Draft): string {
  const asOf = draft.asOf();
  const active = `from hold h where h.tenant_id = $1 and h.from_on <= ${asOf}
    and (h.until_on is null or h.until_on >= ${asOf}) and (h.lifted_on is null or h.lifted_on > ${asOf})`;
  const whole = `${draft.column('customer')} in (select h.customer_id ${active} and h.invoice_id is null)`;
  if (!draft.has('invoice')) return whole;
  return `(${whole} or ${draft.column('invoice')} in (select h.invoice_id ${active} and h.invoice_id is not null))`;
}

/**
 * Customers that are late for the first time (P-8): something is overdue, and nothing that was due before the oldest
 * of it was paid late. (What is still open past due is the oldest itself.)
 */
function firstTimeLate(draft: Draft): string {
  const asOf = draft.asOf();
  const { past } = draft.question;
  const stood = past ? invoiceAsOf('o', asOf, false) : { joins: '', open: 'o.open_minor' };
  const overdue = past
    ? `o.status <> 'void' and o.issued_on <= ${asOf} and ${stood.open} > 0`
    : `o.status = 'open'`;
  return `${draft.column('customer')} in (
    select f.customer_id from (select o.customer_id, min(o.due_on) as due_on from invoice o ${stood.joins}
      where o.tenant_id = $1 and o.due_on < ${asOf} and ${overdue} group by o.customer_id) f
    where not exists (select from invoice e where e.tenant_id = $1 and e.customer_id = f.customer_id
      and e.due_on < f.due_on and e.status <> 'void' and e.paid_on > e.due_on and e.paid_on <= ${asOf}))`;
}

/** Adds the filters disputed, promised, onHold, firstTimeLate, lastChased, chasedTimes and replied. */
export function filterByStanding(draft: Draft): void {
  const { filters } = draft.question;
  for (const [wanted, condition] of [
    [filters.disputed, disputed],
    [filters.promised, promised],
    [filters.onHold, onHold],
    [filters.firstTimeLate, firstTimeLate],
  ] as const)
    if (wanted !== undefined) draft.where(wanted ? condition(draft) : `not ${condition(draft)}`);
  filterByContact(draft);
}
