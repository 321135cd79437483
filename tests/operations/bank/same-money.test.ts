import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BankLine } from '../../../src/ports/bank-files.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aBankLine, type TestFile } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { csv, headers } from '../import-fixtures.ts';
import { type BankBooks, bankBooks, PAYMENTS } from './bank-books.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const customers = csv(
  'customers.csv',
  headers.customers,
  'C-1,Acme Corp,,USD,30,,,,,US',
  'C-2,Globex Inc,,USD,30,,,,,US',
);
const ledgerOf = (...rows: string[]) => csv('payments.csv', headers.payments, ...rows);
const fileOf = (...lines: BankLine[]): TestFile => ({ name: 'bank.xml', statements: [{ lines }] });

/** How many payments there are, bank first and ledger first. */
async function counted(rows: string[], lines: BankLine[]): Promise<number[]> {
  const found: number[] = [];
  for (const bankFirst of [true, false]) {
    const books = await bankBooks(database);
    await books.run(customers);
    const steps = [() => books.bank([fileOf(...lines)]), () => books.run(ledgerOf(...rows))];
    for (const step of bankFirst ? steps : steps.reverse()) await step();
    const all = await books.rows(PAYMENTS);
    found.push(all.length);
  }
  return found;
}

const line = (over: Partial<BankLine> = {}) => aBankLine({ amount: '500.00', ...over });

describe('the same money told by bank and ledger', () => {
  test.each<[string, string, Partial<BankLine>]>([
    ['a shared reference', 'P1,2026-11-17,USD,500.00,,,INV-1001,wire,', { text: 'PAYMENT INV-1001' }],
    ['the bank reference', 'P1,2026-11-22,USD,500.00,,,BN00771,wire,', { bankReference: 'BN00771' }],
    [
      'the payer account',
      'P1,2026-11-17,USD,500.00,,DE75512108001245126199,,wire,',
      { payerAccount: 'DE75512108001245126199' },
    ],
    ['the payer name', 'P1,2026-11-17,USD,500.00,ACME CORPORATION,,,wire,', { payerName: 'Acme Corp' }],
    [
      'the name cut off',
      'P1,2026-11-17,USD,500.00,Northwind Trading International,,,wire,',
      { payerName: 'NORTHWIND TRADING INTE' },
    ],
    ['the customer of the payment', 'P1,2026-11-17,USD,500.00,,,,wire,C-1', { payerName: 'ACME CORP' }],
    ['a cheque number', 'P1,2026-11-17,USD,500.00,,,CHECK 22318,cheque,', { text: 'LOCKBOX\nCheque 22318' }],
    ['nothing but amount and day', 'P1,2026-11-20,USD,500.00,,,,,', {}],
  ])('%s', async (_, row, over) => {
    expect(await counted([row], [line(over)])).toEqual([1, 1]);
  });

  test.each<[string, string, Partial<BankLine>]>([
    ['another payer', 'P1,2026-11-19,USD,500.00,Globex Inc,,,wire,', { payerName: 'Acme Corp' }],
    ['another customer', 'P1,2026-11-19,USD,500.00,,,,wire,C-2', { payerName: 'Acme Corp' }],
    ['a week between', 'P1,2026-11-26,USD,500.00,Acme Corp,,,wire,', { payerName: 'Acme Corp' }],
    ['nothing known and three days between', 'P1,2026-11-22,USD,500.00,,,,,', {}],
    [
      'a card payment and a cheque of nobody',
      'P1,2026-11-19,USD,500.00,,,,stripe,',
      { code: '475', text: 'DEPOSIT CHECK' },
    ],
    [
      'a card payment of a customer and a wire of nobody',
      'P1,2026-11-19,USD,500.00,Acme Corp,,,Visa,C-1',
      { code: '195' },
    ],
    ['a cheque of nobody and a wire of nobody', 'P1,2026-11-19,USD,500.00,,,,Check,', { text: 'FEDWIRE' }],
    ['another currency', 'P1,2026-11-19,EUR,500.00,Acme Corp,,,wire,', { payerName: 'Acme Corp' }],
    ['another amount', 'P1,2026-11-19,USD,500.01,Acme Corp,,,wire,', { payerName: 'Acme Corp' }],
    [
      'another invoice some days later',
      'P1,2026-11-22,USD,500.00,Acme Corp,,INV-2002,wire,',
      { payerName: 'Acme Corp', text: 'INV-1001' },
    ],
  ])('%s: it is other money', async (_, row, over) => {
    expect(await counted([row], [line(over)])).toEqual([2, 2]);
  });

  test('equal amounts are paired one to one, each with the one it shares most with', async () => {
    const rows = [
      'P1,2026-11-19,USD,500.00,Acme Corp,,INV-1001,wire,C-1',
      'P2,2026-11-19,USD,500.00,Acme Corp,,INV-1002,wire,C-1',
    ];
    const lines = ['INV-1002', 'INV-1001', 'INV-1003'].map((text, n) =>
      line({ payerName: 'ACME CORP', text, bankReference: `BN00${n}77` }),
    );
    expect(await counted(rows, lines)).toEqual([3, 3]);
    const books = await bankBooks(database);
    await books.run(customers, ledgerOf(...rows));
    const { statements } = await books.bank([fileOf(...lines)]);
    expect(statements[0]!.lines.map(({ payment }) => payment).slice(0, 2)).toEqual(['P2', 'P1']);
    expect(statements[0]).toMatchObject({ new: 3, sameMoney: 2 });
  });

  test('what agrees in amount and day only is named, bank first and ledger first', async () => {
    const row = 'P1,2026-11-20,USD,500.00,,,,wire,';
    const ledgerFirst = await bankBooks(database);
    await ledgerFirst.run(customers, ledgerOf(row));
    const { statements } = await ledgerFirst.bank([fileOf(line({ code: '195' }))]);
    expect(statements[0]!.warnings.join()).toMatch(/500\.00 USD of 2026-11-19 was taken for payment P1/);
    const bankFirst = await bankBooks(database);
    await bankFirst.bank([fileOf(line({ code: '195' }))]);
    const [report] = await bankFirst.run(ledgerOf(row));
    expect(report!.warnings.join()).toMatch(/"P1"\) was taken for payment BANK-/);
  });

  test('evidence counts for more than the way of paying, and needs no warning', async () => {
    const row = 'P1,2026-11-19,USD,500.00,,,INV-1001,stripe,';
    const books = await bankBooks(database);
    await books.run(customers, ledgerOf(row));
    const { statements } = await books.bank([fileOf(line({ text: 'CHECK INV-1001' }))]);
    expect(statements[0]).toMatchObject({ sameMoney: 1, warnings: [] });
  });

  test('without any evidence two possibilities are left alone', async () => {
    const rows = ['P1,2026-11-19,USD,500.00,,,,,', 'P2,2026-11-20,USD,500.00,,,,,'];
    expect(await counted(rows, [line()])).toEqual([3, 3]);
  });
});

describe('a ledger that tells of money the bank brought', () => {
  const row = 'P1,2026-11-20,USD,500.00,Acme Corp,,INV-1001,wire,C-1';
  const begin = async (): Promise<BankBooks> => {
    const books = await bankBooks(database);
    await books.bank([fileOf(line({ payerName: 'ACME CORP' }))]);
    return books;
  };

  test('is counted as updated once and unchanged then, and says whose the payment is', async () => {
    const books = await begin();
    const [, first] = await books.run(customers, ledgerOf(row));
    expect(first).toMatchObject({ created: 0, updated: 1, unchanged: 0, skipped: [] });
    const [again] = await books.run(ledgerOf(row));
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 1, skipped: [] });
    const [payment] = await books.rows(
      `select source, (select external_id from customer c where c.id = p.customer_id and c.tenant_id = $1) as customer
         from payment p where tenant_id = $1`,
    );
    expect(payment).toEqual({ source: 'bank', customer: 'C-1' });
  });

  test('applications that name the ledger’s number find the payment of the bank', async () => {
    const books = await begin();
    const report = await books.run(
      customers,
      csv('invoices.csv', headers.invoices, 'INV-1001,C-1,2026-10-01,,USD,800.00,,,,'),
      ledgerOf(row),
      csv('applications.csv', headers.applications, 'P1,INV-1001,500.00,2026-11-20'),
    );
    expect(report.flatMap(({ skipped }) => skipped)).toEqual([]);
    expect(await books.rows('select open_minor::int as open from invoice where tenant_id = $1')).toEqual([
      { open: 30_000 },
    ]);
    expect(await books.rows('select unapplied_minor::int as left from payment where tenant_id = $1')).toEqual(
      [{ left: 0 }],
    );
  });

  test('a row that says another amount later is refused with both amounts', async () => {
    const books = await begin();
    await books.run(customers, ledgerOf(row));
    const [changed] = await books.run(ledgerOf(row.replace('500.00', '510.00')));
    expect(changed!.skipped[0]!.reason).toMatch(/is payment BANK-\w+ over 500\.00 USD, but says 510\.00 USD/);
  });

  test('a customer that was found out is not forgotten when the ledger does not say', async () => {
    const books = await bankBooks(database);
    const silent = 'P1,2026-11-20,USD,500.00,,,,,';
    await books.run(customers, ledgerOf(silent));
    await books.rows(
      'update payment set customer_id = (select min(id) from customer where tenant_id = $1) where tenant_id = $1',
    );
    const [again] = await books.run(ledgerOf(silent));
    expect(again).toMatchObject({ updated: 0, unchanged: 1 });
  });
});
