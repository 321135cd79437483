import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/store/pool.ts';
import { inTenant } from '../../../src/store/transaction.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCustomer, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
let room: CashRoom;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  room = await aCashRoom(database);
  const acme = await aCustomer(room.where, { name: 'Acme Logistics' });
  const zenith = await aCustomer(room.where, { name: 'Zenith Foods' });
  for (const number of ['INV-1', 'INV-2', 'INV-3'])
    await anInvoice(room.where, acme, { number, amount: '200' });
  await anInvoice(room.where, zenith, { number: 'INV-9', amount: '200' });
});

/** The shipped limit of a collector is 50.00 USD. */
const off = async (invoice: string, amount: string) =>
  (await room.adjust({ kind: 'write_off', invoice, amount }, room.contexts.controller)).proposal;

describe('a limit on letting off', () => {
  test('is not passed in parts on one invoice, whoever approved the first part', async () => {
    expect((await room.approve(await off('INV-1', '30'), 'approver')).applied).toBe(true);
    const second = await room.approve(await off('INV-1', '30'), 'collector');
    expect(second.applied).toBe(false);
    expect(second.message).toContain('with the 30.00 USD let off before');
    expect(second.message).toContain('that is 60.00 USD; you may approve up to 50.00 USD');
    expect((await room.approve(await off('INV-1', '20'), 'collector')).applied).toBe(true);
    expect(await room.open()).toMatchObject({ 'INV-1': '150.00' });
  });

  test('is not passed over several invoices of one customer on one day; other customers and people are apart', async () => {
    expect((await room.approve(await off('INV-1', '40'), 'collector')).applied).toBe(true);
    expect((await room.approve(await off('INV-2', '40'), 'collector')).applied).toBe(false);
    expect((await room.approve(await off('INV-9', '40'), 'collector')).applied).toBe(true);
    expect((await room.approve(await off('INV-3', '40'), 'approver')).applied).toBe(true);
    expect(await room.open()).toEqual({
      'INV-1': '160.00',
      'INV-2': '200.00',
      'INV-3': '160.00',
      'INV-9': '160.00',
    });
  });

  test('is not passed by clicks at once', async () => {
    const proposals = [await off('INV-1', '40'), await off('INV-2', '40'), await off('INV-3', '40')];
    const clicks = await Promise.all(proposals.map((each) => room.approve(each, 'collector')));
    expect(clicks.filter(({ applied }) => applied)).toHaveLength(1);
    expect(await room.broken()).toEqual([]);
  });

  test('counts no more what was taken back, and the card says what counts', async () => {
    expect((await room.approve(await off('INV-1', '40'), 'collector')).applied).toBe(true);
    const { proposal } = await room.adjust(
      { kind: 'write_off', invoice: 'INV-1', amount: '20' },
      room.contexts.collector,
    );
    expect(proposal.mayDecide).toBe(false);
    expect(proposal.cautions).toEqual([
      '40.00 USD let off before on the same invoices, or by you for this customer today, count as well: 60.00 USD in all.',
    ]);
    await room.reverse({}, room.contexts.collector);
    const again = await room.adjust(
      { kind: 'write_off', invoice: 'INV-1', amount: '20' },
      room.contexts.collector,
    );
    expect(again.proposal).toMatchObject({ mayDecide: true, cautions: [] });
  });

  test('is that of the role, however much the person may send', async () => {
    await inTenant(database.pool, room.where.tenantId, (sql) =>
      sql.run(
        `update app_user set approval_limit_minor = 10000000, approval_limit_currency = 'USD' where id = $1`,
        [room.contexts.collector.actor.userId],
      ),
    );
    const done = await room.approve(await off('INV-1', '60'), 'collector');
    expect(done.applied).toBe(false);
    expect(done.message).toContain('you may approve up to 50.00 USD');
  });
});
