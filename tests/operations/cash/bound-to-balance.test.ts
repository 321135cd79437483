import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { placing } from '../../../src/domain/cash/applications.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aPlacing } from '../../support/cash-builders.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCredit, aCustomer, anInvoice } from '../../support/ledger-builders.ts';

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
  await anInvoice(room.where, acme, { number: 'INV-1', amount: '400' });
  await anInvoice(room.where, acme, { number: 'INV-2', amount: '300' });
});

describe('what is approved is bound to what was seen', () => {
  test('a write-off of a rest is stale once the rest is another, though it would still fit', async () => {
    const write = { kind: 'write_off', invoice: 'INV-1', amount: '30' } as const;
    const { proposal } = await room.adjust(write, room.contexts.collector);
    expect(proposal.content).toMatchObject({
      placing: { adjustments: [{ amount: '30.00', open: '400.00' }] },
    });
    await room.money('100', { number: 'P-1', payerName: 'Acme Logistics' });
    const other = await room.propose(
      { payment: { number: 'P-1' }, parts: [{ invoice: 'INV-1' }] },
      room.contexts.collector,
    );
    expect((await room.approve(other.proposal)).applied).toBe(true);
    const late = await room.approve(proposal);
    expect(late.applied).toBe(false);
    expect(late.message).toContain('INV-1 has 300.00 USD open by now, not 400.00 USD');
    expect(await room.open()).toMatchObject({ 'INV-1': '300.00' });
  });

  test('a credit that was used up meanwhile is named, and nothing is applied', async () => {
    await aCredit(room.where, acme, { number: 'CN-7', amount: '50' });
    const asked = async (number: string, invoice: string) => {
      await room.money('100', { number, payerName: 'Acme Logistics' });
      const credits = [{ credit: 'CN-7', invoice, amount: '40' }];
      const wish = { payment: { number }, parts: [{ invoice }], credits };
      return (await room.propose(wish, room.contexts.collector)).proposal;
    };
    const [first, second] = [await asked('P-1', 'INV-1'), await asked('P-2', 'INV-2')];
    expect(first.content).toMatchObject({ placing: { credits: [{ amount: '40.00', open: '400.00' }] } });
    expect((await room.approve(first)).applied).toBe(true);
    const late = await room.approve(second);
    expect(late.applied).toBe(false);
    expect(late.message).toContain('Credit CN-7 has 10.00 USD left by now, and 40.00 USD');
    expect(await room.open()).toEqual({ 'INV-1': '260.00', 'INV-2': '300.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('what was stored before the balance was asked for is still read', () => {
    const old = aPlacing();
    expect(old.adjustments[0]).not.toHaveProperty('open');
    expect(placing.parse(old)).toEqual(old);
  });
});
