import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createListProposals } from '../../../src/operations/list-proposals.ts';
import { createPaymentDesk } from '../../../src/operations/payment-desk.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aCashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCustomer, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('sales and the money of other accounts', () => {
  test("a payment of an own account that names another's invoice tells nothing of that invoice", async () => {
    const room = await aCashRoom(database);
    const { viewer } = room.contexts;
    const own = await aCustomer(room.where, { name: 'Acme Logistics', owner: viewer.actor.email });
    const other = await aCustomer(room.where, { name: 'Borealis Freight', owner: 'else@remy.test' });
    await anInvoice(room.where, own, { number: 'INV-10', amount: '75' });
    await anInvoice(room.where, other, { number: 'INV-8001', amount: '640' });
    const paymentId = await room.money('640', {
      number: 'P-1',
      customer: own,
      payerName: 'Acme Logistics',
      reference: 'INV-8001',
    });
    await room.propose({ payment: { paymentId }, parts: [{ invoice: 'INV-8001' }] }, room.contexts.collector);
    const looked = [
      await createPaymentDesk(database)({ paymentId }, viewer),
      await room.explain({ payment: { paymentId } }, viewer),
      await createListProposals(database, room.clock)({ state: 'all', limit: 20 }, viewer),
      await room.match({ dryRun: true }, viewer),
    ];
    expect(JSON.stringify(looked)).not.toMatch(/Borealis|"open":"640/);
    await expect(room.explain({ payment: { paymentId }, invoice: 'INV-8001' }, viewer)).rejects.toThrow(
      /no invoice INV-8001/,
    );
    const collector = await room.explain({ payment: { paymentId } }, room.contexts.collector);
    expect(JSON.stringify(collector.suggestion)).toContain('Borealis');
  });
});
