/** Bulk reads and writes of invoices, credits and payments. Amounts are minor units of the document's currency. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';
import { asTable, upsertRows, type Written } from './upsert.ts';

const knownInvoice = z.object({
  id: z.coerce.number(),
  source: z.string(),
  external_id: z.string(),
  customer_id: z.coerce.number(),
  currency: z.string(),
  amount_minor: z.coerce.bigint(),
  open_minor: z.coerce.bigint(),
  status: z.enum(['open', 'paid', 'void']),
  paid_on: z.string().nullable(),
  /** Applications and adjustments on it, reversals taken off. */
  applied_minor: z.coerce.bigint(),
  last_applied_on: z.string().nullable(),
});
export type KnownInvoice = z.infer<typeof knownInvoice>;

/** The invoices that exist of these keys, with what was put on each. */
export const findInvoices = (
  sql: Sql,
  sources: readonly string[],
  externalIds: readonly string[],
): Promise<KnownInvoice[]> =>
  sql.many(
    knownInvoice,
    `select i.id, i.source, i.external_id, i.customer_id, i.currency, i.amount_minor, i.open_minor, i.status, i.paid_on,
        a.applied + (select coalesce(sum(j.amount_minor), 0) from adjustment j
          where j.tenant_id = i.tenant_id and j.invoice_id = i.id) as applied_minor,
        a.last_on as last_applied_on
       from invoice i
       cross join lateral (select coalesce(sum(p.amount_minor), 0) as applied,
           max(p.applied_on) filter (where p.reverses_id is null and not exists (select from application r
             where r.tenant_id = p.tenant_id and r.reverses_id = p.id)) as last_on
         from application p where p.tenant_id = i.tenant_id and p.invoice_id = i.id) a
      where i.tenant_id = $1 and i.source = any($2::text[]) and i.external_id = any($3::text[])`,
    [sql.tenantId, sources, externalIds],
  );

const invoiceColumns = {
  external_id: 'text',
  number: 'text',
  customer_id: 'bigint',
  issued_on: 'date',
  due_on: 'date',
  currency: 'text',
  amount_minor: 'bigint',
  open_minor: 'bigint',
  status: 'text',
  paid_on: 'date',
  po_number: 'text',
  description: 'text',
} as const;
export type InvoiceColumns = Record<keyof typeof invoiceColumns, unknown> & { external_id: string };

export const upsertInvoices = (
  sql: Sql,
  source: string,
  rows: readonly InvoiceColumns[],
  keep: readonly string[],
): Promise<Written[]> => upsertRows(sql, 'invoice', source, rows, invoiceColumns, keep);

const creditColumns = {
  external_id: 'text',
  number: 'text',
  customer_id: 'bigint',
  issued_on: 'date',
  currency: 'text',
  amount_minor: 'bigint',
  open_minor: 'bigint',
} as const;
export type CreditColumns = Record<keyof typeof creditColumns, unknown> & { external_id: string };

const knownCredit = z.object({
  external_id: z.string(),
  currency: z.string(),
  applied_minor: z.coerce.bigint(),
});

/** The credits that exist of these keys, with what was used of each. */
export const findCredits = (
  sql: Sql,
  source: string,
  externalIds: readonly string[],
): Promise<z.infer<typeof knownCredit>[]> =>
  sql.many(
    knownCredit,
    `select c.external_id, c.currency, coalesce(sum(a.amount_minor), 0) as applied_minor
       from credit c left join application a on a.tenant_id = c.tenant_id and a.credit_id = c.id
      where c.tenant_id = $1 and c.source = $2 and c.external_id = any($3::text[])
      group by c.external_id, c.currency`,
    [sql.tenantId, source, externalIds],
  );

export const upsertCredits = (sql: Sql, source: string, rows: readonly CreditColumns[]): Promise<Written[]> =>
  upsertRows(sql, 'credit', source, rows, creditColumns);

const knownPayment = z.object({
  id: z.coerce.number(),
  source: z.string(),
  external_id: z.string(),
  currency: z.string(),
  amount_minor: z.coerce.bigint(),
  applied_minor: z.coerce.bigint(),
});
export type KnownPayment = z.infer<typeof knownPayment>;

/** The payments that exist of these keys, with what was applied of each. */
export const findPayments = (
  sql: Sql,
  sources: readonly string[],
  externalIds: readonly string[],
): Promise<KnownPayment[]> =>
  sql.many(
    knownPayment,
    `select p.id, p.source, p.external_id, p.currency, p.amount_minor,
        (select coalesce(sum(a.amount_minor), 0) from application a
          where a.tenant_id = p.tenant_id and a.payment_id = p.id) as applied_minor
       from payment p
      where p.tenant_id = $1 and p.source = any($2::text[]) and p.external_id = any($3::text[])`,
    [sql.tenantId, sources, externalIds],
  );

const paymentColumns = {
  external_id: 'text',
  received_on: 'date',
  currency: 'text',
  amount_minor: 'bigint',
  unapplied_minor: 'bigint',
  payer_name: 'text',
  payer_account: 'text',
  reference: 'text',
  method: 'text',
  customer_id: 'bigint',
} as const;
export type PaymentColumns = Record<keyof typeof paymentColumns, unknown> & { external_id: string };

export const upsertPayments = (
  sql: Sql,
  source: string,
  rows: readonly PaymentColumns[],
  keep: readonly string[],
): Promise<Written[]> => upsertRows(sql, 'payment', source, rows, paymentColumns, keep);

/** Writes what is open on invoices after money was put on them. */
export async function setInvoiceBalances(
  sql: Sql,
  rows: readonly { id: number; open_minor: bigint; status: string; paid_on: string | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = { id: 'bigint', open_minor: 'bigint', status: 'text', paid_on: 'date' };
  const { text, values } = asTable(rows, columns, 2);
  await sql.run(
    `update invoice i set open_minor = r.open_minor, status = r.status, paid_on = r.paid_on, updated_at = now()
       from ${text} where i.tenant_id = $1 and i.id = r.id
        and (i.open_minor, i.status, i.paid_on) is distinct from (r.open_minor, r.status, r.paid_on)`,
    [sql.tenantId, ...values],
  );
}

/** Writes what is left of payments after they were applied. */
export async function setPaymentBalances(
  sql: Sql,
  rows: readonly { id: number; unapplied_minor: bigint }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, { id: 'bigint', unapplied_minor: 'bigint' }, 2);
  await sql.run(
    `update payment p set unapplied_minor = r.unapplied_minor, updated_at = now() from ${text}
      where p.tenant_id = $1 and p.id = r.id and p.unapplied_minor <> r.unapplied_minor`,
    [sql.tenantId, ...values],
  );
}

/**
 * Takes the rows for this transaction, so that nobody puts money on them between reading sums and writing balances.
 * Locked in the order of their ids, as two importers would otherwise wait for each other.
 */
export async function lockDocuments(
  sql: Sql,
  table: 'invoice' | 'credit' | 'payment',
  sources: readonly string[],
  externalIds: readonly string[],
): Promise<void> {
  await sql.run(
    `select id from ${table} where tenant_id = $1 and source = any($2::text[]) and external_id = any($3::text[])
      order by id for update`,
    [sql.tenantId, sources, externalIds],
  );
}
