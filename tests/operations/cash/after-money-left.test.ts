import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { returnPayment } from '../../../src/operations/cash/return-payment.ts';
import type { Database } from '../../../src/store/pool.ts';
import { inTenant } from '../../../src/store/transaction.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCustomer, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
let room: CashRoom;
let acme: number;
let paymentId: number;
const idRow = z.object({ id: z.coerce.number() });
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  room = await aCashRoom(database);
  acme = await aCustomer(room.where, { name: 'Acme Logistics' });
  for (const number of ['INV-1', 'INV-2']) await anInvoice(room.where, acme, { number, amount: '400' });
  paymentId = await room.money('775', { number: 'P-1', payerName: 'Acme Logistics' });
});

/** Both invoices are closed by 775: INV-1 in full, INV-2 with a fee of 25 let off. */
async function placeBoth(): Promise<void> {
  const { proposal } = await room.propose(
    {
      payment: { number: 'P-1' },
      parts: [{ invoice: 'INV-1' }, { invoice: 'INV-2' }],
      adjustments: [{ kind: 'bank_fee', invoice: 'INV-2' }],
    },
    room.contexts.controller,
  );
  expect((await room.approve(proposal)).applied).toBe(true);
  expect(await room.open()).toEqual({ 'INV-1': '0.00', 'INV-2': '0.00' });
}

const inForce = async () =>
  (await room.listMatches({}, room.contexts.controller)).matches.filter(
    ({ reversedOn }) => reversedOn === null,
  ).length;

describe('after money left', () => {
  test('what was let off on the invoice it had paid is owed again, also when other money stays', async () => {
    await placeBoth();
    await room.reverse({ invoice: 'INV-2', because: 'chargeback' }, room.contexts.controller);
    expect(await room.open()).toEqual({ 'INV-1': '0.00', 'INV-2': '400.00' });
    expect(await inForce()).toBe(1);
    expect(await room.broken()).toEqual([]);
  });

  test('what was let off stays where the money stays', async () => {
    await placeBoth();
    await room.reverse({ invoice: 'INV-1', because: 'chargeback' }, room.contexts.controller);
    expect(await room.open()).toEqual({ 'INV-1': '400.00', 'INV-2': '0.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('an act of which nothing is left is not in force, and cannot be taken back once more', async () => {
    await placeBoth();
    await room.reverse({ payment: { number: 'P-1' }, because: 'returned' }, room.contexts.controller);
    expect(await inForce()).toBe(0);
    const [gone] = (await room.listMatches({}, room.contexts.controller)).matches;
    expect(gone).toMatchObject({ reversedReason: 'the payment was returned' });
    await expect(room.reverse({}, room.contexts.controller)).rejects.toThrow(/Nothing was applied/);
    expect((await room.memory({}, room.contexts.controller)).payers).not.toEqual([]);
    expect(await room.broken()).toEqual([]);
  });
});

describe('taking back that money left', () => {
  test.each(['refund', 'chargeback'] as const)('of a %s is not for a collector', async (because) => {
    await room.reverse({ payment: { number: 'P-1' }, because }, room.contexts.approver);
    await expect(room.undoReturn({ paymentId }, room.contexts.collector)).rejects.toThrow(/an approver/);
    expect(await room.unapplied()).toEqual({ 'P-1': '0.00' });
    await room.undoReturn({ paymentId }, room.contexts.approver);
    expect(await room.unapplied()).toEqual({ 'P-1': '775.00' });
    expect(await room.broken()).toEqual([]);
  });

  test('is refused to everybody where a line of the bank shows that it left', async () => {
    await returnedByTheBank();
    await expect(room.undoReturn({ paymentId }, room.contexts.admin)).rejects.toThrow(
      /statement shows a returned payment on 2026-11-23/,
    );
    expect(await room.unapplied()).toEqual({ 'P-1': '0.00' });
  });
});

/** The payment is returned by the debit of a statement. */
const returnedByTheBank = () =>
  inTenant(database.pool, room.where.tenantId, async (sql) => {
    const statement = await sql.one(
      idRow,
      `insert into bank_statement (tenant_id, file_sha256, ordinal, format, account, currency)
       values ($1, repeat('a', 64), 1, 'mt940', 'DE1', 'USD') returning id`,
      [sql.tenantId],
    );
    const line = await sql.one(
      idRow,
      `insert into bank_line (tenant_id, statement_id, account, key, interim, booked_on, currency, amount_minor,
         direction, reversal, text)
       values ($1, $2, 'DE1', 'k', false, '2026-11-23', 'USD', 77500, 'debit', false, 'RETURN') returning id`,
      [sql.tenantId, statement.id],
    );
    await returnPayment(sql, {
      ...{ paymentId, kind: 'returned', amountMinor: null, on: '2026-11-23', bankLineId: line.id },
      ...{ reason: 'no funds', madeBy: 'admin@remy.test' },
    });
  });

describe('setting aside while somebody decides', () => {
  test('one of them comes first and the other hears of it', async () => {
    for (let round = 0; round < 3; round++) {
      const number = `Q-${round}`;
      const id = await room.money('50', { number, payerName: 'Acme Logistics' });
      const { proposal } = await room.propose(
        { payment: { number }, parts: [{ invoice: 'INV-1', amount: '50' }] },
        room.contexts.collector,
      );
      const [aside, decided] = await Promise.allSettled([
        room.setAside({ paymentId: id, reason: 'interest' }, room.contexts.collector),
        room.approve(proposal),
      ]);
      const applied = decided.status === 'fulfilled' && decided.value.applied;
      expect(decided.status).toBe('fulfilled');
      expect([aside.status === 'fulfilled', applied].filter(Boolean)).toHaveLength(1);
      expect((await room.unapplied())[number]).toBe('0.00');
      expect(await room.broken()).toEqual([]);
    }
  });
});
