/** The state of the database for `remy doctor` and the readiness check. */
import { migrationState } from '../store/migrate.ts';
import type { Database } from '../store/pool.ts';
import { serverVersion } from '../store/server-version.ts';

export type DatabaseState = { reachable: boolean; detail: string; applied: string[]; pending: string[] };

/** Never throws: an unreachable database is a state. */
export const createInspectDatabase = (database: Database) => async (): Promise<DatabaseState> => {
  try {
    const { applied, pending } = await migrationState(database.pool);
    const version = await serverVersion(database.pool);
    return { reachable: true, detail: `Postgres ${version} (${database.kind})`, applied, pending };
  } catch (error) {
    return {
      reachable: false,
      detail: error instanceof Error ? error.message : String(error),
      applied: [],
      pending: [],
    };
  }
};
