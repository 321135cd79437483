/** Matching of one tenant runs one at a time: two runs would work out the same placings. */
import type { Sql } from '../transaction.ts';

/** Waits for a run that is going on; held until the transaction ends. */
export const lockMatching = (sql: Sql): Promise<number> =>
  sql.run(`select pg_advisory_xact_lock(hashtextextended('remy.matching:' || $1::int, 0))`, [sql.tenantId]);
