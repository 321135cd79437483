import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Context } from '../../../src/ports/actor.ts';
import type { Database } from '../../../src/store/pool.ts';
import { inTenant } from '../../../src/store/transaction.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCustomer, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
let room: CashRoom;
let acme: number;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  room = await aCashRoom(database);
  acme = await aCustomer(room.where, { name: 'Acme Logistics' });
});

const onDay = (context: Context, today: string): Context => ({ ...context, today });

async function place(
  payment: string,
  parts: readonly { invoice: string; amount?: string }[],
  by: 'collector' | 'approver' = 'collector',
) {
  const { proposal } = await room.propose(
    { payment: { number: payment }, parts: [...parts] },
    room.contexts[by],
  );
  expect((await room.approve(proposal, by)).applied).toBe(true);
}

/** Money of somebody nobody knows, and an invoice that a collector puts it on. */
async function aStranger(number: string, invoice: string): Promise<void> {
  await anInvoice(room.where, acme, { number: invoice, amount: '123.45' });
  await room.money('123.45', { number, payerName: 'BRT HOLDINGS LLC', payerAccount: 'US33 1234' });
}

/** What matching applies on its own: the customer is known, and the reference names the invoice. */
async function matchedAlone(number: string, invoice: string): Promise<void> {
  await anInvoice(room.where, acme, { number: invoice, amount: '777.31' });
  await room.money('777.31', { number, customer: acme, payerName: 'Acme Logistics', reference: invoice });
  const run = await room.match({ dryRun: false }, room.contexts.controller);
  expect(run.summary.applied).toBe(1);
}

const customersOf = (ledger: CashRoom) =>
  inTenant(database.pool, ledger.where.tenantId, (sql) =>
    sql.many(
      z.object({ number: z.string(), customer: z.string().nullable() }),
      `select p.external_id as number, c.name as customer from payment p left join customer c on c.id = p.customer_id
        order by 1`,
    ),
  );

describe('whose the payment is afterwards', () => {
  test("an application to the wrong customer that is taken back leaves the payment nobody's", async () => {
    await aStranger('P-1', 'INV-1');
    await place('P-1', [{ invoice: 'INV-1' }]);
    expect(await customersOf(room)).toEqual([{ number: 'P-1', customer: 'Acme Logistics' }]);
    await room.reverse({}, room.contexts.collector);
    expect(await customersOf(room)).toEqual([{ number: 'P-1', customer: null }]);
    expect(await room.broken()).toEqual([]);
  });

  test("with two acts it is nobody's once both are taken back, in whichever order", async () => {
    for (const order of [
      ['INV-1', 'INV-2'],
      ['INV-2', 'INV-1'],
    ]) {
      room = await aCashRoom(database);
      acme = await aCustomer(room.where, { name: 'Acme Logistics' });
      for (const number of ['INV-1', 'INV-2']) await anInvoice(room.where, acme, { number, amount: '60' });
      await room.money('120', { number: 'P-1', payerName: 'BRT HOLDINGS LLC' });
      for (const invoice of ['INV-1', 'INV-2']) await place('P-1', [{ invoice }]);
      await room.reverse({ invoice: order[0] }, room.contexts.collector);
      expect(await customersOf(room)).toEqual([{ number: 'P-1', customer: 'Acme Logistics' }]);
      await room.reverse({ invoice: order[1] }, room.contexts.collector);
      expect(await customersOf(room)).toEqual([{ number: 'P-1', customer: null }]);
    }
  });

  test('a customer that was known before stays', async () => {
    await anInvoice(room.where, acme, { number: 'INV-1', amount: '100' });
    await room.money('100', { number: 'P-1', customer: acme });
    await place('P-1', [{ invoice: 'INV-1' }]);
    await room.reverse({}, room.contexts.collector);
    expect(await customersOf(room)).toEqual([{ number: 'P-1', customer: 'Acme Logistics' }]);
  });

  test('a payment whose money left again is still of the one who paid', async () => {
    await aStranger('P-1', 'INV-1');
    await place('P-1', [{ invoice: 'INV-1' }]);
    await room.reverse({ invoice: 'INV-1', because: 'returned' }, room.contexts.collector);
    expect(await customersOf(room)).toEqual([{ number: 'P-1', customer: 'Acme Logistics' }]);
  });
});

describe('"undo that"', () => {
  test("is never a colleague's act", async () => {
    await aStranger('P-1', 'INV-1');
    await place('P-1', [{ invoice: 'INV-1' }], 'approver');
    await expect(room.reverse({}, room.contexts.collector)).rejects.toThrow(/by you or by matching/);
    expect(await room.open()).toEqual({ 'INV-1': '0.00' });
    await room.reverse({ invoice: 'INV-1' }, room.contexts.collector);
    expect(await room.open()).toEqual({ 'INV-1': '123.45' });
  });

  test('is what matching did last, where the person did nothing', async () => {
    await matchedAlone('P-2', 'INV-20077');
    await aStranger('P-1', 'INV-1');
    await place('P-1', [{ invoice: 'INV-1' }], 'approver');
    const undone = await room.reverse({}, room.contexts.collector);
    expect(undone.reopened.map(({ invoice }) => invoice)).toEqual(['INV-20077']);
  });

  test("asks back when matching came after the person's own act of an earlier day", async () => {
    await aStranger('P-1', 'INV-1');
    await place('P-1', [{ invoice: 'INV-1' }]);
    await matchedAlone('P-2', 'INV-20077');
    const later = onDay(room.contexts.collector, '2099-01-05');
    await expect(room.reverse({}, later)).rejects.toThrow(
      /123\.45 USD.*on INV-1\).*777\.31 USD.*on INV-20077\).*Say which one/s,
    );
    expect(await room.open()).toEqual({ 'INV-1': '0.00', 'INV-20077': '0.00' });
  });

  test("is the person's own act of the same day, whatever matching did since", async () => {
    await aStranger('P-1', 'INV-1');
    await place('P-1', [{ invoice: 'INV-1' }]);
    await matchedAlone('P-2', 'INV-20077');
    const [own] = (await room.listMatches({ origin: 'person' }, room.contexts.collector)).matches;
    const undone = await room.reverse({}, onDay(room.contexts.collector, own!.matchedOn));
    expect(undone.reopened.map(({ invoice }) => invoice)).toEqual(['INV-1']);
  });
});

describe('a refund', () => {
  const twice = { payment: { amount: '100' }, because: 'refund' } as const;
  beforeEach(async () => {
    await anInvoice(room.where, acme, { number: 'INV-1', amount: '100' });
    await room.money('100', { number: 'P-1', payerName: 'Acme Logistics', receivedOn: '2026-11-10' });
    await place('P-1', [{ invoice: 'INV-1' }]);
  });

  test('of a payment that came twice asks which one, and says where each is', async () => {
    await room.money('100', { number: 'P-2', payerName: 'Acme Logistics', receivedOn: '2026-11-12' });
    await expect(room.reverse(twice, room.contexts.approver)).rejects.toThrow(
      /2 payments fit: .*\(P-2\), on no invoice; .*\(P-1\), on invoices\. Say which one/,
    );
    await room.reverse({ ...twice, payment: { number: 'P-2' } }, room.contexts.approver);
    expect(await room.open()).toEqual({ 'INV-1': '0.00' });
    expect(await room.unapplied()).toEqual({ 'P-1': '0.00', 'P-2': '0.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('does not ask about a payment that has left before', async () => {
    await room.money('100', { number: 'P-2', payerName: 'Acme Logistics', receivedOn: '2026-11-12' });
    await room.reverse({ ...twice, payment: { number: 'P-2' } }, room.contexts.approver);
    const done = await room.reverse(twice, room.contexts.approver);
    expect(done.payment?.number).toBe('P-1');
    expect(await room.open()).toEqual({ 'INV-1': '100.00' });
  });
});
