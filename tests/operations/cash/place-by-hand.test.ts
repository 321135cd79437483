import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/store/pool.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCredit, aCustomer, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
let room: CashRoom;
let payment: { number: string };
let acme: number;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  room = await aCashRoom(database);
  acme = await aCustomer(room.where, { name: 'Acme Logistics' });
  for (const [number, amount] of [
    ['INV-1182', '400'],
    ['INV-1190', '300'],
    ['INV-1195', '250'],
    ['INV-1201', '200'],
  ] as const)
    await anInvoice(room.where, acme, { number, amount });
  await room.money('1000', { number: 'P-1', payerName: 'BRT HOLDINGS LLC', payerAccount: 'US33 1234' });
  payment = { number: 'P-1' };
});

const parts = (...numbers: string[]) => numbers.map((invoice) => ({ invoice }));

describe('placing a payment by hand', () => {
  test('goes on the invoices named, the rest stays on account, after one click', async () => {
    const { proposal } = await room.propose(
      { payment, parts: parts('1182', '1190', '1201') },
      room.contexts.collector,
    );
    expect(await room.unapplied()).toEqual({ 'P-1': '1000.00' });
    expect(proposal.content).toMatchObject({ kind: 'application', placing: { unapplied: '100.00' } });
    const done = await room.approve(proposal, 'collector');
    expect(done.applied, done.message).toBe(true);
    expect(await room.open()).toEqual({
      'INV-1182': '0.00',
      'INV-1190': '0.00',
      'INV-1195': '250.00',
      'INV-1201': '0.00',
    });
    expect(await room.unapplied()).toEqual({ 'P-1': '100.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('a change of mind revises what waits, and the old card decides nothing', async () => {
    const first = await room.propose(
      { payment, parts: parts('1182', '1190', '1201') },
      room.contexts.collector,
    );
    const second = await room.propose(
      { payment, parts: parts('1182', '1195', '1201') },
      room.contexts.collector,
    );
    expect(second.proposal.id).toBe(first.proposal.id);
    expect((await room.approve(first.proposal)).applied).toBe(false);
    expect((await room.approve(second.proposal)).applied).toBe(true);
    expect(await room.open()).toMatchObject({ 'INV-1190': '300.00', 'INV-1195': '0.00' });
  });

  test('an amount that is let off leaves the money for the next invoice', async () => {
    const { proposal } = await room.propose(
      {
        payment,
        parts: parts('1182', '1190'),
        adjustments: [{ kind: 'bank_fee', invoice: '1182', amount: '25' }],
      },
      room.contexts.collector,
    );
    expect(proposal.content).toMatchObject({
      placing: {
        applications: [{ amount: '375.00' }, { amount: '300.00' }],
        adjustments: [{ amount: '25.00' }],
        unapplied: '325.00',
      },
    });
  });

  test('clicks at once apply once', async () => {
    const { proposal } = await room.propose({ payment, parts: parts('1182') }, room.contexts.collector);
    const clicks = await Promise.all(Array.from({ length: 20 }, () => room.approve(proposal)));
    expect(clicks.filter(({ applied }) => applied)).toHaveLength(1);
    expect(await room.unapplied()).toEqual({ 'P-1': '600.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('an invoice that somebody else paid meanwhile makes it stale, and nothing is applied', async () => {
    const { proposal } = await room.propose({ payment, parts: parts('1182') }, room.contexts.collector);
    await room.money('400', { number: 'P-2', payerName: 'Acme Logistics', reference: 'INV-1182' });
    const other = await room.propose(
      { payment: { number: 'P-2' }, parts: parts('1182') },
      room.contexts.controller,
    );
    await room.approve(other.proposal);
    const late = await room.approve(proposal);
    expect(late.applied).toBe(false);
    expect(late.message).toContain('INV-1182 has 0.00 USD open by now');
    expect(await room.unapplied()).toMatchObject({ 'P-1': '1000.00' });
  });

  test('uses a credit together with the money', async () => {
    await aCredit(room.where, acme, { number: 'CN-7', amount: '50' });
    const { proposal } = await room.propose(
      { payment, parts: parts('1182'), credits: [{ credit: 'CN-7', invoice: '1182' }] },
      room.contexts.collector,
    );
    expect(proposal.content).toMatchObject({
      placing: { applications: [{ amount: '350.00' }], credits: [{ amount: '50.00' }], unapplied: '650.00' },
    });
    await room.approve(proposal);
    expect(await room.open()).toMatchObject({ 'INV-1182': '0.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('a credit that is named twice on one invoice is refused, and one named apart is not used over its rest', async () => {
    await aCredit(room.where, acme, { number: 'CN-7', amount: '50' });
    const wish = (...credits: { credit: string; invoice: string; amount?: string }[]) =>
      room.propose({ payment, parts: parts('1182', '1190'), credits }, room.contexts.collector);
    const of = (invoice: string, amount?: string) => ({ credit: 'CN-7', invoice, ...(amount && { amount }) });
    await expect(wish(of('1182', '20'), of('1182', '20'))).rejects.toThrow(/CN-7 is named twice on INV-1182/);
    await expect(wish(of('1182', '40'), of('1190', '40'))).rejects.toThrow(/has only 10.00 USD left/);
    await expect(wish(of('1182'), of('1190'))).rejects.toThrow(/Nothing of credit CN-7 is left/);
    const { proposal } = await wish(of('1182', '20'), of('1190'));
    expect(proposal.content).toMatchObject({
      placing: { credits: [{ amount: '20.00' }, { amount: '30.00' }] },
    });
    const done = await room.approve(proposal);
    expect(done.applied, done.message).toBe(true);
    expect(await room.broken()).toEqual([]);
  });

  test("a credit of another customer pays nothing, one of the invoice's family does", async () => {
    const stranger = await aCustomer(room.where, { name: 'Zenith Foods' });
    const branch = await aCustomer(room.where, { name: 'Acme Logistics West', parent: acme });
    const other = await aCustomer(room.where, { name: 'Acme Logistics East', parent: acme });
    await aCredit(room.where, stranger, { number: 'CN-8', amount: '50' });
    await aCredit(room.where, branch, { number: 'CN-9', amount: '50' });
    await anInvoice(room.where, other, { number: 'INV-1300', amount: '100' });
    await anInvoice(room.where, stranger, { number: 'INV-1400', amount: '100' });
    const wish = (credit: string, ...invoices: string[]) =>
      room.propose({ payment, parts: parts(...invoices), credits: [{ credit }] }, room.contexts.collector);
    await expect(wish('CN-8', '1182')).rejects.toThrow(
      'Credit CN-8 is of Zenith Foods; it does not pay INV-1182 of Acme Logistics.',
    );
    for (const invoice of ['1182', '1300'])
      expect((await wish('CN-9', invoice)).proposal.content).toMatchObject({
        placing: { credits: [{ credit: 'CN-9', amount: '50.00' }] },
      });
    // with invoices of several customers it goes on its own only
    expect((await wish('CN-8', '1182', '1400')).proposal.content).toMatchObject({
      placing: { credits: [{ credit: 'CN-8', invoice: 'INV-1400', amount: '50.00' }] },
    });
  });

  test.each([
    ['more than is open', { parts: [{ invoice: '1182', amount: '401' }] }, /has 400.00 USD open/],
    ['more than came in', { parts: [{ invoice: '1182', amount: '1001' }] }, /Only 1,000.00 USD/],
    ['an invoice twice', { parts: parts('1182', 'INV-1182') }, /named twice/],
    ['an invoice that is not there', { parts: parts('9999') }, /no invoice 9999/],
    ['an amount of zero', { parts: [{ invoice: '1182', amount: '0' }] }, /Nothing is open/],
    ['a credit that is not there', { credits: [{ credit: 'CN-1' }], parts: parts('1182') }, /no credit CN-1/],
  ])('%s is refused with the reason', async (_, wish, reason) => {
    await expect(room.propose({ payment, ...wish }, room.contexts.collector)).rejects.toThrow(reason);
    expect(await room.unapplied()).toEqual({ 'P-1': '1000.00' });
  });

  test('is refused to a viewer', async () => {
    await expect(room.propose({ payment, parts: parts('1182') }, room.contexts.viewer)).rejects.toThrow(
      /viewer/,
    );
  });

  test('once confirmed, the payer is remembered, and forgotten when it is taken back', async () => {
    const { proposal } = await room.propose({ payment, parts: parts('1182') }, room.contexts.collector);
    await room.approve(proposal);
    const known = await room.memory({}, room.contexts.collector);
    expect(known.payers.map(({ kind, key, customer }) => [kind, key, customer.name])).toEqual([
      ['account', 'US331234', 'Acme Logistics'],
      ['name', 'brt holdings', 'Acme Logistics'],
    ]);
    await room.money('300', { number: 'P-3', payerName: 'BRT HOLDINGS LLC', payerAccount: 'US33 1234' });
    const found = await room.findPayer({ name: 'BRT Holdings LLC' }, room.contexts.collector);
    expect(found.candidates[0]!.customer.name).toBe('Acme Logistics');
    const undone = await room.reverse({}, room.contexts.controller);
    expect(undone.unlearned.sort()).toEqual(['US331234', 'brt holdings']);
    expect((await room.memory({}, room.contexts.collector)).total).toBe(0);
    expect(await room.unapplied()).toMatchObject({ 'P-1': '1000.00' });
    expect(await room.broken()).toEqual([]);
  });
});

describe('letting a rest off', () => {
  test('a wire fee closes what a short payment left open', async () => {
    await room.money('375', { number: 'P-5', payerName: 'Acme Logistics', reference: 'INV-1182' });
    const { proposal } = await room.adjust(
      { kind: 'bank_fee', payment: { number: 'P-5' }, invoice: '1182' },
      room.contexts.collector,
    );
    const done = await room.approve(proposal, 'collector');
    expect(done.applied, done.message).toBe(true);
    expect(await room.open()).toMatchObject({ 'INV-1182': '0.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('above the limit of the role it needs somebody with a higher one', async () => {
    const { proposal } = await room.adjust({ kind: 'write_off', invoice: '1201' }, room.contexts.collector);
    const own = await room.approve(proposal, 'collector');
    expect(own.applied).toBe(false);
    expect(own.message).toContain('200.00 USD');
    expect((await room.approve(proposal, 'approver')).applied).toBe(true);
    expect(await room.open()).toMatchObject({ 'INV-1201': '0.00' });
  });

  test('from the second-person amount on, whoever proposed it cannot approve it', async () => {
    const { proposal } = await room.adjust({ kind: 'write_off', invoice: '1182' }, room.contexts.controller);
    const own = await room.approve(proposal, 'controller');
    expect(own.applied).toBe(false);
    expect(own.message).toMatch(/another person/);
    expect((await room.approve(proposal, 'admin')).applied).toBe(true);
  });

  test('without an invoice or payment it asks which', async () => {
    await expect(room.adjust({ kind: 'write_off' }, room.contexts.collector)).rejects.toThrow(/Say which/);
  });
});
