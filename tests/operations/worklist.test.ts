import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateDemoCompany } from '../../demo/company.ts';
import { type WorklistInput, worklistInput, worklistOutput } from '../../src/domain/chase/worklist.ts';
import { createReadPolicy } from '../../src/operations/read-policy.ts';
import { createWorklist } from '../../src/operations/worklist.ts';
import type { Context } from '../../src/ports/actor.ts';
import type { Database } from '../../src/store/pool.ts';
import { testDatabase } from '../support/database.ts';
import { type DemoTenant, loadedDemo } from '../support/demo-tenant.ts';

const TODAY = '2026-08-20';
let database: Database;
let demo: DemoTenant;

beforeAll(async () => {
  database = await testDatabase();
  const clock = { today: () => TODAY, now: () => new Date(`${TODAY}T12:00:00Z`) };
  demo = await loadedDemo(database, generateDemoCompany({ seed: 7, today: TODAY }), clock);
});
afterAll(() => database.close());

const contextOf = (actor: Context['actor']): Context => ({ actor, thread: 'test', today: TODAY });
/** Checked against the shape that tools and people get. */
const ask = async (input: Partial<WorklistInput> = {}, actor = demo.collector) =>
  worklistOutput.parse(
    await createWorklist(database)(worklistInput.parse({ limit: 200, ...input }), contextOf(actor)),
  );
const numberIn = (text: string) => Number(text.replaceAll(',', ''));

describe('the worklist of the demo company', () => {
  test('ranks who is chased by expected gain, currency by currency, with the sums of all', async () => {
    const { items, count, totals, dayOff } = await ask();
    expect(dayOff).toBeNull();
    expect(items.map((each) => each.rank)).toEqual(items.map((_, at) => at + 1));
    expect(count).toBe(items.length);
    expect(count).toBeGreaterThan(10);
    for (const { currency, amount, count: of } of totals) {
      const own = items.filter((each) => each.currency === currency);
      expect(own.length).toBe(of);
      expect(own.reduce((sum, each) => sum + numberIn(each.dueAmount), 0)).toBeCloseTo(numberIn(amount), 2);
      const gains = own.map((each) => numberIn(each.expectedGain));
      expect(gains).toEqual([...gains].sort((a, b) => b - a));
    }
  });

  test('says for every account what is done, to whom, why, and what would change it', async () => {
    const { items } = await ask();
    for (const { step, reasons, wouldChange, invoices, dueAmount } of items) {
      if (step.channel === 'email') expect(step.to.length).toBeGreaterThan(0);
      for (const address of step.to) expect(step.text).toContain(address);
      expect(reasons.length).toBeGreaterThanOrEqual(3);
      expect(wouldChange.length).toBeGreaterThan(0);
      expect(invoices.reduce((sum, each) => sum + numberIn(each.openAmount), 0)).toBeCloseTo(
        numberIn(dueAmount),
        2,
      );
    }
    expect(items.find((each) => each.customer.name === 'Ashworth Textiles Ltd')).toMatchObject({
      step: { letter: 'broken_promise', text: expect.stringContaining('broken promise') },
      reasons: expect.arrayContaining([expect.stringMatching(/^promised .* GBP by 2026-08-07/)]),
    });
  });

  test('lists every account with something overdue once, on one side or the other', async () => {
    const chased = (await ask()).items.filter((each) => numberIn(each.overdueAmount) > 0);
    const { notChased, items, notChasedCount } = await ask({ notChased: true });
    expect(items).toEqual([]);
    expect(notChased.length).toBe(notChasedCount);
    const names = [...chased, ...notChased].map((each) => `${each.customer.name} ${each.currency}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { reasons } of notChased) expect(reasons.length).toBeGreaterThan(0);
    expect(notChased.find((each) => each.customer.name === 'Umbrella Corporation')).toMatchObject({
      reasons: [{ kind: 'hold', untilOn: '2026-09-10' }],
      nextOn: '2026-09-10',
    });
    expect(notChased.find((each) => each.customer.name === 'Delta Freight')?.reasons).toMatchObject([
      { kind: 'disputed', text: expect.stringContaining('contract') },
    ]);
  });

  test('answers "why this account today?" from either side, with its rank among all', async () => {
    const all = (await ask()).items;
    const third = all[2]!;
    expect(await ask({ customerId: third.customer.id })).toMatchObject({ items: [third], count: 1 });
    const [held] = (await ask({ notChased: true })).notChased;
    const answer = await ask({ customerId: held!.customer.id });
    expect(answer.items).toEqual([]);
    expect(answer.notChased).toEqual([held]);
    await expect(ask({ customerId: 987_654 })).rejects.toThrow(/owes nothing, or is not among/);
  });

  test('finds who was chased often with no reply, whether or not it is chased today', async () => {
    const { items, notChased } = await ask({ minUnanswered: 7 });
    expect(items.length).toBeGreaterThan(0);
    expect(notChased.length).toBeGreaterThan(0);
    for (const each of [...items, ...notChased]) expect(each.unanswered).toBeGreaterThanOrEqual(7);
  });

  test('shows a sales person its own accounts only, and ranks them among themselves', async () => {
    const maria = await demo.user('maria.lopez@demo.example');
    const { items, notChased } = await ask({ minUnanswered: 1 }, maria);
    const own = await ask({}, maria);
    for (const each of [...items, ...notChased, ...own.items]) expect(each.owner).toBe(maria.email);
    expect(own.items[0]?.rank).toBe(1);
    expect(own.items.map((each) => each.customer.name)).toEqual(
      (await ask({ owner: 'Maria.Lopez@demo.example' })).items.map((each) => each.customer.name),
    );
    const foreign = (await ask()).items.find((each) => each.owner !== maria.email)!;
    await expect(ask({ customerId: foreign.customer.id }, maria)).rejects.toThrow(/not among the accounts/);
    expect((await ask({ owner: 'james.carter@demo.example' }, maria)).count).toBe(0);
  });

  test('looks ahead to a later day, not back, and says when a day is off', async () => {
    const monday = await ask({ on: '2026-08-24' });
    expect(monday.items.map((each) => each.customer.name)).toContain('Umbrella Pharma France SAS');
    const saturday = await ask({ on: '2026-08-22' });
    expect(saturday).toMatchObject({ dayOff: '2026-08-22 is not a working day' });
    expect(saturday.items.filter((each) => each.step.channel !== 'hand_over')).toEqual([]);
    await expect(ask({ on: '2026-08-19' })).rejects.toThrow(/today \(2026-08-20\) or a later day/);
  });

  test('gives the policy in force to look at', async () => {
    const { cadence, company } = await createReadPolicy(database)({}, contextOf(demo.collector));
    expect(cadence).toMatchObject({ version: null, policy: { weeklyCap: 2 } });
    expect(company).toEqual({ version: null, company: null });
  });
});
