import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { EmailContent } from '../../src/domain/chase/proposals.ts';
import { InvalidInputError } from '../../src/domain/errors.ts';
import { toDecimal } from '../../src/domain/money.ts';
import { createCloseTask, createEndVetoWindows } from '../../src/operations/close-task.ts';
import { createListTasks } from '../../src/operations/list-tasks.ts';
import { createRunCadence, type DraftStep } from '../../src/operations/run-cadence.ts';
import type { Context } from '../../src/ports/actor.ts';
import { addPolicyVersion } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { addProposal } from '../../src/store/proposals/write.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aContact, aContext, aCustomer, anInvoice, type In } from '../support/ledger-builders.ts';

const NOON = 'T15:00:00Z';

const company = {
  name: 'Us',
  fromName: 'Us',
  fromAddress: 'ar@us.test',
  country: 'US',
  timezone: 'America/New_York',
};

/** Stores a plain email about the step, as the drafting operation does. */
const storeDraft =
  (database: Database): DraftStep =>
  ({ facts, step, invoices, to }, context) => {
    const total = invoices.reduce((sum, each) => sum + each.openMinor, 0n);
    const { currency } = facts;
    const content: EmailContent = {
      ...{ kind: 'email', customerId: facts.customer.id, currency, letter: step.letter, tone: step.tone },
      ...{ language: 'en', from: 'ar@us.test', replyTo: null, cc: [], bcc: [], attachments: [] },
      ...{ to: to.map((each) => each.email!), subject: 'Invoices', body: 'Please pay.', references: [] },
      ...{ inReplyTo: null, listUnsubscribe: null, stepId: step.id, totalAmount: toDecimal(total, currency) },
      invoices: invoices.map(({ id, number, openMinor, dueOn }) => ({
        ...{ id, number, dueOn, openAmount: toDecimal(openMinor, currency) },
      })),
    };
    return inTenant(database.pool, context.actor.tenantId, (sql) =>
      addProposal(sql, {
        ...{
          content,
          attachments: [],
          evidence: null,
          instruction: null,
          model: 'templates',
          promptVersion: '1',
        },
        ...{
          riskFlags: [],
          approvalsNeeded: 1,
          amountMinor: total,
          origin: 'cadence',
          thread: context.thread,
        },
        madeBy: { userId: context.actor.userId, email: context.actor.email },
        expiresAt: new Date(`2027-01-01${NOON}`),
      }),
    );
  };

describe("the day's work", () => {
  let database: Database;
  let where: In;
  let boss: Context;
  let today = '2026-11-24'; // a Tuesday
  const clock = { today: () => today, now: () => new Date(`${today}${NOON}`), fixed: true };
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    today = '2026-11-24';
    where = { database, tenantId: await aTenant(database) };
    boss = await aContext(where, { role: 'controller', today });
    await inTenant(database.pool, where.tenantId, (sql) =>
      addPolicyVersion(sql, { kind: 'company', data: company, madeBy: 'test', proposalId: null }),
    );
  });

  const cadence = (limits = {}, draft = storeDraft(database)) =>
    createRunCadence({ database, clock, draft, limits });
  const anAccount = async (
    dueOn: string,
    over: { owner?: string; amount?: string; segment?: string } = {},
  ) => {
    const customer = await aCustomer(where, { owner: over.owner, segment: over.segment, country: 'US' });
    await aContact(where, customer, { primary: true });
    await anInvoice(where, customer, { issuedOn: '2026-01-02', dueOn, amount: over.amount ?? '5000' });
    return customer;
  };
  const chased = (customer: number, ...days: string[]) =>
    inTenant(database.pool, where.tenantId, async (sql) => {
      for (const day of days)
        await sql.run(
          `insert into timeline_event (tenant_id, source, external_id, customer_id, kind, happened_on, happened_at, summary)
           values ($1, 'test', $2, $3, 'chased', $4::date, $4::date, 'x')`,
          [where.tenantId, `${customer}-${day}`, customer, day],
        );
    });
  const tasks = (context = boss) => createListTasks(database)({}, context);

  test('an email that is due becomes a draft by Remy, once a day and tenant', async () => {
    await anAccount('2026-11-20');
    await anAccount('2026-12-20');
    const first = await cadence()(where.tenantId);
    expect(first).toMatchObject({ day: '2026-11-24', ran: true, tasks: [], skipped: [], left: 0 });
    expect(first.drafted).toHaveLength(1);
    await anAccount('2026-11-19');
    expect(await cadence()(where.tenantId)).toMatchObject({ ran: false, drafted: [] });
    expect((await cadence()(where.tenantId, { again: true })).drafted).toHaveLength(1);
    const made = await inTenant(database.pool, where.tenantId, (sql) =>
      sql.many(
        z.object({ made_by: z.string(), is_bot: z.boolean() }),
        'select p.made_by, u.is_bot from proposal p join app_user u on u.id = p.made_by_user',
      ),
    );
    expect(made).toEqual(Array(2).fill({ made_by: 'remy@remy.invalid', is_bot: true }));
  });

  test('a company that has not said who writes gets its tasks, and is told what to do', async () => {
    where = { database, tenantId: await aTenant(database) };
    await anAccount('2026-11-20');
    const run = await cadence()(where.tenantId);
    expect(run).toMatchObject({ drafted: [], left: 1, skipped: [] });
    expect(run.problem).toMatch(/settings set/);
  });

  test('when asked only for what is due, it waits for the morning at the company', async () => {
    await anAccount('2026-11-20');
    let now = new Date('2026-11-24T09:59:00Z');
    const atDawn = createRunCadence({
      ...{ database, draft: storeDraft(database) },
      clock: { now: () => now, today: () => '2026-11-24' },
    });
    expect(await atDawn(where.tenantId, { whenDue: true })).toMatchObject({ day: '2026-11-24', ran: false });
    now = new Date('2026-11-24T10:00:00Z');
    expect(await atDawn(where.tenantId, { whenDue: true })).toMatchObject({ day: '2026-11-24', ran: true });
  });

  test('twenty runs at once do the work once', async () => {
    await anAccount('2026-11-20');
    const runs = await Promise.all(Array.from({ length: 20 }, () => cadence()(where.tenantId)));
    expect(runs.filter((each) => each.ran)).toHaveLength(1);
    expect(runs.flatMap((each) => each.drafted)).toHaveLength(1);
  });

  test('a run without a database leaves the day to the next one, since that is no fault of an account', async () => {
    await anAccount('2026-11-20');
    const failing = cadence({}, () =>
      Promise.reject(Object.assign(new Error('the database is away'), { code: '57P01' })),
    );
    await expect(failing(where.tenantId)).rejects.toThrow(/is away/);
    expect((await cadence()(where.tenantId)).drafted).toHaveLength(1);
  });

  test('an account that cannot be drafted is named and holds up no other', async () => {
    const bad = await anAccount('2026-11-20', { amount: '9000' });
    await anAccount('2026-11-20');
    const draft = storeDraft(database);
    const run = await cadence({}, (due, context) =>
      due.facts.customer.id === bad
        ? Promise.reject(new InvalidInputError('No language fits.'))
        : draft(due, context),
    )(where.tenantId);
    expect(run.drafted).toHaveLength(1);
    expect(run.skipped).toEqual([{ customerId: bad, currency: 'USD', reason: 'No language fits.' }]);
  });

  test('an account whose draft or task fails in a way nobody expected is told of and skipped, and the rest goes on', async () => {
    const bad = await anAccount('2026-11-20', { amount: '9000' });
    const late = await anAccount('2026-07-01', { amount: '20000' });
    await chased(late, '2026-09-01', '2026-09-15', '2026-10-01', '2026-10-15');
    await anAccount('2026-11-20');
    const real = storeDraft(database);
    const faults: unknown[] = [];
    const run = await createRunCadence({
      ...{ database, clock, onFault: (fault: { customerId: number }) => faults.push(fault.customerId) },
      draft: async (due, context) => {
        if (due.facts.customer.id === bad) throw new Error('invalid input syntax for type json');
        return real(due, context);
      },
    })(where.tenantId);
    expect(run.drafted.length + run.tasks.length).toBe(2);
    expect(run.skipped).toEqual([
      { customerId: bad, currency: 'USD', reason: expect.stringContaining('invalid input syntax') },
    ]);
    expect(faults).toEqual([bad]);
    const { rows } = await database.pool.query(
      `select detail->'failed' as failed from audit where tenant_id = $1 and act = 'run_cadence'`,
      [where.tenantId],
    );
    expect(rows).toEqual([{ failed: [{ customerId: bad, currency: 'USD' }] }]);
    expect(await cadence()(where.tenantId)).toMatchObject({ ran: false });
  });

  test('no more drafts than the limit, the largest first, and it says how many are left', async () => {
    for (const amount of ['1000', '3000', '2000']) await anAccount('2026-11-20', { amount });
    const run = await cadence({ drafts: 2 })(where.tenantId);
    expect([run.drafted.length, run.left]).toEqual([2, 1]);
    const amounts = await inTenant(database.pool, where.tenantId, (sql) =>
      sql.many(
        z.object({ amount_minor: z.coerce.bigint() }),
        'select amount_minor from proposal order by id',
      ),
    );
    expect(amounts.map((each) => each.amount_minor)).toEqual([300_000n, 200_000n]);
  });

  test('a draft that a person rejected does not come back the next day', async () => {
    await anAccount('2026-11-20');
    await cadence()(where.tenantId);
    await inTenant(database.pool, where.tenantId, (sql) =>
      sql.run(`update proposal set state = 'rejected', updated_at = $1`, [clock.now()]),
    );
    today = '2026-11-25';
    const run = await cadence()(where.tenantId);
    expect(run.drafted).toEqual([]);
    expect(run.skipped[0]?.reason).toMatch(/rejected/);
  });

  test('a call becomes a task with what to know, once for the case', async () => {
    const customer = await anAccount('2026-10-15', { owner: 'rep@us.test' });
    await chased(customer, '2026-10-19', '2026-10-26');
    expect((await cadence()(where.tenantId)).tasks).toHaveLength(1);
    const [task] = await tasks();
    expect(task).toMatchObject({
      kind: 'call',
      assignee: null,
      state: 'open',
      dueOn: '2026-11-24',
      amount: '5000.00',
    });
    expect(task!.title).toMatch(/^Call .*5,000\.00 USD, 40 days overdue$/);
    expect(task!.context.join(' ')).toMatch(
      /Written to 2 times since 2026-10-19, last on 2026-10-26; 2 times without an answer/,
    );
    for (today of ['2026-11-25', '2026-11-26']) expect((await cadence()(where.tenantId)).tasks).toEqual([]);
    expect(await tasks()).toHaveLength(1);
  });

  test('chases without an answer ask the account owner to step in', async () => {
    const customer = await anAccount('2026-10-25', { owner: 'rep@us.test' });
    await chased(customer, '2026-10-28', '2026-11-02', '2026-11-06', '2026-11-10', '2026-11-16');
    await cadence()(where.tenantId);
    expect(await tasks()).toMatchObject([{ kind: 'owner', assignee: 'rep@us.test', dueOn: '2026-11-27' }]); // Thanksgiving is no working day
  });

  test('a hand-over to legal waits for the owner, who can stop it; then nobody is chased', async () => {
    const customer = await anAccount('2026-08-20', { owner: 'rep@us.test' });
    await chased(customer, '2026-08-24', '2026-09-01', '2026-09-10', '2026-10-10');
    await inTenant(database.pool, where.tenantId, (sql) =>
      sql.run(
        `insert into task (tenant_id, key, customer_id, currency, amount_minor, kind, title, context, due_on, state)
         select $1, step, $2, 'USD', 1, 'sales', 't', jsonb_build_object('stepId', step, 'madeOn', '2026-11-01'), '2026-11-01', 'done'
         from unnest(array['call', 'to-sales', 'ask-owner']) as step`,
        [where.tenantId, customer],
      ),
    );
    await cadence()(where.tenantId);
    const rep = await aContext(where, { role: 'viewer', email: 'rep@us.test', today });
    const other = await aContext(where, { role: 'viewer', email: 'other@us.test', today });
    const [task] = await tasks(rep);
    expect(task).toMatchObject({
      kind: 'legal',
      state: 'veto_window',
      vetoUntil: '2026-11-27T15:00:00.000Z',
    });
    expect(await tasks(other)).toEqual([]);
    const close = createCloseTask(database, clock);
    const veto = { taskId: task!.id, outcome: 'vetoed' as const, reason: 'renewal talks' };
    await expect(close(veto, other)).rejects.toThrow(/no task/);
    await expect(close({ ...veto, reason: null }, rep)).rejects.toThrow(/Say why/);
    await expect(close({ ...veto, outcome: 'done' }, rep)).rejects.toThrow(/for the receivables team/);
    expect(await createEndVetoWindows(database, clock)(where.tenantId)).toBe(0);
    expect(await close(veto, rep)).toMatchObject({ state: 'vetoed' });
    await expect(close(veto, rep)).rejects.toThrow(/already/);
    const holds = await inTenant(database.pool, where.tenantId, (sql) =>
      sql.many(z.object({ reason: z.string(), placed_by: z.string() }), 'select reason, placed_by from hold'),
    );
    expect(holds).toEqual([{ reason: 'renewal talks', placed_by: 'rep@us.test' }]);
    today = '2026-11-30';
    expect(await cadence()(where.tenantId)).toMatchObject({ drafted: [], tasks: [] });
  });

  test('a hand-over that nobody stops in time is open, and cannot be stopped any more', async () => {
    const customer = await anAccount('2026-08-20', { owner: 'rep@us.test', segment: 'small' });
    await inTenant(database.pool, where.tenantId, (sql) =>
      sql.run(
        `insert into task (tenant_id, key, customer_id, kind, title, due_on, state, veto_until)
         values ($1, 'k', $2, 'legal', 't', '2026-11-24', 'veto_window', $3)`,
        [where.tenantId, customer, clock.now()],
      ),
    );
    expect(await createEndVetoWindows(database, clock)(where.tenantId)).toBe(1);
    const [task] = await tasks();
    expect(task).toMatchObject({ state: 'open' });
    const close = createCloseTask(database, clock);
    await expect(close({ taskId: task!.id, outcome: 'vetoed', reason: 'x' }, boss)).rejects.toThrow(
      /could be stopped until/,
    );
    expect(await close({ taskId: task!.id, outcome: 'done', reason: null }, boss)).toMatchObject({
      state: 'done',
    });
    expect(await tasks()).toEqual([]);
  });
});
