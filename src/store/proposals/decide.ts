/** What a decision changes: the proposal's state, the decision itself, and the effect it lets go. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const lockedRow = z.object({
  key: z.string(),
  kind: z.enum(['email', 'policy_change', 'application']),
  state: z.string(),
  revision: z.number(),
  expires_at: z.date(),
});

/** Locks the proposal until the transaction ends; always before its effect. Null when there is none. */
export const lockProposal = (sql: Sql, proposalId: number) =>
  sql.maybe(
    lockedRow,
    'select key, kind, state, revision, expires_at from proposal where id = $1 for update',
    [proposalId],
  );

export type NewDecision = {
  readonly proposalId: number;
  readonly revision: number;
  readonly digest: string;
  readonly kind: 'approve' | 'reject' | 'snooze' | 'undo';
  /** It lets the effect go or ends the proposal's waiting. */
  readonly final: boolean;
  readonly user: { readonly id: number; readonly email: string; readonly role: string };
  readonly via: string;
  readonly reason: string | null;
  readonly untilOn: string | null;
  readonly decidedAt: Date;
};

export async function addDecision(sql: Sql, decision: NewDecision): Promise<number> {
  const { id } = await sql.one(
    z.object({ id: z.coerce.number() }),
    `insert into decision (tenant_id, proposal_id, revision, digest, kind, final, user_id, user_email, user_role, via,
       reason, until_on, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id`,
    [
      sql.tenantId,
      decision.proposalId,
      decision.revision,
      decision.digest,
      decision.kind,
      decision.final,
      decision.user.id,
      decision.user.email,
      decision.user.role,
      decision.via,
      decision.reason,
      decision.untilOn,
      decision.decidedAt,
    ],
  );
  return id;
}

/** Moves a proposal; the database refuses a move that there is not. */
export const moveProposal = (
  sql: Sql,
  proposalId: number,
  to: { state: string; reason?: string | null; snoozedUntil?: string | null },
): Promise<number> =>
  sql.run(
    `update proposal set state = $2, state_reason = $3, snoozed_until = $4, updated_at = now() where id = $1`,
    [proposalId, to.state, to.reason ?? null, to.snoozedUntil ?? null],
  );

export type NewEffect = {
  readonly kind: 'email' | 'policy_change';
  readonly proposalId: number;
  readonly revision: number;
  readonly digest: string;
  readonly decisionId: number;
  readonly messageId: string | null;
  readonly notBefore: Date;
  readonly expiresAt: Date;
};

export async function addEffect(sql: Sql, effect: NewEffect): Promise<number> {
  const { id } = await sql.one(
    z.object({ id: z.coerce.number() }),
    `insert into effect (tenant_id, kind, proposal_id, revision, digest, decision_id, message_id, not_before, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      sql.tenantId,
      effect.kind,
      effect.proposalId,
      effect.revision,
      effect.digest,
      effect.decisionId,
      effect.messageId,
      effect.notBefore,
      effect.expiresAt,
    ],
  );
  return id;
}

/** Takes back what has not begun to leave. False when it has. The proposal is locked by the caller. */
export const cancelEffect = async (
  sql: Sql,
  proposalId: number,
  revision: number,
  at: Date,
): Promise<boolean> =>
  (await sql.run(
    `update effect set state = 'cancelled', finished_at = $3
      where proposal_id = $1 and revision = $2 and state = 'ready'`,
    [proposalId, revision, at],
  )) > 0;

/**
 * The same content as a new revision that waits for a decision, so that every card of the old one is dead. Author,
 * evidence and the day of writing stay. The proposal is locked by the caller.
 */
export async function renewRevision(sql: Sql, proposalId: number, expiresAt: Date): Promise<void> {
  const columns =
    'content, digest, evidence, made_by, made_by_user, instruction, model, prompt_version, created_at';
  await sql.run(
    `insert into proposal_revision (tenant_id, proposal_id, revision, ${columns})
     select r.tenant_id, r.proposal_id, r.revision + 1, ${columns
       .split(', ')
       .map((column) => `r.${column}`)
       .join(', ')}
       from proposal_revision r join proposal p on p.id = r.proposal_id and p.revision = r.revision where p.id = $1`,
    [proposalId],
  );
  await sql.run(
    `insert into proposal_attachment (tenant_id, proposal_id, revision, name, mime, bytes, sha256)
     select a.tenant_id, a.proposal_id, a.revision + 1, a.name, a.mime, a.bytes, a.sha256
       from proposal_attachment a join proposal p on p.id = a.proposal_id and p.revision = a.revision where p.id = $1`,
    [proposalId],
  );
  await sql.run(
    `update proposal set revision = revision + 1, state = 'pending', state_reason = null, snoozed_until = null,
       expires_at = $2, updated_at = now() where id = $1`,
    [proposalId, expiresAt],
  );
}

/** Another email to the same customer in the same currency that is alive; null when there is none. */
export const otherLiveProposal = async (sql: Sql, proposalId: number): Promise<number | null> =>
  (
    await sql.maybe(
      z.object({ id: z.coerce.number() }),
      `select o.id from proposal p join proposal o on o.customer_id = p.customer_id and o.currency = p.currency
         and o.kind = 'email' and o.id <> p.id and o.state in ('pending', 'snoozed', 'approved') where p.id = $1`,
      [proposalId],
    )
  )?.id ?? null;
