/** A processor pays out what its own export told of charge by charge: it is one money. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/store/pool.ts';
import { aBankLine } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { csv, headers } from '../import-fixtures.ts';
import { bankBooks } from './bank-books.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const payout = aBankLine({ amount: '970.00', payerName: 'STRIPE', text: 'STRIPE PAYOUT ST-A1B2C3D4' });
const wire = aBankLine({ amount: '970.00', payerName: 'Stripe', text: 'INV-1001' });
const file = { name: 'bank.xml', statements: [{ lines: [payout, wire] }] };
const PAID = `select amount_minor::int as minor, payer_name from payment where tenant_id = $1 and source = 'bank' order by payer_name collate "C"`;

const stripeBooks = async () => {
  const books = await bankBooks(database);
  await database.pool.query(
    `insert into payment (tenant_id, source, external_id, received_on, currency, amount_minor, unapplied_minor)
     values ($1, 'stripe', 'ch_1', '2026-11-17', 'USD', 50000, 50000), ($1, 'stripe', 'ch_2', '2026-11-17', 'USD', 50000, 50000)`,
    [books.tenantId],
  );
  return books;
};

test('a payout of a processor whose charges are known stays a line, and the report says so', async () => {
  const books = await stripeBooks();
  const { statements } = await books.bank([file]);
  expect(statements[0]!.warnings).toEqual([
    '1 credit is a payout of Stripe. The payments in it are known from Stripe itself, so it was kept as a line of the bank and no payment was made of it.',
  ]);
  expect(statements[0]!.lines.map(({ payment }) => payment === null)).toEqual([true, false]);
  expect(await books.rows(PAID)).toEqual([{ minor: 97_000, payer_name: 'Stripe' }]);
});

test('without charges of the processor it is the only word of the money', async () => {
  const books = await bankBooks(database);
  expect((await books.bank([file])).statements[0]!.warnings).toEqual([]);
  expect(await books.rows(PAID)).toHaveLength(2);
});

test('a customer of that name pays as every other one', async () => {
  const books = await stripeBooks();
  await books.run(csv('customers.csv', headers.customers, 'C-1,Stripe Inc,,USD,30,,,,,US'));
  await books.bank([file]);
  expect(await books.rows(PAID)).toHaveLength(2);
});
