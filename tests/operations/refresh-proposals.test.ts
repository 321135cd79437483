import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDecide } from '../../src/operations/decide.ts';
import { createListProposals } from '../../src/operations/list-proposals.ts';
import { createRefreshProposals } from '../../src/operations/proposals/refresh.ts';
import type { Database } from '../../src/store/pool.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import { type Account, asks } from '../support/draft-builders.ts';
import { aDispute, aHoldOn, aPayment, aPromise, paidOff } from '../support/ledger-builders.ts';

describe('bringing waiting proposals up to date', () => {
  let database: Database;
  let desk: Desk;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    desk = await aDesk(database);
  });

  const refresh = () => createRefreshProposals(database, desk.clock)(desk.where.tenantId);

  test('what the books have overtaken is stale and says why; the rest waits on', async () => {
    const events: [RegExp, (account: Account) => Promise<unknown>][] = [
      [/paid now/, ({ invoice }) => paidOff(desk.where, invoice)],
      [/paid something/, ({ customer }) => aPayment(desk.where, { customer })],
      [/on hold/, ({ customer }) => aHoldOn(desk.where, customer)],
      [/disputed/, ({ customer, invoice }) => aDispute(desk.where, customer, invoice)],
      [
        /promised/,
        ({ customer, invoice }) =>
          aPromise(desk.where, customer, {
            madeOn: '2026-11-24',
            payOn: '2026-12-20',
            invoices: [invoice],
            amount: '1200',
          }),
      ],
    ];
    const quiet = await desk.draft();
    const hit = [];
    for (const [why, happen] of events) {
      const { account, card } = await desk.draft();
      await happen(account);
      hit.push({ why, card });
    }
    expect(await refresh()).toEqual({ stale: events.length, expired: 0, woken: 0 });
    for (const { why, card } of hit)
      expect(await desk.state(card)).toEqual({ state: 'stale', state_reason: expect.stringMatching(why) });
    expect(await desk.state(quiet.card)).toMatchObject({ state: 'pending' });
    expect(await refresh()).toEqual({ stale: 0, expired: 0, woken: 0 });
  });

  test('nobody decided in time: expired; put off until a day that has come: waits again', async () => {
    const old = await desk.draft({ expiresAt: new Date('2026-11-24T16:00:00Z') });
    const off = await desk.draft({ expiresAt: new Date('2026-11-24T16:00:00Z') });
    await createDecide(database, desk.clock)(
      { kind: 'snooze', ...off.card, untilOn: '2026-11-26' },
      asks(desk.collector),
      'test',
    );
    desk.clock.set('2026-11-25T09:00:00Z');
    expect(await refresh()).toEqual({ stale: 0, expired: 1, woken: 0 });
    expect(await desk.state(old.card)).toMatchObject({ state: 'expired' });
    desk.clock.set('2026-11-26T09:00:00Z');
    expect(await refresh()).toEqual({ stale: 0, expired: 0, woken: 1 });
    expect(await desk.state(off.card)).toMatchObject({ state: 'pending' });
    desk.clock.set('2026-11-30T09:00:00Z');
    expect(await refresh()).toEqual({ stale: 0, expired: 1, woken: 0 });
  });

  test('what was put off is overtaken too', async () => {
    const { account, card } = await desk.draft();
    await createDecide(database, desk.clock)(
      { kind: 'snooze', ...card, untilOn: '2026-12-01' },
      asks(desk.collector),
      'test',
    );
    await paidOff(desk.where, account.invoice);
    expect(await refresh()).toMatchObject({ stale: 1 });
    expect(await desk.state(card)).toMatchObject({ state: 'stale' });
  });

  test('a list shows how it stands now, with what to know before deciding', async () => {
    const gone = await desk.draft();
    const here = await desk.draft();
    await paidOff(desk.where, gone.account.invoice);
    await database.pool.query(
      `insert into timeline_event (tenant_id, source, external_id, customer_id, kind, happened_on, happened_at, summary)
       values ($1, 'test', 'c1', $2, 'chased', '2026-11-23', '2026-11-23', 'by hand')`,
      [desk.where.tenantId, here.account.customer],
    );
    const list = createListProposals(database, desk.clock);
    const seen = await list({ state: 'waiting', limit: 20 }, asks(desk.collector));
    expect(seen.proposals.map((each) => each.id)).toEqual([here.card.proposalId]);
    expect(seen.proposals[0]).toMatchObject({
      mayDecide: true,
      cautions: [expect.stringMatching(/^Last contact was on 2026-11-23/)],
    });
    const named = await list(
      { state: 'waiting', limit: 20, proposalId: gone.card.proposalId },
      asks(desk.collector),
    );
    expect(named.proposals[0]).toMatchObject({ state: 'stale', mayDecide: false });
    expect(named.proposals[0]!.whyNot).toMatch(/paid now/);
  });

  test('every move is in the audit chain, by Remy itself', async () => {
    const { account } = await desk.draft();
    await paidOff(desk.where, account.invoice);
    await refresh();
    const { rows } = await database.pool.query(
      `select actor, detail->>'reason' as reason from audit where tenant_id = $1 and act = 'proposal_stale'`,
      [desk.where.tenantId],
    );
    expect(rows).toEqual([{ actor: 'remy', reason: expect.stringMatching(/paid now/) }]);
  });
});
