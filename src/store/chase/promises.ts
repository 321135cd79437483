/** Promises that are open or were broken not long ago, with what came in for each, by the rule of the domain (P-6). */
import { z } from 'zod';
import type { ChasePromise } from '../../domain/cadence/facts.ts';
import { addDays, type Day } from '../../domain/calendar.ts';
import { type PaymentPromise, promiseDeadline, promiseState } from '../../domain/promise.ts';
import type { Sql } from '../transaction.ts';
import { type FactScope, groupBy } from './scope.ts';

/** A promise whose last day is longer ago says nothing about the next step. */
const BROKEN_DAYS = 90;
/** The longest clearing and the day of grace: the last day is at most so many days after the promised one. */
const LONGEST_CLEARING_DAYS = 15;

const MANY_CUSTOMERS = 200;

const promiseRow = z
  .object({
    id: z.coerce.number(),
    customer_id: z.coerce.number(),
    currency: z.string(),
    amount_minor: z.coerce.bigint(),
    made_on: z.string(),
    pay_on: z.string(),
    method: z.enum(['card', 'ach', 'wire', 'cheque', 'other']).nullable(),
    withdrawn_on: z.string().nullable(),
    invoice_ids: z.array(z.number()),
  })
  .transform((row) => ({
    id: row.id,
    promise: {
      customerId: row.customer_id,
      currency: row.currency,
      amountMinor: row.amount_minor,
      madeOn: row.made_on,
      payOn: row.pay_on,
      method: row.method,
      withdrawnOn: row.withdrawn_on,
      invoiceIds: row.invoice_ids,
    } satisfies PaymentPromise,
  }));
type PromiseRow = z.output<typeof promiseRow>;

const receivedRow = z.object({ id: z.coerce.number(), received: z.coerce.bigint() });

/**
 * Cash put on the promise's invoices from the day it was made until its last day; what that means for the promise is
 * `promiseState`'s to say. Only invoices that were not settled before the promise are looked at: one that was takes no
 * money after it.
 */
async function readReceived(sql: Sql, rows: readonly PromiseRow[], today: Day): Promise<Map<number, bigint>> {
  if (rows.length === 0) return new Map();
  const last = rows.map(({ promise }) => {
    const deadline = promiseDeadline(promise);
    return today < deadline ? today : deadline;
  });
  const [first] = rows.map(({ promise }) => promise.madeOn).sort();
  const customers = [...new Set(rows.map(({ promise }) => promise.customerId))];
  // of many customers a condition and no key: invoices are read by day from an index alone, not each from the table
  const many = customers.length > MANY_CUSTOMERS;
  const theirs = many ? '(customer_id = any($5::bigint[])) is true' : 'customer_id = any($5::bigint[])';
  const sums = await sql.many(
    receivedRow,
    `with p as materialized (
       select p.id, p.customer_id, p.currency, p.made_on, u.last,
         (select array_agg(x.invoice_id) from promise_invoice x where x.tenant_id = $1 and x.promise_id = p.id) as named
       from unnest($2::bigint[], $3::date[]) as u(id, last) join promise p on p.tenant_id = $1 and p.id = u.id
     ), i as (
       select id, customer_id, currency, null::date as paid_on from invoice
         where tenant_id = $1 and status = 'open' and ${theirs}
       union all select id, customer_id, currency, paid_on from invoice
         where tenant_id = $1 and status = 'paid' and paid_on >= $4 and ${theirs}
       union all select id, customer_id, currency, null from invoice
         where tenant_id = $1 and status = 'paid' and paid_on is null and ${theirs}
     )
     select p.id, sum(a.amount_minor) as received
     from p join i on i.customer_id = p.customer_id
       join application a on a.tenant_id = $1 and a.invoice_id = i.id and a.payment_id is not null
         and a.applied_on between p.made_on and p.last
     where (i.currency = p.currency) is true
       and (i.paid_on is null or i.paid_on >= p.made_on) and (p.named is null or i.id = any(p.named))
     group by p.id`,
    [sql.tenantId, rows.map((row) => row.id), last, first, customers],
  );
  return new Map(sums.map((row) => [row.id, row.received]));
}

/** Not withdrawn, and open or with a last day within ninety days; oldest first. Each with its currency. */
export async function readPromises(
  sql: Sql,
  ids: readonly number[] | null,
  { today }: FactScope,
): Promise<Map<number, (ChasePromise & { currency: string })[]>> {
  const rows = await sql.many(
    promiseRow,
    `select p.id, p.customer_id, p.currency, p.amount_minor, p.made_on, p.pay_on, p.method, p.withdrawn_on,
       coalesce((select json_agg(x.invoice_id order by x.invoice_id) from promise_invoice x
         where x.tenant_id = $1 and x.promise_id = p.id), '[]') as invoice_ids
     from promise p where p.tenant_id = $1 and ($2::bigint[] is null or p.customer_id = any($2)) and p.pay_on >= $3
       and p.made_on <= $4 and (p.withdrawn_on is null or p.withdrawn_on > $4) order by p.id`,
    [sql.tenantId, ids, addDays(today, -BROKEN_DAYS - LONGEST_CLEARING_DAYS), today],
  );
  const received = await readReceived(sql, rows, today);
  const since = addDays(today, -BROKEN_DAYS);
  const promises = rows.flatMap(({ id, promise }) => {
    const cash = [
      {
        customerId: promise.customerId,
        invoiceId: promise.invoiceIds[0] ?? 0,
        currency: promise.currency,
        amountMinor: received.get(id) ?? 0n,
        on: promise.madeOn,
      },
    ];
    const { state, receivedMinor, deadline } = promiseState(promise, cash, today)!;
    const { customerId, currency, amountMinor, madeOn, payOn, invoiceIds } = promise;
    if (deadline < since) return [];
    return [
      {
        id,
        customerId,
        currency,
        amountMinor,
        madeOn,
        payOn,
        invoiceIds,
        state,
        receivedMinor,
        deadline,
      },
    ];
  });
  return groupBy(promises, (each) => each.customerId);
}
