/** Contested invoices. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

export type NewDispute = {
  customerId: number;
  invoiceId: number;
  lineNumber: number | null;
  reason: string;
  currency: string;
  amountMinor: bigint;
  owner: string | null;
  openedOn: string;
  dueOn: string | null;
  quote: string | null;
};

/** The new dispute's id; null when the same reason is already open on the same invoice line. */
export async function addDispute(sql: Sql, dispute: NewDispute): Promise<number | null> {
  const row = await sql.maybe(
    z.object({ id: z.coerce.number() }),
    `insert into dispute (tenant_id, customer_id, invoice_id, line_number, reason, currency, amount_minor, owner,
       opened_on, due_on, quote)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning id`,
    [
      sql.tenantId,
      dispute.customerId,
      dispute.invoiceId,
      dispute.lineNumber,
      dispute.reason,
      dispute.currency,
      dispute.amountMinor,
      dispute.owner,
      dispute.openedOn,
      dispute.dueOn,
      dispute.quote,
    ],
  );
  return row?.id ?? null;
}

const disputeRow = z.object({
  customer_id: z.coerce.number(),
  invoice: z.string(),
  opened_on: z.string(),
  resolved_on: z.string().nullable(),
});

/** Locks the dispute until the transaction ends; null when there is none. */
export const lockDispute = (sql: Sql, id: number) =>
  sql.maybe(
    disputeRow,
    `select d.customer_id, i.number as invoice, d.opened_on, d.resolved_on
       from dispute d join invoice i on i.id = d.invoice_id where d.id = $1 for update of d`,
    [id],
  );

export const resolveDisputeOn = (sql: Sql, id: number, day: string, resolution: string): Promise<number> =>
  sql.run('update dispute set resolved_on = $2, resolution = $3 where id = $1', [id, day, resolution]);
