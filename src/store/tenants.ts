/** Tenants themselves. The only rows read and written without a tenant's transaction. */
import { z } from 'zod';
import type { Database } from './pool.ts';

const idRow = z.object({ id: z.number() });

/** The tenant with this slug, made when it is not there; an existing one is left as it is. Safe to call at once. */
export async function findOrAddTenant(
  database: Pick<Database, 'pool'>,
  tenant: { slug: string; name: string; isDemo: boolean },
): Promise<number> {
  await database.pool.query(
    'insert into tenant (slug, name, is_demo) values ($1, $2, $3) on conflict (slug) do nothing',
    [tenant.slug, tenant.name, tenant.isDemo],
  );
  const { rows } = await database.pool.query('select id from tenant where slug = $1', [tenant.slug]);
  return idRow.parse(rows[0]).id;
}
