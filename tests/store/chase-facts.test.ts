import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ChaseFacts } from '../../src/domain/cadence/facts.ts';
import { readChaseFacts } from '../../src/store/chase/facts.ts';
import { addHold } from '../../src/store/holds.ts';
import { addMessage, addThread } from '../../src/store/messages.ts';
import { addPolicyVersion, readCadence, readCompany } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { addEvent } from '../../src/store/timeline.ts';
import { inTenant, type Sql } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import {
  aContact,
  aContext,
  aCustomer,
  aDispute,
  anApplication,
  anInvoice,
  aPayment,
  aPromise,
  type In,
} from '../support/ledger-builders.ts';

const TODAY = '2026-11-24';
let database: Database;
let where: In;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  where = { database, tenantId: await aTenant(database) };
});

const run = <Result>(work: (sql: Sql) => Promise<Result>) => inTenant(database.pool, where.tenantId, work);
const read = (over: Partial<Parameters<typeof readChaseFacts>[1]> = {}) =>
  run((sql) => readChaseFacts(sql, { today: TODAY, owner: null, ...over }));
const one = async (): Promise<ChaseFacts> => {
  const [facts, ...rest] = await read();
  expect(rest).toEqual([]);
  return facts!;
};

const say = (customerId: number, direction: 'in' | 'out', sentAt: string) =>
  run(async (sql) =>
    addMessage(sql, {
      ...{ source: 'mail', externalId: `${customerId}-${direction}-${sentAt}`, direction, sentAt },
      ...{ threadId: await addThread(sql, { customerId, subject: null }), customerId, contactId: null },
      ...{ from: 'a@b.test', to: ['c@d.test'], subject: null, body: null },
    }),
  );
const happen = (customerId: number, kind: string, happenedOn: string, detail: Record<string, unknown> = {}) =>
  run((sql) =>
    addEvent(sql, {
      ...{ source: 'remy', externalId: `${kind}-${happenedOn}`, customerId, invoiceId: null, kind },
      ...{ happenedOn, happenedAt: `${happenedOn}T09:00:00Z`, actor: null, summary: kind, detail },
    }),
  );

describe('the facts of a customer', () => {
  test('are its open invoices by currency, oldest first, with disputes and holds', async () => {
    const acme = await aCustomer(where, {
      name: 'Acme',
      owner: 'rep@remy.test',
      segment: 'SMB',
      country: 'US',
    });
    const late = await anInvoice(where, acme, {
      dueOn: '2026-10-01',
      amount: '90071992547409.93',
      poNumber: 'PO1',
    });
    const disputed = await anInvoice(where, acme, { dueOn: '2026-09-01', amount: '20', open: '5' });
    await anInvoice(where, acme, { dueOn: '2026-09-01', currency: 'EUR', amount: '7' });
    await anInvoice(where, acme, { paidOn: '2026-10-02' });
    await aDispute(where, acme, disputed, { reason: 'wrong_po' });
    await aDispute(where, acme, late, { resolvedOn: '2026-11-20' });
    const hold = { customerId: acme, reason: 'talks', placedBy: 'me', fromOn: '2026-11-01' };
    await run((sql) => addHold(sql, { ...hold, invoiceId: late, untilOn: '2026-11-30' }));
    await run((sql) => addHold(sql, { ...hold, invoiceId: null, untilOn: '2026-11-23' }));
    const [eur, usd] = await read();
    expect([eur?.currency, usd?.currency]).toEqual(['EUR', 'USD']);
    expect(usd?.customer).toMatchObject({
      name: 'Acme',
      owner: 'rep@remy.test',
      segment: 'SMB',
      region: null,
    });
    expect(usd?.hold).toBeNull();
    expect(usd?.invoices).toMatchObject([
      { id: disputed, openMinor: 500n, amountMinor: 2_000n, disputed: 'wrong po', hold: null },
      {
        id: late,
        openMinor: 9007199254740993n,
        disputed: null,
        poNumber: 'PO1',
        hold: { untilOn: '2026-11-30' },
      },
    ]);
  });

  test('tell promises by the money that came, and forget those that were broken long ago', async () => {
    const acme = await aCustomer(where);
    const invoice = await anInvoice(where, acme, { dueOn: '2026-06-01', amount: '500', open: '400' });
    const payment = await aPayment(where, { customer: acme, receivedOn: '2026-11-05' });
    await anApplication(where, invoice, { payment }, { amount: '100', appliedOn: '2026-11-05' });
    const promise = (madeOn: string, payOn: string, over = {}) =>
      aPromise(where, acme, { madeOn, payOn, ...over });
    await promise('2026-06-01', '2026-06-10');
    const broken = await promise('2026-10-01', '2026-10-10', { amount: '50' });
    const partly = await promise('2026-11-01', '2026-11-10', {
      amount: '200',
      invoices: [invoice],
      method: 'wire',
    });
    await promise('2026-11-01', '2026-11-10', { amount: '100' });
    const open = await promise('2026-11-20', '2026-11-24', { amount: '300' });
    await promise('2026-11-20', '2026-11-24', { withdrawnOn: '2026-11-21' });
    const { promises, habits } = await one();
    expect(promises.map((each) => [each.id, each.state, each.receivedMinor])).toEqual([
      [broken, 'broken', 0n],
      [partly, 'partly_kept', 10_000n],
      [open, 'open', 0n],
    ]);
    expect(promises[1]).toMatchObject({ invoiceIds: [invoice], deadline: '2026-11-13' });
    expect(habits.brokenPromises).toBe(2);
    const states = await run((sql) =>
      sql.many(
        z.object({ id: z.coerce.number(), state: z.string(), received: z.coerce.bigint() }),
        `select promise_id as id, state, received_minor as received from promise_state($1) where state in ('open', 'broken', 'partly_kept') order by 1`,
        [TODAY],
      ),
    );
    expect(states.slice(1)).toEqual(
      promises.map((each) => ({ id: each.id, state: each.state, received: each.receivedMinor })),
    );
  });

  test('tell the chases of a year newest first, with what worked, and those since the last reply', async () => {
    const acme = await aCustomer(where);
    await anInvoice(where, acme, { dueOn: '2026-06-01' });
    await happen(acme, 'chased', '2025-10-01');
    await happen(acme, 'chased', '2026-10-01', { stepId: 'first', invoiceIds: [4, 5] });
    await happen(acme, 'replied', '2026-10-05');
    await happen(acme, 'chased', '2026-10-20', { stepId: 'second' });
    await happen(acme, 'chased', '2026-11-15');
    await happen(acme, 'chased', '2026-11-16', { letter: 'thank_you' });
    await aPayment(where, { customer: acme, receivedOn: '2026-10-11' });
    const facts = await one();
    expect(facts.chases).toEqual([
      { on: '2026-11-15', stepId: null, currency: null, invoiceIds: null },
      { on: '2026-10-20', stepId: 'second', currency: null, invoiceIds: null },
      { on: '2026-10-01', stepId: 'first', currency: null, invoiceIds: [4, 5] },
    ]);
    expect(facts.unanswered).toBe(2);
    expect(facts.habits).toMatchObject({ chases: 2, chasesThatWorked: 1 });
    expect(facts.lastPaymentOn).toBe('2026-10-11');
  });

  test('say that a message waits until it is answered, chased over, or written down as a promise', async () => {
    const acme = await aCustomer(where);
    await anInvoice(where, acme);
    await say(acme, 'out', '2026-11-01T10:00:00Z');
    await say(acme, 'in', '2026-11-03T10:00:00Z');
    expect((await one()).replyWaitingSince).toBe('2026-11-03T10:00:00.000Z');
    await aPromise(where, acme, { madeOn: '2026-11-03', payOn: '2026-11-10' });
    expect((await one()).replyWaitingSince).toBeNull();
    await say(acme, 'in', '2026-11-12T10:00:00Z');
    expect((await one()).replyWaitingSince).toBe('2026-11-12T10:00:00.000Z');
    await happen(acme, 'called', '2026-11-13');
    const { replyWaitingSince, lastMessageInId } = await one();
    expect(replyWaitingSince).toBeNull();
    expect(lastMessageInId).toBeGreaterThan(0);
  });

  test('say which payments of nobody known may be theirs: by name, or by exactly what few owe', async () => {
    const acme = await aCustomer(where, { name: 'Acme Corp.' });
    const other = await aCustomer(where, { name: 'Other' });
    await anInvoice(where, acme, { amount: '70' });
    await anInvoice(where, other, { amount: '30' });
    await anInvoice(where, other, { amount: '12.34' });
    const of = async (id: number) =>
      (await read({ customerIds: [id] }))[0]!.maybeTheirs.map((each) => each.amountMinor);
    await aPayment(where, { amount: '30', unapplied: '30' });
    await aPayment(where, { amount: '42.34', unapplied: '42.34' });
    await aPayment(where, { amount: '99', unapplied: '99' });
    expect([await of(acme), await of(other)]).toEqual([[], [3_000n, 4_234n]]);
    await run((sql) =>
      sql.run(`update payment set payer_name = 'ACME CORPORATION' where amount_minor = 9900`),
    );
    expect(await of(acme)).toEqual([9_900n]);
    await aPayment(where, { customer: acme, amount: '8', unapplied: '8' });
    expect((await read({ customerIds: [acme] }))[0]!.unappliedMinor).toBe(800n);
    for (const name of ['A', 'B', 'C'])
      await anInvoice(where, await aCustomer(where, { name }), { amount: '30' });
    expect(
      await read().then((all) => all.find((each) => each.customer.id === other)!.maybeTheirs.length),
    ).toBe(1);
  });

  test('tell drafts and tasks that are alive, and the steps that tasks took', async () => {
    const acme = await aCustomer(where);
    await anInvoice(where, acme);
    const { actor } = await aContext(where);
    await run(async (sql) => {
      await sql.run(
        `insert into proposal (tenant_id, kind, origin, customer_id, currency, amount_minor, made_by, made_by_user, expires_at)
         values ($1, 'email', 'cadence', $2, 'USD', 100, 'remy', $3, now())`,
        [sql.tenantId, acme, actor.userId],
      );
      for (const [key, kind, state, step] of [
        ['a', 'sales', 'done', 'to-sales'],
        ['b', 'owner', 'open', 'ask-owner'],
        ['c', 'call', 'open', 'call'],
      ])
        await sql.run(
          `insert into task (tenant_id, key, customer_id, kind, state, title, due_on, context)
           values ($1, $2, $3, $4, $5, 'x', '2026-11-24', $6)`,
          [sql.tenantId, key, acme, kind, state, JSON.stringify({ stepId: step, madeOn: '2026-11-20' })],
        );
    });
    const facts = await one();
    expect(facts.liveProposal).toMatchObject({ state: 'pending' });
    expect(facts.openTask).toMatchObject({ kind: 'owner' });
    expect(facts.tasksMade.map((each) => [each.on, each.stepId])).toEqual([
      ['2026-11-20', 'call'],
      ['2026-11-20', 'ask-owner'],
      ['2026-11-20', 'to-sales'],
    ]);
  });

  test('are read of one owner only, or of named customers, also of those that owe nothing', async () => {
    const mine = await aCustomer(where, { owner: 'me@remy.test' });
    const theirs = await aCustomer(where, { owner: 'you@remy.test', currency: 'GBP' });
    await anInvoice(where, mine);
    await aContact(where, theirs, { email: 'ap@theirs.test', primary: true });
    const ids = (all: ChaseFacts[]) => all.map((each) => each.customer.id);
    expect(ids(await read())).toEqual([mine]);
    expect(await read({ customerIds: [theirs] })).toMatchObject([
      { currency: 'GBP', invoices: [], contacts: [{ email: 'ap@theirs.test', isPrimary: true }] },
    ]);
    expect(ids(await read({ customerIds: [mine, theirs], owner: 'me@remy.test' }))).toEqual([mine]);
    expect(await read({ owner: 'nobody@remy.test' })).toEqual([]);
  });
});

describe('policies', () => {
  test('are the defaults until a version is stored, and then the newest one, older documents filled up', async () => {
    expect(await run(readCadence)).toMatchObject({ version: null, policy: { minGapDays: 5 } });
    expect(await run(readCompany)).toEqual({ version: null, company: null });
    const { policy } = await run(readCadence);
    const made = { kind: 'cadence' as const, madeBy: 'me@remy.test', proposalId: null };
    await run((sql) => addPolicyVersion(sql, { ...made, data: { ...policy, minGapDays: 7 } }));
    const version = await run((sql) =>
      addPolicyVersion(sql, { ...made, data: { ...policy, minGapDays: 9 } }),
    );
    expect(await run(readCadence)).toMatchObject({ version, policy: { minGapDays: 9, weeklyCap: 2 } });
    await run((sql) =>
      sql.run(
        `insert into policy_version (tenant_id, kind, data, made_by) values ($1, 'cadence', '{"minGapDays": 3}', 'old')`,
        [sql.tenantId],
      ),
    );
    expect(await run(readCadence)).toMatchObject({ policy: { minGapDays: 3, weeklyCap: 2 } });
  });

  test('that do not fit are refused with the reason', async () => {
    const bad = {
      kind: 'company' as const,
      madeBy: 'me@remy.test',
      proposalId: null,
      data: { name: 'Acme' },
    };
    await expect(run((sql) => addPolicyVersion(sql, bad))).rejects.toThrow(/fromAddress/);
  });
});
