/** The settings in force (cadence, company, cash), for people to look at. */
import type { CashPolicy } from '../domain/cash/policy.ts';
import type { CadencePolicy, CompanySettings } from '../domain/chase/policy.ts';
import type { Context } from '../ports/actor.ts';
import { readCadence, readCashPolicy, readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';

export type PolicyInForce = {
  /** Version null: nothing was changed, these are the defaults. */
  readonly cadence: { readonly version: number | null; readonly policy: CadencePolicy };
  /** Company null: nobody gave any, so nothing can be sent. */
  readonly company: { readonly version: number | null; readonly company: CompanySettings | null };
  readonly cash: { readonly version: number | null; readonly policy: CashPolicy };
};

export const createReadPolicy =
  (database: Database) =>
  async (_input: Record<string, never>, context: Context): Promise<PolicyInForce> =>
    inTenant(database.pool, context.actor.tenantId, async (sql) => ({
      cadence: await readCadence(sql),
      company: await readCompany(sql),
      cash: await readCashPolicy(sql),
    }));
