/**
 * The audit log: every entry holds the SHA-256 of itself and of the entry before it, and `audit_head` holds the end
 * of the chain, so that an edited, removed, added or reordered entry shows.
 */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

/** First half of the advisory lock's key; the second is the tenant. */
const LOCK = 727_369;

export type AuditEntry = { actor: string; act: string; detail: Record<string, unknown> };

/** What an entry's hash covers, apart from the hash before it. `jsonb` writes equal values as equal text. */
const covered = (row: string): string =>
  `convert_to(jsonb_build_array(${row}.tenant_id, ${row}.at at time zone 'utc', ${row}.actor, ${row}.act, ${row}.detail)::text, 'UTF8')`;

/**
 * Adds an entry to the tenant's chain, in the transaction of the act it tells of. Appends of one tenant wait for
 * each other until their transactions end.
 */
export async function appendAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  await sql.run('select pg_advisory_xact_lock($1, $2)', [LOCK, sql.tenantId]);
  await sql.run(
    `with entry as (
       select $1::int as tenant_id, clock_timestamp() as at, $2::text as actor, $3::text as act, $4::jsonb as detail,
         (select hash from audit_head) as previous_hash
     ), written as (
       insert into audit (tenant_id, at, actor, act, detail, previous_hash, hash)
       select tenant_id, at, actor, act, detail, previous_hash,
         sha256(coalesce(previous_hash, '') || ${covered('entry')}) from entry
       returning tenant_id, hash
     )
     insert into audit_head (tenant_id, entries, hash) select tenant_id, 1, hash from written
     on conflict (tenant_id) do update set entries = audit_head.entries + 1, hash = excluded.hash`,
    [sql.tenantId, entry.actor, entry.act, JSON.stringify(entry.detail)],
  );
}

export type AuditVerdict = {
  intact: boolean;
  entries: number;
  /** Id of the first entry that does not fit the one before it; null when the end itself is missing. */
  firstBadId: number | null;
};

/** Recomputes the tenant's whole chain. */
export const verifyAudit = (sql: Sql): Promise<AuditVerdict> =>
  sql.one(
    z
      .object({
        entries: z.coerce.number(),
        first_bad: z.coerce.number().nullable(),
        ends_right: z.boolean(),
      })
      .transform((row) => ({
        intact: row.first_bad === null && row.ends_right,
        entries: row.entries,
        firstBadId: row.first_bad,
      })),
    `with chain as (
       select id, hash, previous_hash, lag(hash) over (order by id) as before,
         sha256(coalesce(previous_hash, '') || ${covered('audit')}) as expected from audit
     )
     select (select count(*) from chain) as entries,
       (select min(id) from chain where hash <> expected or previous_hash is distinct from before) as first_bad,
       (select count(*) from chain) = coalesce((select entries from audit_head), 0)
         and (select hash from chain order by id desc limit 1) is not distinct from (select hash from audit_head)
         as ends_right`,
  );

/**
 * Recomputes the newest entries and the end of the chain only: what an answer in a conversation can afford. An entry
 * that was changed further back is found by `verifyAudit`.
 */
export const verifyNewestAudit = async (sql: Sql, most: number): Promise<boolean> =>
  (
    await sql.one(
      z.object({ intact: z.boolean() }),
      `with newest as (select * from audit order by id desc limit $1),
       chain as (
         select id, hash, previous_hash, lag(hash) over (order by id) as before, row_number() over (order by id) as place,
           sha256(coalesce(previous_hash, '') || ${covered('newest')}) as expected from newest
       )
       select not exists (select from chain where hash <> expected or (place > 1 and previous_hash is distinct from before))
         and (select hash from chain order by id desc limit 1) is not distinct from (select hash from audit_head) as intact`,
      [most],
    )
  ).intact;
