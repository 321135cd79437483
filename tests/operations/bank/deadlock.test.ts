/** A batch that falls to a deadlock is run again, and is counted once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/store/pool.ts';
import { aBankLine } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { counts, csv, headers } from '../import-fixtures.ts';
import { bankBooks } from './bank-books.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** After the next rows were written to the table, once: what Postgres says to one of two that wait for each other. */
async function deadlockOnceAfter(table: string): Promise<() => Promise<void>> {
  // a sequence is not rolled back, so the second attempt is let through
  await database.pool.query(`
    create sequence attempts;
    create function fall_once() returns trigger language plpgsql security definer as $$ begin
      if nextval('public.attempts') = 1 then raise exception 'deadlock detected' using errcode = '40P01'; end if;
      return null; end $$;
    create trigger fall_once after insert on ${table} for each statement execute function fall_once();`);
  return async () => {
    const { rows } = await database.pool.query('select last_value::int as n from attempts');
    await database.pool.query(
      `drop trigger fall_once on ${table}; drop function fall_once(); drop sequence attempts`,
    );
    expect(rows[0].n).toBeGreaterThanOrEqual(2);
  };
}

const FILES = [
  csv('customers.csv', headers.customers, 'C-1,Acme Corp,,USD,30,,,,,US', 'C-1,Acme Corp,,EUR,30,,,,,US'),
  csv(
    'invoices.csv',
    headers.invoices,
    'I-1,C-1,2026-10-01,,USD,500.00,,,,',
    'I-2,C-9,2026-10-01,,USD,1.00,,,,',
  ),
  csv(
    'credits.csv',
    headers.credits,
    'CN-1,C-1,2026-10-01,USD,50.00,',
    'CN-2,C-1,2026-10-01,USD,50.00,60.00',
  ),
  csv('payments.csv', headers.payments, 'P1,2026-11-19,USD,500.00,Acme Corp,,I-1,wire,C-1'),
  csv('applications.csv', headers.applications, 'P1,I-1,500.00,2026-11-19', 'P1,I-7,1.00,2026-11-19'),
];

test.each(['customer', 'invoice', 'credit', 'payment', 'application'])(
  'an import of the ledger that falls to a deadlock after %s rows says what it would have said',
  async (table) => {
    const plain = await bankBooks(database);
    const expected = await plain.run(...FILES);
    const books = await bankBooks(database);
    const over = await deadlockOnceAfter(table);
    const reports = await books.run(...FILES).finally(over);
    expect(reports.map(counts)).toEqual(expected.map(counts));
    expect(reports.map(({ skipped }) => skipped)).toEqual(expected.map(({ skipped }) => skipped));
    expect(await books.rows('select open_minor::int as open from invoice where tenant_id = $1')).toEqual([
      { open: 0 },
    ]);
  },
);

const paid = aBankLine({ amount: '500.00', payerName: 'Acme Corp', endToEndId: 'E2E-7788' });
const back = aBankLine({
  ...{ amount: '500.00', direction: 'debit', bookedOn: '2026-11-24' },
  ...{ payerName: 'Acme Corp', text: 'RETURNED ITEM NSF' },
});
const FILE = { name: 'bank.xml', statements: [{ lines: [paid, back] }] };

test.each(['bank_line', 'payment', 'payment_return', 'audit'])(
  'an import of the bank that falls to a deadlock after %s rows takes each line once',
  async (table) => {
    const books = await bankBooks(database);
    const over = await deadlockOnceAfter(table);
    const { statements } = await books.bank([FILE]).finally(over);
    expect(statements[0]).toMatchObject({ new: 2, known: 0, returned: 1 });
    const [row] = await books.rows(
      `select (select count(*)::int from payment where tenant_id = $1) as payments,
         (select count(*)::int from payment_return where tenant_id = $1) as returns,
         (select count(*)::int from bank_statement where tenant_id = $1) as statements,
         (select count(*)::int from audit where tenant_id = $1 and act = 'return_payment') as told`,
    );
    expect(row).toEqual({ payments: 1, returns: 1, statements: 1, told: 1 });
  },
);
