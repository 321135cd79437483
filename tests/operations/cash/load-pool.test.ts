import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultCashPolicy, matchSettings } from '../../../src/domain/cash/default-policy.ts';
import { loadPool, matchPaymentOf } from '../../../src/operations/cash/load-pool.ts';
import { readUnappliedPayments } from '../../../src/store/cash/payments.ts';
import type { Database } from '../../../src/store/pool.ts';
import { inTenant } from '../../../src/store/transaction.ts';
import { aCashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCustomer, aDispute, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('an invoice that is found by number, amount and customer is read once, with whether it is disputed', async () => {
  const room = await aCashRoom(database);
  const acme = await aCustomer(room.where, { name: 'Acme Logistics Inc' });
  const named = await anInvoice(room.where, acme, { number: 'INV-20418', amount: '500' });
  const disputed = await anInvoice(room.where, acme, { number: 'INV-20419', amount: '880' });
  const settled = await anInvoice(room.where, acme, { number: 'INV-20420', amount: '70' });
  await aDispute(room.where, acme, disputed);
  await aDispute(room.where, acme, settled, { resolvedOn: '2026-11-02' });
  const other = await aCustomer(room.where, { name: 'Blue Harbor Foods' });
  const alike = await anInvoice(room.where, other, { number: 'INV-30111', amount: '500' });
  await anInvoice(room.where, other, { number: 'INV-30112', amount: '12345' });
  await room.money('500', { payerName: 'ACME LOGISTICS INC', reference: 'INV-20418' });
  const pool = await inTenant(database.pool, room.where.tenantId, async (sql) =>
    loadPool(
      sql,
      (await readUnappliedPayments(sql)).map((row) => matchPaymentOf(row)),
      matchSettings(defaultCashPolicy),
      '2026-11-25',
    ),
  );
  expect(pool.invoices.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
    [named, disputed, settled, alike].sort((a, b) => a - b),
  );
  expect(pool.invoices.filter((each) => each.disputed).map(({ id }) => id)).toEqual([disputed]);
  expect(pool.invoices.find(({ id }) => id === named)).toMatchObject({
    ...{ number: 'INV-20418', customerId: acme, currency: 'USD', openMinor: 50000n, status: 'open' },
    ...{ paidOn: null, disputed: false },
  });
});
