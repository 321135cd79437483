import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createQueryLedger } from '../../../src/operations/query-ledger.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCustomer, anApplication, anInvoice, aPayment } from '../../support/ledger-builders.ts';

let database: Database;
let room: CashRoom;
let acme: number;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  room = await aCashRoom(database);
  acme = await aCustomer(room.where, { name: 'Acme Logistics' });
});

/** 500 and 300 of one payment of 1,000 are on two invoices, the rest on none. */
async function aPlacedPayment(): Promise<void> {
  for (const [number, amount] of [
    ['INV-7731', '500'],
    ['INV-7732', '300'],
  ] as const)
    await anInvoice(room.where, acme, { number, amount });
  await room.money('1000', { number: 'P-1', payerName: 'Acme Logistics', receivedOn: '2026-11-10' });
  const { proposal } = await room.propose(
    { payment: { number: 'P-1' }, parts: [{ invoice: 'INV-7731' }, { invoice: 'INV-7732' }] },
    room.contexts.collector,
  );
  expect((await room.approve(proposal)).applied).toBe(true);
}

describe('taking an application back', () => {
  test('opens the invoices again, and only once', async () => {
    await aPlacedPayment();
    const undone = await room.reverse({}, room.contexts.controller);
    expect(undone.reopened.map(({ invoice, open }) => [invoice, open])).toEqual([
      ['INV-7731', '500.00'],
      ['INV-7732', '300.00'],
    ]);
    expect(await room.unapplied()).toEqual({ 'P-1': '1000.00' });
    await expect(room.reverse({ matchId: undone.match!.matchId }, room.contexts.controller)).rejects.toThrow(
      /taken back on/,
    );
    await expect(room.reverse({}, room.contexts.controller)).rejects.toThrow(/Nothing was applied/);
    expect(await room.broken()).toEqual([]);
  });

  test('ten at once take it back once', async () => {
    await aPlacedPayment();
    const all = await Promise.allSettled(
      Array.from({ length: 10 }, () => room.reverse({ invoice: 'INV-7731' }, room.contexts.controller)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await room.unapplied()).toEqual({ 'P-1': '1000.00' });
    expect(await room.broken()).toEqual([]);
  });

  test("the ledger's own application is taken off too", async () => {
    const invoice = await anInvoice(room.where, acme, {
      number: 'INV-1',
      amount: '100',
      paidOn: '2026-11-01',
    });
    const payment = await aPayment(room.where, { number: 'P-7', amount: '100', customer: acme });
    await anApplication(room.where, invoice, { payment });
    const undone = await room.reverse({ invoice: 'INV-1' }, room.contexts.collector);
    expect(undone.match).toBeNull();
    expect(await room.open()).toEqual({ 'INV-1': '100.00' });
    expect(await room.unapplied()).toEqual({ 'P-7': '100.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('a viewer takes nothing back', async () => {
    await aPlacedPayment();
    await expect(room.reverse({}, room.contexts.viewer)).rejects.toThrow(/viewer/);
  });
});

describe('money that left again', () => {
  test.each(['chargeback', 'returned', 'bounced_cheque'] as const)(
    '%s of an invoice re-opens what it paid',
    async (because) => {
      await aPlacedPayment();
      const done = await room.reverse({ invoice: '7731', because }, room.contexts.collector);
      expect(done.reopened).toMatchObject([{ invoice: 'INV-7731', amount: '500.00', open: '500.00' }]);
      expect(await room.open()).toEqual({ 'INV-7731': '500.00', 'INV-7732': '0.00' });
      expect(await room.unapplied()).toEqual({ 'P-1': '200.00' });
      expect(await room.broken()).toEqual([]);
    },
  );

  test('a whole payment that is returned takes all of it off, and no more can leave', async () => {
    await aPlacedPayment();
    const wish = { payment: { number: 'P-1' }, because: 'returned' } as const;
    await room.reverse(wish, room.contexts.collector);
    expect(await room.open()).toEqual({ 'INV-7731': '500.00', 'INV-7732': '300.00' });
    expect(await room.unapplied()).toEqual({ 'P-1': '0.00' });
    await expect(room.reverse(wish, room.contexts.collector)).rejects.toThrow(/0.00 USD is still there/);
    expect(await room.broken()).toEqual([]);
  });

  test('a refund of what was on no invoice leaves the invoices paid', async () => {
    await aPlacedPayment();
    const refund = { payment: { number: 'P-1' }, because: 'refund', amount: '200' } as const;
    await expect(room.reverse(refund, room.contexts.collector)).rejects.toThrow(/approver/);
    await room.reverse(refund, room.contexts.approver);
    expect(await room.open()).toEqual({ 'INV-7731': '0.00', 'INV-7732': '0.00' });
    expect(await room.unapplied()).toEqual({ 'P-1': '0.00' });
  });

  test('what was let off with the payment is owed again when all of it left', async () => {
    await anInvoice(room.where, acme, { number: 'INV-5', amount: '400' });
    await room.money('375', { number: 'P-5', payerName: 'Acme Logistics' });
    const { proposal } = await room.adjust(
      { kind: 'bank_fee', payment: { number: 'P-5' }, invoice: 'INV-5' },
      room.contexts.collector,
    );
    await room.approve(proposal, 'collector');
    await room.reverse({ payment: { number: 'P-5' }, because: 'returned' }, room.contexts.collector);
    expect(await room.open()).toEqual({ 'INV-5': '400.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('recorded by mistake it can be taken back, and the money is there again', async () => {
    await aPlacedPayment();
    await room.reverse({ payment: { number: 'P-1' }, because: 'returned' }, room.contexts.collector);
    const explained = await room.explain({ payment: { number: 'P-1' } }, room.contexts.collector);
    expect(explained.returns).toMatchObject([{ kind: 'returned', amount: '1000.00' }]);
    const paymentId = explained.payment.id;
    await expect(room.undoReturn({ paymentId }, room.contexts.collector)).rejects.toThrow(/an approver/);
    await room.undoReturn({ paymentId }, room.contexts.approver);
    expect(await room.unapplied()).toEqual({ 'P-1': '1000.00' });
    await expect(room.undoReturn({ paymentId }, room.contexts.approver)).rejects.toThrow(/taken back/);
    expect(await room.broken()).toEqual([]);
  });

  test('on a day before it left, the money was there', async () => {
    await room.money('80', { number: 'P-8', customer: acme, receivedOn: '2026-11-10' });
    await room.reverse({ payment: { number: 'P-8' }, because: 'returned' }, room.contexts.collector);
    const openOn = async (asOf: string) => {
      const question = { dataset: 'payments' as const, measures: ['sum_open' as const], asOf };
      return (await createQueryLedger(database)(question, room.contexts.collector)).totals[0]?.open;
    };
    expect(await openOn('2026-11-12')).toBe('80.00');
    expect(await openOn('2026-11-24')).toBe('0.00');
  });
});

describe("money that is no customer's", () => {
  test('is set aside, is not matched any more, and comes back', async () => {
    const id = await room.money('12.34', { number: 'INT-1', payerName: 'BANK', reference: 'interest' });
    await room.setAside({ paymentId: id, reason: 'interest' }, room.contexts.collector);
    expect(await room.unapplied()).toEqual({ 'INT-1': '0.00' });
    expect((await room.match({ dryRun: false }, room.contexts.collector)).payments).toEqual([]);
    await room.undoReturn({ paymentId: id }, room.contexts.collector);
    expect(await room.unapplied()).toEqual({ 'INT-1': '12.34' });
    expect(await room.broken()).toEqual([]);
  });
});
