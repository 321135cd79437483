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
  /** What Remy itself put on it and let off, reversals taken off. */
  own_minor: z.coerce.bigint(),
  last_applied_on: z.string().nullable(),
});
export type KnownInvoice = z.infer<typeof knownInvoice>;

/** These invoices with what was put on each. */
export const findInvoices = (sql: Sql, ids: readonly number[]): Promise<KnownInvoice[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : sql.many(
        knownInvoice,
        `select i.id, i.source, i.external_id, i.customer_id, i.currency, i.amount_minor, i.open_minor, i.status, i.paid_on,
            coalesce(a.applied, 0) + coalesce(j.adjusted, 0) as applied_minor,
            coalesce(a.own, 0) + coalesce(j.adjusted, 0) as own_minor, a.last_on as last_applied_on
           from invoice i
           left join (select p.invoice_id, sum(p.amount_minor) as applied,
               sum(p.amount_minor) filter (where p.source = 'remy') as own,
               max(p.applied_on) filter (where p.reverses_id is null and not exists (select from application r
                 where r.tenant_id = p.tenant_id and r.reverses_id = p.id)) as last_on
             from application p where p.tenant_id = $1 and p.invoice_id = any($2::bigint[]) group by p.invoice_id) a
             on a.invoice_id = i.id
           left join (select invoice_id, sum(amount_minor) as adjusted from adjustment
             where tenant_id = $1 and invoice_id = any($2::bigint[]) group by invoice_id) j on j.invoice_id = i.id
          where i.tenant_id = $1 and i.id = any($2::bigint[])`,
        [sql.tenantId, ids],
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
  id: z.coerce.number(),
  external_id: z.string(),
  currency: z.string(),
  applied_minor: z.coerce.bigint(),
  /** What Remy itself used of it. */
  own_minor: z.coerce.bigint(),
});

export type KnownCredit = z.infer<typeof knownCredit>;

/** These credits with what was used of each. */
export const findCredits = (sql: Sql, ids: readonly number[]): Promise<KnownCredit[]> =>
  sql.many(
    knownCredit,
    `select c.id, c.external_id, c.currency, coalesce(sum(a.amount_minor), 0) as applied_minor,
       coalesce(sum(a.amount_minor) filter (where a.source = 'remy'), 0) as own_minor
       from credit c left join application a on a.tenant_id = c.tenant_id and a.credit_id = c.id
      where c.tenant_id = $1 and c.id = any($2::bigint[]) group by c.id, c.external_id, c.currency`,
    [sql.tenantId, ids],
  );

/** Invoices on which Remy put something of these credits, taken off again or not. */
export const invoicesOfCredits = async (sql: Sql, creditIds: readonly number[]): Promise<number[]> => {
  const rows = await sql.many(
    z.object({ invoice_id: z.coerce.number() }),
    `select distinct invoice_id from application
      where tenant_id = $1 and credit_id = any($2::bigint[]) and source = 'remy' order by invoice_id`,
    [sql.tenantId, creditIds],
  );
  return rows.map((row) => row.invoice_id);
};

export const upsertCredits = (sql: Sql, source: string, rows: readonly CreditColumns[]): Promise<Written[]> =>
  upsertRows(sql, 'credit', source, rows, creditColumns);

const knownPayment = z.object({
  id: z.coerce.number(),
  source: z.string(),
  external_id: z.string(),
  currency: z.string(),
  amount_minor: z.coerce.bigint(),
  /** What is on invoices, and what left again: returned, charged back, refunded. */
  applied_minor: z.coerce.bigint(),
  customer_id: z.coerce.number().nullable(),
});
export type KnownPayment = z.infer<typeof knownPayment>;

/** These payments with what was applied or left of each. */
export const findPayments = (sql: Sql, ids: readonly number[]): Promise<KnownPayment[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : sql.many(
        knownPayment,
        `select p.id, p.source, p.external_id, p.currency, p.amount_minor, p.customer_id,
            coalesce(a.applied, 0) + coalesce(t.returned, 0) as applied_minor
           from payment p
           left join (select payment_id, sum(amount_minor) as returned from payment_return
             where tenant_id = $1 and payment_id = any($2::bigint[]) group by payment_id) t on t.payment_id = p.id
           left join (select payment_id, sum(amount_minor) as applied from application
             where tenant_id = $1 and payment_id = any($2::bigint[]) group by payment_id) a on a.payment_id = p.id
          where p.tenant_id = $1 and p.id = any($2::bigint[])`,
        [sql.tenantId, ids],
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

/** Takes these invoices for the transaction, in the order of their ids. */
export const lockInvoiceIds = async (sql: Sql, ids: readonly number[]): Promise<number[]> =>
  (
    await sql.many(
      z.object({ id: z.coerce.number() }),
      'select id from invoice where tenant_id = $1 and id = any($2::bigint[]) order by id for update',
      [sql.tenantId, ids],
    )
  ).map(({ id }) => id);

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
 * Takes the rows for this transaction, so that nobody puts money on them between reading sums and writing balances,
 * and gives their ids. Locked in the order of their ids, as two importers would otherwise wait for each other.
 */
export async function lockDocuments(
  sql: Sql,
  table: 'invoice' | 'credit' | 'payment',
  sources: readonly string[],
  externalIds: readonly string[],
): Promise<number[]> {
  const rows = await sql.many(
    z.object({ id: z.coerce.number() }),
    `select id from ${table} where tenant_id = $1 and source = any($2::text[]) and external_id = any($3::text[])
      order by id for update`,
    [sql.tenantId, sources, externalIds],
  );
  return rows.map(({ id }) => id);
}
