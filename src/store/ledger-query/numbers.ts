/** Finds rows by the number of a document, in any case of letters. */
import type { Draft } from './draft.ts';

/** The ids of the table whose number in capitals is one of those asked for. */
const idsByNumber = (table: string, key: string, wanted: string): string =>
  `(select n.id from ${table} n where n.tenant_id = $1 and ${key} = ${wanted})`;

/** Own number of invoices, credits and payments; of the invoice (payment, credit) that other rows are about. */
export function filterByNumber(draft: Draft): void {
  const { dataset, filters } = draft.question;
  if (!filters.number) return;
  const wanted = `any(array(select upper(trim(v)) from unnest(${draft.param(filters.number, 'text[]')}) v))`;
  const byInvoice = (column: string) => `${column} in ${idsByNumber('invoice', 'n.number_key', wanted)}`;
  if (dataset === 'invoices') draft.where(`x.number_key = ${wanted}`);
  else if (dataset === 'credits') draft.where(`upper(x.number) = ${wanted}`);
  else if (dataset === 'payments') draft.where(`upper(x.external_id) = ${wanted}`);
  else if (dataset === 'applications')
    draft.where(
      `(${byInvoice('x.invoice_id')} or x.payment_id in ${idsByNumber('payment', 'upper(n.external_id)', wanted)}
        or x.credit_id in ${idsByNumber('credit', 'upper(n.number)', wanted)})`,
    );
  else if (dataset === 'promises')
    draft.where(
      `x.id in (select pi.promise_id from promise_invoice pi where pi.tenant_id = $1 and ${byInvoice('pi.invoice_id')})`,
    );
  else draft.where(byInvoice('x.invoice_id'));
}
