/** Invoices and credits that money is put on: locked, read and written. Amounts are minor units of their currency. */
import { z } from 'zod';
import { asTable } from '../ledger-import/upsert.ts';
import type { Sql } from '../transaction.ts';

const amount = z.coerce.bigint();
const lockedInvoice = z.object({
  id: z.coerce.number(),
  number: z.string(),
  customer_id: z.coerce.number(),
  currency: z.string(),
  issued_on: z.string(),
  amount_minor: amount,
  open_minor: amount,
  status: z.enum(['open', 'paid', 'void']),
});
export type LockedInvoice = z.infer<typeof lockedInvoice>;

/** Locks them until the transaction ends, in the order of their ids. */
export const lockInvoices = (sql: Sql, ids: readonly number[]): Promise<LockedInvoice[]> =>
  sql.many(
    lockedInvoice,
    `select id, number, customer_id, currency, issued_on, amount_minor, open_minor, status from invoice
      where tenant_id = $1 and id = any($2::bigint[]) order by id for update`,
    [sql.tenantId, ids],
  );

const lockedCredit = z.object({
  id: z.coerce.number(),
  number: z.string(),
  customer_id: z.coerce.number(),
  currency: z.string(),
  amount_minor: amount,
  open_minor: amount,
});
export type LockedCredit = z.infer<typeof lockedCredit>;

export const lockCredits = (sql: Sql, ids: readonly number[]): Promise<LockedCredit[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : sql.many(
        lockedCredit,
        `select id, number, customer_id, currency, amount_minor, open_minor from credit
          where tenant_id = $1 and id = any($2::bigint[]) order by id for update`,
        [sql.tenantId, ids],
      );

/** What is open now, without a lock. */
export const readOpenAmounts = async (
  sql: Sql,
  invoiceIds: readonly number[],
): Promise<Map<number, { open: bigint; status: string }>> => {
  const rows = await sql.many(
    z.object({ id: z.coerce.number(), open_minor: amount, status: z.string() }),
    'select id, open_minor, status from invoice where tenant_id = $1 and id = any($2::bigint[])',
    [sql.tenantId, invoiceIds],
  );
  return new Map(rows.map((row) => [row.id, { open: row.open_minor, status: row.status }]));
};

/** Adds to what is open: less than zero where money was put on. `settled_on`: the day from which a closed one is paid. */
export async function changeInvoices(
  sql: Sql,
  rows: readonly { id: number; change_minor: bigint; settled_on: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = { id: 'bigint', change_minor: 'bigint', settled_on: 'date' };
  const { text, values } = asTable(rows, columns, 2);
  await sql.run(
    `update invoice i set open_minor = i.open_minor + r.change_minor,
       status = case when i.open_minor + r.change_minor > 0 then 'open' else 'paid' end,
       paid_on = case when i.open_minor + r.change_minor > 0 then null else greatest(r.settled_on, i.paid_on) end, updated_at = now()
       from ${text} where i.tenant_id = $1 and i.id = r.id and i.status <> 'void'`,
    [sql.tenantId, ...values],
  );
}

/**
 * What is open after rows were taken off, which are written already. `own_minor`: what Remy had put on or let off, which
 * open followed; `ledger_minor`: what the ledger had applied. A ledger may give an open amount that never counted its own
 * application: that part opens nothing, because it is open already. Keeps: open <= amount.
 */
export async function reopenInvoices(
  sql: Sql,
  rows: readonly { id: number; own_minor: bigint; ledger_minor: bigint; settled_on: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = { id: 'bigint', own_minor: 'bigint', ledger_minor: 'bigint', settled_on: 'date' };
  const { text, values } = asTable(rows, columns, 2);
  const left = (table: string) =>
    `coalesce((select sum(a.amount_minor) from ${table} a where a.tenant_id = $1 and a.invoice_id = i.id), 0)`;
  await sql.run(
    `update invoice u set open_minor = n.open_minor,
       status = case when n.open_minor > 0 then 'open' else 'paid' end,
       paid_on = case when n.open_minor > 0 then null else greatest(n.settled_on, u.paid_on) end, updated_at = now()
       from (select i.id, r.settled_on, least(i.amount_minor, i.open_minor + r.own_minor + greatest(0, r.ledger_minor
           - greatest(0, i.open_minor + ${left('application')} + ${left('adjustment')} + r.own_minor + r.ledger_minor
               - i.amount_minor))) as open_minor
         from ${text} join invoice i on i.tenant_id = $1 and i.id = r.id) n
      where u.tenant_id = $1 and u.id = n.id and u.status <> 'void'`,
    [sql.tenantId, ...values],
  );
}

/** Adds to what is left of credits; never above their amount, where the ledger's figure did not count a use of them. */
export async function changeCredits(
  sql: Sql,
  rows: readonly { id: number; change_minor: bigint }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, { id: 'bigint', change_minor: 'bigint' }, 2);
  await sql.run(
    `update credit c set open_minor = least(c.amount_minor, c.open_minor + r.change_minor), updated_at = now()
       from ${text} where c.tenant_id = $1 and c.id = r.id`,
    [sql.tenantId, ...values],
  );
}

/**
 * The payment is nobody's again, once an act that made it this customer's is taken back: this one, or an earlier one
 * that was taken back while this one held. Stays where money of the payment is on an invoice, or another one knew the
 * customer before.
 */
export const forgetCustomer = (
  sql: Sql,
  made: {
    readonly paymentId: number;
    readonly customerId: number;
    readonly matchId: number;
    readonly matchedOn: string;
  },
): Promise<number> =>
  sql.run(
    `update payment p set customer_id = null, updated_at = now()
      where p.tenant_id = $1 and p.id = $2 and p.customer_id = $3
        and not exists (select from application a where a.tenant_id = p.tenant_id and a.payment_id = p.id
          and a.reverses_id is null
          and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id))
        and exists (select from cash_match m where m.tenant_id = p.tenant_id and m.payment_id = p.id
          and m.customer_id = p.customer_id and m.solution #>> '{payment,customer}' is null
          and (m.id = $4 or (m.id < $4 and (m.reversed_on is null or m.reversed_on >= $5))))`,
    [sql.tenantId, made.paymentId, made.customerId, made.matchId, made.matchedOn],
  );

/** Changes what is left of payments; a customer is set only where none was known. */
export async function changePayments(
  sql: Sql,
  rows: readonly { id: number; change_minor: bigint; customer_id: number | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, { id: 'bigint', change_minor: 'bigint', customer_id: 'bigint' }, 2);
  await sql.run(
    `update payment p set unapplied_minor = p.unapplied_minor + r.change_minor,
       customer_id = coalesce(p.customer_id, r.customer_id), updated_at = now()
       from ${text} where p.tenant_id = $1 and p.id = r.id`,
    [sql.tenantId, ...values],
  );
}
