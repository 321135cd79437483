import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createListProposals } from '../../src/operations/list-proposals.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aDecisionRoom, type DecisionRoom } from '../support/decision-room.ts';
import {
  aBot,
  aDraft,
  anAccount,
  anEmail,
  aPolicyChange,
  asks,
  cardOf,
  withPolicy,
} from '../support/draft-builders.ts';
import { aContext, aHoldOn, aPayment, paidOff } from '../support/ledger-builders.ts';

describe('a decision', () => {
  let database: Database;
  let where: DecisionRoom['where'];
  let clock: DecisionRoom['clock'];
  let bot: DecisionRoom['bot'];
  let people: DecisionRoom['people'];
  let decide: DecisionRoom['decide'];
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
    ({ where, clock, bot, people, decide, approve, draft, count, acts, nothingLeft, cadenceVersion } =
      await aDecisionRoom(database));
  });

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
    const bare = { database, tenantId: await aTenant(database) };
    const admin = (await aContext(bare, { role: 'admin' })).actor;
    const card = await aDraft(bare, anEmail(await anAccount(bare)), await aBot(bare));
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
