/** What was said: contacts, messages, chases, drafts that are alive, work that was handed over. */
import { z } from 'zod';
import type { ChaseContact, ChaseFacts } from '../../domain/cadence/facts.ts';
import { addDays } from '../../domain/calendar.ts';
import type { Sql } from '../transaction.ts';
import { type FactScope, groupBy } from './scope.ts';

/** Chases older than a year say nothing about the next one. */
const CHASE_DAYS = 365;

const contactRow = z
  .object({
    customer_id: z.coerce.number(),
    id: z.coerce.number(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    role: z.string().nullable(),
    is_primary: z.boolean(),
    bounced_on: z.string().nullable(),
    opted_out_on: z.string().nullable(),
  })
  .transform(({ customer_id, is_primary, bounced_on, opted_out_on, ...row }) => ({
    customerId: customer_id,
    contact: {
      ...row,
      ...{ isPrimary: is_primary, bouncedOn: bounced_on, optedOutOn: opted_out_on },
    } satisfies ChaseContact,
  }));

export async function readContacts(sql: Sql, ids: readonly number[]): Promise<Map<number, ChaseContact[]>> {
  const rows = await sql.many(
    contactRow,
    `select customer_id, id, name, email, role, is_primary, bounced_on, opted_out_on from contact
      where tenant_id = $1 and customer_id = any($2::bigint[]) order by customer_id, id`,
    [sql.tenantId, ids],
  );
  return new Map(
    [...groupBy(rows, (row) => row.customerId)].map(([id, group]) => [id, group.map((row) => row.contact)]),
  );
}

const chaseRow = z
  .object({
    customer_id: z.coerce.number(),
    on: z.string(),
    at: z.coerce.number(),
    step: z.string().nullable(),
    currency: z.string().nullable(),
    invoice_id: z.coerce.number().nullable(),
    invoice_ids: z.array(z.number()).nullable(),
    worked: z.boolean(),
  })
  .transform((row) => ({
    customerId: row.customer_id,
    at: row.at,
    worked: row.worked,
    chase: {
      on: row.on,
      stepId: row.step,
      currency: row.currency,
      invoiceIds: row.invoice_ids ?? (row.invoice_id === null ? null : [row.invoice_id]),
    },
  }));
export type ChaseRow = z.output<typeof chaseRow>;

/**
 * Emails that asked for money, newest first: all of the last year. `at`: seconds since 1970; `worked`: money came
 * within ten days.
 */
export async function readChases(
  sql: Sql,
  ids: readonly number[],
  { today }: FactScope,
): Promise<Map<number, ChaseRow[]>> {
  const rows = await sql.many(
    chaseRow,
    `select t.customer_id, t.happened_on as on, extract(epoch from t.happened_at) as at, t.detail->>'stepId' as step,
       coalesce(p.currency, i.currency) as currency, t.invoice_id, nullif(t.detail->'invoiceIds', '[]') as invoice_ids,
       exists (select from payment y where y.tenant_id = $1 and y.customer_id = t.customer_id
         and y.received_on between t.happened_on and t.happened_on + 10) as worked
     from timeline_event t
       left join proposal p on p.tenant_id = $1 and p.id = (t.detail->>'proposalId')::bigint
       left join invoice i on i.tenant_id = $1 and i.id = t.invoice_id
     where t.tenant_id = $1 and t.kind = 'chased' and t.happened_on between $3::date and $4::date
       and t.customer_id = any($2::bigint[])
       and coalesce(t.detail->>'letter', '') not in ('thank_you', 'remittance_request', 'statement')
     order by t.customer_id, t.happened_at desc, t.id desc`,
    [sql.tenantId, ids, addDays(today, -CHASE_DAYS), today],
  );
  return groupBy(rows, (row) => row.customerId);
}

const wordsRow = z.object({
  id: z.coerce.number(),
  in_id: z.coerce.number().nullable(),
  in_at: z.date().nullable(),
  out_at: z.date().nullable(),
  replied_at: z.date().nullable(),
  spoken_at: z.date().nullable(),
  noted_on: z.string().nullable(),
});
export type Words = z.output<typeof wordsRow>;

/**
 * The newest message each way, the newest reply, chase or call that only the timeline knows, and the newest day on
 * which a promise, a dispute or a hold was written down.
 */
export async function readWords(sql: Sql, ids: readonly number[]): Promise<Map<number, Words>> {
  const newest = (kinds: string) =>
    `(select max(t.happened_at) from timeline_event t where t.tenant_id = $1 and t.customer_id = c.id and t.kind in (${kinds}))`;
  const message = (column: string, direction: string, order: string) =>
    `(select m.${column} from message m where m.tenant_id = $1 and m.customer_id = c.id and m.direction = '${direction}'
       order by m.${order} desc limit 1)`;
  const rows = await sql.many(
    wordsRow,
    `select c.id, ${message('id', 'in', 'id')} as in_id, ${message('sent_at', 'in', 'sent_at')} as in_at,
       ${message('sent_at', 'out', 'sent_at')} as out_at, ${newest(`'replied'`)} as replied_at,
       ${newest(`'chased', 'called'`)} as spoken_at,
       greatest((select max(p.made_on) from promise p where p.tenant_id = $1 and p.customer_id = c.id),
         (select max(d.opened_on) from dispute d where d.tenant_id = $1 and d.customer_id = c.id),
         (select max(h.from_on) from hold h where h.tenant_id = $1 and h.customer_id = c.id)) as noted_on
     from unnest($2::bigint[]) as c(id)`,
    [sql.tenantId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const liveRow = z.object({
  customer_id: z.coerce.number(),
  currency: z.string(),
  id: z.coerce.number(),
  state: z.enum(['pending', 'snoozed', 'approved']),
});

/** By `customer:currency`: at most one is alive. */
export async function readLive(sql: Sql): Promise<Map<string, NonNullable<ChaseFacts['liveProposal']>>> {
  const rows = await sql.many(
    liveRow,
    `select customer_id, currency, id, state from proposal
      where tenant_id = $1 and kind = 'email' and state = any(array['pending', 'snoozed', 'approved'])`,
    [sql.tenantId],
  );
  return new Map(
    rows.map(({ customer_id, currency, id, state }) => [`${customer_id}:${currency}`, { id, state }]),
  );
}

const taskRow = z.object({
  customer_id: z.coerce.number(),
  id: z.coerce.number(),
  kind: z.string(),
  currency: z.string().nullable(),
  on: z.string(),
  step: z.string().nullable(),
  is_open: z.boolean(),
});
export type TaskRow = z.output<typeof taskRow>;

/** Newest first. The step that made a task stands in its context as `stepId`. */
export async function readTasks(sql: Sql): Promise<Map<number, TaskRow[]>> {
  const rows = await sql.many(
    taskRow,
    `select customer_id, id, kind, currency, coalesce(context->>'madeOn', (created_at at time zone 'utc')::date::text) as on,
       context->>'stepId' as step, state in ('veto_window', 'open') as is_open
     from task where tenant_id = $1 order by id desc`,
    [sql.tenantId],
  );
  return groupBy(rows, (row) => row.customer_id);
}
