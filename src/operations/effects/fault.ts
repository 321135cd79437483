/** A fault of our own: it blocks only its own effect, and after some times that one is a dead letter. */
import { lockDueEffect } from '../../store/effects/due.ts';
import { markReady } from '../../store/effects/outcome.ts';
import { lockProposal } from '../../store/proposals/decide.ts';
import { inTenant } from '../../store/transaction.ts';
import { isTransient } from '../../store/transient.ts';
import { after, type InHand, pauseAfter, type Result } from './parts.ts';
import { bury, wordsOf } from './unsent.ts';

/**
 * Counts the fault where the effect had not begun to leave. One that had begun is left alone: when its lease is over
 * it is looked up. Never throws: a database that is away answers a later sweep.
 */
export async function recordFault(work: InHand, error: unknown): Promise<Result> {
  const fault: Result = { outcome: 'fault', detail: wordsOf(error), error };
  if (isTransient(error)) return fault;
  const { database, tenantId, effectId, proposalId, clock, limits, point } = work;
  await point('fault:before');
  try {
    return await inTenant(database.pool, tenantId, async (sql) => {
      await lockProposal(sql, proposalId);
      const effect = await lockDueEffect(sql, effectId, clock.now());
      if (effect?.state !== 'ready') return fault;
      const failures = effect.failures + 1;
      const tried = {
        ...{ effectId, fence: effect.fence, messageId: effect.message_id ?? '' },
        ...{ attempts: effect.attempts, failures: effect.failures, claimedAt: null },
      };
      if (failures >= limits.mostTries) {
        await bury(sql, work, tried, fault.detail);
        return { ...fault, outcome: 'dead' as const };
      }
      const at = after(clock, pauseAfter(limits, failures));
      await markReady(sql, tried, { at, error: fault.detail, failed: true });
      return fault;
    });
  } catch (second) {
    return { ...fault, error: new AggregateError([error, second], fault.detail) };
  }
}
