import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

/** INV-1 over 100, with 60 of the ledger's own payment L-1 on it; `open` is the ledger's own word. */
async function ledgerSays(open: string): Promise<void> {
  const invoice = await anInvoice(room.where, acme, { number: 'INV-1', amount: '100', open });
  const payment = await aPayment(room.where, { number: 'L-1', amount: '60', customer: acme });
  await anApplication(room.where, invoice, { payment }, { amount: '60' });
}

const left = { payment: { number: 'L-1' }, because: 'returned' } as const;

describe("an application that the ledger's open amount never counted", () => {
  test('opens nothing more when it is taken back', async () => {
    await ledgerSays('100');
    const undone = await room.reverse({ invoice: 'INV-1' }, room.contexts.controller);
    expect(undone.reopened).toMatchObject([{ invoice: 'INV-1', amount: '60.00', open: '100.00' }]);
    expect(await room.unapplied()).toEqual({ 'L-1': '60.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('opens nothing more when its payment is returned', async () => {
    await ledgerSays('100');
    await room.reverse(left, room.contexts.controller);
    expect(await room.open()).toEqual({ 'INV-1': '100.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('opens the part that was counted', async () => {
    await ledgerSays('80');
    await room.reverse(left, room.contexts.controller);
    expect(await room.open()).toEqual({ 'INV-1': '100.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('leaves what a person put on the invoice paid, and that opens again in full', async () => {
    await ledgerSays('100');
    await room.money('40', { number: 'P-1', payerName: 'Acme Logistics' });
    const { proposal } = await room.propose(
      { payment: { number: 'P-1' }, parts: [{ invoice: 'INV-1' }] },
      room.contexts.collector,
    );
    expect((await room.approve(proposal)).applied).toBe(true);
    await room.reverse(left, room.contexts.controller);
    expect(await room.open()).toEqual({ 'INV-1': '60.00' });
    expect(await room.broken()).toEqual([]);
    await room.reverse({ payment: { number: 'P-1' } }, room.contexts.controller);
    expect(await room.open()).toEqual({ 'INV-1': '100.00' });
    expect(await room.broken()).toEqual([]);
  });
});
