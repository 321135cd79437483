import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type LedgerMetricsInput,
  ledgerMetricsInput,
  ledgerMetricsOutput,
} from '../../src/domain/ledger-query/answers.ts';
import { createLedgerMetrics } from '../../src/operations/ledger-metrics.ts';
import type { Context } from '../../src/ports/actor.ts';
import { findFigure } from '../../src/store/figures.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import {
  aContext,
  aCustomer,
  aDispute,
  anAdjustment,
  anApplication,
  anInvoice,
  aPayment,
  type In,
} from '../support/ledger-builders.ts';

type Asked = Partial<LedgerMetricsInput> & Pick<LedgerMetricsInput, 'metric'>;

describe('ledger metrics', () => {
  let database: Database;
  let where: In;
  let controller: Context;
  let acme: number;
  let acmeBerlin: number;
  let globex: number;
  const measure = async (asked: Asked, context = controller) => {
    const answer = await createLedgerMetrics(database)(ledgerMetricsInput.parse(asked), context);
    ledgerMetricsOutput.parse(answer);
    return answer;
  };
  const figure = async (asked: Asked, currency = 'USD', context = controller) =>
    (await measure(asked, context)).figures.find((each) => each.currency === currency);

  /** A paid invoice with its payment. */
  const paid = async (customer: number, amount: string, issuedOn: string, dueOn: string, paidOn: string) => {
    const invoice = await anInvoice(where, customer, { amount, issuedOn, dueOn, paidOn });
    const payment = await aPayment(where, { amount, receivedOn: paidOn, customer });
    await anApplication(where, invoice, { payment }, { amount, appliedOn: paidOn });
  };

  beforeAll(async () => {
    database = await testDatabase();
    where = { database, tenantId: await aTenant(database) };
    controller = await aContext(where, { role: 'controller', today: '2026-11-20' });
    acme = await aCustomer(where, {
      name: 'Acme Corp',
      owner: 'rep@remy.test',
      country: 'US',
      segment: 'Enterprise',
    });
    acmeBerlin = await aCustomer(where, { name: 'Acme GmbH', parent: acme, country: 'DE' });
    globex = await aCustomer(where, { name: 'Globex', country: 'FR' });
    await paid(acme, '1000', '2026-08-01', '2026-08-31', '2026-09-10');
    await paid(acme, '3000', '2026-09-01', '2026-10-01', '2026-09-28');
    await paid(acme, '600', '2026-10-05', '2026-11-04', '2026-11-04');
    const partly = await anInvoice(where, acme, {
      amount: '900',
      open: '400',
      issuedOn: '2026-10-01',
      dueOn: '2026-10-20',
    });
    const part = await aPayment(where, { amount: '500', receivedOn: '2026-11-02', customer: acme });
    await anApplication(where, partly, { payment: part }, { amount: '490', appliedOn: '2026-11-02' });
    await anAdjustment(where, partly, { kind: 'bank_fee', amount: '10', bookedOn: '2026-11-02' });
    await anInvoice(where, acmeBerlin, { amount: '1200', issuedOn: '2026-11-10', dueOn: '2026-12-10' });
    const contested = await anInvoice(where, globex, {
      amount: '300',
      issuedOn: '2026-06-01',
      dueOn: '2026-07-01',
    });
    await aDispute(where, globex, contested, { openedOn: '2026-07-10' });
    await anInvoice(where, globex, {
      amount: '70',
      currency: 'EUR',
      issuedOn: '2026-11-01',
      dueOn: '2026-11-15',
    });
    await anInvoice(where, globex, {
      amount: '5000',
      issuedOn: '2026-10-02',
      dueOn: '2026-11-02',
      status: 'void',
    });
  });
  afterAll(() => database.close());

  test('aging splits what is open by days past due, per currency', async () => {
    const answer = await measure({ metric: 'aging' });
    expect(answer.figures.map(({ currency, value }) => [currency, value])).toEqual([
      ['EUR', '70.00'],
      ['USD', '1900.00'],
    ]);
    expect(answer.figures[1]!.buckets).toEqual([
      { bucket: 'not_due', count: 1, open: '1200.00', share: '63.2' },
      { bucket: '1-30', count: 0, open: '0.00', share: '0.0' },
      { bucket: '31-60', count: 1, open: '400.00', share: '21.1' },
      { bucket: '61-90', count: 0, open: '0.00', share: '0.0' },
      { bucket: '90+', count: 1, open: '300.00', share: '15.8' },
    ]);
    expect(answer.notes).toContain('Each currency stands by itself; nothing is converted.');
  });

  test('aging of a past day has the open amounts of that day', async () => {
    const past = await figure({ metric: 'aging', asOf: '2026-10-31' });
    expect(past?.value).toBe('1800.00');
    expect(past?.buckets?.map(({ bucket, open }) => `${bucket} ${open}`)).toEqual([
      'not_due 600.00',
      '1-30 900.00',
      '31-60 0.00',
      '61-90 0.00',
      '90+ 300.00',
    ]);
  });

  test('aging can leave disputed invoices out', async () => {
    expect((await figure({ metric: 'aging', excludeDisputed: true }))?.value).toBe('1600.00');
    expect((await figure({ metric: 'aging', excludeDisputed: true, asOf: '2026-07-05' }))?.value).toBe(
      '300.00',
    );
  });

  test('count-back DSO of the running month and of month ends before it', async () => {
    const dso = await figure({ metric: 'dso', months: 3 });
    // 20 Nov: 1900 = November's 1200 in 20 days, then 700 of October's 1500 in 31 days
    // 31 Oct: 1800 = October's 1500 in 31 days, then 300 of September's 3000 in 30 days
    // 30 Sep: 300 = of September's 3000
    expect(dso?.series).toEqual([
      { period: '2026-09', value: '3.0', receivable: '300.00', billed: '3000.00' },
      { period: '2026-10', value: '34.0', receivable: '1800.00', billed: '1500.00' },
      { period: '2026-11', value: '34.5', receivable: '1900.00', billed: '1200.00' },
    ]);
    expect(dso).toMatchObject({
      value: '34.5',
      inputs: { receivable: '1900.00', 'billed 2026-10': '1500.00' },
    });
  });

  test('count-back reaches as far back as the receivable does', async () => {
    const dso = await figure({ metric: 'dso', customerIds: [globex] });
    // nothing billed in USD since June: 20 days of November, 31 + 30 + 31 + 31, and all of June
    expect(dso?.value).toBe('173.0');
  });

  test('simple DSO, best possible DSO and the days between them', async () => {
    // September to 20 November: 81 days, 5700 billed
    expect((await figure({ metric: 'dso', method: 'simple' }))?.value).toBe('27.0');
    expect((await figure({ metric: 'best_possible_dso' }))?.value).toBe('17.1');
    const add = await figure({ metric: 'average_days_delinquent' });
    expect(add).toMatchObject({
      value: '9.9',
      inputs: { receivable: '1900.00', 'not past due': '1200.00', billed: '5700.00', days: '81' },
    });
  });

  test('collection effectiveness of the running month', async () => {
    const answer = await measure({ metric: 'cei', currency: ['USD'] });
    // (1800 + 1200 - 1900) / (1800 + 1200 - 1200)
    expect(answer.figures[0]).toMatchObject({ value: '61.1', unit: '%' });
    expect(answer.notes).toEqual(['2026-11 is not over: it counts until 2026-11-20.']);
  });

  test('concentration names the largest debtors', async () => {
    const answer = await figure({ metric: 'concentration' });
    expect(answer).toMatchObject({
      value: '100.0',
      inputs: { open: '1900.00', debtors: '3', 'top 1': '63.2' },
    });
    expect(answer?.customers?.map(({ customer, open, share }) => [customer.name, open, share])).toEqual([
      ['Acme GmbH', '1200.00', '63.2'],
      ['Acme Corp', '400.00', '21.1'],
      ['Globex', '300.00', '15.8'],
    ]);
  });

  test('payer habits of a customer over the last twelve months', async () => {
    const habits = await figure({ metric: 'payer_habits', customerIds: [acme] });
    expect(habits).toMatchObject({
      value: '2.3',
      inputs: {
        'paid invoices': '3',
        'average days to pay': '32.3',
        'median days late': '0.0',
        'on time %': '66.7',
      },
    });
    expect(habits?.customers).toMatchObject([
      { customer: { name: 'Acme Corp' }, paidInvoices: 3, medianDaysToPay: '30.0' },
    ]);
    const lastMonth = await figure({ metric: 'payer_habits', customerIds: [acme], months: 1 });
    expect(lastMonth?.inputs['paid invoices']).toBe('1');
  });

  test('a scope by group, region, segment and owner', async () => {
    const open = async (asked: Partial<Asked>) => (await figure({ metric: 'aging', ...asked }))?.value;
    expect(await open({ customerIds: [acme] })).toBe('400.00');
    expect(await open({ customerIds: [acme], withChildren: true })).toBe('1600.00');
    expect(await open({ region: ['EMEA'] })).toBe('1500.00');
    expect(await open({ segment: ['enterprise'] })).toBe('400.00');
    expect(await open({ owner: ['Rep@remy.test'] })).toBe('400.00');
    const { description } = await measure({ metric: 'aging', customerIds: [acme], withChildren: true });
    expect(description).toMatch(/^Acme Corp \(.*\) and 1 below in the group$/);
  });

  test('a viewer gets figures of own accounts only', async () => {
    const viewer = await aContext(where, { role: 'viewer', email: 'rep@remy.test', today: '2026-11-20' });
    expect((await measure({ metric: 'aging' }, viewer)).figures.map((each) => each.value)).toEqual([
      '400.00',
    ]);
    expect((await figure({ metric: 'dso' }, 'USD', viewer))?.inputs.receivable).toBe('400.00');
    await expect(measure({ metric: 'aging', customerIds: [globex] }, viewer)).rejects.toThrow(/may see/);
    expect(
      (await figure({ metric: 'aging', customerIds: [acme], withChildren: true }, 'USD', viewer))?.value,
    ).toBe('400.00');
  });

  test('a day after today is refused', async () => {
    await expect(measure({ metric: 'dso', asOf: '2026-11-21' })).rejects.toThrow(/not written yet/);
  });

  test('nothing that fits is no figure, and said', async () => {
    expect(await measure({ metric: 'dso', currency: ['CHF'] })).toMatchObject({
      figures: [],
      notes: ['Nothing in the ledger fits this filter.'],
    });
  });

  test('the figure is kept with its question and day', async () => {
    const { figureId } = await measure({ metric: 'dso', months: 2 });
    const kept = await inTenant(database.pool, where.tenantId, (sql) =>
      findFigure(sql, controller, figureId),
    );
    expect(kept).toMatchObject({
      tool: 'ledger_metrics',
      as_of: '2026-11-20',
      input: { metric: 'dso', months: 2 },
    });
  });

  test('a payment on an unknown day makes past days unknown, never the present one', async () => {
    const tenant = { database, tenantId: await aTenant(database) };
    const context = await aContext(tenant, { today: '2026-11-20' });
    const customer = await aCustomer(tenant);
    await anInvoice(tenant, customer, { amount: '100', issuedOn: '2026-09-10', status: 'paid' });
    await anInvoice(tenant, customer, { amount: '50', issuedOn: '2026-10-10', dueOn: '2026-11-10' });
    await anInvoice(tenant, customer, { amount: '80', issuedOn: '2026-10-11', paidOn: '2026-11-05' });
    const answer = await createLedgerMetrics(database)(
      ledgerMetricsInput.parse({ metric: 'dso', months: 4 }),
      context,
    );
    expect(answer.figures[0]?.series?.map(({ period, value }) => [period, value])).toEqual([
      ['2026-08', '0.0'],
      ['2026-09', null],
      ['2026-10', null],
      ['2026-11', '31.9'],
    ]);
    expect(answer.notes.join(' ')).toContain('1 paid or partly paid USD invoice has no known payment day');
    const aged = await createLedgerMetrics(database)(
      ledgerMetricsInput.parse({ metric: 'aging', asOf: '2026-10-31' }),
      context,
    );
    expect(aged.figures[0]).toMatchObject({ value: null });
    expect(aged.notes[0]).toContain('cannot be told');
  });
});
