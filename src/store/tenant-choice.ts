/** Which company a single installation shows: the person's own once it has one, else the demo company. */
import type { Pool } from 'pg';
import { z } from 'zod';
import { sourceFreshness } from './freshness.ts';
import { findOrAddTenant } from './tenants.ts';
import { inTenant } from './transaction.ts';

const OWN = 'main';
const DEMO_PREFIX = 'demo-';
/** SQLSTATE of a value that is taken. */
const UNIQUE_VIOLATION = '23505';
const LOADING_SUFFIX = '-loading';

export const tenantRow = z.object({
  id: z.number(),
  slug: z.string(),
  name: z.string(),
  is_demo: z.boolean(),
});
export type Tenant = z.infer<typeof tenantRow>;

const find = async (pool: Pool, where: string, values: unknown[]): Promise<Tenant | null> => {
  const { rows } = await pool.query(
    `select id, slug, name, is_demo from tenant where ${where} order by id desc limit 1`,
    values,
  );
  return rows[0] ? tenantRow.parse(rows[0]) : null;
};

/** The company's own ledger, once something was imported into it: an import that failed whole hides no demo. */
export async function findOwnTenant(pool: Pool): Promise<Tenant | null> {
  const own = await find(pool, 'slug = $1', [OWN]);
  if (!own) return null;
  const sources = await inTenant(pool, own.id, sourceFreshness);
  return sources.length > 0 ? own : null;
}

/** The newest demo company that was loaded to its end. */
export const findDemoTenant = (pool: Pool): Promise<Tenant | null> =>
  find(pool, `is_demo and slug ~ $1`, [`^${DEMO_PREFIX}\\d{4}-\\d{2}-\\d{2}$`]);

/** Throws when there is no such tenant. */
export async function tenantName(pool: Pool, id: number): Promise<string> {
  const tenant = await find(pool, 'id = $1', [id]);
  if (!tenant) throw new Error(`there is no tenant ${id}`);
  return tenant.name;
}

export const demoSlug = (today: string): string => `${DEMO_PREFIX}${today}`;

async function insertTenant(pool: Pool, slug: string, name: string, isDemo: boolean): Promise<Tenant> {
  const id = await findOrAddTenant({ pool }, { slug, name, isDemo });
  return (await find(pool, 'id = $1', [id]))!;
}

export const ensureOwnTenant = (pool: Pool): Promise<Tenant> =>
  insertTenant(pool, OWN, 'Your company', false);

/** A demo company on its way in: nobody sees it before `publishDemoTenant`, so an interrupted load leaves no half one. */
export const beginDemoTenant = (pool: Pool, today: string, unique: string): Promise<Tenant> =>
  insertTenant(pool, `${demoSlug(today)}${LOADING_SUFFIX}-${unique}`, 'Demo company', true);

/** Makes the loaded demo company the one of its day; where another process was first, that one's stays. */
export async function publishDemoTenant(pool: Pool, tenantId: number, today: string): Promise<void> {
  try {
    await pool.query('update tenant set slug = $2 where id = $1', [tenantId, demoSlug(today)]);
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
  }
}
