/** Reading the audit log with what each entry is about. Days are calendar days in `zone`. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

export type TrailFilter = {
  /** Sales see what is about their own customers only; null: no limit. */
  readonly owner: string | null;
  readonly customerId: number | null;
  readonly proposalIds: readonly number[] | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly zone: string;
  /** `true`: only these actors, `false`: all but these, null: everybody. */
  readonly actors: readonly string[];
  readonly isActor: boolean | null;
};

const entryRow = z.object({
  id: z.coerce.number(),
  at: z.date(),
  actor: z.string(),
  act: z.string(),
  detail: z.record(z.string(), z.unknown()),
  customer: z.string().nullable(),
  kind: z.enum(['email', 'policy_change', 'application']).nullable(),
  currency: z.string().nullable(),
  amount_minor: z.coerce.bigint().nullable(),
});
export type TrailEntry = z.output<typeof entryRow>;

const id = (key: string): string => `(a.detail ->> '${key}')::bigint`;

/** An entry names its customer, or something that belongs to one. */
const ABOUT = `audit a
  left join proposal p on p.tenant_id = a.tenant_id and p.id = ${id('proposalId')}
  left join promise pr on pr.tenant_id = a.tenant_id and pr.id = ${id('promiseId')}
  left join dispute d on d.tenant_id = a.tenant_id and d.id = ${id('disputeId')}
  left join hold h on h.tenant_id = a.tenant_id and h.id = ${id('holdId')}
  left join task t on t.tenant_id = a.tenant_id and t.id = ${id('taskId')}
  left join customer c on c.tenant_id = a.tenant_id and c.id = coalesce(${id('customerId')}, p.customer_id,
    pr.customer_id, d.customer_id, h.customer_id, t.customer_id)`;

const WHERE = `a.tenant_id = $1
  and ($2::text is null or c.owner_email = $2)
  and ($3::bigint is null or c.id = $3)
  and ($4::bigint[] is null or p.id = any($4))
  and ($5::date is null or a.at >= $5::date::timestamp at time zone $7)
  and ($6::date is null or a.at < ($6::date + 1)::timestamp at time zone $7)
  and ($9::boolean is null or (a.actor = any($8::text[])) = $9)`;

const values = (sql: Sql, filter: TrailFilter): unknown[] => [
  sql.tenantId,
  filter.owner,
  filter.customerId,
  filter.proposalIds,
  filter.from,
  filter.to,
  filter.zone,
  filter.actors,
  filter.isActor,
];

/** Newest first. */
export const readTrail = (sql: Sql, filter: TrailFilter, limit: number): Promise<TrailEntry[]> =>
  sql.many(
    entryRow,
    `select a.id, a.at, a.actor, a.act, a.detail, c.name as customer, p.kind, p.currency, p.amount_minor
       from ${ABOUT} where ${WHERE} order by a.id desc limit $10`,
    [...values(sql, filter), limit],
  );

export const countTrail = async (sql: Sql, filter: TrailFilter): Promise<number> =>
  (
    await sql.one(
      z.object({ count: z.coerce.number() }),
      `select count(*) as count from ${ABOUT} where ${WHERE}`,
      values(sql, filter),
    )
  ).count;

const sentRow = z.object({
  proposal_id: z.coerce.number(),
  sent_at: z.date(),
  receipt: z.unknown(),
  prompt_version: z.string(),
  approved_by: z.array(z.string()),
});

export type SentFilter = Pick<TrailFilter, 'owner' | 'customerId' | 'from' | 'to' | 'zone'> & {
  readonly proposalId: number | null;
};

const SENT = `effect e
    join proposal p on p.tenant_id = e.tenant_id and p.id = e.proposal_id
    join proposal_revision r on r.tenant_id = e.tenant_id and r.proposal_id = e.proposal_id and r.revision = e.revision
    join customer c on c.tenant_id = e.tenant_id and c.id = p.customer_id
  where e.tenant_id = $1 and e.kind = 'email' and e.state = 'sent'
    and ($2::text is null or c.owner_email = $2) and ($3::bigint is null or c.id = $3)
    and ($4::bigint is null or p.id = $4)
    and ($5::date is null or e.finished_at >= $5::date::timestamp at time zone $7)
    and ($6::date is null or e.finished_at < ($6::date + 1)::timestamp at time zone $7)`;

const sentValues = (sql: Sql, filter: SentFilter): unknown[] => [
  sql.tenantId,
  filter.owner,
  filter.customerId,
  filter.proposalId,
  filter.from,
  filter.to,
  filter.zone,
];

/** Emails that left, newest first, with everybody who approved exactly what left. */
export const readSent = (sql: Sql, filter: SentFilter, limit: number) =>
  sql.many(
    sentRow,
    `select e.proposal_id, e.finished_at as sent_at, e.receipt, r.prompt_version,
       array(select d.user_email || ' (' || d.user_role || ') on ' ||
           to_char(d.decided_at at time zone $7, 'YYYY-MM-DD HH24:MI') || ' via ' || replace(d.via, '_', ' ')
         from decision d where d.tenant_id = e.tenant_id and d.proposal_id = e.proposal_id and d.revision = e.revision
           and d.digest = e.digest and d.kind = 'approve' order by d.id) as approved_by
     from ${SENT} order by e.finished_at desc, e.id desc limit $8`,
    [...sentValues(sql, filter), limit],
  );

export const countSent = async (sql: Sql, filter: SentFilter): Promise<number> =>
  (
    await sql.one(
      z.object({ count: z.coerce.number() }),
      `select count(*) as count from ${SENT}`,
      sentValues(sql, filter),
    )
  ).count;

/** How many entries there are, without reading them. */
export const auditLength = async (sql: Sql): Promise<number> =>
  (await sql.maybe(z.object({ entries: z.coerce.number() }), 'select entries from audit_head'))?.entries ?? 0;

const rawRow = z.object({
  id: z.coerce.number(),
  at: z.date(),
  actor: z.string(),
  act: z.string(),
  detail: z.record(z.string(), z.unknown()),
  previous_hash: z.string().nullable(),
  hash: z.string(),
});
export type RawEntry = z.output<typeof rawRow>;

/** Entries as they stand in the chain, oldest first, after an id; hashes in hex. */
export const readChain = (
  sql: Sql,
  page: { after: number; from: string | null; to: string | null; zone: string },
  limit: number,
): Promise<RawEntry[]> =>
  sql.many(
    rawRow,
    `select id, at, actor, act, detail, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
       from audit where tenant_id = $1 and id > $2
         and ($3::date is null or at >= $3::date::timestamp at time zone $5)
         and ($4::date is null or at < ($4::date + 1)::timestamp at time zone $5)
       order by id limit $6`,
    [sql.tenantId, page.after, page.from, page.to, page.zone, limit],
  );
