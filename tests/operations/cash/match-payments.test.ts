import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createListProposals } from '../../../src/operations/list-proposals.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aContext, aCustomer, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
let room: CashRoom;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  room = await aCashRoom(database);
});

const waiting = async () =>
  (await createListProposals(database, room.clock)({ state: 'waiting', limit: 50 }, room.contexts.controller))
    .proposals;

/** Acme owes two invoices, and pays the first with its number and the exact amount. */
async function anExactPayment(): Promise<void> {
  const acme = await aCustomer(room.where, { name: 'Acme Logistics Inc' });
  await anInvoice(room.where, acme, { number: 'INV-20418', amount: '1250.40' });
  await anInvoice(room.where, acme, { number: 'INV-20419', amount: '880' });
  await room.money('1250.40', {
    number: 'P-1',
    payerName: 'ACME LOGISTICS INC',
    reference: 'payment INV-20418',
  });
}

describe('a run of matching', () => {
  test('applies what is certain, and says why', async () => {
    await anExactPayment();
    const run = await room.match({ dryRun: false }, room.contexts.collector);
    expect(run.summary).toMatchObject({ payments: 1, applied: 1, proposed: 0, none: 0 });
    const [payment] = run.payments;
    expect(payment).toMatchObject({
      decision: 'applied',
      placing: {
        applications: [{ invoice: 'INV-20418', amount: '1250.40', open: '1250.40' }],
        unapplied: '0.00',
      },
    });
    expect(payment!.placing.reasons.join(' ')).toContain('INV-20418');
    expect(payment!.matchId).not.toBeNull();
    expect(await room.open()).toEqual({ 'INV-20418': '0.00', 'INV-20419': '880.00' });
    expect(await room.unapplied()).toEqual({ 'P-1': '0.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('run again adds nothing', async () => {
    await anExactPayment();
    await room.match({ dryRun: false }, room.contexts.collector);
    const again = await room.match({ dryRun: false }, room.contexts.collector);
    expect(again.payments).toEqual([]);
    expect((await room.listMatches({}, room.contexts.collector)).total).toBe(1);
  });

  test('dry it shows the same and writes nothing', async () => {
    await anExactPayment();
    const run = await room.match({ dryRun: true }, room.contexts.collector);
    expect(run.payments[0]).toMatchObject({ decision: 'applied', matchId: null, proposalId: null });
    expect(await room.open()).toMatchObject({ 'INV-20418': '1250.40' });
    expect(await waiting()).toEqual([]);
  });

  test('two runs and thirty at once apply once', async () => {
    await anExactPayment();
    await Promise.all(
      Array.from({ length: 30 }, () => room.match({ dryRun: false }, room.contexts.collector)),
    );
    expect((await room.listMatches({}, room.contexts.collector)).total).toBe(1);
    expect(await room.unapplied()).toEqual({ 'P-1': '0.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('money without a word for one of several customers stays where it is', async () => {
    for (const name of ['Blue Harbor Foods', 'Green Valley Dairy'])
      await anInvoice(room.where, await aCustomer(room.where, { name }), { amount: '500' });
    await room.money('500', { number: 'P-9', payerName: 'TREASURY SERVICES', reference: 'payment' });
    const run = await room.match({ dryRun: false }, room.contexts.collector);
    expect(run.payments[0]!.decision).not.toBe('applied');
    expect(await room.unapplied()).toEqual({ 'P-9': '500.00' });
  });

  test('a viewer may look at payments of own accounts, and runs nothing', async () => {
    await anExactPayment();
    await expect(room.match({ dryRun: false }, room.contexts.viewer)).rejects.toThrow(/viewer/);
    expect((await room.match({ dryRun: true }, room.contexts.viewer)).payments).toEqual([]);
  });

  test('what a person rejected is not proposed again', async () => {
    const acme = await aCustomer(room.where, { name: 'Oscorp Industries' });
    await anInvoice(room.where, acme, { number: 'INV-77', amount: '1000' });
    await room.money('940', { number: 'P-2', payerName: 'OSCORP INDUSTRIES', reference: 'INV-77' });
    await room.match({ dryRun: false }, room.contexts.collector);
    const [proposal] = await waiting();
    if (!proposal) throw new Error('a payment 60 short of its invoice was to be proposed');
    await room.reject(proposal);
    await room.match({ dryRun: false }, room.contexts.collector);
    expect(await waiting()).toEqual([]);
  });

  test("does not say that it applied what a person's own placing waits for", async () => {
    await anExactPayment();
    await room.propose(
      { payment: { number: 'P-1' }, parts: [{ invoice: 'INV-20419' }] },
      room.contexts.collector,
    );
    const run = await room.match({ dryRun: false }, room.contexts.collector);
    expect(run.payments[0]).toMatchObject({ decision: 'proposed', matchId: null });
    expect(run.summary).toMatchObject({ applied: 0, proposed: 1 });
    expect(await room.unapplied()).toEqual({ 'P-1': '1250.40' });
  });

  test('a suggestion stays while it is the same, and is replaced when the books say something else', async () => {
    const acme = await aCustomer(room.where, { name: 'Oscorp Industries' });
    await anInvoice(room.where, acme, { number: 'INV-77', amount: '1000' });
    await room.money('940', { number: 'P-2', payerName: 'OSCORP INDUSTRIES', reference: 'INV-77' });
    await room.match({ dryRun: false }, room.contexts.collector);
    const [first] = await waiting();
    await room.match({ dryRun: false }, room.contexts.collector);
    expect((await waiting()).map(({ id }) => id)).toEqual([first!.id]);
    await anInvoice(room.where, acme, { number: 'INV-78', amount: '940' });
    await room.match({ dryRun: false }, room.contexts.collector);
    expect((await waiting()).length).toBeLessThanOrEqual(1);
    expect(await room.broken()).toEqual([]);
  });

  test('lists what was applied on its own and was not fully sure', async () => {
    await anExactPayment();
    await room.match({ dryRun: false }, room.contexts.collector);
    const all = await room.listMatches({ origin: 'auto', belowConfidence: 1 }, room.contexts.collector);
    expect(all.matches[0]).toMatchObject({ origin: 'auto', madeBy: 'remy', payment: { number: 'P-1' } });
    expect((await room.listMatches({ origin: 'person' }, room.contexts.collector)).total).toBe(0);
    const sales = await aContext(room.where, { role: 'viewer', email: 'sales@remy.test' });
    expect((await room.listMatches({}, sales)).total).toBe(0);
  });
});
