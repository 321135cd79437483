import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { crashStory } from '../support/chase-crash.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';

const STORIES = 300;
const A_TENANT = 50;

describe('a process that dies anywhere between click and receipt', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  test(`in ${STORIES} random stories nothing leaves twice, nothing is lost, and the audit chain holds`, {
    timeout: 300_000,
  }, async () => {
    let desk: Desk | null = null;
    let sent = 0;
    let deaths = 0;
    for (let seed = 1; seed <= STORIES; seed++) {
      if (seed % A_TENANT === 1) desk = await aDesk(database);
      const { duplicates, lost, wrong, trace, died, sent: left } = await crashStory(desk!, seed);
      expect({ seed, duplicates, lost, wrong }, trace.join('\n')).toEqual({
        seed,
        duplicates: [],
        lost: [],
        wrong: [],
      });
      sent += left;
      deaths += died.length;
      if (seed % A_TENANT === 0)
        expect((await inTenant(database.pool, desk!.where.tenantId, verifyAudit)).intact).toBe(true);
    }
    // the stories are worth something only if they get so far
    expect(sent).toBeGreaterThan(STORIES / 2);
    expect(deaths).toBeGreaterThan(STORIES / 2);
  });
});
