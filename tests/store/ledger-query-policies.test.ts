/** One example of each policy, small enough to be checked by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerQuestionInput } from '../../src/domain/ledger-query/question.ts';
import { createQueryLedger } from '../../src/operations/query-ledger.ts';
import type { Context } from '../../src/ports/actor.ts';
import type { Database } from '../../src/store/pool.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import {
  aContext,
  aCredit,
  aCustomer,
  aDispute,
  anAdjustment,
  anApplication,
  anInvoice,
  aPayment,
  aPromise,
  type In,
} from '../support/ledger-builders.ts';

const TODAY = '2026-11-24';

describe('policies of ledger questions', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  /** A tenant of its own, so that the examples do not see each other. */
  const anExample = async () => {
    const where: In = { database, tenantId: await aTenant(database) };
    const context = await aContext(where, { role: 'controller', today: TODAY });
    const ask = (question: LedgerQuestionInput, as: Context = context) =>
      createQueryLedger(database)(question, as);
    const numbers = async (question: LedgerQuestionInput) =>
      (await ask(question)).rows?.map((row) => row.number).sort();
    return { where, ask, numbers };
  };

  test('P-1: amounts of two currencies stay apart, with the digits of each', async () => {
    const { where, ask } = await anExample();
    const acme = await aCustomer(where);
    await anInvoice(where, acme, { amount: '100.50' });
    await anInvoice(where, acme, { amount: '2.25' });
    await anInvoice(where, acme, { currency: 'JPY', amount: '5000' });
    await anInvoice(where, acme, { currency: 'KWD', amount: '1.250' });
    const result = await ask({ dataset: 'invoices', measures: ['sum_open', 'average_open', 'median_open'] });
    expect(result.groups?.map((group) => [group.currency, group.values])).toEqual([
      ['USD', { sum_open: '102.75', average_open: '51.38', median_open: '51.38' }],
      ['JPY', { sum_open: '5000', average_open: '5000', median_open: '5000' }],
      ['KWD', { sum_open: '1.250', average_open: '1.250', median_open: '1.250' }],
    ]);
    expect(result.notes).toContain('Amounts are per currency; nothing is converted.');
  });

  test('an amount filter is in major units of each currency', async () => {
    const { where, numbers } = await anExample();
    const acme = await aCustomer(where);
    for (const [currency, amount] of [
      ['USD', '4999.99'],
      ['USD', '5000.00'],
      ['JPY', '4999'],
      ['JPY', '5000'],
      ['KWD', '4999.999'],
      ['KWD', '5000.000'],
    ] as const)
      await anInvoice(where, acme, { number: `${currency}-${amount}`, currency, amount });
    expect(await numbers({ dataset: 'invoices', filters: { open: { min: '5000' } } })).toEqual([
      'JPY-5000',
      'KWD-5000.000',
      'USD-5000.00',
    ]);
  });

  test('P-3, P-4: overdue begins the day after the due day, buckets end with 30, 60 and 90 days', async () => {
    const { where, ask, numbers } = await anExample();
    const acme = await aCustomer(where);
    const due: Record<string, string> = {
      today: '2026-11-24',
      d1: '2026-11-23',
      d30: '2026-10-25',
      d31: '2026-10-24',
      d60: '2026-09-25',
      d61: '2026-09-24',
      d90: '2026-08-26',
      d91: '2026-08-25',
    };
    for (const [number, dueOn] of Object.entries(due))
      await anInvoice(where, acme, { number, dueOn, issuedOn: '2026-08-01', amount: '1' });
    await anInvoice(where, acme, {
      number: 'void',
      dueOn: '2026-08-01',
      issuedOn: '2026-08-01',
      status: 'void',
    });
    const result = await ask({ dataset: 'invoices', measures: ['count'], groupBy: ['aging_bucket'] });
    expect(result.groups?.map((group) => [group.agingBucket, group.values.count])).toEqual([
      ['not_due', 1],
      ['1-30', 2],
      ['31-60', 2],
      ['61-90', 2],
      ['90+', 1],
    ]);
    expect(await numbers({ dataset: 'invoices', filters: { status: ['not_due'] } })).toEqual(['today']);
    expect(await numbers({ dataset: 'invoices', filters: { daysOverdue: { min: 61 } } })).toEqual([
      'd61',
      'd90',
      'd91',
    ]);
  });

  test('P-6: a promise broken after its day of grace, the missing part of one partly kept', async () => {
    const { where, ask } = await anExample();
    const acme = await aCustomer(where);
    const invoice = await anInvoice(where, acme, { amount: '100', open: '70' });
    const payment = await aPayment(where, { customer: acme, amount: '30' });
    await anApplication(where, invoice, { payment }, { amount: '30', appliedOn: '2026-11-12' });
    const made = { madeOn: '2026-11-10', payOn: '2026-11-15', method: 'card' };
    await aPromise(where, acme, { ...made, amount: '100', invoices: [invoice] });
    const other = await anInvoice(where, acme, { amount: '5' });
    await aPromise(where, acme, { ...made, payOn: '2026-11-22', amount: '5', invoices: [other] });
    const result = await ask({ dataset: 'promises', order: { by: 'due', direction: 'asc' } });
    expect(result.rows?.map((row) => [row.dueOn, row.status, row.amount, row.open])).toEqual([
      ['2026-11-15', 'partly_kept', '100.00', '70.00'],
      ['2026-11-22', 'broken', '5.00', '5.00'],
    ]);
  });

  test('P-7: went overdue since Friday is due from Friday to yesterday and still open', async () => {
    const { where, numbers } = await anExample();
    const acme = await aCustomer(where);
    for (const dueOn of ['2026-11-19', '2026-11-20', '2026-11-23', '2026-11-24'])
      await anInvoice(where, acme, { number: dueOn, dueOn });
    await anInvoice(where, acme, { number: 'paid', dueOn: '2026-11-21', paidOn: '2026-11-23' });
    expect(
      await numbers({ dataset: 'invoices', filters: { status: ['overdue'], due: { from: '2026-11-20' } } }),
    ).toEqual(['2026-11-20', '2026-11-23']);
  });

  test('P-8: late for the first time', async () => {
    const { where, ask } = await anExample();
    const late = { dueOn: '2026-11-01', issuedOn: '2026-10-01' };
    const before = { dueOn: '2026-09-01', issuedOn: '2026-08-01' };
    const fresh = await aCustomer(where, { name: 'Fresh' });
    await anInvoice(where, fresh, late);
    await anInvoice(where, fresh, { ...before, paidOn: '2026-09-01' });
    const usual = await aCustomer(where, { name: 'Usual' });
    await anInvoice(where, usual, late);
    await anInvoice(where, usual, { ...before, paidOn: '2026-09-02' });
    const punctual = await aCustomer(where, { name: 'Punctual' });
    await anInvoice(where, punctual, { ...late, paidOn: '2026-10-30' });
    const twice = await aCustomer(where, { name: 'Twice' });
    await anInvoice(where, twice, late);
    await anInvoice(where, twice, { ...late, dueOn: '2026-11-05' });
    const result = await ask({ dataset: 'customers', filters: { firstTimeLate: true } });
    expect(result.rows?.map((row) => row.customer?.name)).toEqual(['Fresh', 'Twice']);
  });

  test('P-11: the first two of every currency, with what is shown of the whole', async () => {
    const { where, ask } = await anExample();
    for (const [currency, amounts] of [
      ['USD', ['600', '300', '100']],
      ['EUR', ['10']],
    ] as const)
      for (const amount of amounts) {
        const customer = await aCustomer(where, { name: `${currency} ${amount}` });
        await anInvoice(where, customer, { currency, amount, dueOn: '2026-11-01' });
      }
    const result = await ask({
      dataset: 'invoices',
      filters: { status: ['overdue'] },
      measures: ['sum_open', 'share_of_open'],
      groupBy: ['customer'],
      limit: 2,
    });
    expect(result.groups?.map((group) => [group.customer?.name, group.values.share_of_open])).toEqual([
      ['USD 600', '60.0'],
      ['USD 300', '30.0'],
      ['EUR 10', '100.0'],
    ]);
    expect(result).toMatchObject({ rowCount: 4, truncated: true });
    expect(result.totals).toEqual([
      {
        currency: 'USD',
        count: 3,
        amount: '1000.00',
        open: '1000.00',
        shownOpen: '900.00',
        shownShareOfOpen: '90.0',
      },
      {
        currency: 'EUR',
        count: 1,
        amount: '10.00',
        open: '10.00',
        shownOpen: '10.00',
        shownShareOfOpen: '100.0',
      },
    ]);
  });

  test('the books of a past day: later payments, reversals, credits and write-offs have not happened yet', async () => {
    const { where, ask } = await anExample();
    const acme = await aCustomer(where);
    const old = { issuedOn: '2026-09-01', dueOn: '2026-10-01', amount: '100' };
    const invoice = await anInvoice(where, acme, { ...old, number: 'INV-A', open: '40' });
    const payment = await aPayment(where, { customer: acme, receivedOn: '2026-10-10', amount: '50' });
    const credit = await aCredit(where, acme, { issuedOn: '2026-10-20', amount: '5', open: '0' });
    const first = await anApplication(where, invoice, { payment }, { amount: '50', appliedOn: '2026-10-10' });
    await anApplication(
      where,
      invoice,
      { payment },
      { amount: '-50', appliedOn: '2026-10-15', reverses: first },
    );
    await anApplication(where, invoice, { payment }, { amount: '50', appliedOn: '2026-10-20' });
    await anApplication(where, invoice, { credit }, { amount: '5', appliedOn: '2026-10-25' });
    await anAdjustment(where, invoice, { amount: '5', bookedOn: '2026-10-30' });
    await anInvoice(where, acme, { ...old, number: 'INV-B', issuedOn: '2026-10-28', amount: '7' });
    await anInvoice(where, acme, { ...old, number: 'INV-C', paidOn: '2026-10-26', amount: '9' });
    await anInvoice(where, acme, { ...old, number: 'INV-V', status: 'void' });
    const open = async (asOf?: string) => {
      const { rows } = await ask({
        dataset: 'invoices',
        filters: { status: ['open'] },
        ...(asOf && { asOf }),
      });
      return Object.fromEntries(rows!.map((row) => [row.number, row.open]));
    };
    expect(await open('2026-10-09')).toEqual({ 'INV-A': '100.00', 'INV-C': '9.00' });
    expect(await open('2026-10-10')).toEqual({ 'INV-A': '50.00', 'INV-C': '9.00' });
    expect(await open('2026-10-15')).toEqual({ 'INV-A': '100.00', 'INV-C': '9.00' });
    expect(await open('2026-10-25')).toEqual({ 'INV-A': '45.00', 'INV-C': '9.00' });
    expect(await open('2026-10-29')).toEqual({ 'INV-A': '45.00', 'INV-B': '7.00' });
    expect(await open()).toEqual({ 'INV-A': '40.00', 'INV-B': '7.00' });
  });

  test('a comparison puts the earlier amount beside each group, and groups that are gone last', async () => {
    const { where, ask } = await anExample();
    const [gone, here] = [await aCustomer(where, { name: 'Gone' }), await aCustomer(where, { name: 'Here' })];
    const old = { issuedOn: '2026-08-01', dueOn: '2026-09-01' };
    await anInvoice(where, gone, { ...old, amount: '8', paidOn: '2026-11-10' });
    await anInvoice(where, here, { ...old, amount: '3' });
    await anInvoice(where, here, { amount: '4', issuedOn: '2026-11-05', dueOn: '2026-11-20' });
    const result = await ask({
      dataset: 'invoices',
      filters: { status: ['overdue'] },
      measures: ['sum_open'],
      groupBy: ['customer'],
      compareWith: { asOf: '2026-10-31' },
    });
    expect(
      result.groups?.map((group) => [group.customer?.name, group.values.sum_open, group.compared?.sum_open]),
    ).toEqual([
      ['Here', '7.00', '3.00'],
      ['Gone', '0.00', '8.00'],
    ]);
    expect(result.comparedTotals).toMatchObject([{ currency: 'USD', count: 2, open: '11.00' }]);
    expect(result.comparedDescription).toMatch(/as of 2026-10-31, as the books stood that day/);
  });

  test('a past day says so when invoices were paid on days that nobody recorded; today does not', async () => {
    const { where, ask } = await anExample();
    await anInvoice(where, await aCustomer(where), { issuedOn: '2026-08-01', amount: '8', status: 'paid' });
    const past = await ask({ dataset: 'invoices', measures: ['sum_open'], asOf: '2026-09-30' });
    expect(past.notes.join()).toMatch(/no known payment day/);
    expect((await ask({ dataset: 'invoices', measures: ['sum_open'] })).notes.join()).not.toMatch(
      /payment day/,
    );
  });

  test('a dispute is its own worker’s, or the account owner’s where nobody is named', async () => {
    const { where, ask } = await anExample();
    const acme = await aCustomer(where, { owner: 'rep@remy.test' });
    const invoice = await anInvoice(where, acme);
    await aDispute(where, acme, invoice, {
      reason: 'price',
      openedOn: '2026-11-01',
      owner: 'logistics@remy.test',
    });
    await aDispute(where, acme, invoice, { reason: 'tax', openedOn: '2026-11-05' });
    await aDispute(where, acme, invoice, { reason: 'quality', openedOn: '2026-11-20' });
    const result = await ask({ dataset: 'disputes', filters: { status: ['open'], ageDays: { min: 16 } } });
    expect(result.rows?.map((row) => [row.reason, row.owner, row.ageDays])).toEqual([
      ['price', 'logistics@remy.test', 23],
      ['tax', 'rep@remy.test', 19],
    ]);
  });
});
