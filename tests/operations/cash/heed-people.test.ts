import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultCashPolicy } from '../../../src/domain/cash/default-policy.ts';
import { createListCash } from '../../../src/operations/list-cash.ts';
import { createListProposals } from '../../../src/operations/list-proposals.ts';
import { addPolicyVersion } from '../../../src/store/policies.ts';
import type { Database } from '../../../src/store/pool.ts';
import { inTenant } from '../../../src/store/transaction.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCustomer, anApplication, anInvoice, aPayment } from '../../support/ledger-builders.ts';

let database: Database;
let room: CashRoom;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  room = await aCashRoom(database);
});

const run = (dryRun = false) => room.match({ dryRun }, room.contexts.collector);
const waiting = async () =>
  (await createListProposals(database, room.clock)({ state: 'waiting', limit: 50 }, room.contexts.controller))
    .proposals;
const change = (text: string, values: readonly unknown[] = []) =>
  inTenant(database.pool, room.where.tenantId, (sql) => sql.run(text, values));

async function anExactPayment(): Promise<{ acme: number }> {
  const acme = await aCustomer(room.where, { name: 'Acme Logistics Inc' });
  await anInvoice(room.where, acme, { number: 'INV-20418', amount: '1250.40' });
  await anInvoice(room.where, acme, { number: 'INV-20419', amount: '880' });
  await room.money('1250.40', {
    number: 'P-1',
    payerName: 'ACME LOGISTICS INC',
    reference: 'payment INV-20418',
  });
  return { acme };
}

/** 60 short of its invoice: too much to be applied without a person. */
async function aShortPayment(): Promise<void> {
  const oscorp = await aCustomer(room.where, { name: 'Oscorp Industries' });
  await anInvoice(room.where, oscorp, { number: 'INV-77', amount: '1000' });
  await room.money('940', { number: 'P-2', payerName: 'OSCORP INDUSTRIES', reference: 'INV-77' });
}

describe('what a person took back', () => {
  test('is proposed with its story and not applied again by the next run', async () => {
    await anExactPayment();
    const [first] = (await run()).payments;
    await room.reverse({ because: 'mistake', matchId: first!.matchId! }, room.contexts.controller);
    for (const dryRun of [true, false, false]) {
      const again = await run(dryRun);
      expect(again.payments[0]).toMatchObject({ decision: 'proposed', matchId: null });
      expect(again.payments[0]!.placing.reasons[0]).toMatch(
        /on INV-20418 before: controller@remy\.test took it back on \d{4}-\d\d-\d\d \(taken back by a person\)/,
      );
    }
    expect(await room.unapplied()).toEqual({ 'P-1': '1250.40' });
    expect(await waiting()).toHaveLength(1);
    expect((await room.listMatches({ origin: 'auto' }, room.contexts.controller)).total).toBe(1);
    expect(await room.broken()).toEqual([]);
  });

  test('is applied again when a person approves it', async () => {
    await anExactPayment();
    const [first] = (await run()).payments;
    await room.reverse({ because: 'mistake', matchId: first!.matchId! }, room.contexts.controller);
    await run();
    const [proposal] = await waiting();
    await room.approve(proposal!);
    expect(await room.open()).toMatchObject({ 'INV-20418': '0.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('does not hold up money for an invoice that it never was on', async () => {
    const { acme } = await anExactPayment();
    const [first] = (await run()).payments;
    await room.reverse({ because: 'mistake', matchId: first!.matchId! }, room.contexts.controller);
    await anInvoice(room.where, acme, { number: 'INV-30555', amount: '1250.40' });
    await change(`update payment set reference = 'payment INV-30555'`);
    const again = await run();
    expect(again.payments[0]).toMatchObject({
      decision: 'applied',
      placing: { applications: [{ invoice: 'INV-30555' }] },
    });
  });

  test('that the ledger had applied goes back onto its invoice by a person only', async () => {
    const acme = await aCustomer(room.where, { name: 'Acme Logistics Inc' });
    const invoice = await anInvoice(room.where, acme, { number: 'INV-20418', amount: '500', open: '0' });
    const payment = await aPayment(room.where, {
      ...{ number: 'P-1', amount: '500', unapplied: '0' },
      ...{ payerName: 'ACME LOGISTICS INC', reference: 'payment INV-20418' },
    });
    await anApplication(room.where, invoice, { payment }, { amount: '500' });
    await room.reverse({ because: 'mistake', payment: { number: 'P-1' } }, room.contexts.controller);
    const again = await run();
    expect(again.payments[0]).toMatchObject({ decision: 'proposed', matchId: null });
    expect(again.payments[0]!.placing.reasons[0]).toContain('the ledger had put this on INV-20418');
  });
});

describe('what a person rejected', () => {
  test('is not applied when matching becomes sure of it, and is told as rejected, dry or not', async () => {
    await inTenant(database.pool, room.where.tenantId, (sql) =>
      addPolicyVersion(sql, {
        ...{ kind: 'cash', madeBy: 'test', proposalId: null },
        data: { ...defaultCashPolicy, proposeFrom: 0.2 },
      }),
    );
    await anExactPayment();
    await change(`update payment set reference = null, payer_name = 'TREASURY SERVICES'`);
    const [unsure] = (await run()).payments;
    expect(unsure).toMatchObject({
      decision: 'proposed',
      placing: { applications: [{ invoice: 'INV-20418' }] },
    });
    const [proposal] = await waiting();
    await room.reject(proposal!);
    await change(`update payment set reference = 'payment INV-20418', payer_name = 'ACME LOGISTICS INC'`);
    for (const dryRun of [true, false]) {
      const again = await run(dryRun);
      expect(again.payments[0]).toMatchObject({ decision: 'none', matchId: null, proposalId: null });
      expect(again.payments[0]!.placing.reasons[0]).toBe('a person rejected this before');
      expect(again.summary).toMatchObject({ applied: 0, proposed: 0, none: 1 });
    }
    expect(await waiting()).toEqual([]);
    expect(await room.unapplied()).toEqual({ 'P-1': '1250.40' });
  });

  test('is rejected in the revision that was shown; another way to place the money is still proposed', async () => {
    await aShortPayment();
    await run();
    const [proposal] = await waiting();
    await room.reject(proposal!);
    await anInvoice(room.where, await aCustomer(room.where, { name: 'Oscorp Holding' }), {
      number: 'INV-88',
      amount: '940',
    });
    await change(`update payment set reference = 'INV-88', payer_name = 'OSCORP HOLDING'`);
    const again = await run();
    expect(again.payments[0]!.decision).not.toBe('none');
    expect(again.payments[0]!.placing.applications).toMatchObject([{ invoice: 'INV-88' }]);
  });
});

describe('a proposal that waits', () => {
  test('stays when only the words and the confidence are others', async () => {
    await aShortPayment();
    await run();
    const [first] = await waiting();
    await change(`update payment set reference = 'settles INV-77 thank you', payer_name = 'OSCORP'`);
    const again = await run();
    expect(again.payments[0]!.placing.applications).toMatchObject([{ invoice: 'INV-77', amount: '940.00' }]);
    expect((await waiting()).map(({ id }) => id)).toEqual([first!.id]);
  });

  test('is replaced when another balance is open, on which it could not be approved', async () => {
    const oscorp = await aCustomer(room.where, { name: 'Oscorp Industries' });
    await anInvoice(room.where, oscorp, { number: 'INV-77', amount: '1000' });
    await room.money('300', { number: 'P-2', payerName: 'OSCORP INDUSTRIES', reference: 'part INV-77' });
    await run();
    const [first] = await waiting();
    if (!first) throw new Error('a part payment was to be proposed');
    await change(`update invoice set open_minor = 90000 where number = 'INV-77'`);
    await run();
    const after = await waiting();
    expect(after).toHaveLength(1);
    expect(after[0]!.id).not.toBe(first.id);
  });

  test('stands beside its payment on the cash page', async () => {
    await aShortPayment();
    await run();
    const [proposal] = await waiting();
    const listed = await createListCash(database)({}, room.contexts.controller);
    expect(listed.payments).toMatchObject([{ payment: { number: 'P-2' }, proposal: { id: proposal!.id } }]);
    expect(listed.payments[0]!.proposal!.text).toContain('940.00 USD on INV-77');
  });
});
