import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/store/pool.ts';
import { aBankLine, type TestFile } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { type BankBooks, bankBooks, PAYMENTS } from './bank-books.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const northwind = aBankLine({
  amount: '1700.00',
  currency: 'EUR',
  payerName: 'Northwind GmbH',
  payerAccount: 'DE75512108001245126199',
  reference: 'INV-1072',
  endToEndId: 'NW-5521',
  bankReference: 'BN0002',
  text: 'INV-1072 INV-1073 minus credit CN-12',
  code: 'PMNT/RCDT/ESCT',
});
const rent = aBankLine({ amount: '300.00', currency: 'EUR', direction: 'debit', text: 'RENT NOV' });
const aFile = (over: Partial<TestFile> = {}): TestFile => ({
  name: 'november.xml',
  statements: [{ currency: 'EUR', lines: [northwind, rent] }],
  ...over,
});
const payments = (books: BankBooks) => books.rows(PAYMENTS);
const count = async (books: BankBooks, table: string): Promise<number> =>
  Number((await books.rows(`select count(*)::int as n from ${table} where tenant_id = $1`))[0]!.n);

describe('a bank file', () => {
  test('a booked credit becomes a payment with a number, a debit does not', async () => {
    const books = await bankBooks(database);
    const { statements, errors, dryRun } = await books.bank([aFile()]);
    expect([errors, dryRun]).toEqual([[], false]);
    const [statement] = statements;
    expect(statement).toMatchObject({
      file: 'november.xml',
      format: 'camt.053',
      new: 2,
      known: 0,
      sameMoney: 0,
    });
    const [credit, debit] = statement!.lines;
    expect(credit!.payment).toMatch(/^BANK-[0-9A-HJKMNP-TV-Z]{10}$/);
    expect([credit!.amount, credit!.direction, credit!.state]).toEqual(['1700.00', 'credit', 'new']);
    expect([debit!.payment, debit!.amount, debit!.direction]).toEqual([null, '300.00', 'debit']);
    expect(await payments(books)).toEqual([
      {
        source: 'bank',
        received_on: '2026-11-19',
        currency: 'EUR',
        minor: 170_000,
        unapplied: 170_000,
        payer_name: 'Northwind GmbH',
      },
    ]);
    const [stored] = await books.rows('select reference, method from payment where tenant_id = $1');
    expect(stored).toEqual({ reference: 'INV-1072 INV-1073 minus credit CN-12', method: 'wire' });
  });

  test('the same file again adds nothing and says so', async () => {
    const books = await bankBooks(database);
    const first = await books.bank([aFile()]);
    const again = await books.bank([aFile()]);
    expect(again.statements[0]).toMatchObject({ new: 0, known: 2 });
    expect(again.statements[0]!.warnings.join()).toMatch(/read before, on .* nothing was added/);
    expect(again.statements[0]!.lines.map(({ payment }) => payment)).toEqual(
      first.statements[0]!.lines.map(({ payment }) => payment),
    );
    expect(await payments(books)).toHaveLength(1);
    expect(await count(books, 'bank_line')).toBe(2);
    expect(await count(books, 'bank_file')).toBe(1);
  });

  test('a line of another file adds nothing, whatever the account is called there', async () => {
    const books = await bankBooks(database);
    await books.bank([aFile()]);
    const { statements } = await books.bank([
      aFile({
        name: 'other.xml',
        statements: [{ account: '12030000/202051', currency: 'EUR', lines: [northwind] }],
      }),
    ]);
    expect(statements[0]).toMatchObject({ new: 0, known: 1 });
    expect(await payments(books)).toHaveLength(1);
  });

  test('two payments that are alike in everything stay two, in every file', async () => {
    const books = await bankBooks(database);
    const twice = aFile({ statements: [{ currency: 'EUR', lines: [northwind, northwind] }] });
    await books.bank([twice]);
    await books.bank([{ ...twice, name: 'copy.xml', problems: [] }]);
    expect(await payments(books)).toHaveLength(2);
  });

  test('equal lines on two pages of a SWIFT statement stay two, and a page that comes twice adds none', async () => {
    const books = await bankBooks(database);
    const page = (number: string) => ({ number, currency: 'EUR', lines: [northwind] });
    const file = aFile({ format: 'mt940', statements: [page('5/1'), page('5/2'), page('5/2')] });
    await books.bank([file]);
    expect(await payments(books)).toHaveLength(2);
  });

  test('one reference beside every booking does not make two payers one', async () => {
    const books = await bankBooks(database);
    const constant = { amount: '50.00', currency: 'EUR', bankReference: '4711471147' };
    const from = (payerName: string, name: string) =>
      aFile({ name, statements: [{ currency: 'EUR', lines: [aBankLine({ ...constant, payerName })] }] });
    await books.bank([from('Ada Ltd', 'a.xml')]);
    await books.bank([from('Bert Ltd', 'b.xml')]);
    expect(await payments(books)).toHaveLength(2);
  });

  test('pending lines are shown and are no money', async () => {
    const books = await bankBooks(database);
    const lines = [{ ...northwind, booked: false }];
    const pending = await books.bank([aFile({ statements: [{ currency: 'EUR', lines }] })]);
    expect(pending.statements[0]!.lines[0]).toMatchObject({ state: 'pending', payment: null });
    expect(await payments(books)).toEqual([]);
    await books.bank([aFile({ name: 'booked.xml' })]);
    expect(await payments(books)).toHaveLength(1);
  });

  test('a dry run answers the same and writes nothing', async () => {
    const books = await bankBooks(database);
    const dry = await books.bank([aFile()], { dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, statements: [{ new: 2, known: 0 }] });
    for (const table of ['payment', 'bank_line', 'bank_file', 'bank_statement', 'source_sync', 'audit'])
      expect([table, await count(books, table)]).toEqual([table, 0]);
    const real = await books.bank([aFile()]);
    expect(real.statements[0]!.lines).toEqual(dry.statements[0]!.lines);
  });

  test('of a file that is refused at its end nothing stays, and the others go on', async () => {
    const books = await bankBooks(database);
    const many = Array.from({ length: 1_200 }, (_, n) =>
      aBankLine({ currency: 'EUR', bankReference: `REF${10_000 + n}` }),
    );
    const { statements, errors } = await books.bank([
      aFile({ name: 'cut.xml', statements: [{ currency: 'EUR', lines: many }], refused: 'it is cut off' }),
      aFile(),
    ]);
    expect(errors).toEqual([{ file: 'cut.xml', line: null, reason: 'it is cut off' }]);
    expect(statements.map(({ file }) => file)).toEqual(['november.xml']);
    expect(await count(books, 'bank_line')).toBe(2);
  });

  test('bad lines are named, and an amount that its currency does not know is one', async () => {
    const books = await bankBooks(database);
    const odd = aBankLine({ amount: '100.5', currency: 'JPY', fileLine: 7 });
    const { errors } = await books.bank([
      aFile({
        statements: [{ currency: 'EUR', lines: [odd, northwind] }],
        problems: [{ line: 9, reason: 'no day' }],
      }),
    ]);
    expect(errors.map(({ line }) => line).sort()).toEqual([7, 9]);
    expect(await payments(books)).toHaveLength(1);
  });

  test('viewers may not import', async () => {
    const books = await bankBooks(database);
    await expect(books.bank([aFile()], {}, 'viewer')).rejects.toThrow(/Viewers cannot import/);
  });

  test('how far an account was read is kept, and an older file does not turn it back', async () => {
    const books = await bankBooks(database);
    const synced = () =>
      books.rows(`select source, detail ->> 'newestOn' as newest from source_sync where tenant_id = $1`);
    await books.bank([aFile()]);
    const old = { ...northwind, bookedOn: '2026-10-01' };
    await books.bank([aFile({ name: 'old.xml', statements: [{ currency: 'EUR', lines: [old] }] })]);
    expect(await synced()).toEqual([{ source: 'bank:DE02120300000000202051', newest: '2026-11-19' }]);
    const acts = await books.rows(`select act from audit where tenant_id = $1 order by id`);
    expect(acts.map(({ act }) => act)).toEqual(['import_bank', 'import_bank']);
  });

  test('an import that was cut short is run again and adds nothing twice', async () => {
    const books = await bankBooks(database);
    const lines = Array.from({ length: 1_300 }, (_, n) =>
      aBankLine({ currency: 'EUR', amount: `${n + 1}.00`, bankReference: `REF${10_000 + n}` }),
    );
    const file = aFile({ statements: [{ currency: 'EUR', lines }] });
    let batches = 0;
    const cut = books.bank([file], {
      progress: () => {
        batches += 1;
        if (batches === 2) throw new Error('the power went');
      },
    });
    await expect(cut).rejects.toThrow(/power/);
    expect([await count(books, 'bank_line'), await count(books, 'bank_file')]).toEqual([1_000, 0]);
    const { statements } = await books.bank([file]);
    expect(statements[0]).toMatchObject({ new: 300, known: 1_000 });
    expect([await count(books, 'bank_line'), await count(books, 'payment')]).toEqual([1_300, 1_300]);
    expect(await count(books, 'bank_statement')).toBe(1);
  });
});
