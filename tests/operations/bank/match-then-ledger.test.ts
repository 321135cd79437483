/** The bank's file, then matching, then what the ledger says of it, in any order and repeated. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NamedFile } from '../../../src/ports/ledger-source.ts';
import type { Database } from '../../../src/store/pool.ts';
import { aBankLine } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { place } from '../../support/place.ts';
import { csv, headers } from '../import-fixtures.ts';
import { type BankBooks, bankBooks } from './bank-books.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const world = fc.record({
  invoices: fc.array(
    fc.record({
      /** Payments of the bank on it, in tens: together at most what it is over. */
      paid: fc.array(fc.record({ tens: fc.integer({ min: 1, max: 4 }), remy: fc.boolean() }), {
        maxLength: 2,
      }),
      rest: fc.nat(3),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  /** Whether the ledger has heard of what Remy applied. */
  heard: fc.boolean(),
  order: fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
  together: fc.boolean(),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;
type Paid = { invoice: number; n: number; tens: number; remy: boolean };

const sum = (all: readonly { tens: number }[]): number => all.reduce((total, { tens }) => total + tens, 0);
const amountOf = ({ paid, rest }: World['invoices'][number]): number => sum(paid) + rest;
const units = (tens: number): string => `${tens * 10}.00`;

const paidOf = ({ invoices }: World): Paid[] =>
  invoices.flatMap(({ paid }, invoice) => paid.map((each, n) => ({ ...each, invoice, n: invoice * 10 + n })));

const customers = csv('customers.csv', headers.customers, 'C,Acme,,USD,30,,,,,US');
const invoiceFile = (made: World, openOf: (at: number) => string): NamedFile =>
  csv(
    'invoices.csv',
    headers.invoices,
    ...made.invoices.map(
      (each, at) => `INV-${500 + at},C,2026-05-01,,USD,${units(amountOf(each))},${openOf(at)},,,`,
    ),
  );

/** What the ledger exports: payments, applications and open amounts, of everything it has heard of. */
function ledgerFiles(made: World): NamedFile[] {
  const known = paidOf(made).filter(({ remy }) => made.heard || !remy);
  return [
    invoiceFile(made, (at) =>
      units(amountOf(made.invoices[at]!) - sum(known.filter(({ invoice }) => invoice === at))),
    ),
    csv(
      'payments.csv',
      headers.payments,
      ...known.map(
        ({ n, tens }) => `P${n},2026-06-03,USD,${units(tens)},Acme,,REFERENCE ${90_000 + n},wire,C`,
      ),
    ),
    csv(
      'applications.csv',
      headers.applications,
      ...known.map(({ n, tens, invoice }) => `P${n},INV-${500 + invoice},${units(tens)},2026-06-04`),
    ),
  ];
}

async function matchOwn(books: BankBooks, made: World): Promise<void> {
  for (const { n, invoice, tens, remy } of paidOf(made)) {
    if (!remy) continue;
    const [found] = (await books.rows(
      `select p.id::int as payment, p.external_id as number, i.id::int as invoice, i.open_minor::int as open,
         i.customer_id::int as customer
         from payment p, invoice i where p.tenant_id = $1 and i.tenant_id = $1 and i.number = 'INV-${500 + invoice}'
           and p.reference like '%${90_000 + n}%'`,
    )) as [Record<string, number>];
    const minor = BigInt(tens * 1_000);
    const done = await place(database, books.tenantId, {
      payment: { id: found.payment!, number: String(found.number), minor, unapplied: minor },
      invoice: {
        id: found.invoice!,
        number: `INV-${500 + invoice}`,
        open: BigInt(found.open!),
        customer: { id: found.customer!, code: 'C', name: 'Acme' },
      },
      minor,
    });
    expect(done).not.toBeNull();
  }
}

test('open and unapplied are the same whatever the order, and every money is applied once', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (made) => {
      const books = await bankBooks(database);
      await books.run(
        customers,
        invoiceFile(made, () => ''),
      );
      const lines = paidOf(made).map(({ n, tens }) =>
        aBankLine({
          amount: units(tens),
          bookedOn: '2026-06-02',
          payerName: 'Acme',
          text: `REFERENCE ${90_000 + n}`,
        }),
      );
      await books.bank([{ name: 'bank.xml', statements: [{ lines }] }]);
      await matchOwn(books, made);
      const files = ledgerFiles(made);
      const open = () =>
        books.rows(
          'select number, open_minor::int as open from invoice where tenant_id = $1 order by number',
        );
      const owed = made.invoices.map(({ rest }, at) => ({ number: `INV-${500 + at}`, open: rest * 1_000 }));
      for (let round = 0; round < 2; round++) {
        if (!made.together) for (const at of made.order) await books.run(files[at]!);
        else {
          await books.run(...files);
          expect(await open()).toEqual(owed);
        }
      }
      expect(await open()).toEqual(owed);
      const [left] = await books.rows(
        `select count(*)::int as payments, coalesce(sum(unapplied_minor), 0)::int as unapplied from payment where tenant_id = $1`,
      );
      expect(left).toEqual({ payments: paidOf(made).length, unapplied: 0 });
      const again = await books.run(...files);
      expect(again.every(({ created, updated, skipped }) => created + updated + skipped.length === 0)).toBe(
        true,
      );
    }),
    { numRuns: 25 },
  );
}, 240_000);
