import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateDemoCompany } from '../../../demo/company.ts';
import { createBankFiles } from '../../../src/connectors/bank-files/index.ts';
import { createImportBank } from '../../../src/operations/import-bank.ts';
import type { NamedFile } from '../../../src/ports/ledger-source.ts';
import type { Database } from '../../../src/store/pool.ts';
import { testDatabase } from '../../support/database.ts';
import { type Books, NOW, someBooks } from '../import-fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const company = generateDemoCompany({ seed: 1, today: '2026-11-25' });
const asFiles = (texts: Readonly<Record<string, string>>): NamedFile[] =>
  Object.entries(texts).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }));

const readBank = (books: Books, files: NamedFile[]) =>
  createImportBank(database, createBankFiles(), { now: () => NOW })(files, { dryRun: false }, books.context);

const SUMS = `select currency, count(*)::int as payments, sum(amount_minor)::bigint::text as received,
  sum(unapplied_minor)::bigint::text as unapplied from payment where tenant_id = $1 group by currency order by currency`;

test('the demo company: payments of the ledger that the bank tells of again are counted once, in either order', async () => {
  const ledger = asFiles(company.files);
  const bank = asFiles(company.bankStatements);
  const ledgerFirst = await someBooks(database);
  await ledgerFirst.run(...ledger);
  const [before] = await ledgerFirst.rows('select count(*)::int as n from payment where tenant_id = $1');
  const read = await readBank(ledgerFirst, bank);
  expect(read.errors).toEqual([]);
  const credits = read.statements.flatMap(({ lines }) =>
    lines.filter(({ direction }) => direction === 'credit'),
  );
  const made = credits.filter(({ payment }) => payment?.startsWith('BANK-'));
  // three accounts with five kinds of fresh money each
  expect(made).toHaveLength(15);
  expect(read.statements.reduce((sum, { sameMoney }) => sum + sameMoney, 0)).toBe(credits.length - 15);
  const [after] = await ledgerFirst.rows('select count(*)::int as n from payment where tenant_id = $1');
  expect(Number(after!.n) - Number(before!.n)).toBe(15);
  const bankFirst = await someBooks(database);
  await readBank(bankFirst, bank);
  await bankFirst.run(...ledger);
  expect(await bankFirst.rows(SUMS)).toEqual(await ledgerFirst.rows(SUMS));
  const again = await bankFirst.run(...ledger);
  expect(again.map(({ created, updated, skipped }) => [created, updated, skipped])).toEqual(
    ledger.map(() => [0, 0, []]),
  );
  const reread = await readBank(bankFirst, bank);
  expect(reread.statements.every(({ new: fresh }) => fresh === 0)).toBe(true);
  expect(await bankFirst.rows(SUMS)).toEqual(await ledgerFirst.rows(SUMS));
}, 120_000);
