/** How Postgres should plan the statements of a question. */
import type { Sql } from '../transaction.ts';

/**
 * For the rest of the transaction: no parallel workers and no compiled plans for statements that are done in some
 * tens of milliseconds, where starting either takes longer than the work. Scans of a million rows still go parallel.
 */
export async function planForShortStatements(sql: Sql): Promise<void> {
  await sql.run(`select set_config('parallel_setup_cost', '10000', true), set_config('jit', 'off', true)`);
}
