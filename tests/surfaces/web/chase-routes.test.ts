/** Deciding on and editing proposals over real HTTP, with the real operations on a real database. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProposalView } from '../../../src/domain/chase/proposals.ts';
import type { Database } from '../../../src/store/pool.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aDraft,
  aFile,
  anAccount,
  anEmail,
  aPolicyChange,
  cardOf,
  named,
} from '../../support/draft-builders.ts';
import { bodyOf, type ChaseConsole, chaseConsole, seen } from './chase-console.ts';
import { http } from './http.ts';

describe('the routes of proposals', () => {
  let database: Database;
  let desk: ChaseConsole['desk'];
  let at: ChaseConsole;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    at = await chaseConsole(database);
    desk = at.desk;
  });
  afterEach(() => at.close());
  const get: ChaseConsole['get'] = (...asked) => at.get(...asked);
  const post: ChaseConsole['post'] = (...asked) => at.post(...asked);
  const decide: ChaseConsole['decide'] = (...asked) => at.decide(...asked);
  const audited = async () =>
    (
      await database.pool.query('select actor, act, detail from audit where tenant_id = $1 order by id', [
        desk.where.tenantId,
      ])
    ).rows as { actor: string; act: string; detail: Record<string, unknown> }[];

  describe('deciding', () => {
    test('an approval is one decision by the acting user, audited as made in the console, and one email', async () => {
      const { card } = await desk.draft();
      const [first, second] = await Promise.all([
        decide(card, { kind: 'approve' }, 'controller@remy.test'),
        decide(card, { kind: 'approve' }, 'second@remy.test'),
      ]);
      expect([bodyOf(first).applied, bodyOf(second).applied].sort()).toEqual([false, true]);
      const done = bodyOf(first).applied ? bodyOf(first) : bodyOf(second);
      expect(done.proposal).toMatchObject({ state: 'approved', effect: { state: 'ready' } });
      expect(done.card.blocks.some((block) => block.type === 'email')).toBe(true);
      const [decision] = done.proposal.decisions;
      expect(decision).toMatchObject({
        via: 'console',
        kind: 'approve',
        by: expect.stringMatching(/^(controller|second)@/),
      });
      expect(
        (await audited()).filter(({ act }) => act === 'approve_proposal').map(({ detail }) => detail.via),
      ).toEqual(['console']);
      desk.clock.advance(61);
      await desk.sweep();
      await desk.sweep();
      expect(desk.mailbox.journal).toHaveLength(1);
      const { proposal } = bodyOf(await get(`proposals/${card.proposalId}`));
      expect(proposal).toMatchObject({
        state: 'done',
        effect: { receipt: { checks: expect.arrayContaining([expect.objectContaining({ ok: true })]) } },
      });
    });

    test('an approval is taken back within the delay, and then nothing leaves', async () => {
      const { card } = await desk.draft();
      await decide(card);
      const undone = bodyOf(await post(`proposals/${card.proposalId}/decide`, { kind: 'undo' }));
      expect(undone).toMatchObject({ applied: true, proposal: { state: 'pending' } });
      desk.clock.advance(61);
      await desk.sweep();
      expect(desk.mailbox.journal).toEqual([]);
    });

    test('another digest or revision than the stored one changes nothing, and the answer shows how it stands', async () => {
      const { card } = await desk.draft();
      const wrong = bodyOf(await decide({ ...card, digest: 'f'.repeat(64) }));
      const older = bodyOf(await decide({ ...card, revision: card.revision + 1 }));
      for (const each of [wrong, older]) {
        expect(each).toMatchObject({ applied: false, proposal: { state: 'pending' } });
        expect(each.message).toMatch(/\.$/);
      }
      expect(await desk.effects()).toEqual([]);
    });

    test('rejecting needs a reason, snoozing a day', async () => {
      const { card } = await desk.draft();
      expect(await decide(card, { kind: 'reject' })).toMatchObject({ status: 400 });
      expect(await decide(card, { kind: 'snooze', untilOn: '2026-13-01' })).toMatchObject({ status: 400 });
      expect(bodyOf(await decide(card, { kind: 'snooze', untilOn: '2026-12-01' })).proposal.state).toBe(
        'snoozed',
      );
      const woken = bodyOf(await post(`proposals/${card.proposalId}/decide`, { kind: 'undo' }));
      expect(woken.proposal.state).toBe('pending');
      const { id: proposalId, revision, digest } = woken.proposal;
      const reject = { kind: 'reject', reason: 'They called' };
      const rejected = await decide({ proposalId, revision, digest }, reject);
      expect(bodyOf(rejected).proposal).toMatchObject({ state: 'rejected', stateReason: 'They called' });
    });

    test('who decides comes from the header alone and is looked up: a role or a name in the body is refused', async () => {
      const { card } = await desk.draft();
      for (const extra of [
        { as: 'controller@remy.test' },
        { role: 'admin' },
        { via: 'slack' },
        { proposalId: 1 },
      ])
        if (!('proposalId' in extra))
          expect(await decide(card, { kind: 'approve', ...extra }, 'rep@remy.test')).toMatchObject({
            status: 400,
          });
      expect(await decide(card, { kind: 'approve' }, 'nobody@remy.test')).toMatchObject({ status: 403 });
      expect(await decide(card, { kind: 'approve' }, 'remy@remy.invalid')).toMatchObject({ status: 403 });
      expect(await decide(card, { kind: 'approve' }, 'not an address')).toMatchObject({ status: 400 });
      expect(await desk.effects()).toEqual([]);
    });

    test('a number in the body does not move the decision to another proposal than the address names', async () => {
      const { card } = await desk.draft();
      const other = await desk.draft();
      await post(`proposals/${card.proposalId}/decide`, {
        kind: 'approve',
        ...other.card,
      });
      expect(await desk.effects()).toEqual([]);
    });

    test('a viewer sees own accounts only and decides nothing', async () => {
      const own = await anAccount(desk.where, { owner: 'rep@remy.test', name: 'Own Account' });
      const ownCard = await aDraft(desk.where, anEmail(own), desk.bot);
      const { card: foreign } = await desk.draft();
      const { proposals } = (await get('proposals', 'rep@remy.test')).json() as { proposals: ProposalView[] };
      expect(proposals.map((each) => each.id)).toEqual([ownCard.proposalId]);
      expect(proposals[0]).toMatchObject({ mayDecide: false, mayStop: false });
      expect(await get(`proposals/${foreign.proposalId}`, 'rep@remy.test')).toMatchObject({ status: 404 });
      expect(await decide(foreign, { kind: 'approve' }, 'rep@remy.test')).toMatchObject({ status: 404 });
      expect(bodyOf(await decide(ownCard, { kind: 'approve' }, 'rep@remy.test'))).toMatchObject({
        applied: false,
      });
      const card = JSON.stringify((await get(`proposals/${ownCard.proposalId}`, 'rep@remy.test')).json());
      expect(card).not.toContain('"kind":"approve"');
    });

    test('a change of the rules takes two people, and shows before and after', async () => {
      const { rows } = await database.pool.query(
        `select max(id)::int as version from policy_version where tenant_id = $1 and kind = 'cadence'`,
        [desk.where.tenantId],
      );
      const change = aPolicyChange({ baseVersion: rows[0].version });
      const card = await aDraft(desk.where, change, desk.collector, { approvalsNeeded: 2 });
      const first = bodyOf(await decide(card, { kind: 'approve' }, 'controller@remy.test'));
      expect(first.proposal).toMatchObject({ state: 'pending', mayDecide: false });
      const same = bodyOf(await decide(card, { kind: 'approve' }, 'controller@remy.test'));
      expect(same.applied).toBe(false);
      const second = bodyOf(await decide(card, { kind: 'approve' }, 'second@remy.test'));
      expect(second).toMatchObject({ applied: true, proposal: { state: 'approved' } });
      expect(JSON.stringify(second.card)).toContain('5 → 9');
    });
  });

  describe('editing', () => {
    test('stores the next revision, on which alone can be decided from then on', async () => {
      const { card, account } = await desk.draft();
      const edited = bodyOf(
        await post(`proposals/${card.proposalId}/edit`, {
          ...seen(card),
          edits: { body: `Please pay ${account.number} now.` },
        }),
      );
      expect(edited.proposal).toMatchObject({
        revision: 2,
        content: { body: `Please pay ${account.number} now.` },
      });
      expect(bodyOf(await decide(card)).applied).toBe(false);
      const { id: proposalId, revision, digest } = edited.proposal;
      expect(await cardOf(desk.where, proposalId)).toEqual({ proposalId, revision, digest });
      expect(
        bodyOf(await decide({ proposalId, revision, digest }, { kind: 'approve' }, 'controller@remy.test'))
          .applied,
      ).toBe(true);
    });

    test('an address that is no contact of the customer is refused and says so', async () => {
      const { card } = await desk.draft();
      const reply = await post(`proposals/${card.proposalId}/edit`, {
        ...seen(card),
        edits: { to: ['x@evil.example'] },
      });
      expect(reply.status).toBe(400);
      expect(bodyOf(reply).error.message).toContain('not a known contact');
      expect(
        await post(`proposals/${card.proposalId}/edit`, { ...seen(card), edits: { from: 'ceo@remy.test' } }),
      ).toMatchObject({ status: 400 });
      expect(await cardOf(desk.where, card.proposalId)).toEqual(card);
    });

    test('the longest text in any alphabet is taken; a longer request is refused', async () => {
      const { card } = await desk.draft();
      const long = await post(`proposals/${card.proposalId}/edit`, {
        ...seen(card),
        edits: { body: '請'.repeat(20_000) },
      });
      expect(long.status).toBe(200);
      const huge = await post(`proposals/${card.proposalId}/edit`, {
        ...seen(card),
        edits: { body: '請'.repeat(100_000) },
      });
      expect(huge.status).toBe(413);
    });

    test('what was overtaken is drafted again about what is due now', async () => {
      const { card } = await desk.draft();
      expect(await post(`proposals/${card.proposalId}/redraft`, {})).toMatchObject({ status: 400 });
      await database.pool.query(
        `update proposal set state = 'stale', state_reason = 'Paid.' where tenant_id = $1 and id = $2`,
        [desk.where.tenantId, card.proposalId],
      );
      const made = bodyOf(await post(`proposals/${card.proposalId}/redraft`, {}));
      expect(made.proposal).toMatchObject({ state: 'pending', origin: 'console' });
      expect(made.proposal.id).not.toBe(card.proposalId);
    });

    test('an attachment is read as it would leave, by those who may see the proposal', async () => {
      const account = await anAccount(desk.where);
      const file = aFile('day,amount\n', 'statement "1".csv');
      const card = await aDraft(desk.where, anEmail(account, { attachments: [named(file)] }), desk.bot, {
        attachments: [file],
      });
      const path = `proposals/${card.proposalId}/attachments/1/${encodeURIComponent(file.name)}`;
      const reply = await get(path);
      expect(reply).toMatchObject({ status: 200, text: 'day,amount\n' });
      expect(reply.headers['content-disposition']).toMatch(/^attachment;/);
      expect(await get(path, 'rep@remy.test')).toMatchObject({ status: 404 });
      expect(await get(`proposals/${card.proposalId}/attachments/1/other.csv`)).toMatchObject({
        status: 404,
      });
      expect(await http(`${at.url}api/${path}?as=${encodeURIComponent('rep@remy.test')}`)).toMatchObject({
        status: 404,
      });
    });
  });
});
