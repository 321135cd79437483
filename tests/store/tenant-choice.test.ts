import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/store/pool.ts';
import {
  beginDemoTenant,
  ensureOwnTenant,
  findDemoTenant,
  findOwnTenant,
  publishDemoTenant,
} from '../../src/store/tenant-choice.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { testDatabase } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('a demo company is not shown before it is loaded; of two loaded at once one is shown; a newer day replaces it', async () => {
  const { pool } = database;
  const one = await beginDemoTenant(pool, '2026-11-24', 'one');
  const two = await beginDemoTenant(pool, '2026-11-24', 'two');
  expect(await findDemoTenant(pool)).toBeNull();
  await Promise.all([
    publishDemoTenant(pool, one.id, '2026-11-24'),
    publishDemoTenant(pool, two.id, '2026-11-24'),
  ]);
  const shown = await findDemoTenant(pool);
  expect([one.id, two.id]).toContain(shown!.id);
  expect(shown).toMatchObject({ slug: 'demo-2026-11-24', is_demo: true });
  const later = await beginDemoTenant(pool, '2026-11-25', 'three');
  await publishDemoTenant(pool, later.id, '2026-11-25');
  expect((await findDemoTenant(pool))!.id).toBe(later.id);
});

test('the own company is made once, whoever asks first, and is shown once something was imported into it', async () => {
  const { pool } = database;
  expect(await findOwnTenant(pool)).toBeNull();
  const made = await Promise.all([ensureOwnTenant(pool), ensureOwnTenant(pool), ensureOwnTenant(pool)]);
  expect(new Set(made.map((tenant) => tenant.id)).size).toBe(1);
  expect(await findOwnTenant(pool)).toBeNull();
  await inTenant(pool, made[0]!.id, (sql) =>
    sql.run(`insert into source_sync (tenant_id, source, synced_at) values ($1, 'csv', now())`, [
      made[0]!.id,
    ]),
  );
  expect(await findOwnTenant(pool)).toMatchObject({ is_demo: false });
});
