/** What a listed row shows beside the figures it was picked by, per dataset. `x` is the row, `k` what was picked. */
import type { Dataset } from '../../domain/ledger-query/question.ts';

type Detail = { readonly columns: string; readonly joins: string };

const ofInvoice = 'left join invoice xi on xi.tenant_id = $1 and xi.id = x.invoice_id';

export const details: Readonly<Record<Dataset, Detail>> = {
  customers: { columns: 'null as nothing', joins: '' },
  invoices: {
    columns: 'x.number, x.issued_on, x.due_on, x.paid_on, x.status as raw_status, x.po_number',
    joins: '',
  },
  credits: { columns: 'x.number, x.issued_on', joins: '' },
  payments: {
    columns: 'x.external_id as number, x.received_on, x.payer_name as payer, x.reference, x.method',
    joins: '',
  },
  applications: {
    columns: `x.applied_on as paid_on, xi.number as invoice, coalesce(xp.external_id, xc.number) as payment,
      case when x.credit_id is null then 'payment' else 'credit' end as kind`,
    joins: `${ofInvoice} left join payment xp on xp.tenant_id = $1 and xp.id = x.payment_id
      left join credit xc on xc.tenant_id = $1 and xc.id = x.credit_id`,
  },
  promises: {
    columns: `x.made_on as issued_on, x.pay_on as due_on, x.method, x.quote as summary,
      (select string_agg(pn.number, ', ' order by pn.number) from promise_invoice pi
        join invoice pn on pn.tenant_id = pi.tenant_id and pn.id = pi.invoice_id
        where pi.tenant_id = $1 and pi.promise_id = x.id) as invoice`,
    joins: '',
  },
  disputes: {
    columns: `x.opened_on as issued_on, x.due_on, x.resolved_on, x.reason, coalesce(x.owner, c.owner_email) as row_owner,
      x.quote as summary, xi.number as invoice`,
    joins: ofInvoice,
  },
  timeline: {
    columns: 'x.happened_on as issued_on, x.kind, x.summary, xi.number as invoice',
    joins: ofInvoice,
  },
};
