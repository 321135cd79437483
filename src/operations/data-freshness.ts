/** How old the figures are: when each source was last read. */
import type { FreshnessOutput } from '../domain/ledger-query/answers.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { sourceFreshness } from '../store/freshness.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';

const HOUR = 3_600_000;
/** Files come when a person exports them; a connected system is asked all the time. */
const FILE_SOURCES = new Set(['csv', 'demo']);
const hoursUntilStale = (source: string): number => (FILE_SOURCES.has(source) ? 72 : 24);

/** `syncedAt` is ISO 8601. */
export const isStale = (source: string, syncedAt: string, now: Date): boolean =>
  now.getTime() - Date.parse(syncedAt) > hoursUntilStale(source) * HOUR;

/** Every source with the hours since its last sync (whole, rounded down); stale after 24, files after 72. */
export const createDataFreshness =
  (database: Database, clock: Pick<Clock, 'now'>) =>
  async (_input: Record<string, never>, context: Context): Promise<FreshnessOutput> => {
    const sources = await inTenant(database.pool, context.actor.tenantId, sourceFreshness);
    const now = clock.now().getTime();
    return {
      asOf: context.today,
      sources: sources.map(({ source, syncedAt }) => {
        const age = Math.max(0, now - Date.parse(syncedAt));
        return {
          source,
          syncedAt,
          hoursAgo: Math.floor(age / HOUR),
          stale: isStale(source, syncedAt, clock.now()),
        };
      }),
    };
  };
