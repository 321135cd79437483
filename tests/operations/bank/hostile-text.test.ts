/** Text that a database refuses: NUL, and halves of a character, also those that a cut makes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/store/pool.ts';
import { aBankLine } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { bankBooks } from './bank-books.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const SMILE = '\u{1f600}';

test('a line is taken with what can be stored of its text, in every column', async () => {
  const books = await bankBooks(database);
  const broken = 'A\0B\ud83d C';
  const line = aBankLine({
    ...{ amount: '500.00', payerName: broken, reference: broken, text: broken, endToEndId: broken },
    ...{ bankReference: broken, code: broken, payerAccount: broken, returnReason: broken },
    remittance: [{ document: broken, amount: null }],
  });
  const { errors } = await books.bank([
    { name: 'b.xml', statements: [{ lines: [line], number: broken, warnings: [broken] }] },
  ]);
  expect(errors).toEqual([]);
  const [stored] = await books.rows(
    `select payer_name, reference, text, detail -> 'remittance' -> 0 ->> 'document' as document
       from bank_line where tenant_id = $1`,
  );
  const kept = 'AB\ufffd C';
  expect(stored).toEqual({ payer_name: kept, reference: kept, text: kept, document: kept });
});

test('the reason of a return is cut between characters, so that it can be logged', async () => {
  const books = await bankBooks(database);
  const paid = aBankLine({ amount: '500.00', payerName: 'Acme Corp' });
  const words = 'RETURNED ITEM NSF ';
  const back = aBankLine({
    ...{ amount: '500.00', direction: 'debit', bookedOn: '2026-11-24', payerName: 'Acme Corp' },
    text: words.padEnd(199, '.') + SMILE.repeat(200),
  });
  const { statements } = await books.bank([{ name: 'b.xml', statements: [{ lines: [paid, back] }] }]);
  expect(statements[0]!.returned).toBe(1);
  const [row] = await books.rows('select reason from payment_return where tenant_id = $1');
  expect(row!.reason).toBe(`${words.padEnd(199, '.')}\ufffd`);
});

test('what is read of a payment is cut between characters', async () => {
  const books = await bankBooks(database);
  const text = `${'.'.repeat(499)}${SMILE}`;
  await books.bank([{ name: 'b.xml', statements: [{ lines: [aBankLine({ amount: '5.00', text })] }] }]);
  const [row] = await books.rows('select reference from payment where tenant_id = $1');
  expect(row!.reference).toBe(`${'.'.repeat(499)}\ufffd`);
});
