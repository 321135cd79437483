import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTenantDay } from '../../src/operations/local-day.ts';
import type { Database } from '../../src/store/pool.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { withCompany } from '../support/draft-builders.ts';

describe('the day of a tenant', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  const inLosAngeles = async (): Promise<number> => {
    const where = { database, tenantId: await aTenant(database) };
    await withCompany(where, { timezone: 'America/Los_Angeles' });
    return where.tenantId;
  };
  /** Twenty past four in the afternoon in Los Angeles; the machine's day is the next one already. */
  const clock = { now: () => new Date('2026-11-25T00:20:00Z'), today: () => '2026-11-25' };

  test('is the company’s, so that a hold set in its afternoon counts for mail of that afternoon', async () => {
    expect(await createTenantDay(database, clock)(await inLosAngeles())).toBe('2026-11-24');
  });

  test('is the machine’s without company settings, and the fixed one where a day was set by hand', async () => {
    expect(await createTenantDay(database, clock)(await aTenant(database))).toBe('2026-11-25');
    expect(await createTenantDay(database, { ...clock, fixed: true })(await inLosAngeles())).toBe(
      '2026-11-25',
    );
  });
});
