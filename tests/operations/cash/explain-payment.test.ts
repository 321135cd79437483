import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/store/pool.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCustomer, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
let room: CashRoom;
let brightway: number;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  room = await aCashRoom(database);
  brightway = await aCustomer(room.where, { name: 'Brightway Trading' });
});

describe('explaining a payment', () => {
  test('why 9,975 did not match an invoice of 10,000: the fee, with the arithmetic', async () => {
    await anInvoice(room.where, brightway, { number: 'INV-10', amount: '10000' });
    await room.money('9975', { number: 'P-1', payerName: 'Brightway Trading', method: 'ach' });
    const told = await room.explain(
      { payment: { amount: '9975', method: 'ach' }, invoice: 'INV-10' },
      room.contexts.collector,
    );
    expect(told.comparedWith).toEqual({ what: 'INV-10', owed: '10000.00', paid: '9975.00' });
    expect(told.difference!.amount).toBe('25.00');
    const fee = told.difference!.reasons.find(({ kind }) => kind === 'bank_fee');
    expect(fee).toMatchObject({ fits: true, amount: '25.00' });
    expect(fee!.text).toMatch(/9,975\.00 USD.*10,000\.00 USD.*25\.00 USD/);
    expect(told.next.join(' ')).toContain('bank fee');
  });

  test('against an amount that is named', async () => {
    await room.money('888', { number: 'P-2', currency: 'EUR', payerName: 'Brightway Trading' });
    const told = await room.explain({ payment: { number: 'P-2' }, owed: '1000' }, room.contexts.collector);
    expect(told.difference!.amount).toBe('112.00');
  });

  test('paid twice: names both payments and the two ways, and does neither', async () => {
    await anInvoice(room.where, brightway, { number: 'INV-3', amount: '700' });
    await room.money('700', {
      number: 'P-3',
      customer: brightway,
      payerName: 'Brightway Trading',
      reference: 'INV-3',
      receivedOn: '2026-11-02',
    });
    await room.match({ dryRun: false }, room.contexts.collector);
    await room.money('700', {
      number: 'P-4',
      customer: brightway,
      payerName: 'Brightway Trading',
      reference: 'INV-3',
      receivedOn: '2026-11-09',
    });
    await room.match({ dryRun: false }, room.contexts.collector);
    expect(await room.unapplied()).toEqual({ 'P-3': '0.00', 'P-4': '700.00' });
    const told = await room.explain({ payment: { customerId: brightway } }, room.contexts.collector);
    expect(told.payment.number).toBe('P-4');
    expect(told.duplicates.map(({ payment }) => payment.number)).toEqual(['P-3']);
    expect(told.next.join(' ')).toMatch(/refund it, or leave it on account/);
  });

  test('several that fit are asked back, none is said plainly', async () => {
    for (const number of ['P-5', 'P-6']) await room.money('50', { number, payerName: 'Somebody' });
    await expect(room.explain({ payment: { amount: '50' } }, room.contexts.collector)).rejects.toThrow(
      /2 payments fit: .*P-6.*P-5/,
    );
    await expect(room.explain({ payment: { amount: '51' } }, room.contexts.collector)).rejects.toThrow(
      /No payment fits/,
    );
    await expect(room.explain({ payment: {} }, room.contexts.collector)).rejects.toThrow(/Say which payment/);
  });

  test('a viewer sees no payment of an account that is not theirs', async () => {
    await room.money('50', { number: 'P-7', customer: brightway });
    await expect(room.explain({ payment: { number: 'P-7' } }, room.contexts.viewer)).rejects.toThrow(
      /No payment fits/,
    );
  });
});

describe('finding the payer', () => {
  test('by an amount that one customer owes exactly', async () => {
    await anInvoice(room.where, brightway, { number: 'INV-8', amount: '48212.50' });
    await anInvoice(room.where, await aCustomer(room.where, { name: 'Hollow Oak Dental' }), { amount: '10' });
    const found = await room.findPayer(
      { name: 'BRT HOLDINGS LLC', amount: '48212.50', currency: 'USD' },
      room.contexts.collector,
    );
    expect(found.candidates[0]).toMatchObject({
      customer: { name: 'Brightway Trading' },
      invoices: [{ invoice: 'INV-8', open: '48212.50' }],
    });
    expect(found.candidates[0]!.why.join(' ')).toContain('exactly 48,212.50 USD');
  });

  test('says what to do when nothing points at anybody', async () => {
    const found = await room.findPayer({ name: 'ZZZ QQQ' }, room.contexts.collector);
    expect(found.candidates).toEqual([]);
    expect(found.next[0]).toContain('Nothing points at a customer');
    await expect(room.findPayer({}, room.contexts.collector)).rejects.toThrow(/Say what is known/);
  });
});

describe('the shadow run', () => {
  test('holds matching against what people applied, and writes nothing', async () => {
    for (let at = 1; at <= 6; at++) {
      await anInvoice(room.where, brightway, { number: `INV-90${at}`, amount: `${100 + at}` });
      await room.money(`${100 + at}`, {
        number: `P-${at}`,
        customer: brightway,
        payerName: 'Brightway Trading',
        reference: `INV-90${at}`,
        receivedOn: `2026-11-0${at}`,
      });
      const { proposal } = await room.propose(
        { payment: { number: `P-${at}` }, parts: [{ invoice: `INV-90${at}` }] },
        { ...room.contexts.collector, today: `2026-11-0${at}` },
      );
      expect((await room.approve(proposal)).applied).toBe(true);
    }
    const before = await room.open();
    const told = await room.replay({ from: '2026-11-01', to: '2026-11-30' }, room.contexts.controller);
    expect(told).toMatchObject({ payments: 6, leftOut: 0, right: 1, precision: 1, wrongAuto: 0, wrong: [] });
    expect(told.threshold).not.toBeNull();
    expect(await room.open()).toEqual(before);
  });

  test('a window in which nobody applied anything is refused with what to do', async () => {
    await expect(
      room.replay({ from: '2020-01-01', to: '2020-01-31' }, room.contexts.controller),
    ).rejects.toThrow(/Import payments/);
    await expect(
      room.replay({ from: '2026-02-01', to: '2026-01-31' }, room.contexts.controller),
    ).rejects.toThrow(/before it begins/);
  });
});
