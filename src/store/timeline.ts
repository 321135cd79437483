/**
 * What happened to a customer or an invoice. Issuing and settling are told from the documents themselves, unless an
 * event of the source tells them better.
 */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

const eventRow = z.object({
  happened_on: z.string(),
  happened_at: z.date().nullable(),
  kind: z.string(),
  summary: z.string().nullable(),
  actor: z.string().nullable(),
  invoice: z.string().nullable(),
  /** Of an event that is told from a document. */
  amount_minor: z.coerce.bigint().nullable(),
  currency: z.string().nullable(),
  due_on: z.string().nullable(),
  document: z.string().nullable(),
});
export type TimelineRow = z.infer<typeof eventRow>;

export type TimelineOf = { customerId: number; invoiceId: number | null };

const ofInvoice = (column: string) => `($2::bigint is null or ${column} = $2)`;
const notTold = (kinds: string) =>
  `not exists (select from timeline_event s where s.invoice_id = i.id and s.kind in (${kinds}))`;

const events = (order: 'asc' | 'desc', limit: string): string => {
  const sorted = `order by happened_on ${order}, happened_at ${order} nulls ${order === 'asc' ? 'first' : 'last'}, id ${order} ${limit}`;
  return `
    (select t.id, t.happened_on, t.happened_at, t.kind, t.summary, t.actor, i.number as invoice,
       null::bigint as amount_minor, null as currency, null::date as due_on, null as document
     from timeline_event t left join invoice i on i.id = t.invoice_id
     where t.customer_id = $1 and (${ofInvoice('t.invoice_id')}
       or t.detail @> jsonb_build_object('invoiceIds', jsonb_build_array($2::bigint))) ${sorted})
    union all
    (select i.id, i.issued_on as happened_on, null::timestamptz as happened_at, 'issued', null, null, i.number,
       i.amount_minor, i.currency, i.due_on, null
     from invoice i where i.customer_id = $1 and ${ofInvoice('i.id')} and ${notTold(`'issued'`)} ${sorted})
    union all
    (select a.id, a.applied_on as happened_on, null::timestamptz as happened_at,
       case when a.amount_minor < 0 then 'reversed' when a.credit_id is not null then 'credited'
         when i.paid_on = a.applied_on then 'paid' else 'partly_paid' end, null, null, i.number,
       abs(a.amount_minor), a.currency, null, coalesce(p.external_id, c.number)
     from invoice i join application a on a.invoice_id = i.id left join payment p on p.id = a.payment_id
       left join credit c on c.id = a.credit_id
     where i.customer_id = $1 and ${ofInvoice('i.id')} and ${notTold(`'paid', 'partly_paid', 'credited', 'reversed'`)} ${sorted})
    ${sorted}`;
};

/** The newest events, newest first. */
export const readNewestEvents = (sql: Sql, of: TimelineOf, most: number): Promise<TimelineRow[]> =>
  sql.many(eventRow, events('desc', 'limit $3'), [of.customerId, of.invoiceId, most]);

/** Every event, oldest first. */
export const readAllEvents = (sql: Sql, of: TimelineOf): Promise<TimelineRow[]> =>
  sql.many(eventRow, events('asc', ''), [of.customerId, of.invoiceId]);

export type NewEvent = {
  source: string;
  /** The same id of the same source is written once. */
  externalId: string;
  customerId: number;
  invoiceId: number | null;
  kind: string;
  happenedOn: string;
  /** ISO 8601; null: at the start of the day in UTC. */
  happenedAt: string | null;
  actor: string | null;
  summary: string;
  detail?: Record<string, unknown>;
};

/** Adds an event; false when it was there already. */
export async function addEvent(sql: Sql, event: NewEvent): Promise<boolean> {
  const added = await sql.run(
    `insert into timeline_event (tenant_id, source, external_id, customer_id, invoice_id, kind, happened_on, happened_at,
       actor, summary, detail)
     values ($1, $2, $3, $4, $5, $6, $7::date, coalesce($8::timestamptz, $7::date::timestamp at time zone 'utc'), $9, $10, $11)
     on conflict (tenant_id, source, external_id) do nothing`,
    [
      sql.tenantId,
      event.source,
      event.externalId,
      event.customerId,
      event.invoiceId,
      event.kind,
      event.happenedOn,
      event.happenedAt,
      event.actor,
      event.summary,
      JSON.stringify(event.detail ?? {}),
    ],
  );
  return added > 0;
}
