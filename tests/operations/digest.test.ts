import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultPolicy } from '../../src/domain/cadence/default-policy.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { createBuildDigest } from '../../src/operations/build-digest.ts';
import { createEnsureBot } from '../../src/operations/ensure-bot.ts';
import { appendAudit } from '../../src/store/audit.ts';
import { addPolicyVersion } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import {
  aContext,
  aCustomer,
  aDispute,
  anApplication,
  anInvoice,
  aPayment,
  aPromise,
  type In,
} from '../support/ledger-builders.ts';

describe('the digest', () => {
  let database: Database;
  let where: In;
  let now = new Date('2026-11-24T15:00:00Z');
  const clock = { now: () => now, today: () => now.toISOString().slice(0, 10) };
  const digest = () => createBuildDigest(database, clock);
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    now = new Date('2026-11-24T15:00:00Z');
    where = { database, tenantId: await aTenant(database) };
  });

  const companyIn = (timezone: string, country: string | null = null) =>
    inTenant(database.pool, where.tenantId, (sql) =>
      addPolicyVersion(sql, {
        kind: 'company',
        data: { name: 'Us', fromName: 'Us', fromAddress: 'ar@us.test', timezone, country },
        madeBy: 'test',
        proposalId: null,
      }),
    );
  const preview = async (audience?: string, over = {}) =>
    digest().preview({ audience }, await aContext(where, { today: '2026-11-24', ...over }));
  const posts = () =>
    inTenant(database.pool, where.tenantId, (sql) =>
      sql.many(
        z.object({ audience: z.string(), day: z.string() }),
        'select audience, local_day as day from digest_post order by local_day, audience',
      ),
    );

  /** Two accounts of two owners with news of yesterday. */
  async function books(): Promise<{ acme: number; bolt: number }> {
    const acme = await aCustomer(where, { name: 'Acme', owner: 'rep@us.test' });
    const bolt = await aCustomer(where, { name: 'Bolt', owner: 'other@us.test' });
    const old = await anInvoice(where, acme, {
      number: 'A-1',
      issuedOn: '2026-10-01',
      dueOn: '2026-11-23',
      amount: '700',
    });
    await anInvoice(where, acme, {
      number: 'A-2',
      issuedOn: '2026-10-01',
      dueOn: '2026-11-24',
      amount: '50',
    });
    const big = await anInvoice(where, bolt, {
      issuedOn: '2026-11-23',
      dueOn: '2026-12-23',
      amount: '900',
      currency: 'EUR',
    });
    const payment = await aPayment(where, {
      number: 'P-1',
      customer: bolt,
      receivedOn: '2026-11-23',
      amount: '400',
      currency: 'EUR',
    });
    await anApplication(where, big, { payment }, { amount: '400', currency: 'EUR', appliedOn: '2026-11-23' });
    await aPayment(where, { customer: acme, receivedOn: '2026-11-24', amount: '9' });
    await aPayment(where, { receivedOn: '2026-11-23', amount: '11' });
    await aPromise(where, acme, { amount: '300', madeOn: '2026-11-10', payOn: '2026-11-19', method: null });
    await aPromise(where, acme, { amount: '70', madeOn: '2026-11-10', payOn: '2026-11-10', method: 'card' });
    await aPromise(where, bolt, {
      amount: '600',
      madeOn: '2026-11-10',
      payOn: '2026-11-25',
      currency: 'EUR',
    });
    await aDispute(where, acme, old, { amount: '20', openedOn: '2026-11-23', owner: 'ops@us.test' });
    await aDispute(where, acme, old, { amount: '20', openedOn: '2026-11-20', reason: 'tax' });
    return { acme, bolt };
  }

  test('tells the cash, the promises, the disputes and the movements since yesterday, none summed over currencies', async () => {
    await books();
    const content = await preview();
    expect(content).toMatchObject({
      day: '2026-11-24',
      audience: 'team',
      since: '2026-11-23',
      forecast: null,
    });
    expect(content.cashIn.totals).toEqual([
      { currency: 'EUR', amount: '400.00', count: 1 },
      { currency: 'USD', amount: '11.00', count: 1 },
    ]);
    expect(content.cashIn.biggest).toMatchObject([
      { customer: { name: 'Bolt' }, amount: '400.00', text: 'P-1, received on 2026-11-23' },
    ]);
    expect(content.brokenPromises).toMatchObject([
      { amount: '300.00', text: 'promised for 2026-11-19; nothing came in' },
    ]);
    expect(content.duePromises).toMatchObject([{ customer: { name: 'Bolt' }, amount: '600.00' }]);
    expect(content.newDisputes).toMatchObject([{ amount: '20.00', text: 'A-1: price, with ops@us.test' }]);
    expect(content.movements).toMatchObject([
      {
        customer: { name: 'Acme' },
        amount: '700.00',
        text: 'became overdue: 1 invoice, oldest due 2026-11-23',
      },
      {
        customer: { name: 'Bolt' },
        currency: 'EUR',
        amount: '500.00',
        text: 'balance up: 900.00 EUR billed, 400.00 EUR settled',
      },
    ]);
  });

  test('a sales person gets the own accounts only, and may ask for no others', async () => {
    await books();
    const rep = { role: 'viewer' as const, email: 'rep@us.test' };
    const content = await preview(undefined, rep);
    expect(content.audience).toBe('rep@us.test');
    expect(JSON.stringify(content)).not.toMatch(/Bolt|EUR/);
    expect(content.cashIn.totals).toEqual([]);
    expect(content.newDisputes).toHaveLength(1);
    await expect(preview('team', rep)).rejects.toThrow(/own accounts/);
    await expect(preview('other@us.test', rep)).rejects.toThrow(/own accounts/);
    expect(await preview('rep@us.test')).toEqual(content);
  });

  test('what Remy did by itself is counted, what people did is not', async () => {
    const { acme } = await books();
    await createEnsureBot(database)(where.tenantId);
    now = new Date();
    await inTenant(database.pool, where.tenantId, async (sql) => {
      for (const [actor, act, detail] of [
        ['remy@remy.invalid', 'make_task', { customerId: acme }],
        ['remy@remy.invalid', 'make_task', {}],
        ['remy', 'email_sent', { customerId: acme }],
        ['ana@us.test', 'set_hold', { customerId: acme }],
      ] as const)
        await appendAudit(sql, { actor, act, detail });
    });
    expect((await preview()).done).toEqual(['Sent 1 approved email.', 'Made 2 tasks.']);
    expect((await preview('rep@us.test')).done).toEqual(['Sent 1 approved email.', 'Made 1 task.']);
  });

  test('twenty posts at once make one digest, and a post of yesterday does not stand for today', async () => {
    await companyIn('America/New_York');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => digest().post(where.tenantId, 'team')),
    );
    expect(answers.filter(({ posted }) => posted)).toHaveLength(1);
    expect(new Set(answers.map(({ content }) => JSON.stringify(content))).size).toBe(1);
    now = new Date('2026-11-25T15:00:00Z');
    expect((await digest().post(where.tenantId, 'team')).posted).toBe(true);
    expect(await posts()).toEqual([
      { audience: 'team', day: '2026-11-24' },
      { audience: 'team', day: '2026-11-25' },
    ]);
  });

  test('the first digest after a weekend tells of the whole weekend, and nothing twice', async () => {
    await companyIn('America/New_York');
    await books();
    now = new Date('2026-11-20T15:00:00Z');
    await digest().post(where.tenantId, 'team');
    now = new Date('2026-11-23T15:00:00Z');
    const monday = (await digest().post(where.tenantId, 'team')).content;
    expect(monday.since).toBe('2026-11-20');
    now = new Date('2026-11-24T15:00:00Z');
    expect((await digest().post(where.tenantId, 'team')).content.since).toBe('2026-11-23');
  });

  test('a payment that was entered late is told with its day', async () => {
    now = new Date('2026-11-23T15:00:00Z');
    await digest().post(where.tenantId, 'team');
    await inTenant(database.pool, where.tenantId, (sql) => sql.many(z.object({}), 'select pg_sleep(0.01)'));
    await aPayment(where, {
      customer: await aCustomer(where),
      number: 'LATE',
      receivedOn: '2026-11-18',
      amount: '5',
    });
    await aPayment(where, {
      customer: await aCustomer(where),
      number: 'OLD',
      receivedOn: '2026-01-18',
      amount: '5',
    });
    now = new Date('2026-11-24T15:00:00Z');
    const { content } = await digest().post(where.tenantId, 'team');
    expect(content.cashIn.biggest.map(({ text }) => text)).toEqual(['LATE, received on 2026-11-18']);
  });

  test('it is due from the hour of the policy on, by the clock on the wall of the company', async () => {
    await companyIn('Asia/Tokyo');
    now = new Date('2026-11-23T22:59:00Z');
    expect(await digest().postDue(where.tenantId)).toEqual([]);
    now = new Date('2026-11-23T23:00:00Z');
    expect(await digest().postDue(where.tenantId)).toEqual(['team']);
    expect(await digest().postDue(where.tenantId)).toEqual([]);
    expect(await posts()).toEqual([{ audience: 'team', day: '2026-11-24' }]);
  });

  test('each sales person with accounts has one of the own', async () => {
    await books();
    await aContext(where, { role: 'viewer', email: 'rep@us.test' });
    await aContext(where, { role: 'viewer', email: 'nobody@us.test' });
    expect(await digest().postDue(where.tenantId)).toEqual(['team', 'rep@us.test']);
  });

  test.each([
    ['clocks go forward and half past two is skipped', '2026-03-07', '2026-03-10'],
    ['clocks go back and half past two comes twice', '2026-10-31', '2026-11-03'],
  ])('when %s, each day still has one digest', async (_, from, to) => {
    await companyIn('America/New_York');
    await inTenant(database.pool, where.tenantId, (sql) =>
      addPolicyVersion(sql, {
        kind: 'cadence',
        data: { ...defaultPolicy, digestAt: '02:30', workingDays: [1, 2, 3, 4, 5, 6, 7] },
        madeBy: 'test',
        proposalId: null,
      }),
    );
    const end = new Date(`${to}T05:00:00Z`);
    for (now = new Date(`${from}T06:00:00Z`); now < end; now = new Date(now.getTime() + 1_800_000))
      await digest().postDue(where.tenantId);
    expect((await posts()).map(({ day }) => day)).toEqual([from, addDays(from, 1), addDays(from, 2)]);
  });
});
