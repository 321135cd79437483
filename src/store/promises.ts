/** Promises to pay. What became of one follows from the payments (P-6); only a withdrawal is stored. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

export type NewPromise = {
  customerId: number;
  contactId: number | null;
  invoiceIds: readonly number[];
  currency: string;
  amountMinor: bigint;
  madeOn: string;
  payOn: string;
  method: string | null;
  quote: string | null;
  recordedBy: string;
};

const idRow = z.object({ id: z.coerce.number() });

export async function addPromise(sql: Sql, promise: NewPromise): Promise<number> {
  const { id } = await sql.one(
    idRow,
    `insert into promise (tenant_id, customer_id, contact_id, currency, amount_minor, made_on, pay_on, method, quote, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      sql.tenantId,
      promise.customerId,
      promise.contactId,
      promise.currency,
      promise.amountMinor,
      promise.madeOn,
      promise.payOn,
      promise.method,
      promise.quote,
      promise.recordedBy,
    ],
  );
  if (promise.invoiceIds.length > 0)
    await sql.run(
      'insert into promise_invoice (tenant_id, promise_id, invoice_id) select $1, $2, unnest($3::bigint[])',
      [sql.tenantId, id, promise.invoiceIds],
    );
  return id;
}

const promiseRow = z.object({
  customer_id: z.coerce.number(),
  made_on: z.string(),
  withdrawn_on: z.string().nullable(),
  invoice_ids: z.array(z.number()),
});

/** Locks the promise until the transaction ends; null when there is none. */
export const lockPromise = (sql: Sql, id: number) =>
  sql.maybe(
    promiseRow,
    `select customer_id, made_on, withdrawn_on,
       coalesce((select json_agg(invoice_id) from promise_invoice where promise_id = promise.id), '[]') as invoice_ids
     from promise where id = $1 for update`,
    [id],
  );

export const withdrawPromiseOn = (sql: Sql, id: number, day: string): Promise<number> =>
  sql.run('update promise set withdrawn_on = $2 where id = $1 and withdrawn_on is null', [id, day]);
