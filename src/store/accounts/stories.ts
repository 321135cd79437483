/** What was promised, disputed, held and written with one customer. Amounts in minor units; newest first. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const promiseRow = z.object({
  id: z.coerce.number(),
  currency: z.string(),
  amount_minor: z.coerce.bigint(),
  pay_on: z.string(),
  made_on: z.string(),
  status: z.enum(['open', 'kept', 'partly_kept', 'broken', 'withdrawn']),
  received_minor: z.coerce.bigint(),
  invoices: z.array(z.string()),
  quote: z.string().nullable(),
});

/** With what became of each by the day (P-6). `invoiceId`: only promises that name it, or name none. */
export const readPromises = (
  sql: Sql,
  customerId: number,
  invoiceId: number | null,
  today: string,
  most: number,
) =>
  sql.many(
    promiseRow,
    `with mine as materialized (
       select p.* from promise p where p.customer_id = $1 and p.made_on <= $3
         and ($2::bigint is null or not exists (select from promise_invoice x where x.promise_id = p.id)
           or exists (select from promise_invoice x where x.promise_id = p.id and x.invoice_id = $2))
       order by p.made_on desc, p.id desc limit $4
     )
     select m.id, m.currency, m.amount_minor, m.pay_on, m.made_on, s.state as status, s.received_minor, m.quote,
       coalesce((select json_agg(i.number order by i.number) from promise_invoice x join invoice i on i.id = x.invoice_id
         where x.promise_id = m.id), '[]') as invoices
     from mine m join promise_state($3::date) s on s.promise_id = m.id order by m.made_on desc, m.id desc`,
    [customerId, invoiceId, today, most],
  );

const disputeRow = z.object({
  id: z.coerce.number(),
  invoice: z.string(),
  reason: z.string(),
  currency: z.string(),
  amount_minor: z.coerce.bigint(),
  owner: z.string().nullable(),
  opened_on: z.string(),
  resolved_on: z.string().nullable(),
});

/** Unresolved ones first. */
export const readDisputes = (sql: Sql, customerId: number, invoiceId: number | null, most: number) =>
  sql.many(
    disputeRow,
    `select d.id, i.number as invoice, d.reason, d.currency, d.amount_minor, d.owner, d.opened_on, d.resolved_on
       from dispute d join invoice i on i.id = d.invoice_id
      where d.customer_id = $1 and ($2::bigint is null or d.invoice_id = $2)
      order by d.resolved_on is not null, d.opened_on desc, d.id desc limit $3`,
    [customerId, invoiceId, most],
  );

const holdRow = z.object({
  reason: z.string(),
  from_on: z.string(),
  until_on: z.string().nullable(),
  invoice: z.string().nullable(),
});

/** Those in force on the day. `invoiceId`: only on it or on the whole customer. */
export const readHolds = (sql: Sql, customerId: number, invoiceId: number | null, today: string) =>
  sql.many(
    holdRow,
    `select h.reason, h.from_on, h.until_on, i.number as invoice from hold h left join invoice i on i.id = h.invoice_id
      where h.customer_id = $1 and ($2::bigint is null or h.invoice_id is null or h.invoice_id = $2)
        and h.from_on <= $3 and (h.until_on is null or h.until_on >= $3) and (h.lifted_on is null or h.lifted_on > $3)
      order by h.from_on desc, h.id desc limit 50`,
    [customerId, invoiceId, today],
  );

const messageRow = z.object({
  day: z.string(),
  direction: z.enum(['in', 'out']),
  from_address: z.string(),
  subject: z.string().nullable(),
  body: z.string().nullable(),
});

/** The last emails; `day` in UTC, bodies cut after 2,000 characters. */
export const readMessages = (sql: Sql, customerId: number, most: number) =>
  sql.many(
    messageRow,
    `select (sent_at at time zone 'utc')::date as day, direction, from_address, subject, left(body, 2000) as body
       from message where customer_id = $1 order by sent_at desc, id desc limit $2`,
    [customerId, most],
  );
