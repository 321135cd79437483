/** Applications and adjustments that are in force: neither reversals nor reversed. Amounts in minor units. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const amount = z.coerce.bigint();
const liveApplication = z.object({
  id: z.coerce.number(),
  external_id: z.string(),
  payment_id: z.coerce.number().nullable(),
  credit_id: z.coerce.number().nullable(),
  invoice_id: z.coerce.number(),
  invoice: z.string(),
  customer_id: z.coerce.number(),
  customer: z.string(),
  currency: z.string(),
  amount_minor: amount,
  applied_on: z.string(),
  match_id: z.coerce.number().nullable(),
});
export type LiveApplication = z.infer<typeof liveApplication>;

const LIVE = `not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)`;
const SELECT = `select a.id, a.external_id, a.payment_id, a.credit_id, a.invoice_id, i.number as invoice, i.customer_id,
    c.name as customer, a.currency, a.amount_minor, a.applied_on, a.match_id
  from application a join invoice i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
    join customer c on c.tenant_id = i.tenant_id and c.id = i.customer_id`;

const live = (where: string) =>
  `${SELECT} where a.tenant_id = $1 and a.reverses_id is null and ${LIVE} and ${where}`;

export const applicationsOfMatch = (sql: Sql, matchId: number): Promise<LiveApplication[]> =>
  sql.many(liveApplication, `${live('a.match_id = $2')} order by a.id`, [sql.tenantId, matchId]);

/** Cash of a payment on invoices, the newest first: what goes first when money leaves again. */
export const applicationsOfPayments = (sql: Sql, paymentIds: readonly number[]): Promise<LiveApplication[]> =>
  sql.many(
    liveApplication,
    `${live('a.payment_id = any($2::bigint[])')} order by a.applied_on desc, a.id desc`,
    [sql.tenantId, paymentIds],
  );

/** Cash on an invoice, the newest first. */
export const applicationsOnInvoice = (sql: Sql, invoiceId: number): Promise<LiveApplication[]> =>
  sql.many(
    liveApplication,
    `${live('a.invoice_id = $2 and a.payment_id is not null')} order by a.applied_on desc, a.id desc`,
    [sql.tenantId, invoiceId],
  );

/** Remy's own cash and credits on these invoices. */
export const ownApplicationsOn = (sql: Sql, invoiceIds: readonly number[]): Promise<LiveApplication[]> =>
  sql.many(
    liveApplication,
    `${live("a.invoice_id = any($2::bigint[]) and a.source = 'remy'")} order by a.id`,
    [sql.tenantId, invoiceIds],
  );

const liveAdjustment = z.object({
  id: z.coerce.number(),
  invoice_id: z.coerce.number(),
  invoice: z.string(),
  customer_id: z.coerce.number(),
  customer: z.string(),
  payment_id: z.coerce.number().nullable(),
  kind: z.string(),
  currency: z.string(),
  amount_minor: amount,
  booked_on: z.string(),
  match_id: z.coerce.number().nullable(),
});
export type LiveAdjustment = z.infer<typeof liveAdjustment>;

const adjustments = (
  where: string,
) => `select a.id, a.invoice_id, i.number as invoice, i.customer_id, c.name as customer,
    a.payment_id, a.kind, a.currency, a.amount_minor, a.booked_on, a.match_id
  from adjustment a join invoice i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
    join customer c on c.tenant_id = i.tenant_id and c.id = i.customer_id
 where a.tenant_id = $1 and a.reverses_id is null
   and not exists (select from adjustment r where r.tenant_id = a.tenant_id and r.reverses_id = a.id) and ${where}
 order by a.id`;

export const adjustmentsOfMatch = (sql: Sql, matchId: number): Promise<LiveAdjustment[]> =>
  sql.many(liveAdjustment, adjustments('a.match_id = $2'), [sql.tenantId, matchId]);

export const adjustmentsOn = (sql: Sql, invoiceIds: readonly number[]): Promise<LiveAdjustment[]> =>
  sql.many(liveAdjustment, adjustments('a.invoice_id = any($2::bigint[])'), [sql.tenantId, invoiceIds]);

/** What was let off because of this payment. */
export const adjustmentsOfPayment = (sql: Sql, paymentId: number): Promise<LiveAdjustment[]> =>
  sql.many(liveAdjustment, adjustments('a.payment_id = $2'), [sql.tenantId, paymentId]);

/** One person lets off in one transaction at a time, so that clicks at once count each other; held until its end. */
export const lockLettingOff = (sql: Sql, madeBy: string): Promise<number> =>
  sql.run(
    `select pg_advisory_xact_lock(hashtextextended('remy.let-off:' || $1::int || ':' || $2::text, 0))`,
    [sql.tenantId, madeBy],
  );

/**
 * What is let off in force by key: on its invoices, and by `madeBy` on the day `on` for the customers of its invoices.
 * Each adjustment counts once. A key without any is left out.
 */
export async function sumLetOffBefore(
  sql: Sql,
  asked: readonly { readonly key: number; readonly invoiceId: number }[],
  { madeBy, on }: { readonly madeBy: string; readonly on: string },
): Promise<Map<number, bigint>> {
  if (asked.length === 0) return new Map();
  const inForce = `a.tenant_id = $1 and a.reverses_id is null
    and not exists (select from adjustment r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)`;
  const rows = await sql.many(
    z.object({ key: z.coerce.number(), minor: amount }),
    `with asked as (
       select w.key, i.id as invoice_id, i.customer_id, i.currency
         from unnest($2::bigint[], $3::bigint[]) as w(key, invoice_id)
         join invoice i on i.tenant_id = $1 and i.id = w.invoice_id),
     counted as (
       select w.key, a.id, a.amount_minor from asked w join adjustment a on a.invoice_id = w.invoice_id and ${inForce}
       union
       select w.key, a.id, a.amount_minor from asked w
         join adjustment a on a.booked_on = $5::date and a.currency = w.currency and ${inForce}
         join invoice i on i.tenant_id = $1 and i.id = a.invoice_id and i.customer_id = w.customer_id
         join cash_match m on m.tenant_id = $1 and m.id = a.match_id and m.made_by = $4)
     select key, sum(amount_minor)::bigint as minor from counted group by key`,
    [sql.tenantId, asked.map(({ key }) => key), asked.map(({ invoiceId }) => invoiceId), madeBy, on],
  );
  return new Map(rows.map(({ key, minor }) => [key, minor]));
}
