/** Payments with what the bank says of them. Amounts are minor units of the payment's currency. */
import { z } from 'zod';
import { customerRef } from '../../domain/ledger-query/result.ts';
import type { Sql } from '../transaction.ts';

const amount = z.coerce.bigint();

const paymentRow = z.object({
  id: z.coerce.number(),
  number: z.string(),
  source: z.string(),
  received_on: z.string(),
  currency: z.string(),
  amount_minor: amount,
  unapplied_minor: amount,
  payer_name: z.string().nullable(),
  payer_account: z.string().nullable(),
  reference: z.string().nullable(),
  method: z.string().nullable(),
  customer: customerRef.nullable(),
  bank_reference: z.string().nullable(),
  end_to_end_id: z.string().nullable(),
  /** Everything the bank passed on, where it came from a statement. */
  bank_text: z.string().nullable(),
});
export type PaymentRow = z.infer<typeof paymentRow>;

const SELECT = `select p.id, p.external_id as number, p.source, p.received_on, p.currency, p.amount_minor, p.unapplied_minor,
    p.payer_name, p.payer_account, p.reference, p.method,
    case when c.id is not null then json_build_object('id', c.id, 'code', c.external_id, 'name', c.name) end as customer,
    b.bank_reference, b.end_to_end_id, b.text as bank_text
  from payment p left join customer c on c.tenant_id = p.tenant_id and c.id = p.customer_id
    left join bank_line b on b.tenant_id = p.tenant_id and b.payment_id = p.id and b.direction = 'credit'`;
const visible = (mark: string) => `(${mark}::text is null or c.owner_email = ${mark})`;

/** In the order of their ids; those that `owner` may not see are left out. */
export const readPayments = (
  sql: Sql,
  ids: readonly number[],
  owner: string | null = null,
): Promise<PaymentRow[]> =>
  sql.many(
    paymentRow,
    `${SELECT} where p.tenant_id = $1 and p.id = any($2::bigint[]) and ${visible('$3')} order by p.id`,
    [sql.tenantId, ids, owner],
  );

/** Payments with money on no invoice, the oldest first. */
export const readUnappliedPayments = (
  sql: Sql,
  { owner = null, limit = null }: { owner?: string | null; limit?: number | null } = {},
): Promise<PaymentRow[]> =>
  sql.many(
    paymentRow,
    `${SELECT} where p.tenant_id = $1 and p.unapplied_minor > 0 and ${visible('$2')}
      order by p.received_on, p.id limit $3`,
    [sql.tenantId, owner, limit],
  );

export type PaymentFilter = {
  readonly number?: string | undefined;
  readonly amountMinor?: bigint | undefined;
  readonly currency?: string | undefined;
  /** Part of the payer's name in any case. */
  readonly payer?: string | undefined;
  readonly customerId?: number | undefined;
  readonly methods?: readonly string[] | undefined;
  readonly receivedOn?: string | undefined;
  readonly owner: string | null;
};

const escaped = (text: string): string => text.replace(/[\\%_]/g, (mark) => `\\${mark}`);

/** Payments that fit all of it; those with money on no invoice first, then the newest. */
export const findPaymentRows = (sql: Sql, filter: PaymentFilter, limit: number): Promise<PaymentRow[]> =>
  sql.many(
    paymentRow,
    `${SELECT} where p.tenant_id = $1 and ${visible('$2')}
      and ($3::text is null or upper(p.external_id) = upper($3) or upper(b.bank_reference) = upper($3))
      and ($4::bigint is null or p.amount_minor = $4) and ($5::text is null or p.currency = $5)
      and ($6::text is null or p.payer_name ilike $6 or c.name ilike $6)
      and ($7::bigint is null or p.customer_id = $7) and ($8::text[] is null or p.method = any($8))
      and ($9::date is null or p.received_on = $9)
     order by p.unapplied_minor > 0 desc, p.received_on desc, p.id desc limit $10`,
    [
      sql.tenantId,
      filter.owner,
      filter.number ?? null,
      filter.amountMinor ?? null,
      filter.currency ?? null,
      filter.payer === undefined ? null : `%${escaped(filter.payer)}%`,
      filter.customerId ?? null,
      filter.methods ?? null,
      filter.receivedOn ?? null,
      limit,
    ],
  );

/** Locks payments until the transaction ends, in the order of their ids, and gives what is left of each. */
export const lockPayments = (sql: Sql, ids: readonly number[]) =>
  sql.many(
    z.object({
      id: z.coerce.number(),
      currency: z.string(),
      amount_minor: amount,
      unapplied_minor: amount,
      customer_id: z.coerce.number().nullable(),
    }),
    `select id, currency, amount_minor, unapplied_minor, customer_id from payment
      where tenant_id = $1 and id = any($2::bigint[]) order by id for update`,
    [sql.tenantId, ids],
  );
