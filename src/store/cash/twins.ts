/** Payments that look like the same money, or like a second payment of the same invoices. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const idRow = z.object({ id: z.coerce.number() });

/**
 * Other payments of the same amount and currency within `days`, whose customer, payer or account is the same; what a
 * payer's name is compared by is up to the caller.
 */
export const twinsOf = async (sql: Sql, paymentId: number, days: number): Promise<number[]> => {
  const rows = await sql.many(
    idRow,
    `select o.id from payment p join payment o on o.tenant_id = p.tenant_id and o.id <> p.id and o.currency = p.currency
        and o.amount_minor = p.amount_minor and abs(o.received_on - p.received_on) <= $3
        and (o.customer_id = p.customer_id or o.payer_account = p.payer_account or upper(o.payer_name) = upper(p.payer_name))
      where p.tenant_id = $1 and p.id = $2 order by o.received_on, o.id limit 10`,
    [sql.tenantId, paymentId, days],
  );
  return rows.map(({ id }) => id);
};

/** The newest payment of a customer that has a twin within `days`, one with money left first; null when none has. */
export const newestTwin = async (sql: Sql, customerId: number, days: number): Promise<number | null> =>
  (
    await sql.maybe(
      idRow,
      `select p.id from payment p where p.tenant_id = $1 and p.customer_id = $2 and exists (
         select from payment o where o.tenant_id = p.tenant_id and o.id <> p.id and o.customer_id = p.customer_id
          and o.currency = p.currency and o.amount_minor = p.amount_minor and abs(o.received_on - p.received_on) <= $3)
       order by p.unapplied_minor > 0 desc, p.received_on desc, p.id desc limit 1`,
      [sql.tenantId, customerId, days],
    )
  )?.id ?? null;
