/** Files of bank and ledger in any order, cut in any way and repeated, end in the same books. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BankLine } from '../../../src/ports/bank-files.ts';
import type { NamedFile } from '../../../src/ports/ledger-source.ts';
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

const day = (n: number): string => new Date(Date.UTC(2026, 4, 1 + n)).toISOString().slice(0, 10);
const decimal = (units: number): string => `${units}.00`;

/** Few amounts and days, so that many are alike. */
const money = fc.record({
  units: fc.constantFrom(100, 200, 300),
  on: fc.nat(12),
  payer: fc.nat(2),
  /** How the ledger tells of it: not at all, by reference, by payer and reference some days later. */
  ledger: fc.constantFrom('no', 'reference', 'later'),
  /** Whether the bank tells of it, and in how many files. */
  files: fc.array(fc.nat(3), { maxLength: 3 }),
  twin: fc.boolean(),
});
const world = fc.record({
  all: fc.array(money, { minLength: 1, maxLength: 10 }),
  fileOrder: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 }),
  again: fc.array(fc.nat(5), { maxLength: 4 }),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;
type Money = World['all'][number];

const payers = ['Acme Corp', 'Globex Inc', 'Initech Ltd'];
const lineOf = ({ units, on, payer }: Money, n: number): BankLine =>
  aBankLine({
    amount: decimal(units),
    bookedOn: day(on),
    payerName: payers[payer]!,
    text: `PAYMENT INV-${7_000 + n}`,
    bankReference: `BANKREF${30_000 + n}`,
  });

/** A twin is a second booking alike in everything; the bank tells of both together. */
const bankFiles = ({ all }: World): TestFile[] =>
  [0, 1, 2, 3].map((at) => ({
    name: `bank-${at}.xml`,
    statements: [
      {
        lines: all.flatMap((each, n) =>
          each.files.includes(at) ? [lineOf(each, n), ...(each.twin ? [lineOf(each, n)] : [])] : [],
        ),
      },
    ],
  }));

const customers = csv(
  'customers.csv',
  headers.customers,
  ...payers.map((name, n) => `C${n},${name},,USD,30,,,,,US`),
);
const ledgerFile = ({ all }: World): NamedFile =>
  csv(
    'payments.csv',
    headers.payments,
    ...all.flatMap(({ ledger, units, on, payer }, n) =>
      ledger === 'no'
        ? []
        : [
            `P${n},${day(on + (ledger === 'later' ? 2 : 0))},USD,${decimal(units)},${ledger === 'later' ? payers[payer] : ''},,INV-${7_000 + n},,`,
          ],
    ),
  );

/** How many payments of each amount there must be: each money once, twins twice where the bank tells of them. */
function expected({ all }: World): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { units, files, ledger, twin } of all) {
    const times = files.length > 0 ? (twin ? 2 : 1) : ledger === 'no' ? 0 : 1;
    if (times > 0) counts[units] = (counts[units] ?? 0) + times;
  }
  return counts;
}

async function counted({ rows }: BankBooks): Promise<Record<string, number>> {
  const found = await rows(
    `select (amount_minor / 100)::int as units, count(*)::int as n, sum(unapplied_minor - amount_minor)::int as gone
       from payment where tenant_id = $1 group by 1`,
  );
  expect(found.every(({ gone }) => gone === 0)).toBe(true);
  return Object.fromEntries(found.map(({ units, n }) => [units, n])) as Record<string, number>;
}

test('any cutting, order and repetition of bank and ledger files counts each money once', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (made) => {
      const books = await bankBooks(database);
      await books.run(customers);
      const steps = [
        ...bankFiles(made).map((file) => () => books.bank([file])),
        () => books.run(ledgerFile(made)),
        () => books.bank(bankFiles(made).map((file) => ({ ...file, problems: [] }))),
      ];
      for (const at of [...made.fileOrder, ...made.again]) await steps[at]!();
      expect(await counted(books)).toEqual(expected(made));
    }),
    { numRuns: 25 },
  );
}, 240_000);
