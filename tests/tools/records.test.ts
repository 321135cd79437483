import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLiftHolds } from '../../src/operations/lift-holds.ts';
import { createLogPromise } from '../../src/operations/log-promise.ts';
import { createOpenDispute } from '../../src/operations/open-dispute.ts';
import { createSetHold } from '../../src/operations/set-hold.ts';
import type { Context } from '../../src/ports/actor.ts';
import type { Database } from '../../src/store/pool.ts';
import { createLiftHoldTool } from '../../tools/lift-hold.ts';
import { createLogPromiseTool } from '../../tools/log-promise.ts';
import { createOpenDisputeTool } from '../../tools/open-dispute.ts';
import { createSetHoldTool } from '../../tools/set-hold.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aContext, aCustomer, anInvoice, type In } from '../support/ledger-builders.ts';

describe('what is recorded from a conversation', () => {
  let database: Database;
  let where: In;
  let collector: Context;
  let viewer: Context;

  beforeAll(async () => {
    database = await testDatabase();
    where = { database, tenantId: await aTenant(database) };
    collector = await aContext(where, { today: '2026-08-20' });
    viewer = await aContext(where, { role: 'viewer', today: '2026-08-20' });
  });
  afterAll(() => database.close());

  const setHold = (input: object, context = collector) =>
    createSetHoldTool({ setHold: createSetHold(database) }).call(input, context);
  const liftHold = (input: object, context = collector) =>
    createLiftHoldTool({ liftHolds: createLiftHolds(database) }).call(input, context);
  const logPromise = (input: object, context = collector) =>
    createLogPromiseTool({ logPromise: createLogPromise(database) }).call(input, context);
  const openDispute = (input: object, context = collector) =>
    createOpenDisputeTool({ openDispute: createOpenDispute(database) }).call(input, context);

  test('"until the 20th" holds through the 19th, and is lifted as what it was', async () => {
    const customerId = await aCustomer(where, { name: 'Soylent', code: 'S1' });
    const hold = {
      customer: { id: customerId, code: 'S1', name: 'Soylent' },
      invoice: null,
      reason: 'legal',
    };
    const set = await setHold({ customerId, reason: 'legal', resumeOn: '2026-09-20' });
    expect(set).toMatchObject({
      ...hold,
      fromOn: '2026-08-20',
      untilOn: '2026-09-19',
      resumeOn: '2026-09-20',
    });
    expect(await liftHold({ customerId })).toMatchObject({
      liftedOn: '2026-08-20',
      lifted: [{ ...hold, untilOn: '2026-09-19' }],
      stillHeld: [],
    });
    expect(await liftHold({ customerId })).toMatchObject({ lifted: [], stillHeld: [] });
  });

  test('a hold until today would hold nothing and is refused', async () => {
    const customerId = await aCustomer(where);
    await expect(setHold({ customerId, reason: 'x', resumeOn: '2026-08-20' })).rejects.toThrow(/earlier/);
  });

  test('lifting for an invoice leaves the hold of the customer, and names it', async () => {
    const customerId = await aCustomer(where);
    await anInvoice(where, customerId, { number: 'H-1' });
    await anInvoice(where, customerId, { number: 'H-2' });
    await setHold({ customerId, reason: 'all of it' });
    await setHold({ invoice: 'h-1', reason: 'this one' });
    await setHold({ invoice: 'H-2', reason: 'the other' });
    expect(await liftHold({ invoice: 'H-1' })).toMatchObject({
      lifted: [{ invoice: 'H-1', reason: 'this one' }],
      stillHeld: [{ invoice: null, reason: 'all of it' }],
    });
    expect(await liftHold({ customerId })).toMatchObject({
      lifted: [{ reason: 'all of it' }, { invoice: 'H-2' }],
    });
  });

  test('a promise takes the currency that the customer owes in', async () => {
    const customerId = await aCustomer(where, { name: 'Cyberdyne', code: 'C1', currency: 'USD' });
    await anInvoice(where, customerId, { currency: 'EUR', amount: '40000' });
    expect(
      await logPromise({ customerId, amount: '40000', payOn: '2026-08-28', method: 'cheque' }),
    ).toMatchObject({
      customer: { name: 'Cyberdyne' },
      invoices: [],
      amount: '40000.00',
      currency: 'EUR',
      madeOn: '2026-08-20',
      payOn: '2026-08-28',
      method: 'cheque',
    });
    await anInvoice(where, customerId, { currency: 'GBP' });
    await expect(logPromise({ customerId, amount: '1', payOn: '2026-08-28' })).rejects.toThrow(
      /owes in EUR and GBP\. In which currency/,
    );
    expect(await logPromise({ customerId, amount: '1', currency: 'GBP', payOn: '2026-08-28' })).toMatchObject(
      { currency: 'GBP' },
    );
  });

  test('with nothing open, a promise is in the currency that the ledger has for the customer', async () => {
    const customerId = await aCustomer(where, { currency: 'JPY' });
    expect(await logPromise({ customerId, amount: '500', payOn: '2026-08-28' })).toMatchObject({
      amount: '500',
      currency: 'JPY',
      caution: 'They owe nothing in JPY.',
    });
  });

  test('a promise of more than is open says what is open', async () => {
    const customerId = await aCustomer(where, { name: 'Cyberdyne Systems' });
    await anInvoice(where, customerId, { number: 'P-1', amount: '4000' });
    await anInvoice(where, customerId, { number: 'P-2', amount: '221' });
    const cautionOf = async (over: object) =>
      ((await logPromise({ customerId, payOn: '2026-08-28', ...over })) as { caution: string | null })
        .caution;
    expect(await cautionOf({ amount: '4221.01' })).toBe(
      'That is more than the 4,221.00 USD they owe in all.',
    );
    expect(await cautionOf({ amount: '222', invoices: ['P-2'] })).toBe(
      'That is more than the 221.00 USD they owe on P-2.',
    );
    expect(await cautionOf({ amount: '1', currency: 'EUR' })).toBe(
      'They owe nothing in EUR; 4,221.00 USD in all.',
    );
    expect(await cautionOf({ amount: '4221' })).toBeNull();
    expect(await cautionOf({ amount: '4221', invoices: ['P-1', 'P-2'] })).toBeNull();
  });

  test('a dispute says of what, how much and who answers it', async () => {
    const customerId = await aCustomer(where, { name: 'Acme', code: 'A1' });
    await anInvoice(where, customerId, { number: 'INV-5567', amount: '900' });
    expect(
      await openDispute({ invoice: 'INV-5567', lineNumber: 2, reason: 'quantity', owner: 'ops' }),
    ).toMatchObject({
      customer: { name: 'Acme' },
      invoice: 'INV-5567',
      lineNumber: 2,
      reason: 'quantity',
      amount: '900.00',
      currency: 'USD',
      owner: 'ops',
      openedOn: '2026-08-20',
    });
  });

  test('a viewer records nothing', async () => {
    const customerId = await aCustomer(where);
    await anInvoice(where, customerId, { number: 'V-1' });
    for (const tried of [
      setHold({ customerId, reason: 'x' }, viewer),
      liftHold({ customerId }, viewer),
      logPromise({ customerId, amount: '1', payOn: '2026-08-28' }, viewer),
      openDispute({ invoice: 'V-1', reason: 'price' }, viewer),
    ])
      await expect(tried).rejects.toThrow(/can look but not record/);
  });
});
