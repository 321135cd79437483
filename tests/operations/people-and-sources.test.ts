import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshnessOutput } from '../../src/domain/ledger-query/answers.ts';
import { createDataFreshness } from '../../src/operations/data-freshness.ts';
import { createEnsureUser } from '../../src/operations/ensure-user.ts';
import { createFindUser } from '../../src/operations/find-user.ts';
import { createLedgerVocabulary } from '../../src/operations/ledger-vocabulary.ts';
import type { Database } from '../../src/store/pool.ts';
import { findOrAddTenant } from '../../src/store/tenants.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aContext, aCustomer, anInvoice, type In } from '../support/ledger-builders.ts';

describe('tenants, users, sources and words', () => {
  let database: Database;
  let where: In;
  beforeAll(async () => {
    database = await testDatabase();
    where = { database, tenantId: await aTenant(database) };
  });
  afterAll(() => database.close());

  test('a tenant is made once, by many at once', async () => {
    const asked = { slug: 'acme', name: 'Acme', isDemo: false };
    const ids = await Promise.all(Array.from({ length: 8 }, () => findOrAddTenant(database, asked)));
    expect(new Set(ids).size).toBe(1);
    expect(await findOrAddTenant(database, { ...asked, name: 'Other' })).toBe(ids[0]);
    expect(await findOrAddTenant(database, { ...asked, slug: 'beta' })).not.toBe(ids[0]);
  });

  test('a user is added once and keeps the role it has', async () => {
    const ensure = createEnsureUser(database);
    const first = await ensure(where.tenantId, { email: ' Ana@Remy.test ', name: 'Ana', role: 'collector' });
    const again = await ensure(where.tenantId, { email: 'ana@remy.test', role: 'admin' });
    expect(again).toEqual(first);
    expect(first).toMatchObject({
      email: 'ana@remy.test',
      name: 'Ana',
      role: 'collector',
      tenantId: where.tenantId,
    });
    expect(await createFindUser(database)(where.tenantId, 'ANA@remy.test')).toEqual(first);
    await expect(ensure(where.tenantId, { email: 'ana', role: 'admin' })).rejects.toThrow(
      /not an email address/,
    );
  });

  test('an unknown user, one of another company, and one who was switched off learn how to get in', async () => {
    const find = createFindUser(database);
    const other = await aTenant(database);
    await createEnsureUser(database)(other, { email: 'eve@remy.test', role: 'admin' });
    await expect(find(where.tenantId, 'eve@remy.test')).rejects.toMatchObject({
      code: 'not_allowed',
      message: expect.stringContaining('Ask an admin'),
    });
    await createEnsureUser(database)(where.tenantId, { email: 'off@remy.test', role: 'viewer' });
    await inTenant(database.pool, where.tenantId, (sql) =>
      sql.run(`update app_user set active = false where email = 'off@remy.test'`),
    );
    await expect(find(where.tenantId, 'off@remy.test')).rejects.toThrow(/switched off/);
  });

  test('a live source is stale after a day, a file after three', async () => {
    const context = await aContext(where);
    const now = new Date('2026-11-24T12:00:00Z');
    const synced = {
      csv: '2026-11-21T12:00:00Z',
      quickbooks: '2026-11-23T12:00:00Z',
      stripe: '2026-11-23T11:59:59Z',
    };
    await inTenant(database.pool, where.tenantId, async (sql) => {
      for (const [source, at] of Object.entries(synced))
        await sql.run('insert into source_sync (tenant_id, source, synced_at) values ($1, $2, $3)', [
          where.tenantId,
          source,
          at,
        ]);
    });
    const answer = freshnessOutput.parse(
      await createDataFreshness(database, { now: () => now })({}, context),
    );
    expect(answer.sources).toEqual([
      { source: 'csv', syncedAt: '2026-11-21T12:00:00.000Z', hoursAgo: 72, stale: false },
      { source: 'stripe', syncedAt: '2026-11-23T11:59:59.000Z', hoursAgo: 24, stale: true },
      { source: 'quickbooks', syncedAt: '2026-11-23T12:00:00.000Z', hoursAgo: 24, stale: false },
    ]);
    const later = new Date('2026-11-24T12:00:01Z');
    const after = await createDataFreshness(database, { now: () => later })({}, context);
    expect(after.sources.every((source) => source.stale)).toBe(true);
  });

  test('the words of the ledger are those that the person may see', async () => {
    const tenant: In = { database, tenantId: await aTenant(database) };
    const collector = await aContext(tenant);
    await createEnsureUser(database)(tenant.tenantId, {
      email: 'rep@remy.test',
      name: 'Rita Rep',
      role: 'viewer',
    });
    const own = await aCustomer(tenant, { segment: 'SMB', owner: 'rep@remy.test' });
    const other = await aCustomer(tenant, { segment: 'Enterprise', owner: 'gone@remy.test' });
    await aCustomer(tenant);
    await anInvoice(tenant, own, { currency: 'JPY', amount: '100' });
    await anInvoice(tenant, other, { currency: 'EUR' });
    const words = createLedgerVocabulary(database);
    expect(await words(collector)).toEqual({
      segments: ['Enterprise', 'SMB'],
      owners: [
        { email: 'gone@remy.test', name: null },
        { email: 'rep@remy.test', name: 'Rita Rep' },
      ],
      currencies: ['EUR', 'JPY'],
    });
    const viewer = await aContext(tenant, { role: 'viewer', email: 'rep@remy.test' });
    expect(await words(viewer)).toEqual({
      segments: ['SMB'],
      owners: [{ email: 'rep@remy.test', name: 'Rita Rep' }],
      currencies: ['JPY'],
    });
  });
});
