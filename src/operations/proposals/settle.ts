/** Approve, reject and snooze on the revision that was seen. The proposal is locked, so each of them is once. */
import type { ApplicationContent } from '../../domain/cash/applications.ts';
import type { DecideInput } from '../../domain/chase/proposals.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { checkAge } from '../../domain/proposal/age-check.ts';
import { approveRefusal, neededApprovals, stopRefusal } from '../../domain/proposal/authority.ts';
import { bareAddress, checkDigest } from '../../domain/proposal/send-checks.ts';
import { addEffect, moveProposal } from '../../store/proposals/decide.ts';
import { readStored, type StoredRevision } from '../../store/proposals/stored.ts';
import { applyPlacing } from '../cash/apply-placing.ts';
import { placingProblems } from '../cash/placing-check.ts';
import { localDay, localTime } from '../local-day.ts';
import { audit } from '../recording.ts';
import { type Answer, closed, type Decision, record, refuse, unchanged } from './decision.ts';
import { namedFiles, recomputed } from './digests.ts';
import { leavingTime } from './leaving-time.ts';
import { emailIn, failures, lookAgain } from './overtaken.ts';
import { policyProblem } from './policy-change.ts';
import { decidableOf, limitsFor, standing } from './present.ts';

type Click<Kind extends DecideInput['kind']> = Extract<DecideInput, { kind: Kind }>;
type Seen = { revision: number; digest: string };

const MS_PER_HOUR = 3_600_000;

/** Why the click comes too late for what is stored now; null when it does not. */
function late({ row }: Decision, seen: Seen): Answer | null {
  const decided = standing(row);
  if (decided !== null) return unchanged(decided);
  if (seen.revision === row.revision) return null;
  return unchanged('It was changed since this was shown. Look at the newest draft before you decide.');
}

/** Why the click does not fit what is stored; null when it does. */
async function misfit(decision: Decision, stored: StoredRevision, seen: Seen): Promise<Answer | null> {
  const { row, viewpoint, sql, context } = decision;
  const intact = checkDigest(
    { recomputed: recomputed(stored), stored: stored.digest, approved: [seen.digest] },
    namedFiles(stored),
    stored.attachments,
  );
  if (!intact.ok) return refuse(decision, 'What was shown is not what is stored, so nothing was decided.');
  if (new Date(row.expires_at) > viewpoint.now) return null;
  await moveProposal(sql, row.id, { state: 'expired', reason: 'nobody decided in time' });
  await audit(sql, context, 'proposal_expired', { proposalId: row.id });
  return closed('It waited too long and expired. Draft it again.');
}

/** What happened since it was written and makes it wrong to send: then it is stale, and says why. */
async function overtaken(decision: Decision, stored: StoredRevision): Promise<Answer | null> {
  const { sql, row, viewpoint, clock, context } = decision;
  const { policy, company } = viewpoint;
  const email = emailIn(stored);
  const problems = email
    ? failures(
        (await lookAgain(sql, [stored], { today: localDay(clock, company), policy, company })).get(row.id) ??
          [],
      )
    : row.content.kind === 'application'
      ? await placingProblems(sql, row.content)
      : [await policyProblem(sql, stored)].filter((each) => each !== null);
  if (problems.length === 0) return null;
  const reason = problems.join(' ');
  await moveProposal(sql, row.id, { state: 'stale', reason });
  await audit(sql, context, 'proposal_stale', { proposalId: row.id, reason });
  return closed(`It was overtaken by events, so nothing was sent: ${reason} Draft it again.`);
}

/** Why it would not be true any more on the day it leaves; null when it would, or leaves at once. */
function outdatedThen({ row, viewpoint }: Decision, { evidence }: StoredRevision): Answer | null {
  if (row.content.kind !== 'email' || evidence === null) return null;
  const { now, policy, company } = viewpoint;
  const leaves = leavingTime(now, row.recipient!, policy, company);
  if ('never' in leaves) return null;
  const day = localTime(leaves.at, company).day;
  const age = checkAge(row.content, evidence, day);
  return age.ok ? null : unchanged(`It would not leave before ${day}. ${age.detail} Draft it again then.`);
}

/** Applied in the transaction of the decision: nothing leaves by it, and it can be taken back with one click. */
async function applyApproved(
  { sql, row, clock, viewpoint, context }: Decision,
  content: ApplicationContent,
): Promise<Answer> {
  await moveProposal(sql, row.id, { state: 'approved' });
  await applyPlacing(sql, {
    content,
    proposalId: row.id,
    madeBy: viewpoint.person.email,
    origin: 'person',
    on: localDay(clock, viewpoint.company),
    learn: viewpoint.cash.learn,
    actor: context.actor.email,
  });
  await moveProposal(sql, row.id, { state: 'done' });
  return { applied: true, message: 'Approved and applied. It can be taken back.' };
}

/** The effect of the final approval, in the transaction of the decision: what lets it leave is what was decided. */
async function letGo(decision: Decision, decisionId: number): Promise<Date> {
  const { sql, row, key, viewpoint } = decision;
  const { policy, company, now } = viewpoint;
  const { sendingDelaySeconds, expiresAfterHours } = policy.approval;
  const soonest = new Date(now.getTime() + sendingDelaySeconds * 1000);
  const from = row.content.kind === 'email' ? bareAddress(row.content.from) : null;
  const leaves = from === null ? { at: soonest } : leavingTime(soonest, row.recipient!, policy, company);
  if ('never' in leaves) throw new InvalidInputError(leaves.never);
  const notBefore = leaves.at;
  await addEffect(sql, {
    kind: row.kind as 'email' | 'policy_change',
    proposalId: row.id,
    revision: row.revision,
    digest: row.digest,
    decisionId,
    messageId: from && `<${key}.${row.revision}@${from.split('@')[1]}>`,
    notBefore,
    // counted from when it may leave: an approval on Friday evening is not void on Monday morning
    expiresAt: new Date(notBefore.getTime() + expiresAfterHours * MS_PER_HOUR),
  });
  await moveProposal(sql, row.id, { state: 'approved' });
  return notBefore;
}

const readOne = async ({ sql, row }: Decision): Promise<StoredRevision> =>
  (await readStored(sql, [row.id]))[0]!;

export async function approve(decision: Decision, seen: Click<'approve'>): Promise<Answer> {
  const { row, viewpoint, point } = decision;
  const { person, company } = viewpoint;
  const tooLate = late(decision, seen);
  if (tooLate) return tooLate;
  const stored = await readOne(decision);
  const wrong = await misfit(decision, stored, seen);
  if (wrong) return wrong;
  const of = decidableOf(row, viewpoint);
  const refusal = approveRefusal(person, of, limitsFor(row, viewpoint));
  if (refusal !== null) return refuse(decision, refusal);
  if (row.content.kind === 'email' && (!company || bareAddress(row.content.from) === null))
    return unchanged('Nothing can be sent before the company settings name a sender.');
  const stale = (await overtaken(decision, stored)) ?? outdatedThen(decision, stored);
  if (stale) return stale;
  await point('decide:checked');
  const missing = neededApprovals(of, limitsFor(row, viewpoint)) - of.approvedBy.length - 1;
  const decisionId = await record(decision, { kind: 'approve', final: missing <= 0 });
  if (missing > 0)
    return {
      applied: true,
      message: `Approved. It needs ${missing === 1 ? 'one more person' : `${missing} more people`} before it leaves.`,
    };
  if (row.content.kind === 'application') return applyApproved(decision, row.content);
  const leavesAt = await letGo(decision, decisionId);
  const at = leavesAt.toISOString().slice(0, 16).replace('T', ' at ');
  const message =
    row.kind === 'email'
      ? `Approved. It leaves on ${at} UTC; until then you can take it back.`
      : `Approved. It is in force from ${at} UTC; until then you can take it back.`;
  return { applied: true, message, leavesAt };
}

export async function reject(decision: Decision, seen: Click<'reject'>): Promise<Answer> {
  const { row, viewpoint, sql, point } = decision;
  const wrong = late(decision, seen) ?? (await misfit(decision, await readOne(decision), seen));
  if (wrong) return wrong;
  const refusal = stopRefusal(viewpoint.person, decidableOf(row));
  if (refusal !== null) return refuse(decision, refusal);
  await point('decide:checked');
  await record(decision, { kind: 'reject', final: true, reason: seen.reason });
  await moveProposal(sql, row.id, { state: 'rejected', reason: seen.reason });
  return { applied: true, message: 'Rejected. Nothing leaves.' };
}

/** Throws: InvalidInputError when the day is not after today. */
export async function snooze(decision: Decision, seen: Click<'snooze'>): Promise<Answer> {
  const { row, viewpoint, sql, clock, point } = decision;
  if (seen.untilOn <= localDay(clock, viewpoint.company))
    throw new InvalidInputError(`It can be put off until a day after today, not until ${seen.untilOn}.`);
  const stored = await readOne(decision);
  const wrong = late(decision, seen) ?? (await misfit(decision, stored, seen));
  if (wrong) return wrong;
  const refusal = stopRefusal(viewpoint.person, decidableOf(row));
  if (refusal !== null) return refuse(decision, refusal);
  await point('decide:checked');
  await record(decision, { kind: 'snooze', final: true, untilOn: seen.untilOn });
  await moveProposal(sql, row.id, { state: 'snoozed', snoozedUntil: seen.untilOn });
  const tooOld =
    row.content.kind === 'email' &&
    stored.evidence !== null &&
    !checkAge(row.content, stored.evidence, seen.untilOn).ok;
  const then = tooOld ? ' Its days will not be true then, so it has to be drafted again.' : '';
  return { applied: true, message: `Put off until ${seen.untilOn}.${then}` };
}
