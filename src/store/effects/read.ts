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

const laterEmail = z.object({ leftAt: z.coerce.date(), subject: z.string().nullable() });
export type LaterEmail = z.infer<typeof laterEmail>;

/**
 * The newest email that left to the customer of this effect after it was approved, by Remy or by hand; null when there
 * is none. Where it is known to be about another currency it does not count, nor does this effect's own mail.
 */
export const emailLeftSince = (sql: Sql, effectId: number): Promise<LaterEmail | null> =>
  sql.maybe(
    laterEmail,
    `with dead as (
       select e.id, e.message_id, d.decided_at, p.id as proposal_id, p.customer_id, p.currency
         from effect e join decision d on d.id = e.decision_id join proposal p on p.id = e.proposal_id
        where e.id = $1 and e.kind = 'email'),
     ours as (
       select e.id, e.message_id, e.state, e.finished_at, r.content->>'subject' as subject, p.currency
         from dead join proposal p on p.customer_id = dead.customer_id
           join effect e on e.proposal_id = p.id and e.kind = 'email'
           join proposal_revision r on r.proposal_id = e.proposal_id and r.revision = e.revision)
     select "leftAt", subject from (
       select o.finished_at as "leftAt", o.subject from dead join ours o on o.currency = dead.currency
        where o.state = 'sent' and o.id <> dead.id and (o.id > dead.id or o.finished_at >= dead.decided_at)
       union all
       select m.sent_at, m.subject from dead join message m on m.customer_id = dead.customer_id
        where m.direction = 'out' and m.sent_at > dead.decided_at
          and not exists (select from ours o where o.message_id = m.external_id
            and (o.id = dead.id or o.currency <> dead.currency))
       union all
       select t.happened_at, t.summary from dead join timeline_event t on t.customer_id = dead.customer_id
          left join invoice i on i.id = t.invoice_id
        where t.kind = 'chased' and t.happened_at > dead.decided_at and t.external_id not like 'message:%'
          and (i.id is null or i.currency = dead.currency)
     ) as later order by "leftAt" desc limit 1`,
    [effectId],
  );
