/** Status words as conditions. Void invoices are left out unless they are asked for. */
import type { Status } from '../../domain/ledger-query/abilities.ts';
import type { Draft } from './draft.ts';

/** True when only invoices with something owed can fit: they have an index of their own. */
export const isOpenOnly = ({ question }: Draft): boolean => {
  const { dataset, filters } = question;
  if (dataset !== 'invoices') return false;
  if (filters.daysOverdue) return true;
  return (
    filters.status?.every((each) => each === 'open' || each === 'overdue' || each === 'not_due') ?? false
  );
};

function invoiceStatus(draft: Draft, status: Status): string {
  const { past } = draft.question;
  const open = past ? `${draft.column('open')} > 0` : `x.status = 'open'`;
  if (status === 'open') return open;
  if (status === 'overdue') return `(${open} and x.due_on < ${draft.asOf()})`;
  if (status === 'not_due') return `(${open} and x.due_on >= ${draft.asOf()})`;
  if (status === 'void') return `x.status = 'void'`;
  return past ? `(x.status <> 'void' and ${draft.column('open')} = 0)` : `x.status = 'paid'`;
}

const payableStatus = (draft: Draft, status: Status): string => {
  const open = draft.column('open');
  if (status === 'unapplied') return `${open} > 0`;
  if (status === 'applied') return `${open} = 0`;
  return `(${open} > 0 and ${open} < x.amount_minor)`;
};

const disputeStatus = (draft: Draft, status: Status): string => {
  const asOf = draft.asOf();
  return status === 'open'
    ? `(x.resolved_on is null or x.resolved_on > ${asOf})`
    : `x.resolved_on <= ${asOf}`;
};

/** Adds the status filter of the question, and what always holds without one. */
export function filterByStatus(draft: Draft): void {
  const { dataset, filters } = draft.question;
  if (dataset === 'invoices' && filters.daysOverdue) draft.where(invoiceStatus(draft, 'open'));
  if (!filters.status) {
    if (dataset !== 'invoices' || filters.daysOverdue) return;
    // only what is paid has a paid day; said so, it can be read from the index of paid days
    draft.where(filters.paid && !draft.question.past ? `x.status = 'paid'` : `x.status <> 'void'`);
    return;
  }
  if (dataset === 'promises') {
    draft.where(`${draft.column('state')} = any(${draft.param(filters.status, 'text[]')})`);
    return;
  }
  const condition =
    dataset === 'invoices' ? invoiceStatus : dataset === 'disputes' ? disputeStatus : payableStatus;
  const any = [...new Set(filters.status)].sort().map((status) => condition(draft, status));
  draft.where(any.length === 1 ? any[0]! : `(${any.join(' or ')})`);
}
