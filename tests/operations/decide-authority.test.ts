import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createListProposals } from '../../src/operations/list-proposals.ts';
import type { Database } from '../../src/store/pool.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aDecisionRoom, type DecisionRoom } from '../support/decision-room.ts';
import { aDraft, anAccount, anEmail, aPolicyChange, asks } from '../support/draft-builders.ts';
import { aContext } from '../support/ledger-builders.ts';

describe('who may decide', () => {
  let database: Database;
  let where: DecisionRoom['where'];
  let clock: DecisionRoom['clock'];
  let bot: DecisionRoom['bot'];
  let people: DecisionRoom['people'];
  let approve: DecisionRoom['approve'];
  let draft: DecisionRoom['draft'];
  let count: DecisionRoom['count'];
  let acts: DecisionRoom['acts'];
  let nothingLeft: DecisionRoom['nothingLeft'];
  let cadenceVersion: DecisionRoom['cadenceVersion'];

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    ({ where, clock, bot, people, approve, draft, count, acts, nothingLeft, cadenceVersion } =
      await aDecisionRoom(database));
  });

  test('a viewer, the bot, a person switched off and a person of another tenant decide nothing', async () => {
    const { card } = await draft(bot, { owner: 'viewer@remy.test' });
    expect(await approve(card, people.viewer)).toMatchObject({
      applied: false,
      message: expect.stringContaining('can look but not decide'),
    });
    await expect(approve(card, bot)).rejects.toThrow(/never decides/);
    await database.pool.query('update app_user set active = false where tenant_id = $1 and id = $2', [
      where.tenantId,
      people.collector.userId,
    ]);
    await expect(approve(card, people.collector)).rejects.toThrow(/switched off/);
    const elsewhere = await aContext({ database, tenantId: await aTenant(database) }, { role: 'admin' });
    await expect(approve(card, { ...elsewhere.actor, tenantId: where.tenantId })).rejects.toThrow(
      /not a user of this ledger/,
    );
    // the number of a person who may, under another name
    const borrowed = { ...elsewhere.actor, tenantId: where.tenantId, userId: people.controller.userId };
    await expect(approve(card, borrowed)).rejects.toThrow(/not a user of this ledger/);
    await expect(approve(card, elsewhere.actor)).rejects.toThrow(/no proposal/);
    await nothingLeft();
    expect((await acts()).filter((act) => act === 'decision_refused')).toHaveLength(5);
  });

  test('the role is the stored one, whatever the caller says', async () => {
    const { card } = await draft(bot, { owner: 'viewer@remy.test' });
    expect((await approve(card, { ...people.viewer, role: 'admin' })).applied).toBe(false);
    await nothingLeft();
  });

  test('a viewer sees emails to own customers only, and no policy change', async () => {
    const own = await draft(bot, { owner: 'viewer@remy.test' });
    const foreign = await draft(bot, { owner: 'else@remy.test' });
    const change = await aDraft(
      where,
      aPolicyChange({ baseVersion: await cadenceVersion() }),
      people.controller,
    );
    const list = createListProposals(database, clock);
    const seen = await list({ state: 'waiting', limit: 20 }, asks(people.viewer));
    expect(seen.proposals.map((each) => each.id)).toEqual([own.card.proposalId]);
    expect(seen.proposals[0]).toMatchObject({ mayDecide: false, whyNot: expect.stringContaining('viewer') });
    for (const card of [foreign.card, change])
      await expect(approve(card, people.viewer)).rejects.toThrow(/no proposal/);
    const all = await list({ state: 'waiting', limit: 20 }, asks(people.controller));
    expect([all.total, all.totals]).toEqual([3, [{ currency: 'USD', amount: '2400.00', count: 2 }]]);
  });

  test.each([
    ['collector', '5000.00', true],
    ['collector', '5000.01', false],
    ['approver', '50000.00', true],
    ['approver', '50000.01', false],
    ['controller', '900000.00', true],
  ] as const)('%s and %s USD: may approve is %s', async (who, amount, may) => {
    const { card } = await draft(bot, { amount });
    const list = await createListProposals(database, clock)(
      { state: 'waiting', limit: 20 },
      asks(people[who]),
    );
    expect(list.proposals[0]!.mayDecide).toBe(may);
    expect((await approve(card, people[who])).applied).toBe(may);
  });

  test("a person's own limit replaces the role's in its currency, and a currency without a limit is above it", async () => {
    await database.pool.query(
      `update app_user set approval_limit_minor = 100000, approval_limit_currency = 'USD' where tenant_id = $1 and id = any($2)`,
      [where.tenantId, [people.collector.userId, people.controller.userId]],
    );
    for (const who of [people.collector, people.controller])
      expect((await approve((await draft()).card, who)).applied).toBe(false);
    const account = await anAccount(where, { amount: '10', currency: 'KWD' });
    const card = await aDraft(where, anEmail(account, { amount: '10.000', currency: 'KWD' }), bot);
    expect((await approve(card, people.approver)).applied).toBe(false);
    expect((await approve(card, people.controller2)).applied).toBe(true);
  });

  test('the amount is that of the digested content, not of the column beside it', async () => {
    const { card } = await draft(bot, { amount: '9000.00' });
    await database.pool.query('update proposal set amount_minor = 1 where tenant_id = $1', [where.tenantId]);
    expect((await approve(card, people.collector)).applied).toBe(false);
    await nothingLeft();
  });

  test('whoever made a large or flagged draft does not approve it', async () => {
    const small = await draft(people.controller, { amount: '19999.99' });
    expect((await approve(small.card, people.controller)).applied).toBe(true);
    const large = await draft(people.controller, { amount: '20000.00' });
    expect((await approve(large.card, people.controller)).applied).toBe(false);
    expect((await approve(large.card, people.controller2)).applied).toBe(true);
    const flagged = await draft(people.controller, { riskFlags: ['new_recipient'] });
    expect((await approve(flagged.card, people.controller)).applied).toBe(false);
    expect((await approve(flagged.card, people.controller2)).applied).toBe(true);
  });

  test('a flagged draft of Remy itself needs two different people', async () => {
    const { card } = await draft(bot, { riskFlags: ['new_recipient'] });
    const first = await approve(card, people.collector);
    expect(first).toMatchObject({ applied: true, message: expect.stringContaining('one more person') });
    expect(first.proposal).toMatchObject({ state: 'pending', mayDecide: false });
    await nothingLeft();
    expect((await approve(card, people.collector)).applied).toBe(false);
    await nothingLeft();
    expect((await approve(card, people.other)).proposal.state).toBe('approved');
    expect(await count('effect')).toBe(1);
  });

  test('three approvals mean three people', async () => {
    const { card } = await draft(bot, { approvalsNeeded: 3 });
    for (const who of [people.collector, people.other]) await approve(card, who);
    await nothingLeft();
    expect((await approve(card, people.controller)).proposal.state).toBe('approved');
  });

  test('a policy change is approved by another controller than its maker', async () => {
    const card = await aDraft(
      where,
      aPolicyChange({ baseVersion: await cadenceVersion() }),
      people.controller,
    );
    for (const who of [people.collector, people.approver, people.controller])
      expect((await approve(card, who)).applied).toBe(false);
    await nothingLeft();
    const done = await approve(card, people.controller2);
    expect(done.proposal).toMatchObject({
      state: 'approved',
      effect: { kind: 'policy_change', messageId: null },
    });
    const bots = await aDraft(where, aPolicyChange({ baseVersion: await cadenceVersion() }), bot);
    expect((await approve(bots, people.controller)).message).toContain('one more person');
  });
});
