/** Promises of the last year with what came in for each, by the rule of the domain (P-6). */
import { z } from 'zod';
import type { ChasePromise } from '../../domain/cadence/facts.ts';
import { addDays, type Day } from '../../domain/calendar.ts';
import { type PaymentPromise, promiseDeadline, promiseState } from '../../domain/promise.ts';
import type { Sql } from '../transaction.ts';
import { type FactScope, groupBy } from './scope.ts';

const YEAR = 365;

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

/** Cash put on the promise's invoices from the day it was made until its last day; the rule is `promiseState`'s. */
async function readReceived(sql: Sql, rows: readonly PromiseRow[], today: Day): Promise<Map<number, bigint>> {
  if (rows.length === 0) return new Map();
  const last = rows.map(({ promise }) => {
    const deadline = promiseDeadline(promise);
    return today < deadline ? today : deadline;
  });
  const sums = await sql.many(
    receivedRow,
    `select p.id, sum(a.amount_minor) as received
     from unnest($2::bigint[], $3::date[]) as u(id, last)
       join promise p on p.tenant_id = $1 and p.id = u.id
       join invoice i on i.tenant_id = $1 and i.customer_id = p.customer_id and i.currency = p.currency
       join application a on a.tenant_id = $1 and a.invoice_id = i.id and a.payment_id is not null
         and a.applied_on between p.made_on and u.last
     where (not exists (select from promise_invoice x where x.tenant_id = $1 and x.promise_id = p.id)
        or exists (select from promise_invoice x where x.tenant_id = $1 and x.promise_id = p.id and x.invoice_id = i.id))
       -- an invoice that was settled before the promise takes no money after it
       and (i.status <> 'paid' or i.paid_on is null or i.paid_on >= p.made_on)
     group by p.id`,
    [sql.tenantId, rows.map((row) => row.id), last],
  );
  return new Map(sums.map((row) => [row.id, row.received]));
}

/** Of these customers, made within a year and not withdrawn; oldest first. Each with its currency. */
export async function readPromises(
  sql: Sql,
  ids: readonly number[],
  { today }: FactScope,
): Promise<Map<number, (ChasePromise & { currency: string })[]>> {
  const rows = await sql.many(
    promiseRow,
    `select p.id, p.customer_id, p.currency, p.amount_minor, p.made_on, p.pay_on, p.method, p.withdrawn_on,
       coalesce((select json_agg(x.invoice_id order by x.invoice_id) from promise_invoice x
         where x.tenant_id = $1 and x.promise_id = p.id), '[]') as invoice_ids
     from promise p where p.tenant_id = $1 and p.customer_id = any($2::bigint[]) and p.pay_on >= $3
       and p.made_on <= $4 and (p.withdrawn_on is null or p.withdrawn_on > $4) order by p.id`,
    [sql.tenantId, ids, addDays(today, -YEAR), today],
  );
  const received = await readReceived(sql, rows, today);
  const promises = rows.map(({ id, promise }) => {
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
    return {
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
    };
  });
  return groupBy(promises, (each) => each.customerId);
}
