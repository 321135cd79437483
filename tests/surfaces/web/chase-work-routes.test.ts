/** Bulk approval, worklist, outbox, digest and tasks over real HTTP; and what is refused before any of it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BulkPlan, ProposalView } from '../../../src/domain/chase/proposals.ts';
import type { Database } from '../../../src/store/pool.ts';
import { testDatabase } from '../../support/database.ts';
import { aDraft, anAccount, anEmail } from '../../support/draft-builders.ts';
import { aContact } from '../../support/ledger-builders.ts';
import { bodyOf, type ChaseConsole, chaseConsole, seen } from './chase-console.ts';

describe('the routes of the work', () => {
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

  describe('several at once', () => {
    test('the plan names everybody who would get a copy; its click approves exactly it', async () => {
      const account = await anAccount(desk.where);
      await aContact(desk.where, account.customer, { email: 'cfo@customer.test' });
      await aDraft(desk.where, anEmail(account, { cc: ['cfo@customer.test'] }), desk.bot);
      const other = await desk.draft();
      const input = {
        onlyProposalIds: [(await get('proposals')).json() as { proposals: ProposalView[] }].flatMap(
          ({ proposals }) =>
            proposals.filter((each) => each.id !== other.card.proposalId).map((each) => each.id),
        ),
      };
      const { plan } = (await post('plan', input, 'controller@remy.test')).json() as { plan: BulkPlan };
      expect(plan).toMatchObject({ count: 1, totals: [{ currency: 'USD', amount: '1200.00', count: 1 }] });
      expect(plan.recipients).toContain('cfo@customer.test');
      expect(plan.left.map((each) => each.why)).toEqual(['not among those you picked']);
      const click = { planDigest: plan.planDigest, input: { exceptCustomerIds: [], ...input } };
      expect((await post('plan/approve', click, 'controller@remy.test')).json()).toMatchObject({
        applied: true,
        results: [{ applied: true }],
      });
      expect(await desk.effects()).toHaveLength(1);
      expect((await post('plan/approve', click, 'controller@remy.test')).json()).toMatchObject({
        applied: false,
        results: [],
      });
      expect(await desk.effects()).toHaveLength(1);
    });
  });

  describe('work', () => {
    test('the worklist is ranked and drafts an email that waits', async () => {
      const account = await anAccount(desk.where, { name: 'Brightwater' });
      const { worklist, cards } = (await get('worklist')).json() as {
        worklist: { items: { customer: { id: number } }[] };
        cards: unknown[];
      };
      expect(worklist.items.map((each) => each.customer.id)).toEqual([account.customer]);
      expect(cards).toHaveLength(1);
      const made = bodyOf(await post(`worklist/${account.customer}/draft`, { currency: 'USD' }));
      expect(made.proposal).toMatchObject({
        state: 'pending',
        origin: 'console',
        customer: { id: account.customer },
      });
      expect(made.proposal.content).toMatchObject({ body: expect.stringContaining('1,200.00') });
      expect(await post(`worklist/${account.customer}/draft`, { currency: 'usd' })).toMatchObject({
        status: 400,
      });
      expect(
        await post(`worklist/${account.customer}/draft`, { currency: 'USD' }, 'rep@remy.test'),
      ).toMatchObject({ status: expect.toSatisfy((status: number) => status === 403 || status === 404) });
      expect(await get('worklist?on=2020-01-01')).toMatchObject({ status: 400 });
    });

    test('a dead letter stays in sight with its error until a controller puts it on its way again', async () => {
      desk.mailbox.script.push('hopeless');
      await desk.approved();
      await desk.sweep();
      const { effects } = (await get('outbox')).json() as {
        effects: { id: number; state: string; error: string }[];
      };
      expect(effects).toMatchObject([{ state: 'dead', error: expect.stringMatching(/./) }]);
      const id = effects[0]!.id;
      expect(await post(`outbox/${id}/retry`, {}, 'collector@remy.test')).toMatchObject({ status: 403 });
      expect((await post(`outbox/${id}/retry`, {}, 'controller@remy.test')).json()).toMatchObject({
        effects: [{ id, state: 'ready' }],
      });
      expect(await post(`outbox/${id}/retry`, {}, 'controller@remy.test')).toMatchObject({ status: 404 });
      await desk.sweep();
      expect(desk.mailbox.journal).toHaveLength(1);
    });

    test('digest and tasks are there; those who can be acted as are people that are switched on', async () => {
      await database.pool.query(
        `update app_user set active = false where tenant_id = $1 and email = 'second@remy.test'`,
        [desk.where.tenantId],
      );
      expect((await get('digest')).json()).toMatchObject({
        digest: { audience: 'team' },
        card: { title: 'Digest of 2026-11-24' },
      });
      expect((await get('digest', 'rep@remy.test')).json()).toMatchObject({
        digest: { audience: 'rep@remy.test' },
      });
      expect((await get('tasks')).json()).toEqual({ tasks: [] });
      expect(await post('tasks/99/close', { outcome: 'done' })).toMatchObject({ status: 404 });
      const { users } = (await get('users')).json() as { users: { email: string }[] };
      expect(users.map((each) => each.email)).toEqual([
        'admin@remy.test',
        'collector@remy.test',
        'controller@remy.test',
        'rep@remy.test',
      ]);
    });
  });

  describe('a request that changes something', () => {
    test.each([
      ['from another page', { Origin: 'https://evil.example' }],
      ['from another site', { 'Sec-Fetch-Site': 'cross-site' }],
      ['of a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
      ['of plain text', { 'Content-Type': 'text/plain' }],
    ])('%s is refused and changes nothing', async (_name, headers) => {
      const { card } = await desk.draft();
      const reply = await post(
        `proposals/${card.proposalId}/decide`,
        { kind: 'approve', ...seen(card) },
        undefined,
        headers,
      );
      expect([400, 403]).toContain(reply.status);
      for (const path of [
        'plan/approve',
        `proposals/${card.proposalId}/redraft`,
        'outbox/1/retry',
        'tasks/1/close',
      ])
        expect([400, 403]).toContain((await post(path, {}, undefined, headers)).status);
      expect(await desk.effects()).toEqual([]);
    });

    test.each([
      ['proposals?state=secret', 400],
      ['proposals?limit=0', 400],
      ['proposals?owner=x', 400],
      ['proposals/abc', 400],
      ['proposals/99999', 404],
      ['worklist?limit=9999', 400],
    ])('%s is answered with %i', async (path, status) => {
      expect(await get(path)).toMatchObject({ status });
    });
  });
});
