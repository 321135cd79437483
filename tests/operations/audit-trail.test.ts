import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditTrailInput } from '../../src/domain/chase/reports.ts';
import { createAuditTrail, createExportAudit } from '../../src/operations/audit-trail.ts';
import { createEndVetoWindows } from '../../src/operations/close-task.ts';
import { createDecide } from '../../src/operations/decide.ts';
import { createSetHold } from '../../src/operations/set-hold.ts';
import type { Actor } from '../../src/ports/actor.ts';
import { appendAudit, verifyNewestAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import { asks } from '../support/draft-builders.ts';
import { aContext } from '../support/ledger-builders.ts';

describe('the audit trail', () => {
  let database: Database;
  let desk: Desk;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    desk = await aDesk(database);
  });

  const trail = (asked: object, by: Actor = desk.controller) =>
    createAuditTrail(database, desk.clock)(auditTrailInput.parse(asked), asks(by));
  const texts = async (asked: object, by?: Actor) =>
    (await trail(asked, by)).entries.map((each) => each.text);
  const name = async (customerId: number) =>
    (
      await database.pool.query('select name from customer where id = $1 and tenant_id = $2', [
        customerId,
        desk.where.tenantId,
      ])
    ).rows[0].name as string;

  test('who approved the email of that day, and what exactly was sent', async () => {
    const { account, card } = await desk.approved();
    await desk.sweep();
    const asked = { customerId: account.customer, from: '2026-11-24', to: '2026-11-24', sent: true };
    const { total, sent, chainIntact } = await trail(asked);
    expect([total, chainIntact]).toEqual([1, true]);
    expect(sent[0]).toMatchObject({
      approvedBy: ['collector@remy.test (collector) on 2026-11-24 15:00 via test'],
      sentAt: '2026-11-24T15:01:01.000Z',
      proposal: { id: card.proposalId, revision: card.revision, digest: card.digest, state: 'done' },
    });
    expect(sent[0]!.proposal.content).toMatchObject({ kind: 'email', body: desk.mailbox.journal[0]!.body });
    expect(sent[0]!.receipt!.checks.length).toBeGreaterThan(3);
    for (const other of [
      { from: '2026-11-25' },
      { to: '2026-11-23' },
      { customerId: account.customer + 1000 },
    ])
      expect((await trail({ ...asked, to: undefined, from: undefined, ...other })).sent).toEqual([]);
  });

  test('what Remy did by itself is told apart from what people did', async () => {
    const { account } = await desk.approved();
    await desk.sweep();
    const customer = await name(account.customer);
    const remy = await texts({ by: 'remy' });
    expect(remy[0]).toMatch(
      new RegExp(`^Sent email \\d+ to ${customer} over .* approved by collector@remy.test\\.$`),
    );
    expect(remy.join()).not.toMatch(/Approved/);
    const people = await texts({ by: 'people' });
    expect(people).toHaveLength(1);
    expect(people[0]).toMatch(
      new RegExp(`^Approved email \\d+ to ${customer} over .*, revision 1, via test\\.$`),
    );
    expect(await texts({})).toEqual([remy[0], people[0], ...remy.slice(1)].filter(Boolean));
  });

  test('days are those of the company, and a day without entries has none', async () => {
    await desk.approved();
    const today = new Date().toISOString().slice(0, 10);
    expect(await texts({ from: today, to: today })).not.toEqual([]);
    expect(await texts({ to: '2020-01-01' })).toEqual([]);
    expect(await texts({ from: '2999-01-01' })).toEqual([]);
  });

  test('a rejection is told with its reason, and a refused click too', async () => {
    const { card } = await desk.draft();
    const decide = createDecide(database, desk.clock);
    const viewer = (await aContext(desk.where, { role: 'viewer' })).actor;
    await decide(
      { kind: 'reject', ...card, reason: 'they paid\u202e\nyesterday' },
      asks(viewer),
      'console',
    ).catch(() => null);
    await decide(
      { kind: 'reject', ...card, reason: 'they paid\u202e\nyesterday' },
      asks(desk.collector),
      'console',
    );
    expect((await texts({ proposalId: card.proposalId }))[0]).toMatch(
      /^Rejected email \d+ .*: they paid yesterday\.$/,
    );
  });

  test('sales see what is about their own accounts, and may export nothing', async () => {
    const mine = await desk.approved();
    const other = await desk.approved();
    await desk.sweep();
    await database.pool.query(
      `update customer set owner_email = 'rep@remy.test' where id = $1 and tenant_id = $2`,
      [mine.account.customer, desk.where.tenantId],
    );
    const rep = (await aContext(desk.where, { role: 'viewer', email: 'rep@remy.test' })).actor;
    const { total, entries } = await trail({}, rep);
    expect(total).toBe(entries.length);
    const theirs = await name(other.account.customer);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.every((each) => !each.text.includes(theirs))).toBe(true);
    expect((await trail({ sent: true }, rep)).sent).toHaveLength(1);
    const exporting = createExportAudit(database)({ format: 'json' }, asks(rep));
    await expect(exporting.next()).rejects.toThrow(/viewer/);
  });

  test('an entry finds its customer through the hold or the task it is about', async () => {
    const { account } = await desk.draft();
    await createSetHold(database)(
      { customerId: account.customer, reason: 'talks', fromOn: '2026-11-24' },
      asks(desk.collector),
    );
    await inTenant(database.pool, desk.where.tenantId, (sql) =>
      sql.run(
        `insert into task (tenant_id, key, customer_id, kind, title, due_on, state, veto_until)
         values ($1, 'k', $2, 'legal', 't', '2026-11-24', 'veto_window', $3)`,
        [desk.where.tenantId, account.customer, desk.clock.now()],
      ),
    );
    await createEndVetoWindows(database, desk.clock)(desk.where.tenantId);
    const customer = await name(account.customer);
    const said = await texts({ customerId: account.customer });
    expect(said[0]).toMatch(
      new RegExp(`^Handed over task \\d+ of ${customer}: its veto window was over\\.$`),
    );
    expect(said[1]).toBe(`Stopped chasing ${customer} from 2026-11-24: talks.`);
  });

  test('an act without a sentence is named, and every list is cut at its limit with the whole count beside it', async () => {
    await inTenant(database.pool, desk.where.tenantId, async (sql) => {
      for (let n = 0; n < 5; n++)
        await appendAudit(sql, { actor: 'ana@remy.test', act: 'did_a_thing', detail: {} });
    });
    const { total, entries } = await trail({ by: 'people', limit: 2 });
    expect([total, entries.map((each) => each.text)]).toEqual([5, ['did a thing.', 'did a thing.']]);
  });

  test('a changed entry shows', async () => {
    await desk.approved();
    const { pool } = database;
    expect((await trail({})).chainIntact).toBe(true);
    await pool.query('alter table audit disable trigger append_only');
    await pool.query(
      `update audit set actor = 'somebody else' where tenant_id = $1 and id = (select max(id) from audit where tenant_id = $1)`,
      [desk.where.tenantId],
    );
    await pool.query('alter table audit enable trigger append_only');
    expect((await trail({})).chainIntact).toBe(false);
    expect(await inTenant(pool, desk.where.tenantId, (sql) => verifyNewestAudit(sql, 3))).toBe(false);
  });

  test('the export holds every entry once, oldest first, with the chain of hashes', async () => {
    await inTenant(database.pool, desk.where.tenantId, async (sql) => {
      for (let n = 0; n < 30; n++)
        await appendAudit(sql, { actor: 'a@remy.test', act: 'act', detail: { n, text: '=1+1, "x"\n' } });
    });
    const read = async (format: 'csv' | 'json') => {
      const lines: string[] = [];
      for await (const line of createExportAudit(database)({ format }, asks(desk.controller)))
        lines.push(line);
      return lines;
    };
    const entries = (await read('json')).map((line) => JSON.parse(line));
    const count = (await trail({})).total;
    expect(entries).toHaveLength(count);
    entries.slice(1).forEach((each, at) => {
      expect(each.previous_hash).toBe(entries[at]!.hash);
    });
    const csv = await read('csv');
    expect(csv).toHaveLength(count + 1);
    expect(csv[0]).toBe('id,at,actor,act,detail,previous_hash,hash\r\n');
  });
});
