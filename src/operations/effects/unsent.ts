/** What is written down when an email did not leave, or nobody knows whether it did. */
import { appendAudit } from '../../store/audit.ts';
import { markDead, markReady, markUnknown } from '../../store/effects/outcome.ts';
import { lockProposal, moveProposal } from '../../store/proposals/decide.ts';
import { inTenant, type Sql } from '../../store/transaction.ts';
import { after, type InHand, pauseAfter, type Result, type Tried } from './parts.ts';

const overtaken: Result = {
  outcome: 'overtaken',
  detail: 'Another worker took it in hand; nothing was written.',
};

/** What an error says, without what it may quote of the email. */
export const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300);

/** Nobody knows whether it left: the next look is `pauseMs` away. */
export async function leaveUnknown(
  work: InHand,
  tried: Tried,
  error: unknown,
  pauseMs: number,
): Promise<Result> {
  const { database, tenantId, clock, point } = work;
  await point('unknown:before');
  const detail = wordsOf(error);
  const written = await inTenant(database.pool, tenantId, async (sql) => {
    const fits = await markUnknown(sql, tried, after(clock, pauseMs), detail);
    await point('unknown:written');
    return fits;
  });
  await point('unknown:committed');
  return written ? { outcome: 'unknown', detail, error } : overtaken;
}

/** A visible dead letter: the proposal has failed, and a person decides whether to try again. */
export async function bury(sql: Sql, work: InHand, tried: Tried, detail: string): Promise<boolean> {
  const { proposalId, clock } = work;
  const proposal = await lockProposal(sql, proposalId);
  if (!(await markDead(sql, tried, clock.now(), detail))) return false;
  if (proposal?.state === 'approved')
    await moveProposal(sql, proposalId, { state: 'failed', reason: detail });
  await appendAudit(sql, {
    actor: 'remy',
    act: 'effect_dead',
    detail: { effectId: tried.effectId, proposalId, messageId: tried.messageId, reason: detail },
  });
  return true;
}

export type Again = {
  readonly error: unknown;
  /** The provider's own word on when; else the pause grows with the tries. */
  readonly pauseMs?: number;
  /** Counts towards the end: the provider refused it, or we failed. */
  readonly failed: boolean;
  /** No other try can help. */
  readonly hopeless?: boolean;
};

/** It certainly did not leave: tried again later, with everything looked at again, or given up. */
export async function tryAgain(work: InHand, tried: Tried, again: Again): Promise<Result> {
  const { database, tenantId, clock, limits, point } = work;
  await point('again:before');
  const detail = wordsOf(again.error);
  const failures = tried.failures + (again.failed ? 1 : 0);
  const dead = again.hopeless === true || (again.failed && failures >= limits.mostTries);
  const at = after(clock, Math.max(again.pauseMs ?? 0, pauseAfter(limits, failures)));
  const written = await inTenant(database.pool, tenantId, async (sql) => {
    const fits = dead
      ? await bury(sql, work, tried, detail)
      : await markReady(sql, tried, { at, error: detail, failed: again.failed });
    await point('again:written');
    return fits;
  });
  await point('again:committed');
  return written ? { outcome: dead ? 'dead' : 'again', detail, error: again.error } : overtaken;
}
