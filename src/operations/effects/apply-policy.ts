/** An approved change of the policy: the effect is the new version itself, so all of it is one transaction. */
import { appendAudit } from '../../store/audit.ts';
import type { LockedEffect } from '../../store/effects/due.ts';
import { markSent } from '../../store/effects/outcome.ts';
import { addPolicyVersion } from '../../store/policies.ts';
import { lockPolicies, readApprovals } from '../../store/proposals/approvals.ts';
import { moveProposal } from '../../store/proposals/decide.ts';
import type { Sql } from '../../store/transaction.ts';
import { changeIn, policyProblem } from '../proposals/policy-change.ts';
import type { InHand, Result } from './parts.ts';
import type { Recheck } from './recheck.ts';

/** Another change that was made while this one waited for the lock is seen here, and leaves this one for the next sweep. */
export async function applyPolicy(
  sql: Sql,
  { clock, point }: InHand,
  effect: LockedEffect,
  { stored, receipt }: Recheck,
): Promise<Result | null> {
  await lockPolicies(sql);
  if ((await policyProblem(sql, stored)) !== null) return null;
  const change = changeIn(stored)!;
  const { id: effectId, proposal_id: proposalId, revision, digest } = effect;
  const approvedBy = (await readApprovals(sql, proposalId, revision)).map((each) => each.user_email);
  await addPolicyVersion(sql, {
    kind: change.policy,
    data: change.after,
    madeBy: approvedBy.join(', '),
    proposalId,
  });
  const now = clock.now();
  await markSent(sql, { effectId, fence: effect.fence }, now, {
    ...receipt,
    sentAt: now.toISOString(),
    provider: 'in force',
  });
  await moveProposal(sql, proposalId, { state: 'done' });
  await appendAudit(sql, {
    actor: 'remy',
    act: 'policy_changed',
    detail: {
      effectId,
      proposalId,
      revision,
      digest,
      approvedBy,
      policy: change.policy,
      changes: change.changes,
    },
  });
  await point('policy:written');
  return { outcome: 'applied', detail: `${change.policy} settings changed` };
}
