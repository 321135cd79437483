import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConfirmBankCsv } from '../../../src/operations/confirm-bank-csv.ts';
import { createImportBank } from '../../../src/operations/import-bank.ts';
import type { BankCsvMap } from '../../../src/ports/bank-files.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aBankLine, asNamedFile, type TestFile, testBankFiles } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { NOW, someBooks } from '../import-fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const guess: BankCsvMap = {
  ...{ delimiter: ';', encoding: 'utf-8', headerLine: 2, dateOrder: 'mdy', decimalMark: ',' },
  columns: { bookedOn: 'Date', amount: 'Amount' },
  doubts: ['The order of day and month is a guess.'],
};
const csvFile = (name: string, header: string): TestFile => ({
  name,
  format: 'csv',
  csvMap: guess,
  text: `Account;42\n${header}\n03.04.2026;5,00\n`,
  statements: [{ lines: [aBankLine({ bankReference: `REF${name}1001` })] }],
});

test('a confirmed map counts for files with the same header, the newest first, and a given one before it', async () => {
  const { context } = await someBooks(database);
  const confirm = createConfirmBankCsv(database);
  const first = csvFile('a.csv', 'Date;Amount');
  await confirm({ file: asNamedFile(first), map: { ...guess, decimalMark: '.' } }, context);
  const { signature } = await confirm(
    { file: asNamedFile(first), map: { ...guess, dateOrder: 'dmy' } },
    context,
  );
  expect(signature).toBe('date|amount');
  const read = async (file: TestFile, csvMap?: BankCsvMap) => {
    const asked: (BankCsvMap | undefined)[] = [];
    await createImportBank(database, testBankFiles([file], asked), { now: () => NOW })(
      [asNamedFile(file)],
      { dryRun: true, ...(csvMap && { csvMap }) },
      context,
    );
    return asked.at(-1)!.dateOrder;
  };
  expect(await read(csvFile('b.csv', 'DATE ;  Amount'))).toBe('dmy');
  expect(await read(csvFile('c.csv', 'Amount;Date'))).toBe('mdy');
  expect(await read(csvFile('b.csv', 'Date;Amount'), { ...guess, dateOrder: 'ymd' })).toBe('ymd');
});

test('a map without a day or an amount is refused, and viewers may not confirm', async () => {
  const { context } = await someBooks(database);
  const confirm = createConfirmBankCsv(database);
  const file = asNamedFile(csvFile('a.csv', 'Date;Amount'));
  await expect(confirm({ file, map: { ...guess, columns: { amount: 'Amount' } } }, context)).rejects.toThrow(
    /day/,
  );
  await expect(confirm({ file, map: { ...guess, columns: { bookedOn: 'Date' } } }, context)).rejects.toThrow(
    /amount/,
  );
  const viewer = { ...context, actor: { ...context.actor, role: 'viewer' as const } };
  await expect(confirm({ file, map: guess }, viewer)).rejects.toThrow(/viewer/);
});
