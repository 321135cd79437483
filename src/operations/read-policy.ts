/** The cadence and company settings in force, for people to look at. */
import type { CadencePolicy, CompanySettings } from '../domain/chase/policy.ts';
import type { Context } from '../ports/actor.ts';
import { readCadence, readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';

export type PolicyInForce = {
  /** Version null: nothing was changed, these are the defaults. */
  readonly cadence: { readonly version: number | null; readonly policy: CadencePolicy };
  /** Company null: nobody gave any, so nothing can be sent. */
  readonly company: { readonly version: number | null; readonly company: CompanySettings | null };
};

export const createReadPolicy =
  (database: Database) =>
  async (_input: Record<string, never>, context: Context): Promise<PolicyInForce> =>
    inTenant(database.pool, context.actor.tenantId, async (sql) => ({
      cadence: await readCadence(sql),
      company: await readCompany(sql),
    }));
