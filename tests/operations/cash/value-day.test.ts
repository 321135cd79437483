import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccountBrief } from '../../../src/operations/account-brief.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aCashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCustomer, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('from which day money counts', () => {
  test('from the day it was received, whenever it is matched; with a fee let off it is paid', async () => {
    const room = await aCashRoom(database);
    const acme = await aCustomer(room.where, { name: 'Acme Logistics' });
    await anInvoice(room.where, acme, { number: 'INV-1', amount: '1000', dueOn: '2026-11-10' });
    await room.money('985', {
      number: 'P-1',
      payerName: 'Acme Logistics',
      reference: 'INV-1',
      receivedOn: '2026-11-10',
    });
    const { proposal } = await room.propose(
      {
        payment: { number: 'P-1' },
        parts: [{ invoice: 'INV-1' }],
        adjustments: [{ kind: 'bank_fee', invoice: 'INV-1' }],
      },
      room.contexts.collector,
    );
    await room.approve(proposal, 'collector');
    const brief = await createAccountBrief(database)({ invoice: 'INV-1' }, room.contexts.collector);
    expect(brief.invoice).toMatchObject({ status: 'paid', paidOn: '2026-11-10', daysLate: 0 });
    expect(brief.invoice!.applications).toMatchObject([
      { appliedOn: '2026-11-10', amount: '985.00', source: 'payment' },
      { appliedOn: '2026-11-10', amount: '15.00', source: 'adjustment', number: 'bank fee' },
    ]);
  });

  test('of money that came before the invoice, from the day of the invoice', async () => {
    const room = await aCashRoom(database);
    const acme = await aCustomer(room.where, { name: 'Acme Logistics' });
    await anInvoice(room.where, acme, { number: 'INV-2', amount: '50', issuedOn: '2026-11-05' });
    await room.money('50', { number: 'P-2', payerName: 'Acme Logistics', receivedOn: '2026-11-01' });
    const { proposal } = await room.propose(
      { payment: { number: 'P-2' }, parts: [{ invoice: 'INV-2' }] },
      room.contexts.collector,
    );
    await room.approve(proposal);
    const brief = await createAccountBrief(database)({ invoice: 'INV-2' }, room.contexts.collector);
    expect(brief.invoice).toMatchObject({ paidOn: '2026-11-05' });
  });

  test("money on another customer's invoice is said aloud", async () => {
    const room = await aCashRoom(database);
    const stark = await aCustomer(room.where, { name: 'Stark Industries' });
    const hooli = await aCustomer(room.where, { name: 'Hooli' });
    await anInvoice(room.where, hooli, { number: 'INV-3', amount: '80' });
    await room.money('100', { number: 'P-3', customer: stark, payerName: 'Stark Industries' });
    const { proposal } = await room.propose(
      { payment: { number: 'P-3' }, parts: [{ invoice: 'INV-3' }] },
      room.contexts.collector,
    );
    expect(proposal.content).toMatchObject({
      placing: { reasons: ["INV-3 is Hooli's, but the payment is Stark Industries's: look twice"] },
    });
  });

  test("a person's change of a suggestion is not replaced by the next run", async () => {
    const room = await aCashRoom(database);
    const acme = await aCustomer(room.where, { name: 'Oscorp Industries' });
    await anInvoice(room.where, acme, { number: 'INV-77', amount: '1000' });
    await anInvoice(room.where, acme, { number: 'INV-78', amount: '700' });
    await room.money('940', { number: 'P-4', payerName: 'OSCORP INDUSTRIES', reference: 'INV-77' });
    const first = await room.match({ dryRun: false }, room.contexts.collector);
    const { proposal } = await room.propose(
      { payment: { number: 'P-4' }, parts: [{ invoice: 'INV-78' }] },
      room.contexts.collector,
    );
    expect(proposal.id).toBe(first.payments[0]!.proposalId);
    const again = await room.match({ dryRun: false }, room.contexts.collector);
    expect(again.payments[0]!.proposalId).toBe(proposal.id);
    expect((await room.approve(proposal)).applied).toBe(true);
    expect(await room.open()).toMatchObject({ 'INV-77': '1000.00', 'INV-78': '0.00' });
  });
});
