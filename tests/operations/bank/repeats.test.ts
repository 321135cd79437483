import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BankFormat, BankLine } from '../../../src/ports/bank-files.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aBankLine, type TestFile } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { type BankBooks, bankBooks } from './bank-books.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const file = (name: string, format: BankFormat, ...lines: BankLine[]): TestFile => ({
  name,
  format,
  statements: [{ currency: 'EUR', lines }],
});
const aLine = (over: Partial<BankLine>): BankLine => aBankLine({ currency: 'EUR', ...over });
const amounts = async (books: BankBooks): Promise<number[]> =>
  (
    await books.rows(
      'select amount_minor::int as minor from payment where tenant_id = $1 order by amount_minor, id',
    )
  ).map(({ minor }) => Number(minor));

/** In both orders: what is told first must not matter. */
const inBothOrders = async (one: TestFile, other: TestFile): Promise<number[][]> => {
  const found: number[][] = [];
  for (const order of [
    [one, other],
    [other, one],
  ]) {
    const books = await bankBooks(database);
    for (const each of order) await books.bank([each]);
    for (const each of order) await books.bank([{ ...each, name: `again-${each.name}`, problems: [] }]);
    found.push(await amounts(books));
  }
  return found;
};

const acme = aLine({ amount: '500.00', payerName: 'Acme Corp', endToEndId: 'E2E-7788', text: 'INV-1001' });

describe('one booking told twice', () => {
  test('a notification and the statement after it are one payment, a day apart too', async () => {
    const statement = { ...acme, bookedOn: '2026-11-20', bankReference: 'BN000771' };
    for (const interim of ['camt.054', 'camt.052', 'mt942'] as const)
      expect(await inBothOrders(file('n', interim, acme), file('s', 'camt.053', statement))).toEqual([
        [50_000],
        [50_000],
      ]);
  });

  test('a notified booking is no longer interim once the statement has it', async () => {
    const books = await bankBooks(database);
    await books.bank([file('n', 'camt.054', acme)]);
    const { statements } = await books.bank([file('s', 'camt.053', { ...acme, bankReference: 'BN000771' })]);
    expect(statements[0]).toMatchObject({ new: 0, known: 1 });
    expect(await books.rows('select interim from bank_line where tenant_id = $1')).toEqual([
      { interim: false },
    ]);
  });

  test('another payer, account, id or document is another booking', async () => {
    const others: Partial<BankLine>[] = [
      { payerName: 'Globex Inc' },
      { endToEndId: 'E2E-9911' },
      { text: 'INV-2002', endToEndId: null },
      { bookedOn: '2026-11-22' },
    ];
    for (const over of others)
      expect(
        await inBothOrders(file('n', 'camt.054', acme), file('s', 'camt.053', { ...acme, ...over })),
      ).toEqual([
        [50_000, 50_000],
        [50_000, 50_000],
      ]);
  });

  test('a statement in another format tells of the same bookings: as many as the one that has more', async () => {
    const swift = aLine({ amount: '500.00', text: '/ORDP/ACME CORP/REMI/INV-1001', reference: 'E2E-7788' });
    const bare = aLine({ amount: '75.00', text: '' });
    const named = aLine({ amount: '75.00', payerName: 'Initech' });
    expect(await inBothOrders(file('a', 'camt.053', acme, named), file('b', 'mt940', swift, bare))).toEqual([
      [7_500, 50_000],
      [7_500, 50_000],
    ]);
    expect(await inBothOrders(file('a', 'camt.053', acme, acme), file('b', 'mt940', swift))).toEqual([
      [50_000, 50_000],
      [50_000, 50_000],
    ]);
  });

  test('two payments of one payer and amount on a day stay two in another format', async () => {
    const second = { ...acme, endToEndId: 'E2E-7789', text: 'INV-1002' };
    const swift = (text: string) => aLine({ amount: '500.00', text: `/ORDP/ACME CORP/REMI/${text}` });
    expect(
      await inBothOrders(
        file('a', 'camt.053', acme, second),
        file('b', 'mt940', swift('INV-1002'), swift('INV-1001')),
      ),
    ).toEqual([
      [50_000, 50_000],
      [50_000, 50_000],
    ]);
  });
});

describe('a batch and its single transactions', () => {
  const batch = aLine({ amount: '600.00', bankReference: 'BATCH77001', text: 'COLLECTIVE CREDIT' });
  const single = (amount: string, payerName: string) =>
    aLine({ amount, payerName, bankReference: 'BATCH77001', reference: `RF-${payerName}` });
  const parts = [single('100.00', 'Ada'), single('200.00', 'Bert'), single('300.00', 'Carla')];

  test('the single ones are the payments, whichever file comes first', async () => {
    expect(await inBothOrders(file('s', 'camt.053', batch), file('n', 'camt.054', ...parts))).toEqual([
      [10_000, 20_000, 30_000],
      [10_000, 20_000, 30_000],
    ]);
  });

  test('the batch is shown as such, and each part with its payment', async () => {
    const books = await bankBooks(database);
    await books.bank([file('n', 'camt.054', ...parts)]);
    const { statements } = await books.bank([file('s', 'camt.053', batch)]);
    expect(statements[0]!.lines[0]).toMatchObject({ state: 'batch', payment: null });
  });

  test('a batch that was placed before its transactions came stays as it is, and a warning says so', async () => {
    const books = await bankBooks(database);
    await books.bank([file('s', 'camt.053', batch)]);
    await books.rows(
      `insert into customer (tenant_id, source, external_id, name, base_name) values ($1, 'csv', 'C', 'C', 'c')`,
    );
    await books.rows(
      'update payment set customer_id = (select max(id) from customer where tenant_id = $1) where tenant_id = $1',
    );
    const { statements } = await books.bank([file('n', 'camt.054', ...parts)]);
    expect(statements[0]!.warnings.join()).toMatch(/not counted again/);
    expect(await amounts(books)).toEqual([60_000]);
  });

  test('transactions that add up to something else are payments beside it', async () => {
    const [first, second] = await inBothOrders(
      file('s', 'camt.053', batch),
      file('n', 'camt.054', parts[0]!, parts[1]!),
    );
    expect(first).toEqual([10_000, 20_000, 60_000]);
    expect(second).toEqual(first);
  });
});
