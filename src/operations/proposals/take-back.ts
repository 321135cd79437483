/** Taking back an approval that has not begun to leave, or ending a pause early. */
import { stopRefusal } from '../../domain/proposal/authority.ts';
import { cancelEffect, renewRevision } from '../../store/proposals/decide.ts';
import { type Answer, type Decision, record, refuse, unchanged } from './decision.ts';
import { decidableOf, standing } from './present.ts';

/** Waits again under a new revision of the same content, so that the old cards are dead. */
async function waitAgain(decision: Decision, message: string): Promise<Answer> {
  const { sql, row, viewpoint } = decision;
  const { now, policy } = viewpoint;
  await record(decision, { kind: 'undo', final: true });
  await renewRevision(sql, row.id, new Date(now.getTime() + policy.approval.expiresAfterHours * 3_600_000));
  return { applied: true, message };
}

export async function takeBack(decision: Decision): Promise<Answer> {
  const { sql, row, viewpoint } = decision;
  const decidable = decidableOf(row);
  const refusal = stopRefusal(viewpoint.person, decidable);
  if (refusal !== null) return refuse(decision, refusal);
  await decision.point('decide:checked');
  if (row.state === 'snoozed') return waitAgain(decision, 'It waits for a decision again.');
  if (row.state === 'pending')
    return decidable.approvedBy.length > 0
      ? waitAgain(decision, 'The approvals so far are taken back.')
      : unchanged('Nothing was approved yet, so there is nothing to take back.');
  if (row.state !== 'approved') return unchanged(standing(row)!);
  if (!(await cancelEffect(sql, row.id, row.revision, viewpoint.now)))
    return unchanged('It is too late: it has begun to leave.');
  return waitAgain(decision, 'Taken back. Nothing left, and it waits for a decision again.');
}
