/** When each source of the ledger last told us something. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

const syncRow = z
  .object({ source: z.string(), synced_at: z.date() })
  .transform((row) => ({ source: row.source, syncedAt: row.synced_at.toISOString() }));

/** Every source with its last sync (ISO 8601, UTC), oldest first. */
export const sourceFreshness = (sql: Sql): Promise<{ source: string; syncedAt: string }[]> =>
  sql.many(syncRow, 'select source, synced_at from source_sync order by synced_at, source');
