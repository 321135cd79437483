/** What is due to leave, and taking one of them in hand. Instants come from the caller's clock. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const OPEN = `(state in ('ready', 'unknown') and not_before <= $1) or (state = 'sending' and lease_until <= $1)`;

export type DueEffect = { readonly id: number; readonly proposal_id: number };

/** Oldest first. A claim of a worker that did not come back counts once its lease is over. */
export const dueEffects = (sql: Sql, now: Date, limit: number): Promise<DueEffect[]> =>
  sql.many(
    z.object({ id: z.coerce.number(), proposal_id: z.coerce.number() }),
    `select id, proposal_id from effect where ${OPEN} order by not_before, id limit $2`,
    [now, limit],
  );

/** When the next one is due; null when nothing is on its way. */
export const nextDue = async (sql: Sql): Promise<Date | null> =>
  (
    await sql.one(
      z.object({ at: z.date().nullable() }),
      `select min(case when state = 'sending' then lease_until else not_before end) as at from effect
        where state in ('ready', 'sending', 'unknown')`,
    )
  ).at;

const lockedEffect = z.object({
  id: z.coerce.number(),
  key: z.string(),
  kind: z.enum(['email', 'policy_change']),
  proposal_id: z.coerce.number(),
  revision: z.number(),
  digest: z.string(),
  decision_id: z.coerce.number(),
  message_id: z.string().nullable(),
  state: z.enum(['ready', 'sending', 'unknown']),
  expires_at: z.date(),
  attempts: z.number(),
  failures: z.number(),
  fence: z.number(),
});
export type LockedEffect = z.infer<typeof lockedEffect>;

/** Locks a due effect until the transaction ends; null when it is not due (any more). Its proposal is locked before. */
export const lockDueEffect = (sql: Sql, effectId: number, now: Date): Promise<LockedEffect | null> =>
  sql.maybe(
    lockedEffect,
    `select id, key, kind, proposal_id, revision, digest, decision_id, message_id, state, expires_at, attempts, failures,
       fence from effect where id = $2 and (${OPEN}) for update`,
    [now, effectId],
  );

export type Claim = { readonly worker: string; readonly leaseUntil: Date; readonly receipt: unknown };

/** Begins a try: the fence rises, so that whoever held it before can write nothing any more. */
export const beginTry = (sql: Sql, effectId: number, now: Date, claim: Claim): Promise<number> =>
  sql.run(
    `update effect set state = 'sending', fence = fence + 1, attempts = attempts + 1, claimed_by = $2, lease_until = $3,
       receipt = $4, tried_at = $5, error = null where id = $1`,
    [effectId, claim.worker, claim.leaseUntil, JSON.stringify(claim.receipt), now],
  );

/** Begins a look-up of what became of a try: nothing is sent, and nobody else looks before `again`. */
export const beginLookUp = (sql: Sql, effectId: number, worker: string, again: Date): Promise<number> =>
  sql.run(
    `update effect set state = 'unknown', fence = fence + 1, claimed_by = $2, lease_until = null, not_before = $3
      where id = $1`,
    [effectId, worker, again],
  );
