/** The parts of payments that left again. Amounts in minor units. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const amount = z.coerce.bigint();
const returnRow = z.object({
  id: z.coerce.number(),
  payment_id: z.coerce.number(),
  kind: z.string(),
  currency: z.string(),
  amount_minor: amount,
  returned_on: z.string(),
  reason: z.string().nullable(),
  /** The debit of a bank statement that shows it; null: a person said so. */
  bank_line_id: z.coerce.number().nullable(),
  reversed: z.boolean(),
});
export type ReturnRow = z.infer<typeof returnRow>;

export type NewReturn = {
  readonly paymentId: number;
  readonly kind: 'returned' | 'bounced_cheque' | 'chargeback' | 'refund' | 'set_aside';
  readonly currency: string;
  /** Below zero for the reversal of another. */
  readonly amountMinor: bigint;
  readonly on: string;
  readonly bankLineId: number | null;
  readonly reason: string | null;
  readonly madeBy: string;
  readonly reversesId?: number;
};

export const addReturn = (sql: Sql, made: NewReturn): Promise<{ id: number }> =>
  sql.one(
    z.object({ id: z.coerce.number() }),
    `insert into payment_return (tenant_id, payment_id, kind, currency, amount_minor, returned_on, bank_line_id, reason,
       made_by, reverses_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      sql.tenantId,
      made.paymentId,
      made.kind,
      made.currency,
      made.amountMinor,
      made.on,
      made.bankLineId,
      made.reason,
      made.madeBy,
      made.reversesId ?? null,
    ],
  );

/** What left of a payment, the oldest first; reversals themselves are left out. */
export const readReturns = (sql: Sql, paymentId: number): Promise<ReturnRow[]> =>
  sql.many(
    returnRow,
    `select t.id, t.payment_id, t.kind, t.currency, t.amount_minor, t.returned_on, t.reason, t.bank_line_id,
       exists (select from payment_return r where r.tenant_id = t.tenant_id and r.reverses_id = t.id) as reversed
       from payment_return t where t.tenant_id = $1 and t.payment_id = $2 and t.reverses_id is null order by t.id`,
    [sql.tenantId, paymentId],
  );
