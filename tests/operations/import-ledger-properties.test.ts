import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NamedFile } from '../../src/ports/ledger-source.ts';
import type { Database } from '../../src/store/pool.ts';
import { testDatabase } from '../support/database.ts';
import { csv, headers, someBooks } from './import-fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const decimal = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);

/** Any ledger in one currency: applications may be too large, which the import has to refuse. */
const ledger = fc.record({
  invoices: fc.array(
    fc.record({ cents: fc.integer({ min: 0, max: 50_000 }), issued: fc.integer({ min: 0, max: 90 }) }),
    { minLength: 1, maxLength: 12 },
  ),
  payments: fc.array(
    fc.record({ cents: fc.integer({ min: 1, max: 60_000 }), on: fc.integer({ min: 0, max: 120 }) }),
    { minLength: 1, maxLength: 8 },
  ),
  applications: fc.array(
    fc.record({
      payment: fc.nat(7),
      invoice: fc.nat(11),
      cents: fc.integer({ min: 1, max: 40_000 }),
      on: fc.integer({ min: 0, max: 150 }),
    }),
    { maxLength: 25 },
  ),
  order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }),
});

type Books = typeof ledger extends fc.Arbitrary<infer Value> ? Value : never;

const filesOf = ({ invoices, payments, applications }: Omit<Books, 'order'>): NamedFile[] => [
  csv('customers.csv', headers.customers, 'C,Customer,,USD,30,,,,,US'),
  csv(
    'invoices.csv',
    headers.invoices,
    ...invoices.map(({ cents, issued }, n) => `I${n},C,${day(issued)},,USD,${decimal(cents)},,,,`),
  ),
  csv(
    'payments.csv',
    headers.payments,
    ...payments.map(({ cents, on }, n) => `P${n},${day(on)},USD,${decimal(cents)},,,,,C`),
  ),
  csv(
    'applications.csv',
    headers.applications,
    ...applications.map(
      ({ payment, invoice, cents, on }) => `P${payment},I${invoice},${decimal(cents)},${day(on)}`,
    ),
  ),
];

const SUMS = `select
  (select coalesce(sum(amount_minor), 0) from invoice where tenant_id = $1)::int as billed,
  (select coalesce(sum(open_minor), 0) from invoice where tenant_id = $1)::int as open,
  (select coalesce(sum(amount_minor), 0) from payment where tenant_id = $1)::int as received,
  (select coalesce(sum(unapplied_minor), 0) from payment where tenant_id = $1)::int as unapplied,
  (select coalesce(sum(amount_minor), 0) from application where tenant_id = $1)::int as applied`;

test('for any ledger: open is billed less applied, unapplied is received less applied, and again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(ledger, async ({ order, ...books }) => {
      const { run, rows } = await someBooks(database);
      const files = filesOf(books);
      const first = await run(...order.map((at) => files[at]!));
      const [sums] = (await rows(SUMS)) as [Record<string, number>];
      expect(sums.open).toBe(sums.billed! - sums.applied!);
      expect(sums.unapplied).toBe(sums.received! - sums.applied!);
      const created = first.find(({ kind }) => kind === 'applications')!.created;
      const [counted] = await rows('select count(*)::int as n from application where tenant_id = $1');
      expect(counted).toEqual({ n: created });
      const again = await run(...files);
      expect(again.every(({ created: c, updated: u }) => c === 0 && u === 0)).toBe(true);
      expect(await rows(SUMS)).toEqual([sums]);
    }),
    { numRuns: 40 },
  );
}, 240_000);

test('for any ledger: the same files one import at a time end in the same figures', async () => {
  await fc.assert(
    fc.asyncProperty(ledger, async ({ order: _, ...books }) => {
      const together = await someBooks(database);
      const apart = await someBooks(database);
      const files = filesOf(books);
      await together.run(...files);
      for (const file of files) await apart.run(file);
      const figures = `select number, open_minor, status, paid_on from invoice where tenant_id = $1 order by number`;
      expect(await apart.rows(figures)).toEqual(await together.rows(figures));
    }),
    { numRuns: 15 },
  );
}, 240_000);
