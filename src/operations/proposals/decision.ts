/** What every decision begins with: the person and the proposal as their rows say now, locked. */
import { NotFoundError } from '../../domain/errors.ts';
import { standingRefusal } from '../../domain/proposal/authority.ts';
import { type Context, visibleOwner } from '../../ports/actor.ts';
import type { Clock } from '../../ports/clock.ts';
import { lockLettingOff } from '../../store/cash/live-rows.ts';
import { readCadence, readCashPolicy, readCompany } from '../../store/policies.ts';
import { addDecision, lockProposal, type NewDecision } from '../../store/proposals/decide.ts';
import { lockPeople } from '../../store/proposals/people.ts';
import { type ProposalRow, readProposal } from '../../store/proposals/read.ts';
import type { Sql } from '../../store/transaction.ts';
import { audit } from '../recording.ts';
import type { DecidePoint, OnPoint } from './crash-points.ts';
import { letsOff, readLetOffBefore } from './let-off-before.ts';
import type { Viewpoint } from './present.ts';

export type Deciding = {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly context: Context;
  readonly via: string;
  readonly point: OnPoint<DecidePoint>;
};

/** One person before one locked proposal. */
export type Decision = Deciding & {
  readonly row: ProposalRow;
  readonly key: string;
  readonly viewpoint: Viewpoint;
};

export type Answer = {
  readonly applied: boolean;
  readonly message: string;
  /** When what was approved may leave. */
  readonly leavesAt?: Date;
  /** Not decided, and yet not as it was. */
  readonly moved?: true;
};

export const unchanged = (message: string): Answer => ({ applied: false, message });

/** Nothing was decided, but the proposal waits no longer. */
export const closed = (message: string): Answer => ({ applied: false, message, moved: true });

/** Written down, since somebody tried what they may not. */
export async function refuse(
  { sql, context, via, row }: Pick<Decision, 'sql' | 'context' | 'via' | 'row'>,
  reason: string,
): Promise<Answer> {
  await audit(sql, context, 'decision_refused', { proposalId: row.id, revision: row.revision, via, reason });
  return unchanged(reason);
}

/**
 * Locks person and proposal. `denied`: not a user who may come in at all; written down, and to be thrown once that is
 * committed. The actor's own role and name are not believed: the row is.
 *
 * Throws: NotFoundError.
 */
export async function openDecision(
  deciding: Deciding,
  proposalId: number,
): Promise<{ denied: string } | { decision: Decision }> {
  const { sql, clock, context, via, point } = deciding;
  const [person] = await lockPeople(sql, [context.actor.userId]);
  const known = person && person.email === context.actor.email ? person : null;
  if (!known?.active || known.isBot) {
    const reason = known ? standingRefusal(known)! : `${context.actor.email} is not a user of this ledger.`;
    await audit(sql, context, 'decision_refused', { proposalId, via, reason });
    return { denied: reason };
  }
  const locked = await lockProposal(sql, proposalId);
  await point('decide:locked');
  const row = locked && (await readProposal(sql, proposalId, visibleOwner(known)));
  if (!row) throw new NotFoundError(`There is no proposal ${proposalId}.`);
  const { policy } = await readCadence(sql);
  const { company } = await readCompany(sql);
  const { policy: cash } = await readCashPolicy(sql);
  const view = { person: known, policy, company, cash, now: clock.now() };
  if (letsOff(row)) await lockLettingOff(sql, known.email);
  const viewpoint = { ...view, letOffBefore: await readLetOffBefore(sql, [row], view, clock) };
  return { decision: { ...deciding, row, key: locked.key, viewpoint } };
}

/** Stores the decision on the newest revision, and who made it in the audit chain. */
export async function record(
  { sql, context, via, row, viewpoint, point }: Decision,
  made: Pick<NewDecision, 'kind' | 'final'> & { reason?: string; untilOn?: string },
): Promise<number> {
  const { person, now } = viewpoint;
  const { kind, final, reason = null, untilOn = null } = made;
  const seen = { proposalId: row.id, revision: row.revision, digest: row.digest };
  const decisionId = await addDecision(sql, {
    ...seen,
    ...{ kind, final, reason, untilOn, via },
    user: { id: person.id, email: person.email, role: person.role },
    decidedAt: now,
  });
  await point('decide:decision');
  await audit(sql, context, `${kind}_proposal`, { ...seen, decisionId, final, via, reason, untilOn });
  return decisionId;
}
