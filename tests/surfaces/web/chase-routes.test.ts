/** The console's routes of chasing over real HTTP, with the real operations on a real database. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTemplateWriter } from '../../../agents/writer/index.ts';
import { createChaseDesk } from '../../../src/chase-desk.ts';
import { createStatementFiles } from '../../../src/connectors/statement-files/index.ts';
import type { BulkPlan, ProposalView } from '../../../src/domain/chase/proposals.ts';
import { createDraftEmail } from '../../../src/operations/draft-email.ts';
import { createEditDraft } from '../../../src/operations/edit-draft.ts';
import { createFindUser } from '../../../src/operations/find-user.ts';
import type { Database } from '../../../src/store/pool.ts';
import type { Listening } from '../../../src/surfaces/web/listen.ts';
import { webChase } from '../../../src/web-chase.ts';
import { aDesk, type Desk } from '../../support/chase-desk.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aDraft,
  aFile,
  anAccount,
  anEmail,
  aPolicyChange,
  asks,
  type Card,
  cardOf,
  named,
} from '../../support/draft-builders.ts';
import { aContact, aContext } from '../../support/ledger-builders.ts';
import { scriptedDeps, startConsole } from './console.ts';
import { http, type Reply } from './http.ts';

type Body = { error: { code: string; message: string } } & {
  applied: boolean;
  message: string;
  proposal: ProposalView;
  card: { title: string; blocks: { type: string }[] };
};

describe('the routes of chasing', () => {
  let database: Database;
  let desk: Desk;
  let server: Listening;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    desk = await aDesk(database);
    await aContext(desk.where, { role: 'admin', email: 'admin@remy.test' });
    await aContext(desk.where, { role: 'viewer', email: 'rep@remy.test' });
    await aContext(desk.where, { role: 'controller', email: 'second@remy.test' });
    const parts = {
      database,
      clock: desk.clock,
      writer: createTemplateWriter(),
      statements: createStatementFiles(),
    };
    const chase = createChaseDesk(database, desk.clock, {
      draftEmail: createDraftEmail(parts),
      editDraft: createEditDraft(parts),
      auditTrail: () => Promise.reject(new Error('not asked for here')),
    });
    const findUser = createFindUser(database);
    server = await startConsole(
      scriptedDeps({
        chase: webChase(chase, async (_thread, as = 'admin@remy.test') =>
          asks(await findUser(desk.where.tenantId, as)),
        ),
      }),
    );
  });
  afterEach(() => server.close());

  const get = (path: string, as?: string): Promise<Reply> =>
    http(`${server.url}api/${path}`, { headers: as ? { 'X-Remy-As': encodeURIComponent(as) } : {} });
  const post = (path: string, body: unknown, as?: string, headers: Record<string, string> = {}) =>
    http(`${server.url}api/${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(as ? { 'X-Remy-As': encodeURIComponent(as) } : {}),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const bodyOf = (reply: Reply): Body => reply.json() as Body;
  const seen = ({ revision, digest }: Card) => ({ revision, digest });
  const decide = (card: Card, body: object = { kind: 'approve' }, as?: string) =>
    post(`proposals/${card.proposalId}/decide`, { ...seen(card), ...body }, as);
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
      expect(await http(`${server.url}api/${path}?as=${encodeURIComponent('rep@remy.test')}`)).toMatchObject({
        status: 404,
      });
    });
  });

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
