/** Matching by itself: runs when money, documents or advices came in since the last time, else does nothing. */
import type { MatchRun } from '../domain/cash/applications.ts';
import type { Clock } from '../ports/clock.ts';
import { matchingState } from '../store/cash/changes.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { createEnsureBot } from './ensure-bot.ts';
import { createTenantDay } from './local-day.ts';
import { createRunMatching } from './match-payments.ts';

/**
 * What it saw last is kept in memory: after a restart it looks once more, and a run over the same books writes nothing.
 * Null: nothing had changed.
 */
export const createMatchNew = (database: Pick<Database, 'pool'>, clock: Clock) => {
  const seen = new Map<number, string>();
  const run = createRunMatching(database, clock);
  const ensureBot = createEnsureBot(database);
  const today = createTenantDay(database, clock);
  return async (tenantId: number): Promise<MatchRun['summary'] | null> => {
    const state = await inTenant(database.pool, tenantId, matchingState);
    if (state === null || seen.get(tenantId) === state) return null;
    const actor = await ensureBot(tenantId);
    const day = await today(tenantId);
    const { summary } = await run({ dryRun: false }, { actor, thread: `matching-${day}`, today: day });
    seen.set(tenantId, state);
    return summary;
  };
};
