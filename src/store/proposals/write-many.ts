/** Proposals to place money, many in one statement: a run of matching may make thousands. */
import { z } from 'zod';
import { type ApplicationContent, adjustmentKind, placing } from '../../domain/cash/applications.ts';
import { parseDecimal } from '../../domain/money.ts';
import { contentDigest } from '../digest.ts';
import { asTable } from '../ledger-import/upsert.ts';
import type { Sql } from '../transaction.ts';

export type NewPlacing = {
  readonly content: ApplicationContent & { readonly payment: NonNullable<ApplicationContent['payment']> };
  readonly expiresAt: Date;
};

type Maker = { readonly userId: number; readonly email: string };

const written = z.object({ id: z.coerce.number(), payment_id: z.coerce.number() });

/** By payment: the proposal that was made; payments for which one is alive already are left out. */
export async function addPlacings(
  sql: Sql,
  all: readonly NewPlacing[],
  madeBy: Maker,
): Promise<Map<number, number>> {
  if (all.length === 0) return new Map();
  const proposals = asTable(
    all.map(({ content, expiresAt }) => ({
      payment_id: content.payment.id,
      customer_id: (content.placing.customer ?? content.payment.customer)?.id ?? null,
      currency: content.currency,
      amount_minor: parseDecimal(content.payment.unapplied, content.currency),
      expires_at: expiresAt,
    })),
    {
      payment_id: 'bigint',
      customer_id: 'bigint',
      currency: 'text',
      amount_minor: 'bigint',
      expires_at: 'timestamptz',
    },
    4,
  );
  const made = await sql.many(
    written,
    `insert into proposal (tenant_id, kind, origin, made_by, made_by_user, payment_id, customer_id, currency, amount_minor,
       expires_at)
     select $1::int, 'application', 'matching', $2::text, $3::bigint, payment_id, customer_id, currency, amount_minor,
       expires_at from ${proposals.text}
     on conflict do nothing returning id, payment_id`,
    [sql.tenantId, madeBy.email, madeBy.userId, ...proposals.values],
  );
  const idOf = new Map(made.map(({ id, payment_id }) => [payment_id, id]));
  const rows = all.flatMap(({ content }) => {
    const id = idOf.get(content.payment.id);
    return id === undefined
      ? []
      : [{ proposal_id: id, content: JSON.stringify(content), digest: contentDigest(content) }];
  });
  const revisions = asTable(rows, { proposal_id: 'bigint', content: 'jsonb', digest: 'text' }, 4);
  await sql.run(
    `insert into proposal_revision (tenant_id, proposal_id, revision, content, digest, made_by, made_by_user, model,
       prompt_version)
     select $1::int, proposal_id, 1, content, digest, $2::text, $3::bigint, 'matching', 'none' from ${revisions.text}`,
    [sql.tenantId, madeBy.email, madeBy.userId, ...revisions.values],
  );
  return idOf;
}

const liveRow = z.object({
  id: z.coerce.number(),
  payment_id: z.coerce.number(),
  origin: z.string(),
  digest: z.string(),
});
export type LivePlacing = z.infer<typeof liveRow>;

/** Whoever wrote the newest revision: a suggestion that a person changed is that person's. */
const MADE_BY = `case when u.is_bot then 'matching' else 'person' end as origin`;
const LIVE = `from proposal p
       join app_user u on u.tenant_id = p.tenant_id and u.id = (select n.made_by_user from proposal_revision n
         where n.tenant_id = p.tenant_id and n.proposal_id = p.id and n.revision = p.revision)
       join proposal_revision r on r.tenant_id = p.tenant_id and r.proposal_id = p.id and r.revision = p.revision
      where p.tenant_id = $1 and p.kind = 'application' and p.state in ('pending', 'snoozed')
        and p.payment_id = any($2::bigint[]) order by p.id`;

/** Placings that wait, of these payments. */
export const livePlacings = (sql: Sql, paymentIds: readonly number[]): Promise<LivePlacing[]> =>
  sql.many(liveRow, `select p.id, p.payment_id, ${MADE_BY}, r.digest ${LIVE}`, [sql.tenantId, paymentIds]);

/** As `livePlacings`, locked until the transaction ends: nobody decides on them meanwhile. */
export const lockLivePlacings = (sql: Sql, paymentIds: readonly number[]): Promise<LivePlacing[]> =>
  sql.many(liveRow, `select p.id, p.payment_id, ${MADE_BY}, r.digest ${LIVE} for update of p`, [
    sql.tenantId,
    paymentIds,
  ]);

const contentRow = z.object({
  id: z.coerce.number(),
  payment_id: z.coerce.number(),
  origin: z.string(),
  content: z.object({ placing, currency: z.string() }),
});
export type WaitingPlacing = z.infer<typeof contentRow>;

/** As `livePlacings`, with what they would book. */
export const waitingPlacings = (sql: Sql, paymentIds: readonly number[]): Promise<WaitingPlacing[]> =>
  sql.many(contentRow, `select p.id, p.payment_id, ${MADE_BY}, r.content ${LIVE}`, [
    sql.tenantId,
    paymentIds,
  ]);

/** Ends those of them that wait, in one statement, without a decision. */
export const closeProposals = async (
  sql: Sql,
  proposalIds: readonly number[],
  state: 'stale' | 'expired' | 'replaced',
  reason: string,
): Promise<void> => {
  if (proposalIds.length === 0) return;
  await sql.run(
    `update proposal set state = $3, state_reason = $4, snoozed_until = null, updated_at = now()
      where tenant_id = $1 and id = any($2::bigint[]) and state in ('pending', 'snoozed')`,
    [sql.tenantId, proposalIds, state, reason],
  );
};

const key = { invoiceId: z.number(), amount: z.string() };
const rejectedRow = z.object({
  payment_id: z.coerce.number(),
  placing: z.object({
    applications: z.array(z.object(key)),
    credits: z.array(z.object({ creditId: z.number(), ...key })),
    adjustments: z.array(z.object({ kind: adjustmentKind, ...key })),
    unapplied: z.string(),
  }),
});
export type RejectedPlacing = z.infer<typeof rejectedRow>;

/** What people said no to, of these payments: each with the revision that was rejected. */
export const rejectedPlacings = (sql: Sql, paymentIds: readonly number[]): Promise<RejectedPlacing[]> =>
  sql.many(
    rejectedRow,
    `select p.payment_id, r.content->'placing' as placing from proposal p
       join decision d on d.tenant_id = p.tenant_id and d.proposal_id = p.id and d.kind = 'reject' and d.final
       join proposal_revision r on r.tenant_id = p.tenant_id and r.proposal_id = p.id and r.revision = d.revision
      where p.tenant_id = $1 and p.kind = 'application' and p.payment_id = any($2::bigint[]) order by d.id`,
    [sql.tenantId, paymentIds],
  );
