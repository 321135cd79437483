import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createAccountBrief } from '../../src/operations/account-brief.ts';
import { createLiftHold } from '../../src/operations/lift-hold.ts';
import { createLogPromise } from '../../src/operations/log-promise.ts';
import { createOpenDispute } from '../../src/operations/open-dispute.ts';
import { createRecordEvent } from '../../src/operations/record-event.ts';
import { createRecordMessage } from '../../src/operations/record-message.ts';
import { createResolveDispute } from '../../src/operations/resolve-dispute.ts';
import { createSetHold } from '../../src/operations/set-hold.ts';
import { createWithdrawPromise } from '../../src/operations/withdraw-promise.ts';
import type { Context } from '../../src/ports/actor.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aContact, aContext, aCustomer, anInvoice, type In } from '../support/ledger-builders.ts';

const trail = z.object({ kind: z.string(), day: z.string(), actor: z.string().nullable() });

describe('recording what was said and done', () => {
  let database: Database;
  let where: In;
  let collector: Context;
  let acme: number;
  let globex: number;

  beforeAll(async () => {
    database = await testDatabase();
    where = { database, tenantId: await aTenant(database) };
    collector = await aContext(where, { email: 'col@remy.test' });
    acme = await aCustomer(where, { name: 'Acme', code: 'AC' });
    globex = await aCustomer(where, { name: 'Globex', code: 'GX' });
    await aContact(where, acme, { email: 'ap@acme.test' });
    await anInvoice(where, acme, { number: 'INV-1', amount: '100' });
    await anInvoice(where, acme, { number: 'INV-2', amount: '200' });
    await anInvoice(where, globex, { number: 'INV-3', amount: '300', currency: 'EUR' });
  });
  afterAll(() => database.close());

  const events = (customer: number) =>
    inTenant(database.pool, where.tenantId, (sql) =>
      sql.many(
        trail,
        'select kind, happened_on as day, actor from timeline_event where customer_id = $1 order by id',
        [customer],
      ),
    );
  const audited = () =>
    inTenant(database.pool, where.tenantId, async (sql) => {
      const rows = await sql.many(z.object({ act: z.string() }), 'select act from audit order by id');
      return rows.map((row) => row.act);
    });
  const story = (customerId: number, today = '2026-11-24') =>
    createAccountBrief(database)({ customerId }, { ...collector, today });
  const promise = (over: Partial<Parameters<ReturnType<typeof createLogPromise>>[0]> = {}) =>
    createLogPromise(database)(
      {
        invoices: ['INV-1'],
        amount: '100',
        currency: 'USD',
        madeOn: '2026-11-02',
        payOn: '2026-11-10',
        ...over,
      },
      collector,
    );

  test('a promise is stored with its event and audit entry, and can be withdrawn once', async () => {
    const { promiseId } = await promise({ invoices: ['INV-1', 'inv-2'], quote: 'on Tuesday' });
    expect((await story(acme)).promises).toMatchObject([
      { id: promiseId, status: 'broken', invoices: ['INV-1', 'INV-2'] },
    ]);
    const withdraw = createWithdrawPromise(database);
    await expect(withdraw({ promiseId, on: '2026-11-01' }, collector)).rejects.toThrow(/made on 2026-11-02/);
    await withdraw({ promiseId, on: '2026-11-05', reason: 'entered twice' }, collector);
    expect((await story(acme)).promises[0]?.status).toBe('withdrawn');
    await expect(withdraw({ promiseId, on: '2026-11-06' }, collector)).rejects.toThrow(/2026-11-05 already/);
    await expect(withdraw({ promiseId: 9999, on: '2026-11-06' }, collector)).rejects.toThrow(/no promise/);
    expect(await events(acme)).toEqual([
      { kind: 'promised', day: '2026-11-02', actor: 'col@remy.test' },
      { kind: 'promise_withdrawn', day: '2026-11-05', actor: 'col@remy.test' },
    ]);
    expect(await audited()).toEqual(['log_promise', 'withdraw_promise']);
  });

  test('an event about several invoices is on the timeline of each', async () => {
    for (const invoice of ['INV-1', 'INV-2']) {
      const { timeline } = await createAccountBrief(database)({ invoice }, collector);
      expect(timeline.map((event) => event.kind)).toEqual(['promise_withdrawn', 'promised', 'issued']);
    }
  });

  test.each([
    ['another currency than the invoice', { currency: 'EUR' }, /in USD, the promise in EUR/],
    ['no currency', { currency: 'XXQ' }, /not a currency/],
    ['no amount', { amount: '0' }, /above zero/],
    ['a negative amount', { amount: '-5' }, /above zero/],
    ['a fraction of a cent', { amount: '1.005' }, /more decimals/],
    ['a day before it was made', { payOn: '2026-11-01' }, /earlier/],
    ['a day that does not exist', { payOn: '2026-02-30' }, /payOn/],
    ['invoices of two customers', { invoices: ['INV-1', 'INV-3'] }, /different customers/],
    ['a customer that does not own the invoice', { customer: 'GX' }, /no invoice INV-1/],
    ['nobody', { invoices: [] }, /Name a customer/],
    ['an unknown customer', { customer: 'NOPE' }, /no customer NOPE/],
  ])('a promise with %s is refused and leaves nothing', async (_, over, message) => {
    const before = await audited();
    await expect(promise(over)).rejects.toThrow(message);
    expect(await audited()).toEqual(before);
  });

  test('a dispute is over the open amount unless said, opened once for a reason, and resolved', async () => {
    const open = createOpenDispute(database);
    const { disputeId } = await open(
      { invoice: 'INV-2', reason: 'quality', openedOn: '2026-11-03' },
      collector,
    );
    await expect(
      open({ invoice: 'INV-2', reason: 'quality', openedOn: '2026-11-04' }, collector),
    ).rejects.toThrow(/already contested/);
    await expect(
      open({ invoice: 'INV-2', reason: 'price', amount: '200.01', openedOn: '2026-11-04' }, collector),
    ).rejects.toThrow(/no more can be contested/);
    expect((await story(acme)).disputes).toMatchObject([{ id: disputeId, amount: '200.00', ageDays: 21 }]);
    const resolve = createResolveDispute(database);
    await resolve({ disputeId, on: '2026-11-13', resolution: 'credit of 20' }, collector);
    await expect(resolve({ disputeId, on: '2026-11-14', resolution: 'x' }, collector)).rejects.toThrow(
      /already/,
    );
    const after = await story(acme);
    expect(after.disputes).toMatchObject([{ resolvedOn: '2026-11-13', ageDays: 10 }]);
    expect(after.openInvoices.every((invoice) => !invoice.disputed)).toBe(true);
    await expect(
      open({ invoice: 'INV-2', reason: 'quality', openedOn: '2026-11-20' }, collector),
    ).resolves.toBeTruthy();
  });

  test('a hold is in force from its day until its last day, or until it is lifted', async () => {
    const set = createSetHold(database);
    await set({ customer: 'GX', reason: 'audit', fromOn: '2026-11-01', untilOn: '2026-11-10' }, collector);
    const { holdId } = await set({ invoice: 'INV-3', reason: 'new terms', fromOn: '2026-11-05' }, collector);
    const reasons = async (today: string) => (await story(globex, today)).holds.map((hold) => hold.reason);
    expect(await reasons('2026-10-31')).toEqual([]);
    expect(await reasons('2026-11-10')).toEqual(['new terms', 'audit']);
    expect(await reasons('2026-11-11')).toEqual(['new terms']);
    await createLiftHold(database)({ holdId, on: '2026-11-20' }, collector);
    expect(await reasons('2026-11-19')).toEqual(['new terms']);
    expect(await reasons('2026-11-20')).toEqual([]);
    await expect(createLiftHold(database)({ holdId, on: '2026-11-21' }, collector)).rejects.toThrow(
      /already/,
    );
    await expect(
      set({ customer: 'GX', reason: 'x', fromOn: '2026-11-02', untilOn: '2026-11-01' }, collector),
    ).rejects.toThrow(/earlier/);
  });

  test('an event with a key is recorded once', async () => {
    const record = createRecordEvent(database);
    const call = {
      customer: 'GX',
      kind: 'called',
      day: '2026-11-06',
      summary: 'Left a note',
      key: 'k1',
    } as const;
    expect(await record(call, collector)).toEqual({ recorded: true });
    expect(await record(call, collector)).toEqual({ recorded: false });
    expect((await events(globex)).filter((event) => event.kind === 'called')).toHaveLength(1);
  });

  test('a message joins its conversation, finds its customer by address, and is stored once', async () => {
    const record = createRecordMessage(database);
    const sent = await record(
      {
        messageId: '<1@remy.test>',
        direction: 'out',
        sentAt: '2026-11-07T10:00:00Z',
        from: 'ar@remy.test',
        to: ['ap@acme.test'],
        subject: 'Reminder',
      },
      collector,
    );
    const reply = {
      messageId: '<2@acme.test>',
      inReplyTo: '<1@remy.test>',
      direction: 'in',
      sentAt: '2026-11-08T23:30:00-05:00',
      from: 'boss@elsewhere.test',
      to: 'ar@remy.test',
      body: 'We pay soon',
    } as const;
    const answered = await record(reply, collector);
    expect(answered).toMatchObject({ created: true, threadId: sent.threadId, customerId: acme });
    expect(await record(reply, collector)).toEqual({ ...answered, created: false });
    expect((await events(acme)).slice(-2)).toEqual([
      { kind: 'chased', day: '2026-11-07', actor: 'ar@remy.test' },
      { kind: 'replied', day: '2026-11-09', actor: 'boss@elsewhere.test' },
    ]);
    const unknown = { ...reply, messageId: '<3@x.test>', inReplyTo: null };
    expect(await record(unknown, collector)).toMatchObject({ created: true, customerId: null });
  });

  test('a viewer records nothing', async () => {
    const viewer = await aContext(where, { role: 'viewer' });
    const on = '2026-11-24';
    const attempts = [
      createLogPromise(database)(
        { customer: 'AC', amount: '1', currency: 'USD', madeOn: on, payOn: on },
        viewer,
      ),
      createWithdrawPromise(database)({ promiseId: 1, on }, viewer),
      createOpenDispute(database)({ invoice: 'INV-1', reason: 'price', openedOn: on }, viewer),
      createResolveDispute(database)({ disputeId: 1, on, resolution: 'x' }, viewer),
      createSetHold(database)({ customer: 'AC', reason: 'x', fromOn: on }, viewer),
      createLiftHold(database)({ holdId: 1, on }, viewer),
      createRecordEvent(database)({ customer: 'AC', kind: 'note', day: on, summary: 'x' }, viewer),
      createRecordMessage(database)(
        { messageId: 'x', direction: 'in', sentAt: '2026-11-24T00:00:00Z', from: 'a@b.test' },
        viewer,
      ),
    ];
    for (const { status, reason } of (await Promise.allSettled(attempts)) as PromiseRejectedResult[])
      expect({ status, code: reason?.code }).toEqual({ status: 'rejected', code: 'not_allowed' });
  });

  test('every record stands in an unbroken audit chain', async () => {
    const verdict = await inTenant(database.pool, where.tenantId, verifyAudit);
    expect(verdict).toMatchObject({ intact: true, entries: (await audited()).length });
    expect(verdict.entries).toBeGreaterThan(10);
  });
});
