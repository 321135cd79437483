/**
 * Imports a made-up ledger and prints how long each file took. Embedded database in a folder by default, a fresh
 * database on the server of DATABASE_URL where it is set: `node tests/bench/import.ts [invoices]`.
 */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createImportLedger } from '../../src/operations/import-ledger.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openDatabase } from '../../src/store/pool.ts';
import { aTenant, databaseKind, emptyDatabase } from '../support/database.ts';

/** `cpu` is this process's own seconds: all of the work where the database is embedded. */
type Timing = { file: string; rows: number; seconds: number; cpu: number; rowsPerSecond: number };
export type ImportBench = { first: Timing[]; again: Timing[]; peakMegabytes: number; changedAgain: number };

const day = (n: number): string => new Date(Date.UTC(2025, 0, 1 + (n % 500))).toISOString().slice(0, 10);
const cents = (n: number): string => `${100 + ((n * 7919) % 90_000)}.${String(n % 100).padStart(2, '0')}`;

/** Two thirds of the invoices are paid, every tenth of those in two parts. */
async function writeLedger(folder: string, invoices: number): Promise<string[]> {
  const customers = Math.max(50, Math.floor(invoices / 50));
  const paid = Math.floor((invoices * 2) / 3);
  const write = async (name: string, header: string, count: number, line: (n: number) => string) => {
    const path = join(folder, name);
    const stream = createWriteStream(path);
    stream.write(`${header}\n`);
    for (let n = 0; n < count; n++) if (!stream.write(`${line(n)}\n`)) await once(stream, 'drain');
    stream.end();
    await finished(stream);
    return path;
  };
  return [
    await write(
      'customers.csv',
      'customer_id,name,parent_id,currency,terms_days,owner_email,segment,language,timezone,country',
      customers,
      (n) =>
        `C${n},Customer ${n} Ltd,${n % 10 === 9 ? `C${n - 1}` : ''},USD,30,owner${n % 9}@example.com,smb,en,,US`,
    ),
    await write(
      'invoices.csv',
      'invoice_number,customer_id,issued_on,due_on,currency,amount,open_amount,status,po_number,description',
      invoices,
      (n) =>
        `INV-${n},C${n % customers},${day(n)},${day(n + 30) < day(n) ? '' : day(n + 30)},USD,${cents(n)},,,PO-${n},Services`,
    ),
    await write(
      'payments.csv',
      'payment_id,received_on,currency,amount,payer_name,payer_account,reference,method,customer_id',
      paid,
      (n) =>
        `P-${n},${day(n + 40)},USD,${cents(n)},Customer ${n % customers},,INV-${n},wire,C${n % customers}`,
    ),
    await write(
      'applications.csv',
      'payment_id,invoice_number,amount,applied_on',
      paid,
      (n) => `P-${n},INV-${n},${n % 10 === 0 ? '60.00' : cents(n)},${day(n + 40)}`,
    ),
  ];
}

/** Imports `invoices` invoices with their customers, payments and applications twice. */
export async function benchImport(invoices = 100_000): Promise<ImportBench> {
  const folder = mkdtempSync(join(tmpdir(), 'remy-bench-'));
  const database =
    databaseKind === 'postgres'
      ? await emptyDatabase()
      : await openDatabase({ dataFolder: join(folder, 'database') });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 100);
  try {
    await migrate(database.pool);
    const tenantId = await aTenant(database);
    const files = await writeLedger(folder, invoices);
    const importLedger = createImportLedger(database, { now: () => new Date() });
    const actor = { tenantId, userId: 1, email: 'bench@example.com', name: null, role: 'admin' as const };
    const pass = async (): Promise<{ timings: Timing[]; changed: number }> => {
      const timings: Timing[] = [];
      let changed = 0;
      for (const path of files) {
        const start = performance.now();
        const before = process.cpuUsage();
        const named = [{ name: path.slice(folder.length + 1), bytes: path }];
        const { files: done } = await importLedger(named, { actor, thread: 'bench', today: '2026-06-30' });
        const seconds = (performance.now() - start) / 1000;
        const used = process.cpuUsage(before);
        const cpu = (used.user + used.system) / 1e6;
        const { file, rows, skipped, created, updated } = done[0]!;
        if (skipped.length > 0) throw new Error(`line ${skipped[0]!.line} of ${file}: ${skipped[0]!.reason}`);
        changed += created + updated;
        peak = Math.max(peak, process.memoryUsage().rss);
        timings.push({ file, rows, seconds, cpu, rowsPerSecond: Math.round(rows / seconds) });
      }
      return { timings, changed };
    };
    const first = await pass();
    const again = await pass();
    return {
      first: first.timings,
      again: again.timings,
      peakMegabytes: Math.round(peak / 1e6),
      changedAgain: again.changed,
    };
  } finally {
    clearInterval(watch);
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const table = (title: string, timings: readonly Timing[]): string =>
  [
    title,
    ...timings.map(
      ({ file, rows, seconds, cpu, rowsPerSecond }) =>
        `  ${file.padEnd(18)}${String(rows).padStart(9)} rows${seconds.toFixed(2).padStart(9)} s${cpu.toFixed(2).padStart(9)} cpu s${String(rowsPerSecond).padStart(9)} rows/s`,
    ),
    `  ${'in all'.padEnd(32)}${timings
      .reduce((sum, { seconds }) => sum + seconds, 0)
      .toFixed(2)
      .padStart(9)} s`,
  ].join('\n');

/** Prints the table; the bar is 100,000 invoices in 20 seconds on the embedded database. */
export async function run([invoices = '100000']: string[]): Promise<void> {
  const { first, again, peakMegabytes, changedAgain } = await benchImport(Number(invoices));
  process.stdout.write(
    `${table('first import', first)}\n${table('same files again', again)}\n` +
      `  changed by the second import: ${changedAgain}; peak memory ${peakMegabytes} MB\n`,
  );
}

if (process.argv[1] === import.meta.filename) await run(process.argv.slice(2));
