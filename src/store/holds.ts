/** Stops of chasing. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

export type NewHold = {
  customerId: number;
  invoiceId: number | null;
  reason: string;
  placedBy: string;
  fromOn: string;
  untilOn: string | null;
};

export async function addHold(sql: Sql, hold: NewHold): Promise<number> {
  const { id } = await sql.one(
    z.object({ id: z.coerce.number() }),
    `insert into hold (tenant_id, customer_id, invoice_id, reason, placed_by, from_on, until_on)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [sql.tenantId, hold.customerId, hold.invoiceId, hold.reason, hold.placedBy, hold.fromOn, hold.untilOn],
  );
  return id;
}

const holdRow = z.object({
  customer_id: z.coerce.number(),
  invoice: z.string().nullable(),
  from_on: z.string(),
  lifted_on: z.string().nullable(),
});

/** Locks the hold until the transaction ends; null when there is none. */
export const lockHold = (sql: Sql, id: number) =>
  sql.maybe(
    holdRow,
    `select h.customer_id, (select number from invoice i where i.id = h.invoice_id) as invoice, h.from_on, h.lifted_on
       from hold h where h.id = $1 for update`,
    [id],
  );

export const liftHoldOn = (sql: Sql, id: number, day: string): Promise<number> =>
  sql.run('update hold set lifted_on = $2 where id = $1', [id, day]);

const activeRow = z.object({
  id: z.coerce.number(),
  invoice: z.string().nullable(),
  reason: z.string(),
  from_on: z.string(),
  until_on: z.string().nullable(),
});

/** Holds of the customer and of its invoices that stop chasing on that day or a later one, oldest first; locked. */
export const lockActiveHolds = (sql: Sql, customerId: number, day: string) =>
  sql.many(
    activeRow,
    `select h.id, (select number from invoice i where i.id = h.invoice_id) as invoice, h.reason, h.from_on, h.until_on
       from hold h
      where h.customer_id = $1 and h.lifted_on is null and (h.until_on is null or h.until_on >= $2)
      order by h.id for update`,
    [customerId, day],
  );
