/** The commands of chasing with the real operations on a real database, in this process. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTemplateWriter } from '../../../agents/writer/index.ts';
import { createSendDue } from '../../../src/alarm-clock.ts';
import { createChaseDesk } from '../../../src/chase-desk.ts';
import { cliChase } from '../../../src/cli-chase.ts';
import { createStatementFiles } from '../../../src/connectors/statement-files/index.ts';
import { createAuditTrail } from '../../../src/operations/audit-trail.ts';
import { createDraftEmail } from '../../../src/operations/draft-email.ts';
import { createEditDraft } from '../../../src/operations/edit-draft.ts';
import { createEnsureUser } from '../../../src/operations/ensure-user.ts';
import { createFindCustomer } from '../../../src/operations/find-customer.ts';
import { createFindUser } from '../../../src/operations/find-user.ts';
import type { Database } from '../../../src/store/pool.ts';
import type { Commands } from '../../../src/surfaces/cli/commands.ts';
import { runProgram } from '../../../src/surfaces/cli/program.ts';
import { aDesk, type Desk } from '../../support/chase-desk.ts';
import { testDatabase } from '../../support/database.ts';
import { aDraft, anAccount, anEmail, asks, company } from '../../support/draft-builders.ts';
import { aContext } from '../../support/ledger-builders.ts';

describe('the commands of chasing', () => {
  let database: Database;
  let desk: Desk;
  let folder: string;
  let commands: Commands;
  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'remy-chase-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.close();
  });

  beforeEach(async () => {
    answers = null;
    desk = await aDesk(database);
    await aContext(desk.where, { role: 'admin', email: 'admin@remy.test' });
    await aContext(desk.where, { role: 'viewer', email: 'rep@remy.test' });
    const parts = {
      database,
      clock: desk.clock,
      writer: createTemplateWriter(),
      statements: createStatementFiles(),
    };
    const chase = createChaseDesk(database, desk.clock, {
      draftEmail: createDraftEmail(parts),
      editDraft: createEditDraft(parts),
      auditTrail: createAuditTrail(database, desk.clock),
    });
    const findUser = createFindUser(database);
    const { tenantId } = desk.where;
    const installation = {
      desk: chase,
      findCustomer: createFindCustomer(database),
      sendDue: () =>
        createSendDue({
          ...{ database, clock: desk.clock, mailbox: desk.mailbox },
          runEffects: { runDue: () => desk.sweep() },
        })(tenantId),
      addUser: async (user: Parameters<ReturnType<typeof createEnsureUser>>[1]) => {
        await createEnsureUser(database)(tenantId, user);
      },
    };
    commands = cliChase(
      (as = 'admin@remy.test') =>
        async (work) =>
          work(installation, asks(await findUser(tenantId, as))),
    ) as Commands;
  });

  /** What the person at the terminal answers; null: nobody sits at one. */
  let answers: boolean | null = null;
  const questions: string[] = [];
  async function remy(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    let out = '';
    let err = '';
    const code = await runProgram(argv, async () => commands, {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      ...(answers !== null && {
        confirm: async (question: string) => {
          questions.push(question);
          return answers === true;
        },
      }),
    });
    return { code, out, err };
  }
  const json = async (...argv: string[]) => JSON.parse((await remy(...argv, '--json')).out);

  test('the worklist prints each account with what to do and why; --not-chased the rest', async () => {
    await anAccount(desk.where, { name: 'Brightwater Dairy' });
    const { code, out } = await remy('worklist');
    expect(code).toBe(0);
    expect(out).toMatch(
      /To chase on 2026-11-24: 1, 1,200\.00 USD in 1\n1\. Brightwater Dairy \(.*\): 1,200\.00 USD due, 24 days overdue/,
    );
    expect(out).toMatch(/why: .+/);
    expect(await json('worklist')).toMatchObject({
      on: '2026-11-24',
      count: 1,
      items: [{ rank: 1, dueAmount: '1200.00', currency: 'USD' }],
    });
    expect((await remy('worklist', '--not-chased')).out).toContain('Not chased on 2026-11-24: 0');
    expect((await remy('worklist', '--as', 'rep@remy.test')).out).toContain('To chase on 2026-11-24: 0');
    expect((await remy('worklist', '--on', '2026-11-1')).code).toBe(2);
    expect((await remy('worklist', '--on', '2020-01-01')).code).toBe(1);
  });

  test('approving prints exactly what leaves, whole, and when; the outbox sends it once', async () => {
    const { card, account } = await desk.draft();
    const listed = await remy('proposals');
    expect(listed.out).toContain(`to ${account.contact}`);
    const { code, out } = await remy('proposals', 'approve', String(card.proposalId), '--yes');
    expect(code).toBe(0);
    for (const text of [
      'From:        Receivables <ar@remy.test>',
      `To:          ${account.contact}`,
      `  │ Please pay ${account.number}.`,
    ])
      expect(out).toContain(text);
    expect(out).toMatch(
      /It leaves at 2026-11-24 15:01 UTC while "remy start" runs, or with "remy outbox --send"/,
    );
    const again = await remy('proposals', 'approve', String(card.proposalId), '--yes');
    expect(again.code).toBe(1);
    expect(again.out).toContain('Not done: ');
    expect((await json('outbox')).effects).toMatchObject([{ state: 'ready' }]);
    desk.clock.advance(61);
    expect(await json('outbox', '--send')).toMatchObject({ acted: 1, effects: [{ state: 'sent' }] });
    expect(await json('outbox', '--send')).toMatchObject({ acted: 0 });
    expect(desk.mailbox.journal).toHaveLength(1);
    const { rows } = await database.pool.query('select via from decision where tenant_id = $1', [
      desk.where.tenantId,
    ]);
    expect(rows).toEqual([{ via: 'command_line' }]);
  });

  test('before the outbox sends, what the mailbox sent without our knowing is compared', async () => {
    const lost = await desk.approved();
    const { rows } = await database.pool.query<{ message_id: string }>(
      'select message_id from effect where tenant_id = $1',
      [desk.where.tenantId],
    );
    const mail = {
      ...{
        from: 'ar@remy.test',
        replyTo: null,
        to: [lost.account.contact],
        cc: [],
        bcc: [],
        subject: 'Unpaid',
      },
      ...{ body: 'Please pay.', attachments: [], inReplyTo: null, references: [], listUnsubscribe: null },
      messageId: rows[0]!.message_id,
      date: desk.clock.now(),
    };
    // it left, and the row that said so was lost
    await desk.mailbox.send(mail, AbortSignal.timeout(1000));
    await json('outbox', '--send');
    desk.clock.advance(61);
    expect((await json('outbox', '--send')).effects).toMatchObject([{ state: 'sent' }]);
    expect(desk.mailbox.journal).toHaveLength(1);
  });

  test('approving asks the person at the terminal; without one it takes the revision that was seen', async () => {
    const { card } = await desk.draft();
    const id = String(card.proposalId);
    expect((await remy('proposals', 'show', id)).out).toMatch(/Revision: +1, fingerprint [0-9a-f]{16}/);
    const nobody = await remy('proposals', 'approve', id);
    expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('--revision N, or --yes') });
    expect((await remy('proposals', 'approve', id, '--json')).code).toBe(1);
    for (const verdict of [['approve'], ['reject', '--reason', 'x'], ['snooze', '--until', '2026-12-01']])
      expect(await remy('proposals', verdict[0]!, id, ...verdict.slice(1), '--revision', '2')).toMatchObject({
        code: 1,
        err: expect.stringContaining('is at revision 1 now, not 2, so nothing was decided'),
      });
    answers = false;
    expect(await remy('proposals', 'approve', id)).toMatchObject({ code: 1, err: 'Nothing was decided.\n' });
    expect(await desk.state(card)).toMatchObject({ state: 'pending' });
    answers = true;
    const asked = await remy('proposals', 'approve', id);
    expect([asked.code, questions]).toEqual([
      0,
      ['Approve exactly this, revision 1?', 'Approve exactly this, revision 1?'],
    ]);
    expect(asked.out).toContain('To:  ');
    expect(await desk.state(card)).toMatchObject({ state: 'approved' });
  });

  test('rejecting, snoozing and undoing say what came of it; JSON is one document', async () => {
    const { card } = await desk.draft();
    const id = String(card.proposalId);
    expect((await remy('proposals', 'reject', id)).code).toBe(2);
    expect((await remy('proposals', 'snooze', id, '--until', 'tomorrow')).code).toBe(2);
    expect(await json('proposals', 'approve', id, '--revision', '1')).toMatchObject({
      applied: true,
      proposal: { state: 'approved' },
    });
    expect((await remy('proposals', 'undo', id)).code).toBe(0);
    expect(await json('proposals', 'show', id)).toMatchObject({
      state: 'pending',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await remy('proposals', 'reject', id, '--reason', 'they called')).code).toBe(0);
    expect((await remy('proposals', 'list', '--state', 'closed')).out).toContain('rejected');
    expect((await remy('proposals', 'list', '--state', 'gone')).code).toBe(2);
  });

  test('rights are those of the user that is named, and what is not there says so', async () => {
    const account = await anAccount(desk.where, { owner: 'rep@remy.test' });
    const card = await aDraft(desk.where, anEmail(account), desk.bot);
    const refused = await remy(
      'proposals',
      'approve',
      String(card.proposalId),
      '--yes',
      '--as',
      'rep@remy.test',
    );
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('viewer') });
    expect((await remy('proposals', 'show', '99999')).code).toBe(1);
    expect((await remy('proposals', 'show', 'abc')).code).toBe(2);
    const stranger = await remy('proposals', '--as', 'nobody@remy.test', '--json');
    expect(stranger.code).toBe(1);
    expect(JSON.parse(stranger.out)).toMatchObject({ error: { code: 'not_allowed' } });
    expect(await desk.effects()).toEqual([]);
  });

  test('a dead letter is seen, and its retry says how it stands', async () => {
    desk.mailbox.script.push('hopeless');
    await desk.approved();
    await desk.sweep();
    const { out, err } = await remy('outbox');
    expect(out).toContain('DEAD');
    const id = /retry (\d+)/.exec(err)![1]!;
    expect((await remy('outbox', 'retry', id, '--as', 'collector@remy.test')).code).toBe(1);
    expect(await json('outbox', 'retry', id)).toMatchObject({ id: Number(id), state: 'ready' });
  });

  test('a later document of settings becomes a proposal; one that does not fit is refused with each reason', async () => {
    const before = await json('settings');
    const file = join(folder, 'company.json');
    writeFileSync(file, JSON.stringify({ ...company, name: 'Renamed Ltd' }));
    const { proposal, ...after } = await json('settings', 'set', 'company', file);
    expect(after).toEqual(before);
    expect(proposal).toMatchObject({ state: 'pending', kind: 'policy_change', origin: 'command_line' });
    expect((await remy('proposals', 'show', String(proposal.id))).out).toContain(
      'Remy Test Ltd → Renamed Ltd',
    );
    writeFileSync(file, JSON.stringify({ name: '', fromAddress: 'nobody' }));
    const wrong = await remy('settings', 'set', 'company', file);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/fromAddress/) });
    writeFileSync(file, '{');
    expect((await remy('settings', 'set', 'company', file)).err).toContain('is not JSON');
    expect((await remy('settings', 'set', 'company', join(folder, 'none.json'))).err).toContain(
      'cannot be read',
    );
    expect((await remy('settings', 'set', 'other', file)).code).toBe(2);
  });

  test('users are listed and added; a role that is none is wrong usage', async () => {
    const { users } = await json('users', 'add', 'ana@remy.test', '--role', 'approver', '--name', 'Ana Ruiz');
    expect(users).toContainEqual({
      email: 'ana@remy.test',
      name: 'Ana Ruiz',
      role: 'approver',
      active: true,
      isBot: false,
    });
    expect((await remy('users')).out).toMatch(/remy@remy\.invalid +remy itself/);
    expect((await remy('users', 'add', 'x@remy.test', '--role', 'boss')).code).toBe(2);
    expect((await remy('users', 'add', 'x@remy.test')).code).toBe(2);
  });

  test('digest and tasks print', async () => {
    expect((await remy('digest')).out).toContain('Digest of 2026-11-24');
    expect(await json('digest', '--audience', 'rep@remy.test')).toMatchObject({ audience: 'rep@remy.test' });
    expect((await remy('tasks')).out).toBe('No task is open.\n');
  });

  test('the audit trail tells who approved what was sent, and is written to a file with its hashes', async () => {
    const { account } = await desk.approved();
    await desk.sweep();
    const { out } = await remy('audit', '--sent');
    for (const text of [
      'Approved by: collector@remy.test',
      `To:          ${account.contact}`,
      `Please pay ${account.number}.`,
    ])
      expect(out).toContain(text);
    const file = join(folder, 'trail.jsonl');
    const { exported, chainIntact } = await json('audit', '--export', file);
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect({ chainIntact, exported }).toEqual({ chainIntact: true, exported: lines.length });
    expect(lines.map((line) => line.act)).toContain('approve_proposal');
    expect(lines[0]).toHaveProperty('hash');
    const table = join(folder, 'trail.csv');
    expect((await remy('audit', '--export', table)).out).toBe(`${lines.length} entries written.\n`);
    expect(readFileSync(table, 'utf8')).toMatch(/^id,at,actor/);
    expect((await remy('audit', '--export', join(folder, 'no', 'such', 'folder.csv'))).code).toBe(1);
    expect((await remy('audit', '--customer', 'nobody at all')).err).toContain('There is no customer');
  });

  test('every command has help with its options', async () => {
    for (const name of ['worklist', 'digest', 'proposals', 'outbox', 'tasks', 'settings', 'users', 'audit']) {
      const { code, out } = await remy(name, '--help');
      expect(code, name).toBe(0);
      expect(out, name).toMatch(/Usage: remy/);
    }
    expect((await remy('proposals', 'reject', '--help')).out).toContain('--reason');
  });
});
