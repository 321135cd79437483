import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DecideInput } from '../../src/domain/chase/proposals.ts';
import { createDecide } from '../../src/operations/decide.ts';
import { createListProposals } from '../../src/operations/list-proposals.ts';
import type { Actor, Role } from '../../src/ports/actor.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import {
  aBot,
  aClock,
  aDraft,
  anAccount,
  anEmail,
  aPolicyChange,
  asks,
  type Card,
  cardOf,
  withCompany,
  withPolicy,
} from '../support/draft-builders.ts';
import { aContext, aHoldOn, aPayment, type In, paidOff } from '../support/ledger-builders.ts';

describe('a decision', () => {
  let database: Database;
  let where: In;
  let clock: ReturnType<typeof aClock>;
  let bot: Actor;
  const people = {} as Record<
    'viewer' | 'collector' | 'other' | 'approver' | 'controller' | 'controller2',
    Actor
  >;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    where = { database, tenantId: await aTenant(database) };
    clock = aClock();
    await withCompany(where);
    await withPolicy(where);
    bot = await aBot(where);
    const roles: [keyof typeof people, Role][] = [
      ['viewer', 'viewer'],
      ['collector', 'collector'],
      ['other', 'collector'],
      ['approver', 'approver'],
      ['controller', 'controller'],
      ['controller2', 'controller'],
    ];
    for (const [name, role] of roles)
      people[name] = (await aContext(where, { role, email: `${name}@remy.test` })).actor;
  });

  const decide = (input: DecideInput, actor: Actor) =>
    createDecide(database, clock)(input, asks(actor), 'console');
  const approve = (card: Card, actor: Actor) => decide({ kind: 'approve', ...card }, actor);
  const draft = async (
    by: Actor = bot,
    over: Parameters<typeof aDraft>[3] & { amount?: string; owner?: string } = {},
  ) => {
    const { amount = '1200.00', owner, ...rest } = over;
    const account = await anAccount(where, { amount, ...(owner && { owner }) });
    return { account, card: await aDraft(where, anEmail(account, { amount }), by, rest) };
  };
  const count = async (table: string): Promise<number> =>
    Number(
      (await database.pool.query(`select count(*) from ${table} where tenant_id = $1`, [where.tenantId]))
        .rows[0].count,
    );
  const acts = async (): Promise<string[]> =>
    (
      await database.pool.query('select act from audit where tenant_id = $1 order by id', [where.tenantId])
    ).rows.map((row) => row.act);
  const nothingLeft = async () => expect(await count('effect')).toBe(0);

  test('an approval stores who decided what, and lets exactly one email go after the sending delay', async () => {
    const { card } = await draft();
    const { applied, message, proposal } = await approve(card, people.collector);
    expect({ applied, state: proposal.state, mayDecide: proposal.mayDecide }).toEqual({
      applied: true,
      state: 'approved',
      mayDecide: false,
    });
    expect(message).toContain('15:01');
    expect(proposal.decisions).toMatchObject([
      { kind: 'approve', by: 'collector@remy.test', role: 'collector', via: 'console', digest: card.digest },
    ]);
    expect(proposal.effect).toMatchObject({
      state: 'ready',
      notBefore: '2026-11-24T15:01:00.000Z',
      attempts: 0,
    });
    const { rows } = await database.pool.query('select key from proposal where id = $1 and tenant_id = $2', [
      card.proposalId,
      where.tenantId,
    ]);
    expect(proposal.effect!.messageId).toBe(`<${rows[0].key}.1@remy.test>`);
    expect(await acts()).toContain('approve_proposal');
    expect((await inTenant(database.pool, where.tenantId, verifyAudit)).intact).toBe(true);
  });

  test('a second click changes nothing and says who decided when', async () => {
    const { card } = await draft();
    await approve(card, people.collector);
    for (const click of [
      approve(card, people.controller),
      decide({ kind: 'reject', ...card, reason: 'no' }, people.controller),
      decide({ kind: 'snooze', ...card, untilOn: '2026-12-01' }, people.controller),
    ]) {
      const late = await click;
      expect(late.applied).toBe(false);
      expect(late.message).toMatch(/collector@remy\.test approved it on 2026-11-24 at 15:00/);
    }
    expect([await count('decision'), await count('effect')]).toEqual([1, 1]);
  });

  test('thirty clicks at once on each of ten cards give ten decisions', { timeout: 120_000 }, async () => {
    const cards = [];
    for (let n = 0; n < 10; n++) cards.push((await draft()).card);
    const clicks = cards.flatMap((card) =>
      Array.from({ length: 30 }, (_, n) =>
        n % 2 === 0
          ? approve(card, people.collector)
          : decide({ kind: 'reject', ...card, reason: 'no' }, people.controller),
      ),
    );
    const answers = await Promise.all(clicks);
    expect(answers.filter((each) => each.applied)).toHaveLength(10);
    expect(await count('decision')).toBe(10);
    expect(await count('effect')).toBeLessThanOrEqual(10);
  });

  test('a click on an old revision, or on a digest that is not what is stored, decides nothing', async () => {
    const { card } = await draft();
    expect((await approve({ ...card, revision: 2 }, people.collector)).applied).toBe(false);
    const forged = await approve({ ...card, digest: 'a'.repeat(64) }, people.collector);
    expect(forged).toMatchObject({ applied: false, message: expect.stringContaining('not what is stored') });
    expect((await acts()).filter((act) => act === 'decision_refused')).toHaveLength(1);
    await nothingLeft();
  });

  test('content that was changed behind the digest is not approved', async () => {
    const { card } = await draft();
    await database.pool.query('alter table proposal_revision disable trigger user');
    await database.pool.query(
      `update proposal_revision set content = jsonb_set(content, '{body}', '"pay me"') where tenant_id = $1`,
      [where.tenantId],
    );
    await database.pool.query('alter table proposal_revision enable trigger user');
    expect((await approve(card, people.collector)).applied).toBe(false);
    await nothingLeft();
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
    await expect(approve(card, elsewhere.actor)).rejects.toThrow(/no proposal/);
    await nothingLeft();
    expect((await acts()).filter((act) => act === 'decision_refused')).toHaveLength(4);
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

  const cadenceVersion = async (): Promise<number> =>
    Number(
      (
        await database.pool.query(
          `select max(id) as id from policy_version where tenant_id = $1 and kind = 'cadence'`,
          [where.tenantId],
        )
      ).rows[0].id,
    );

  test('a policy change whose base is not in force any more is stale', async () => {
    const card = await aDraft(
      where,
      aPolicyChange({ baseVersion: await cadenceVersion() }),
      people.controller,
    );
    await withPolicy(where);
    const late = await approve(card, people.controller2);
    expect(late).toMatchObject({ applied: false, proposal: { state: 'stale' } });
    await nothingLeft();
  });

  test('what was paid, answered or held between draft and click is stale and says so', async () => {
    const events: [
      string,
      (account: Awaited<ReturnType<typeof draft>>['account']) => Promise<unknown>,
      RegExp,
    ][] = [
      ['paid', ({ invoice }) => paidOff(where, invoice), /paid now/],
      ['payment', ({ customer }) => aPayment(where, { customer }), /paid something/],
      ['hold', ({ customer }) => aHoldOn(where, customer), /on hold/],
    ];
    for (const [, happen, why] of events) {
      const { account, card } = await draft();
      await happen(account);
      const late = await approve(card, people.collector);
      expect(late).toMatchObject({ applied: false, proposal: { state: 'stale' } });
      expect(late.message).toMatch(why);
    }
    await nothingLeft();
  });

  test('a draft that waited too long has expired', async () => {
    const { card } = await draft(bot, { expiresAt: new Date('2026-11-24T15:00:00Z') });
    const late = await approve(card, people.collector);
    expect(late).toMatchObject({ applied: false, proposal: { state: 'expired' } });
    await nothingLeft();
  });

  test('nothing is approved before the company settings name a sender', async () => {
    where = { database, tenantId: await aTenant(database) };
    bot = await aBot(where);
    const admin = (await aContext(where, { role: 'admin' })).actor;
    const { card } = await draft();
    expect((await approve(card, admin)).message).toContain('company settings');
    await nothingLeft();
  });

  test('a rejection needs a reason, ends the proposal and frees the customer for a new draft', async () => {
    const { account, card } = await draft();
    await expect(decide({ kind: 'reject', ...card, reason: ' ' }, people.collector)).rejects.toThrow();
    const done = await decide({ kind: 'reject', ...card, reason: 'they called' }, people.collector);
    expect(done).toMatchObject({
      applied: true,
      proposal: { state: 'rejected', stateReason: 'they called' },
    });
    expect((await approve(card, people.controller)).message).toContain('they called');
    expect((await aDraft(where, anEmail(account), bot)).proposalId).toBeGreaterThan(card.proposalId);
  });

  test('what was put off wakes on its day under a new revision, so that old cards stay dead', async () => {
    const { card } = await draft();
    await expect(
      decide({ kind: 'snooze', ...card, untilOn: '2026-11-24' }, people.collector),
    ).rejects.toThrow(/after today/);
    await decide({ kind: 'snooze', ...card, untilOn: '2026-11-26' }, people.collector);
    expect((await approve(card, people.controller)).message).toContain('until 2026-11-26');
    clock.set('2026-11-26T08:00:00Z');
    const list = createListProposals(database, clock);
    const { proposals } = await list({ state: 'waiting', limit: 20 }, asks(people.collector, '2026-11-26'));
    expect(proposals[0]).toMatchObject({
      state: 'pending',
      revision: 2,
      digest: card.digest,
      mayDecide: true,
    });
    expect((await approve(card, people.collector)).applied).toBe(false);
    expect((await approve(await cardOf(where, card.proposalId), people.collector)).applied).toBe(true);
  });

  test('an approval is taken back before it leaves; the old card is dead, a new one is needed', async () => {
    const { card } = await draft();
    await approve(card, people.collector);
    const undone = await decide({ kind: 'undo', proposalId: card.proposalId }, people.other);
    expect(undone).toMatchObject({
      applied: true,
      proposal: { state: 'pending', revision: 2, digest: card.digest, effect: { state: 'cancelled' } },
    });
    expect((await approve(card, people.collector)).applied).toBe(false);
    const again = await approve(await cardOf(where, card.proposalId), people.collector);
    expect(again.proposal.effect).toMatchObject({
      state: 'ready',
      messageId: expect.stringContaining('.2@'),
    });
    expect(await count('effect')).toBe(2);
  });

  test('an approval that has begun to leave is not taken back', async () => {
    const { card } = await draft();
    await approve(card, people.collector);
    await database.pool.query(
      `update effect set state = 'sending', lease_until = now() where tenant_id = $1`,
      [where.tenantId],
    );
    const late = await decide({ kind: 'undo', proposalId: card.proposalId }, people.collector);
    expect(late).toMatchObject({ applied: false, message: expect.stringContaining('too late') });
    expect(late.proposal.state).toBe('approved');
  });
});
