/** Money of the customers: what came last, what is on no invoice, and payments of nobody known that may be theirs. */
import { z } from 'zod';
import type { ChaseFacts } from '../../domain/cadence/facts.ts';
import { addDays } from '../../domain/calendar.ts';
import { baseName } from '../../domain/customer.ts';
import type { Sql } from '../transaction.ts';
import type { OpenRow } from './open-items.ts';
import { type FactScope, groupBy } from './scope.ts';

const lastRow = z.object({
  id: z.coerce.number(),
  last_id: z.coerce.number().nullable(),
  last_on: z.string().nullable(),
});

/** The newest day of payment, and the payment that was written down last. */
export async function readLastPayments(sql: Sql, ids: readonly number[]) {
  const newest = (column: string) =>
    `(select p.${column} from payment p where p.tenant_id = $1 and p.customer_id = c.id order by p.${column} desc limit 1)`;
  const rows = await sql.many(
    lastRow,
    `select c.id, ${newest('id')} as last_id, ${newest('received_on')} as last_on from unnest($2::bigint[]) as c(id)`,
    [sql.tenantId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const sumRow = z.object({
  customer_id: z.coerce.number(),
  currency: z.string(),
  minor: z.coerce.bigint(),
});
const byCurrency = (rows: readonly z.output<typeof sumRow>[]) =>
  new Map(rows.map((row) => [`${row.customer_id}:${row.currency}`, row.minor]));

const unappliedRow = z.object({
  customer_id: z.coerce.number(),
  currency: z.string(),
  amounts: z.array(z.coerce.bigint()),
});

/** By `customer:currency`: what is left of each payment, in minor units. */
export async function readUnapplied(sql: Sql): Promise<Map<string, bigint[]>> {
  const rows = await sql.many(
    unappliedRow,
    `select customer_id, currency, json_agg(unapplied_minor::text order by received_on, id) as amounts from payment
      where tenant_id = $1 and unapplied_minor > 0 and customer_id is not null group by customer_id, currency`,
    [sql.tenantId],
  );
  return new Map(rows.map((row) => [`${row.customer_id}:${row.currency}`, row.amounts]));
}

export const readCredits = async (sql: Sql): Promise<Map<string, bigint>> =>
  byCurrency(
    await sql.many(
      sumRow,
      `select customer_id, currency, sum(open_minor) as minor from credit
        where tenant_id = $1 and open_minor > 0 group by customer_id, currency`,
      [sql.tenantId],
    ),
  );

const unknownRow = z.object({
  id: z.coerce.number(),
  currency: z.string(),
  minor: z.coerce.bigint(),
  payer: z.string().nullable(),
  /** The customer for whose invoices it is proposed. */
  proposed: z.coerce.number().nullable(),
});
type UnknownPayment = z.output<typeof unknownRow>;

/** An amount that more customers owe tells nothing about any of them. */
const MOST_THAT_MAY = 3;
/** Older ones were looked into, or will never be told whose they are. */
const UNKNOWN_DAYS = 120;

const totalOf = (row: OpenRow): bigint => row.invoices.reduce((sum, invoice) => sum + BigInt(invoice[5]), 0n);

/** By amount: who owes exactly that, on one invoice or in all. */
function oweExactly(rows: readonly OpenRow[], wanted: ReadonlySet<string>): Map<string, Set<OpenRow>> {
  const owing = new Map<string, Set<OpenRow>>();
  const note = (key: string, row: OpenRow) => {
    if (!wanted.has(key)) return;
    owing.set(key, (owing.get(key) ?? new Set()).add(row));
  };
  for (const row of rows) {
    for (const invoice of row.invoices) note(`${row.currency}:${invoice[5]}`, row);
    note(`${row.currency}:${totalOf(row)}`, row);
  }
  return owing;
}

/**
 * Payments of no known customer that may be of one of these: matching proposes it, the payer has its name, or the amount
 * is exactly what it owes (on one invoice or in all) and at most three owe that.
 */
export async function readMaybeTheirs(
  sql: Sql,
  rows: readonly OpenRow[],
  { today }: FactScope,
): Promise<Map<OpenRow, ChaseFacts['maybeTheirs'][number][]>> {
  const unknown = await sql.many(
    unknownRow,
    `select p.id, p.currency, p.unapplied_minor as minor, p.payer_name as payer, (select r.customer_id from proposal r
         where r.tenant_id = p.tenant_id and r.payment_id = p.id and r.state in ('pending', 'snoozed') limit 1) as proposed
       from payment p
      where p.tenant_id = $1 and p.unapplied_minor > 0 and p.customer_id is null
        and p.received_on between $2::date and $3::date`,
    [sql.tenantId, addDays(today, -UNKNOWN_DAYS), today],
  );
  const keyOf = (payment: UnknownPayment) => `${payment.currency}:${payment.minor}`;
  const owing = oweExactly(rows, new Set(unknown.map(keyOf)));
  const names = groupBy(rows, (row) => `${row.currency}:${row.base_name}`);
  const customers = groupBy(rows, (row) => `${row.currency}:${row.id}`);
  const found = new Map<OpenRow, ChaseFacts['maybeTheirs'][number][]>();
  for (const payment of unknown) {
    const exact = owing.get(keyOf(payment)) ?? new Set<OpenRow>();
    const named = payment.payer ? (names.get(`${payment.currency}:${baseName(payment.payer)}`) ?? []) : [];
    const proposed = customers.get(`${payment.currency}:${payment.proposed}`) ?? [];
    const may = new Set([...named, ...proposed, ...(exact.size <= MOST_THAT_MAY ? exact : [])]);
    for (const row of may) {
      const theirs = { paymentId: payment.id, amountMinor: payment.minor, payerName: payment.payer };
      found.set(row, [...(found.get(row) ?? []), theirs]);
    }
  }
  return found;
}
