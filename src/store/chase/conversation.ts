/** What was said: contacts, messages, chases, drafts that are alive, work that was handed over. */
import { z } from 'zod';
import type { ChaseContact, ChaseFacts } from '../../domain/cadence/facts.ts';
import { addDays, type Day } from '../../domain/calendar.ts';
import type { Sql } from '../transaction.ts';
import { builtList, type FactScope, groupBy } from './scope.ts';

/** Chases older than a year say nothing about the next one. */
const CHASE_DAYS = 365;

const contactsRow = z.object({ customer_id: z.coerce.number(), contacts: builtList<ChaseContact>() });

export async function readContacts(
  sql: Sql,
  ids: readonly number[] | null,
): Promise<Map<number, readonly ChaseContact[]>> {
  const rows = await sql.many(
    contactsRow,
    `select customer_id, json_agg(json_build_object('id', id, 'name', name, 'email', email, 'role', role,
       'isPrimary', is_primary, 'bouncedOn', bounced_on, 'optedOutOn', opted_out_on) order by id) as contacts
     from contact where tenant_id = $1 and ($2::bigint[] is null or customer_id = any($2)) group by customer_id`,
    [sql.tenantId, ids],
  );
  return new Map(rows.map((row) => [row.customer_id, row.contacts]));
}

const milliseconds = (at: string): string => `(extract(epoch from ${at}) * 1000)::bigint`;

type ChaseItem = readonly [
  on: string,
  at: number,
  step: string | null,
  currency: string | null,
  invoice: number | null,
  invoices: readonly number[] | null,
  worked: boolean,
];
const chasesRow = z.object({ customer_id: z.coerce.number(), items: builtList<ChaseItem>() });

export type ChaseRow = {
  readonly chase: ChaseFacts['chases'][number];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly worked: boolean;
};

const chaseOf = ([on, at, stepId, currency, invoice, invoices, worked]: ChaseItem): ChaseRow => ({
  chase: { on, stepId, currency, invoiceIds: invoices ?? (invoice === null ? null : [invoice]) },
  at,
  worked,
});

/** Emails that asked for money within a year, newest first; whether one worked is told of those before a day. */
export async function readChases(
  sql: Sql,
  ids: readonly number[] | null,
  { today }: FactScope,
  judgedBefore: Day,
): Promise<Map<number, ChaseRow[]>> {
  // whose invoice or proposal it was is looked up for the few that name one: joining would read all invoices
  const rows = await sql.many(
    chasesRow,
    `select t.customer_id, json_agg(json_build_array(t.happened_on, ${milliseconds('t.happened_at')},
       t.detail->'stepId',
       coalesce(
         case when t.detail ? 'proposalId' then (select p.currency from proposal p
           where p.tenant_id = $1 and p.id = (t.detail->>'proposalId')::bigint) end,
         case when t.invoice_id is not null then (select i.currency from invoice i
           where i.tenant_id = $1 and i.id = t.invoice_id) end),
       t.invoice_id, nullif(t.detail->'invoiceIds', '[]'),
       t.happened_on < $5::date and exists (select from payment y where y.tenant_id = $1 and y.customer_id = t.customer_id
         and y.received_on between t.happened_on and t.happened_on + 10))) as items
     from timeline_event t
     where t.tenant_id = $1 and t.kind = 'chased' and t.happened_on between $3::date and $4::date
       and ($2::bigint[] is null or t.customer_id = any($2))
       and coalesce(t.detail->>'letter', '') not in ('thank_you', 'remittance_request', 'statement')
     group by t.customer_id`,
    [sql.tenantId, ids, addDays(today, -CHASE_DAYS), today, judgedBefore],
  );
  return new Map(
    rows.map(({ customer_id, items }) => [customer_id, items.map(chaseOf).sort((a, b) => b.at - a.at)]),
  );
}

/** Milliseconds since 1970. */
const instant = z.coerce.number().nullable();

const wordsRow = z.object({
  id: z.coerce.number(),
  in_id: z.coerce.number().nullable(),
  in_at: instant,
  out_at: instant,
});
export type Words = z.output<typeof wordsRow>;

/** The newest message each way. */
export async function readWords(sql: Sql, ids: readonly number[]): Promise<Map<number, Words>> {
  const newest = (column: string, direction: string, order: string) =>
    `(select ${column} from message m where m.tenant_id = $1 and m.customer_id = c.id and m.direction = '${direction}'
       order by m.${order} desc limit 1)`;
  const rows = await sql.many(
    wordsRow,
    `select c.id, ${newest('m.id', 'in', 'id')} as in_id, ${newest(milliseconds('m.sent_at'), 'in', 'sent_at')} as in_at,
       ${newest(milliseconds('m.sent_at'), 'out', 'sent_at')} as out_at
     from unnest($2::bigint[]) as c(id)`,
    [sql.tenantId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const spokenRow = z.object({
  customer_id: z.coerce.number(),
  replied_at: instant,
  called_at: instant,
});
export type Spoken = z.output<typeof spokenRow>;

/** The newest reply and call of the last year that the timeline knows. */
export async function readSpoken(
  sql: Sql,
  ids: readonly number[] | null,
  { today }: FactScope,
): Promise<Map<number, Spoken>> {
  const rows = await sql.many(
    spokenRow,
    `select customer_id, ${milliseconds(`max(happened_at) filter (where kind = 'replied')`)} as replied_at,
       ${milliseconds(`max(happened_at) filter (where kind = 'called')`)} as called_at
     from timeline_event where tenant_id = $1 and kind = any(array['replied', 'called']) and happened_on >= $3::date
       and ($2::bigint[] is null or customer_id = any($2)) group by customer_id`,
    [sql.tenantId, ids, addDays(today, -CHASE_DAYS)],
  );
  return new Map(rows.map((row) => [row.customer_id, row]));
}

const notedRow = z.object({ customer_id: z.coerce.number(), on: z.string() });

/** The newest day on which a promise, a dispute or a hold was written down. */
export async function readNoted(sql: Sql, ids: readonly number[] | null): Promise<Map<number, string>> {
  const mine = '($2::bigint[] is null or customer_id = any($2))';
  const rows = await sql.many(
    notedRow,
    `select customer_id, max(day) as on from (
       select customer_id, made_on as day from promise where tenant_id = $1 and ${mine}
       union all select customer_id, opened_on from dispute where tenant_id = $1 and ${mine}
       union all select customer_id, from_on from hold where tenant_id = $1 and ${mine}) n group by customer_id`,
    [sql.tenantId, ids],
  );
  return new Map(rows.map((row) => [row.customer_id, row.on]));
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
