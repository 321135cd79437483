/** Makes sure that the company of this installation is there. */
import type { Database } from '../store/pool.ts';
import { findOrAddTenant } from '../store/tenants.ts';

/** The id of the tenant with this slug; made when missing. Several starters at once get the same one. */
export const ensureTenant = (
  database: Database,
  tenant: { slug: string; name: string; isDemo: boolean },
): Promise<number> => findOrAddTenant(database, tenant);
