/** What Remy had put where the ledger then has no room for it any more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/store/pool.ts';
import { testDatabase } from '../support/database.ts';
import { place } from '../support/place.ts';
import { type Books, csv, headers, someBooks } from './import-fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const customers = csv('customers.csv', headers.customers, 'C,Acme,,USD,30,,,,,US');
const invoices = (...rows: string[]) => csv('invoices.csv', headers.invoices, ...rows);
const payments = (...rows: string[]) => csv('payments.csv', headers.payments, ...rows);
const applications = csv('applications.csv', headers.applications, 'P1,I1,600.00,2026-06-03');

const standing = async ({ rows }: Books) =>
  (
    await rows(
      `select (select open_minor::int from invoice where tenant_id = $1) as open,
         (select array_agg(unapplied_minor::int order by external_id) from payment where tenant_id = $1) as unapplied,
         (select coalesce(sum(amount_minor), 0)::int from application where tenant_id = $1) as applied`,
    )
  )[0];

const idOf = async ({ rows }: Books, table: string, number: string): Promise<number> => {
  const [row] = await rows(
    `select id::int as id from ${table} where tenant_id = $1 and external_id = '${number}'`,
  );
  return row!.id as number;
};

/** Takes an application of the ledger off here, as undo does. */
async function takeBack(books: Books, minor: number): Promise<void> {
  const { tenantId } = books;
  await database.pool.query(
    `insert into application (tenant_id, source, external_id, payment_id, invoice_id, currency, amount_minor, applied_on, reverses_id)
     select tenant_id, 'remy', 'reversal-of-' || id, payment_id, invoice_id, currency, -amount_minor, applied_on, id
       from application where tenant_id = $1`,
    [tenantId],
  );
  await database.pool.query(
    'update invoice set open_minor = open_minor + $2, status = $3, paid_on = null where tenant_id = $1',
    [tenantId, minor, 'open'],
  );
  await database.pool.query(
    'update payment set unapplied_minor = unapplied_minor + $2 where tenant_id = $1 and external_id = $3',
    [tenantId, minor, 'P1'],
  );
}

test('a voided invoice gives back what Remy put on it also where Remy took as much off before', async () => {
  const books = await someBooks(database);
  await books.run(
    customers,
    invoices('I1,C,2026-05-01,,USD,600.00,,,,'),
    payments('P1,2026-06-01,USD,600.00,Acme,,,wire,C', 'P2,2026-06-02,USD,600.00,Acme,,,wire,C'),
    applications,
  );
  await takeBack(books, 60_000);
  const customer = { id: await idOf(books, 'customer', 'C'), code: 'C', name: 'Acme' };
  await place(database, books.tenantId, {
    payment: { id: await idOf(books, 'payment', 'P2'), number: 'P2', minor: 60_000n, unapplied: 60_000n },
    invoice: { id: await idOf(books, 'invoice', 'I1'), number: 'I1', open: 60_000n, customer },
    minor: 60_000n,
  });
  expect(await standing(books)).toEqual({ open: 0, unapplied: [60_000, 0], applied: 60_000 });
  const [report] = await books.run(invoices('I1,C,2026-05-01,,USD,600.00,,void,,'));
  expect(report!.warnings.join()).toMatch(/"I1" is void or smaller now: 600\.00 USD .* unapplied again/);
  expect(await standing(books)).toEqual({ open: 0, unapplied: [60_000, 60_000], applied: 0 });
});

test('money that the ledger itself put on an invoice it voids stays there, and the report says so', async () => {
  const books = await someBooks(database);
  await books.run(
    customers,
    invoices('I1,C,2026-05-01,,USD,600.00,,,,'),
    payments('P1,2026-06-01,USD,600.00,Acme,,,wire,C'),
    applications,
  );
  const [report] = await books.run(invoices('I1,C,2026-05-01,,USD,600.00,,void,,'));
  expect(report!.warnings).toEqual([
    'invoice "I1" is void, but the ledger itself put 600.00 USD on it: that money stays there until the ledger takes it off',
  ]);
  expect(await standing(books)).toEqual({ open: 0, unapplied: [0], applied: 60_000 });
});

const credit = (amount: string, open = '') =>
  csv('credits.csv', headers.credits, `CN,C,2026-05-01,USD,${amount},${open}`);

/** Remy uses so many cents of the credit on I1. */
async function useCredit(books: Books, cents: number, n: number): Promise<void> {
  await database.pool.query(
    `insert into application (tenant_id, source, external_id, credit_id, invoice_id, currency, amount_minor, applied_on)
     select $1, 'remy', 'use-' || $3::text, c.id, i.id, 'USD', $2, '2026-06-02' from credit c, invoice i
      where c.tenant_id = $1 and i.tenant_id = $1`,
    [books.tenantId, cents, n],
  );
  for (const table of ['credit', 'invoice'])
    await database.pool.query(`update ${table} set open_minor = open_minor - $2 where tenant_id = $1`, [
      books.tenantId,
      cents,
    ]);
}
const creditStanding = async ({ rows }: Books) =>
  (
    await rows(
      `select (select open_minor::int from credit where tenant_id = $1) as credit,
         (select open_minor::int from invoice where tenant_id = $1) as invoice`,
    )
  )[0];

test.each([
  ['as much as still fits stays used', '60.00', '', 1_000, 55_000],
  ['nothing of it is left', '0.01', '', 1, 60_000],
  ['an open amount is given', '60.00', '60.00', 1_000, 55_000],
])('a credit that the ledger makes smaller gives way: %s', async (_, amount, open, left, owed) => {
  const books = await someBooks(database);
  await books.run(customers, invoices('I1,C,2026-05-01,,USD,600.00,,,,'), credit('100.00'));
  await useCredit(books, 5_000, 1);
  await useCredit(books, 3_000, 2);
  const [report] = await books.run(credit(amount, open));
  expect(report!.skipped).toEqual([]);
  expect(report!.warnings.join()).toMatch(/credit "CN" is smaller now: 30\.00 USD .* invoice "I1"/);
  expect(await creditStanding(books)).toEqual({ credit: left, invoice: owed });
  const [again] = await books.run(credit(amount, open));
  expect(again).toMatchObject({ unchanged: 1, warnings: [] });
});
