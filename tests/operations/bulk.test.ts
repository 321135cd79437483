import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bulkPlanCard } from '../../src/cards/proposal-lists.ts';
import { bulkPlanInput } from '../../src/domain/chase/proposals.ts';
import { InvalidInputError } from '../../src/domain/errors.ts';
import { createApproveBulk } from '../../src/operations/approve-bulk.ts';
import { createPlanBulk } from '../../src/operations/plan-bulk.ts';
import type { Database } from '../../src/store/pool.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import {
  aDraft,
  anAccount,
  anEmail,
  aPolicyChange,
  asks,
  type Card,
  withPolicy,
} from '../support/draft-builders.ts';
import { aContext, paidOff } from '../support/ledger-builders.ts';

describe('approving many at once', () => {
  let database: Database;
  let desk: Desk;
  const cards: Record<string, Card & { customer: number; invoice: number }> = {};

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    desk = await aDesk(database);
    const drafts: [string, string, string][] = [
      ['Acme', '900.00', 'USD'],
      ['Globex', '4000.00', 'USD'],
      ['Initech', '7000.00', 'USD'],
      ['Umbrella', '800.00', 'EUR'],
    ];
    for (const [name, amount, currency] of drafts) {
      const account = await anAccount(desk.where, { name, amount, currency });
      cards[name] = {
        ...(await aDraft(desk.where, anEmail(account, { amount, currency }), desk.bot)),
        customer: account.customer,
        invoice: account.invoice,
      };
    }
    await aDraft(desk.where, aPolicyChange(), desk.collector);
  });

  const plan = (wish: Parameters<ReturnType<typeof createPlanBulk>>[0], by = desk.controller) =>
    createPlanBulk(database, desk.clock)(wish, asks(by));
  const approve = (wish: Parameters<typeof plan>[0], planDigest: string, by = desk.controller) =>
    createApproveBulk(database, desk.clock)({ wish, planDigest }, asks(by), 'test');
  const names = (all: readonly { customer: { name: string } }[]) => all.map((each) => each.customer.name);
  const decided = async () =>
    Number(
      (await database.pool.query('select count(*) from decision where tenant_id = $1', [desk.where.tenantId]))
        .rows[0].count,
    );

  test('"all under 5k": shows what would leave to whom, and what stays and why', async () => {
    const found = await plan({ maxAmount: '5000' });
    expect(names(found.approve)).toEqual(['Acme', 'Globex', 'Umbrella']);
    expect(found.count).toBe(3);
    expect(found.totals).toEqual([
      { currency: 'EUR', amount: '800.00', count: 1 },
      { currency: 'USD', amount: '4900.00', count: 2 },
    ]);
    expect(found.recipients).toHaveLength(3);
    expect(found.left).toEqual([
      expect.objectContaining({ customer: 'Initech', amount: '7000.00', why: 'above 5,000.00 USD' }),
    ]);
    expect(await decided()).toBe(0);
  });

  test('a bar with decimals that a currency does not know is rounded down for it', async () => {
    for (const [name, amount] of [
      ['Tanaka', '4999'],
      ['Suzuki', '5000'],
    ] as const) {
      const account = await anAccount(desk.where, { name, amount, currency: 'JPY' });
      await aDraft(desk.where, anEmail(account, { amount, currency: 'JPY', totalAmount: amount }), desk.bot);
    }
    const found = await plan({ maxAmount: '4999.50' });
    expect(names(found.approve)).toEqual(['Acme', 'Globex', 'Umbrella', 'Tanaka']);
    expect(found.left).toMatchObject([
      { customer: 'Initech', why: 'above 4,999.50 USD' },
      { customer: 'Suzuki', why: 'above 4,999 JPY' },
    ]);
    expect(names((await plan({ maxAmount: '4999.50', currency: 'JPY' })).approve)).toEqual(['Tanaka']);
    await expect(plan({ maxAmount: '-1' })).rejects.toThrow(/not an amount/);
  });

  test('one that cannot be decided on is a result of its own beside those that were approved', async () => {
    const { planDigest } = await plan({});
    let clicks = 0;
    const onPoint = (name: string) => {
      if (name !== 'decide:checked') return;
      clicks++;
      if (clicks === 2) throw new InvalidInputError('no hour of any day fits');
      if (clicks === 3) throw new Error('the disk is full');
    };
    const done = await createApproveBulk(database, desk.clock, { onPoint })(
      { wish: {}, planDigest },
      asks(desk.controller),
      'test',
    );
    expect(done).toMatchObject({
      applied: true,
      message: '2 approved, 2 not (see each), 0 left as they were.',
    });
    expect(done.results.map((each) => [each.applied, each.message.split('.')[0]])).toEqual([
      [true, expect.stringMatching(/^Approved/)],
      [false, 'no hour of any day fits'],
      [false, 'Something failed inside Remy, so this one was not approved'],
      [true, expect.stringMatching(/^Approved/)],
    ]);
    expect(await decided()).toBe(2);
    expect(await desk.state(cards.Globex!)).toMatchObject({ state: 'pending' });
  });

  test('what has a caution stays, to be looked at by itself', async () => {
    await database.pool.query(
      `insert into timeline_event (tenant_id, source, external_id, customer_id, kind, happened_on, happened_at, summary)
       values ($1, 'remy', 'message:1', $2, 'chased', '2026-11-23', '2026-11-23T15:00:00Z', 'Written to')`,
      [desk.where.tenantId, cards.Acme!.customer],
    );
    const hooli = await anAccount(desk.where, { name: 'Hooli' });
    await aDraft(desk.where, anEmail(hooli, { bcc: ['controller@remy.test'] }), desk.bot);
    const vandelay = await anAccount(desk.where, { name: 'Vandelay' });
    await aDraft(desk.where, anEmail(vandelay), desk.bot, { riskFlags: ['unknown_amount'] });
    const found = await plan({});
    expect(names(found.approve)).toEqual(['Globex', 'Initech', 'Umbrella']);
    expect(found.left.map((each) => [each.customer, each.why])).toEqual([
      ['Acme', expect.stringMatching(/^to be looked at by itself: Last contact was on 2026-11-23/)],
      ['Hooli', 'to be looked at by itself: A blind copy goes to controller@remy.test.'],
      ['Vandelay', expect.stringMatching(/Flagged: unknown_amount\.|approv/)],
    ]);
  });

  test('the hour at which it would leave is no reason against approving it among many', async () => {
    await withPolicy(desk.where, { contactHours: { from: '08:00', to: '18:00' } });
    desk.clock.set('2026-11-24T20:00:00Z');
    expect((await plan({})).count).toBe(4);
  });

  test('a plan that cannot hold all that waits says how many are not in it', async () => {
    const small = await createPlanBulk(database, desk.clock, 3)({}, asks(desk.controller));
    expect(small).toMatchObject({ count: 3, left: [], beyond: 1 });
    expect(JSON.stringify(bulkPlanCard(small, bulkPlanInput.parse({})))).toContain('1 more wait');
    expect(await plan({})).not.toHaveProperty('beyond');
  });

  test('a bar in one currency says nothing of the others', async () => {
    const found = await plan({ maxAmount: '5000', currency: 'USD' });
    expect(names(found.approve)).toEqual(['Acme', 'Globex']);
    expect(found.left.map((each) => each.why).sort()).toEqual(['above 5,000.00 USD', 'not in USD']);
  });

  test('"all but Acme" leaves Acme out; "only Acme" leaves the others', async () => {
    const without = await plan({ exceptCustomerIds: [cards.Acme!.customer] });
    expect(names(without.approve)).toEqual(['Globex', 'Initech', 'Umbrella']);
    expect(without.left).toMatchObject([{ customer: 'Acme', why: 'you left Acme out' }]);
    expect(names((await plan({ onlyCustomerIds: [cards.Acme!.customer] })).approve)).toEqual(['Acme']);
  });

  test('what the person may not approve stays, for somebody who may', async () => {
    const found = await plan({}, desk.collector);
    expect(names(found.approve)).toEqual(['Acme', 'Globex', 'Umbrella']);
    expect(found.left[0]!.why).toMatch(/you may approve up to 5,000.00 USD/);
    const viewer = (await aContext(desk.where, { role: 'viewer' })).actor;
    expect(await plan({}, viewer)).toMatchObject({ count: 0, approve: [], left: [] });
  });

  test('approves exactly the plan, one decision each, and leaves the rest as it was', async () => {
    const { planDigest } = await plan({ maxAmount: '5000' });
    const done = await approve({ maxAmount: '5000' }, planDigest);
    expect(done).toMatchObject({ applied: true, message: '3 approved, 1 left as they were.' });
    expect(done.results.every((each) => each.applied)).toBe(true);
    expect(await decided()).toBe(3);
    expect(await desk.state(cards.Initech!)).toMatchObject({ state: 'pending' });
    desk.clock.advance(61);
    await desk.sweep();
    expect(desk.mailbox.journal).toHaveLength(3);
    expect((await approve({ maxAmount: '5000' }, planDigest)).applied).toBe(false);
    expect(await decided()).toBe(3);
  });

  test('a plan that is another one by now approves nothing and shows the new one', async () => {
    const { planDigest } = await plan({});
    await paidOff(desk.where, cards.Acme!.invoice);
    const late = await approve({}, planDigest);
    expect(late).toMatchObject({ applied: false, results: [] });
    expect(names(late.plan.approve)).toEqual(['Globex', 'Initech', 'Umbrella']);
    const { planDigest: other } = await plan({ maxAmount: '1000' });
    expect((await approve({}, other)).applied).toBe(false);
    expect(await decided()).toBe(0);
  });

  test('an amount or currency that cannot be read is refused', async () => {
    await expect(plan({ maxAmount: 'lots' })).rejects.toThrow(/not an amount/);
    await expect(plan({ currency: 'DOL' })).rejects.toThrow(/not a currency/);
  });
});
