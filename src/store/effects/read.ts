/** Effects as people see them. */
import { z } from 'zod';
import type { EffectView } from '../../domain/chase/proposals.ts';
import { effectJson, effectRow } from '../proposals/read.ts';
import type { Sql } from '../transaction.ts';

/** What was looked at before the try that is in hand. */
export const readReceipt = async (sql: Sql, effectId: number): Promise<unknown> =>
  (await sql.one(z.object({ receipt: z.unknown() }), 'select receipt from effect where id = $1', [effectId]))
    .receipt;

export type EffectFilter = {
  readonly states: readonly string[];
  /** Sales see effects of their own customers only; null: no limit. */
  readonly owner: string | null;
  readonly effectId?: number | undefined;
};

const from = `from effect e join proposal p on p.id = e.proposal_id left join customer c on c.id = p.customer_id
  where e.state = any($1::text[]) and ($2::text is null or c.owner_email = $2) and ($3::bigint is null or e.id = $3)`;
const values = (filter: EffectFilter): unknown[] => [filter.states, filter.owner, filter.effectId ?? null];

export type EffectListing = EffectView & { customer: string | null };

/** Newest first. */
export const readEffects = async (sql: Sql, filter: EffectFilter, limit: number): Promise<EffectListing[]> =>
  (
    await sql.many(
      z.object({ effect: effectRow, customer: z.string().nullable() }),
      `select ${effectJson} as effect, c.name as customer ${from} order by e.id desc limit $4`,
      [...values(filter), limit],
    )
  ).map(({ effect, customer }) => ({ ...effect, customer }));

export const countEffects = (sql: Sql, filter: EffectFilter) =>
  sql.many(
    z.object({ state: z.string(), count: z.coerce.number() }),
    `select e.state, count(*) as count ${from} group by e.state order by e.state`,
    values(filter),
  );

/**
 * Puts a dead one on its way again: looked at and looked up anew before anything leaves. False when it is not dead.
 * The proposal is locked by the caller.
 */
export const reviveEffect = async (sql: Sql, effectId: number, at: Date): Promise<boolean> =>
  (await sql.run(
    `update effect set state = 'ready', failures = 0, attempts = greatest(attempts, 1), finished_at = null,
       not_before = $2 where id = $1 and state = 'dead'`,
    [effectId, at],
  )) > 0;
