import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BankLine } from '../../../src/ports/bank-files.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aBankLine, type TestFile } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { csv, headers } from '../import-fixtures.ts';
import { type BankBooks, bankBooks } from './bank-books.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const fileOf = (name: string, ...lines: BankLine[]): TestFile => ({ name, statements: [{ lines }] });
const paid = aBankLine({
  amount: '500.00',
  payerName: 'Acme Corp',
  endToEndId: 'E2E-7788',
  bankReference: 'BN000771',
  text: 'INV-1001',
});
const back = (over: Partial<BankLine> = {}): BankLine =>
  aBankLine({
    amount: '500.00',
    direction: 'debit',
    bookedOn: '2026-11-24',
    payerName: 'Acme Corp',
    text: 'RETURNED ITEM NSF',
    ...over,
  });

/** The payment of the bank is on INV-1001, as the ledger says. */
async function begin(): Promise<BankBooks> {
  const books = await bankBooks(database);
  await books.bank([fileOf('in.xml', paid)]);
  await books.run(
    csv('customers.csv', headers.customers, 'C-1,Acme Corp,,USD,30,,,,,US'),
    csv('invoices.csv', headers.invoices, 'INV-1001,C-1,2026-10-01,,USD,500.00,,,,'),
    csv('payments.csv', headers.payments, 'P1,2026-11-19,USD,500.00,Acme Corp,,INV-1001,wire,C-1'),
    csv('applications.csv', headers.applications, 'P1,INV-1001,500.00,2026-11-19'),
  );
  return books;
}

const standing = async (books: BankBooks) => {
  const [found] = await books.rows(
    `select (select open_minor::int from invoice where tenant_id = $1) as open,
       (select unapplied_minor::int from payment where tenant_id = $1) as unapplied,
       (select coalesce(sum(amount_minor), 0)::int from payment_return where tenant_id = $1) as returned`,
  );
  return found;
};

describe('a debit that takes a payment back', () => {
  test.each<[string, Partial<BankLine>]>([
    ['the same end-to-end id', { payerName: null, endToEndId: 'E2E-7788' }],
    ['the payer', {}],
    ['a reversed booking', { reversal: true, text: 'INV-1001', payerName: null }],
    ['an ISO reason', { returnReason: 'AC04', text: 'Acme Corp' }],
    ['a BAI2 code', { code: '557', text: 'ACME CORP' }],
    ['a German return', { code: 'NRTI+109', text: 'Rücklastschrift Acme Corp INV-1001' }],
  ])('opens the invoice again: %s', async (_, over) => {
    const books = await begin();
    const { statements } = await books.bank([fileOf('out.xml', back(over))]);
    expect(statements[0]).toMatchObject({ returned: 1, new: 1 });
    expect(statements[0]!.lines[0]).toMatchObject({
      payment: null,
      returned: expect.stringMatching(/^BANK-/),
    });
    expect(await standing(books)).toEqual({ open: 50_000, unapplied: 0, returned: 50_000 });
  });

  test('the same ledger files afterwards do not pay it again', async () => {
    const books = await begin();
    await books.bank([fileOf('out.xml', back())]);
    const report = await books.run(
      csv('payments.csv', headers.payments, 'P1,2026-11-19,USD,500.00,Acme Corp,,INV-1001,wire,C-1'),
      csv('applications.csv', headers.applications, 'P1,INV-1001,500.00,2026-11-19'),
      csv('invoices.csv', headers.invoices, 'INV-1001,C-1,2026-10-01,,USD,500.00,0.00,paid,,'),
    );
    expect(report.flatMap(({ skipped }) => skipped)).toEqual([]);
    expect(await standing(books)).toEqual({ open: 50_000, unapplied: 0, returned: 50_000 });
  });

  test('a fee that the bank took with it is seen from the stated amount', async () => {
    const books = await begin();
    const withFee = back({ amount: '507.50', text: 'RETURN ITEM OAMT+500,00 Acme Corp' });
    await books.bank([fileOf('out.xml', withFee)]);
    expect(await standing(books)).toEqual({ open: 50_000, unapplied: 0, returned: 50_000 });
  });

  test('a fee of its own, a supplier and a refund of another amount stay what they are', async () => {
    const books = await begin();
    const { statements } = await books.bank([
      fileOf(
        'out.xml',
        back({ amount: '7.50', text: 'RETURN ITEM FEE' }),
        back({ text: 'SUPPLIER PAYMENT', payerName: 'Acme Corp' }),
      ),
    ]);
    expect(statements[0]!.returned).toBe(0);
    expect(await standing(books)).toEqual({ open: 0, unapplied: 0, returned: 0 });
  });

  test('where it may be one of two payments a person decides', async () => {
    const books = await bankBooks(database);
    const second = { ...paid, endToEndId: 'E2E-7799', bankReference: 'BN000772', text: 'INV-1002' };
    await books.bank([fileOf('in.xml', paid, second)]);
    const { statements } = await books.bank([fileOf('out.xml', back())]);
    expect(statements[0]!.returned).toBe(0);
    expect(statements[0]!.warnings.join()).toMatch(/500\.00 USD left .* 2 payments have this amount/);
  });

  test('a return that is read before its payment finds it once that is there', async () => {
    const books = await bankBooks(database);
    await books.bank([fileOf('out.xml', back())]);
    await books.bank([fileOf('in.xml', paid)]);
    const [found] = await books.rows(
      'select sum(amount_minor)::int as returned from payment_return where tenant_id = $1',
    );
    expect(found).toEqual({ returned: 50_000 });
  });

  test('the same return in another file takes nothing back twice', async () => {
    const books = await begin();
    await books.bank([fileOf('out.xml', back())]);
    const { statements } = await books.bank([fileOf('copy.xml', back())]);
    expect(statements[0]).toMatchObject({ returned: 0, known: 1 });
    expect(await standing(books)).toEqual({ open: 50_000, unapplied: 0, returned: 50_000 });
  });

  test('our own money that comes back is no payment of a customer', async () => {
    const books = await bankBooks(database);
    const { statements } = await books.bank([
      fileOf(
        'in.xml',
        aBankLine({ reversal: true }),
        aBankLine({ code: '257', bankReference: 'BN1001' }),
        aBankLine({ returnReason: 'AC01', bankReference: 'BN1002' }),
      ),
    ]);
    expect(statements[0]!.lines.map(({ payment }) => payment)).toEqual([null, null, null]);
    expect(await books.rows('select 1 from payment where tenant_id = $1')).toEqual([]);
  });
});
