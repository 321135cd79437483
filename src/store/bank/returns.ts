/** Debits that may take a payment back, and the payments that they may mean. */
import { z } from 'zod';
import { asTable } from '../ledger-import/upsert.ts';
import type { Sql } from '../transaction.ts';
import { type StoredLine, selectLines } from './lines.ts';
import type { AmountOf } from './money.ts';

/** A return comes at the latest so many days after the payment. */
export const RETURN_DAYS = 120;

/**
 * Debits without a payment of this file, after the given id; and earlier ones of a credit's amount that this file
 * brought.
 */
export const unmatchedDebits = (
  sql: Sql,
  sha256: string,
  afterId: number,
  limit: number,
): Promise<StoredLine[]> =>
  selectLines(
    sql,
    `where l.tenant_id = $1 and l.direction = 'debit' and l.payment_id is null and l.id > $3
       and (s.file_sha256 = $2 or exists (select from bank_line c
         join bank_statement cs on cs.tenant_id = c.tenant_id and cs.id = c.statement_id
         where cs.tenant_id = $1 and cs.file_sha256 = $2 and c.account = l.account and c.currency = l.currency
           and c.amount_minor = l.amount_minor and c.direction = 'credit'
           and l.booked_on between c.booked_on and c.booked_on + ${RETURN_DAYS}))
     order by l.id limit $4`,
    [sql.tenantId, sha256, afterId, limit],
  );

const returnable = z.object({
  id: z.coerce.number(),
  number: z.string(),
  received_on: z.string(),
  currency: z.string(),
  amount_minor: z.coerce.bigint(),
  payer_name: z.string().nullable(),
  payer_account: z.string().nullable(),
  reference: z.string().nullable(),
  customer_name: z.string().nullable(),
  aliases: z.array(z.string()),
  bank_ids: z.array(z.string()),
  bank_text: z.string().nullable(),
});
export type ReturnablePayment = z.infer<typeof returnable>;

/** Payments of these amounts that are wholly there: received on the account, or known from elsewhere only. */
export function returnablePayments(
  sql: Sql,
  debit: { account: string; booked_on: string },
  amounts: readonly AmountOf[],
): Promise<ReturnablePayment[]> {
  const { text, values } = asTable(amounts, { currency: 'text', amount_minor: 'bigint' }, 4);
  return sql.many(
    returnable,
    `select p.id, p.external_id as number, p.received_on, p.currency, p.amount_minor, p.payer_name, p.payer_account,
       p.reference, c.name as customer_name,
       coalesce((select array_agg(a.alias) from customer_alias a
         where a.tenant_id = p.tenant_id and a.customer_id = p.customer_id), '{}') as aliases,
       array_remove(array[b.end_to_end_id, b.bank_reference], null) as bank_ids, b.text as bank_text
     from ${text} join payment p on p.tenant_id = $1 and p.currency = r.currency and p.amount_minor = r.amount_minor
         and p.received_on between $3::date - ${RETURN_DAYS} and $3::date
       left join customer c on c.tenant_id = p.tenant_id and c.id = p.customer_id
       left join bank_line b on b.tenant_id = p.tenant_id and b.payment_id = p.id and b.direction = 'credit'
     where (b.account is null or b.account = $2)
       and not exists (select from payment_return t where t.tenant_id = p.tenant_id and t.payment_id = p.id
         group by t.payment_id having sum(t.amount_minor) > 0)
     order by p.id`,
    [sql.tenantId, debit.account, debit.booked_on, ...values],
  );
}

/** Invoices on which these payments are, or were, or of which something was let off because of them. */
export const invoicesPaidBy = async (sql: Sql, paymentIds: readonly number[]): Promise<number[]> => {
  const rows = await sql.many(
    z.object({ invoice_id: z.coerce.number() }),
    `select invoice_id from application where tenant_id = $1 and payment_id = any($2::bigint[])
     union select invoice_id from adjustment where tenant_id = $1 and payment_id = any($2::bigint[])`,
    [sql.tenantId, paymentIds],
  );
  return rows.map((row) => row.invoice_id);
};
