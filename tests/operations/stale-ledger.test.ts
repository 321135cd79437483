import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createListProposals } from '../../src/operations/list-proposals.ts';
import type { Database } from '../../src/store/pool.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import { asks } from '../support/draft-builders.ts';

describe('a ledger that was not read for long', () => {
  let database: Database;
  let desk: Desk;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    desk = await aDesk(database);
  });

  const readBefore = async (days: number, source = 'csv'): Promise<unknown> =>
    database.pool.query('insert into source_sync (tenant_id, source, synced_at) values ($1, $2, $3)', [
      desk.where.tenantId,
      source,
      new Date(desk.clock.now().getTime() - days * 86_400_000),
    ]);
  const cautions = async () => {
    const { proposals } = await createListProposals(database, desk.clock)(
      { state: 'waiting', limit: 10 },
      asks(desk.collector),
    );
    return proposals[0]!.cautions;
  };

  test('is said before somebody approves, once it is stale', async () => {
    await readBefore(4);
    await desk.draft();
    expect(await cautions()).toContainEqual(
      expect.stringMatching(/The ledger is of .*: what was paid since/),
    );
    await readBefore(0, 'quickbooks');
    expect(await cautions()).not.toContainEqual(expect.stringMatching(/The ledger is of/));
  });

  test('stops what was approved after two weeks', async () => {
    await readBefore(15);
    const { card } = await desk.approved();
    expect((await desk.sweep()).outcomes).toEqual({ void: 1 });
    expect((await desk.state(card)).state_reason).toMatch(/last read 15 days ago; import or sync it first/);
    expect(desk.mailbox.calls).toEqual([]);
  });

  test('does not stop it within two weeks', async () => {
    await readBefore(14);
    await desk.approved();
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
  });
});
