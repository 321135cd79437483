import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NamedFile } from '../../src/ports/ledger-source.ts';
import type { Database } from '../../src/store/pool.ts';
import { testDatabase } from '../support/database.ts';
import { type Books, csv, headers, someBooks } from './import-fixtures.ts';
import { harmNames, malformedFile } from './malformed-csv.ts';

const FILES = 200;
const TOGETHER = 20;

let database: Database;
let books: Books;

beforeAll(async () => {
  database = await testDatabase();
  books = await someBooks(database);
  await books.run(
    csv('c.csv', headers.customers, ...Array.from({ length: 9 }, (_, n) => `C${n},Customer ${n},,USD,,,,,,`)),
  );
});
afterAll(() => database.close());

/** Lines as any editor counts them, in whatever encoding. */
const linesOf = ({ bytes }: NamedFile): number =>
  Buffer.from(bytes as Uint8Array)
    .toString('latin1')
    .replaceAll('\0', '')
    .split(/\r\n|\n|\r/).length;

/** What must be true of the ledger at any moment, as counts of rows where it is not. */
const broken = () =>
  books.rows(
    `select
       (select count(*) from invoice i where i.tenant_id = $1 and i.open_minor <> i.amount_minor -
         (select coalesce(sum(a.amount_minor), 0) from application a where a.tenant_id = $1 and a.invoice_id = i.id))::int as open,
       (select count(*) from payment p where p.tenant_id = $1 and p.unapplied_minor <> p.amount_minor -
         (select coalesce(sum(a.amount_minor), 0) from application a where a.tenant_id = $1 and a.payment_id = p.id))::int as unapplied,
       (select count(*) from invoice i where i.tenant_id = $1 and not exists (select from timeline_event e
         where e.tenant_id = $1 and e.invoice_id = i.id and e.kind = 'issued'))::int as unannounced,
       (select count(*) from application a where a.tenant_id = $1 and a.reverses_id is null and not exists (select from
         timeline_event e where e.tenant_id = $1 and e.external_id = 'applied|' || a.external_id))::int as untold`,
  );

const rowCount = async (): Promise<number> => {
  const [{ n }] = (await books.rows(
    `select ((select count(*) from customer where tenant_id = $1) + (select count(*) from contact where tenant_id = $1)
       + (select count(*) from invoice where tenant_id = $1) + (select count(*) from credit where tenant_id = $1)
       + (select count(*) from payment where tenant_id = $1)
       + (select count(*) from application where tenant_id = $1 and reverses_id is null))::int as n`,
  )) as [{ n: number }];
  return n;
};

test(`${FILES} malformed files crash nothing, leave no partial row, and name every refused line`, async () => {
  const seen = new Set<string>();
  let refused = 0;
  let taken = 0;
  for (let from = 0; from < FILES; from += TOGETHER) {
    const files = Array.from({ length: TOGETHER }, (_, n) => malformedFile(from + n));
    const before = await rowCount();
    const reports = await books.run(...files);
    let grown = 0;
    for (const [at, report] of reports.entries()) {
      const file = files[at]!;
      seen.add(/: ([^,]+)/.exec(file.name)![1]!);
      const label = `seed ${file.name}`;
      expect(report.file, label).toBe(file.name);
      if ('error' in report) {
        expect(report.error, label).not.toBe('');
        continue;
      }
      const { rows, created, updated, unchanged, skipped } = report;
      expect(created + updated + unchanged + skipped.length, label).toBe(rows);
      const lines = linesOf(file);
      for (const { line, reason } of skipped) {
        expect(
          Number.isInteger(line) && line >= 1 && line <= lines,
          `${label}: line ${line} of ${lines}`,
        ).toBe(true);
        expect(reason.length, label).toBeGreaterThan(5);
      }
      expect(new Set(skipped.map(({ line }) => line)).size, label).toBe(skipped.length);
      refused += skipped.length;
      taken += created + updated;
      // a changed application is reversed and written anew: one more row without being created
      grown += created + (report.kind === 'applications' ? updated : 0);
    }
    expect(await rowCount(), `seeds ${from} to ${from + TOGETHER - 1}`).toBe(before + grown);
    expect(await broken(), `seeds ${from} to ${from + TOGETHER - 1}`).toEqual([
      { open: 0, unapplied: 0, unannounced: 0, untold: 0 },
    ]);
  }
  expect([...seen].sort()).toEqual([...harmNames].sort());
  expect(refused).toBeGreaterThan(1000);
  expect(taken).toBeGreaterThan(200);
}, 240_000);
