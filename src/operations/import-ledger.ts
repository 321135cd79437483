/** `remy import`: ledger exports into the ledger, whatever of the six kinds they are. */

import { openLedgerFile } from '../connectors/csv-files/index.ts';
import { NotAllowedError, RemyError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import {
  type ApplicationRow,
  type LedgerFile,
  type LedgerKind,
  ledgerKinds,
  type NamedFile,
} from '../ports/ledger-source.ts';
import { recordSync, refreshStatistics } from '../store/ledger-import/freshness.ts';
import { loadAliases, loadCustomers } from '../store/ledger-import/parties.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { applyNamed, importApplications } from './import-ledger/applications.ts';
import { importContacts } from './import-ledger/contacts.ts';
import { importCredits } from './import-ledger/credits.ts';
import { CustomerDirectory } from './import-ledger/customer-directory.ts';
import { importCustomers } from './import-ledger/customers.ts';
import { importInvoices } from './import-ledger/invoices.ts';
import { importPayments } from './import-ledger/payments.ts';
import {
  createRun,
  emptyReport,
  type FileReport,
  type ImportProgress,
  type Run,
} from './import-ledger/run.ts';
import { settleAgain } from './import-ledger/settle-again.ts';

export type { FileReport, ImportProgress } from './import-ledger/run.ts';

/** A file that went in, with its skipped lines in order; or one that could not be read, with the reason. */
export type ImportedFile =
  | FileReport
  | (Omit<FileReport, 'kind' | 'source'> & { kind: null; source: null; error: string });
export type ImportResult = { files: ImportedFile[] };

/** From this many new or changed rows on the planner's statistics are worth refreshing. */
const MANY_ROWS = 500;

const failed = (file: string, error: RemyError): ImportedFile => ({
  file,
  kind: null,
  source: null,
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: [],
  warnings: [],
  error: error.message,
});

async function startRun(database: Database, context: Context): Promise<Run> {
  const directory = await inTenant(
    database.pool,
    context.actor.tenantId,
    async (sql) => new CustomerDirectory(await loadCustomers(sql), await loadAliases(sql)),
  );
  return createRun(database, context, directory);
}

/** Applies one file; returns the applications that a payments export names. */
async function applyFile(
  run: Run,
  file: LedgerFile,
  report: FileReport,
  progress: () => void,
): Promise<ApplicationRow[]> {
  switch (file.kind) {
    case 'customers':
      await importCustomers(run, file, report, progress);
      return [];
    case 'contacts':
      await importContacts(run, file, report, progress);
      return [];
    case 'invoices':
      await importInvoices(run, file, report, progress);
      return [];
    case 'credits':
      await importCredits(run, file, report, progress);
      return [];
    case 'payments':
      return importPayments(run, file, report, progress);
    case 'applications':
      await importApplications(run, file, report, progress);
      return [];
  }
}

async function importFile(
  run: Run,
  file: LedgerFile,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportedFile> {
  const report = emptyReport(file);
  const progress = () => onProgress({ file: file.name, kind: file.kind, rows: report.rows });
  try {
    const named = await applyFile(run, file, report, progress);
    await applyNamed(run, file.source, named);
  } catch (error) {
    if (!(error instanceof RemyError) || error.code !== 'file_unreadable') throw error;
    return { ...report, kind: null, source: null, error: error.message };
  } finally {
    report.skipped.sort((a, b) => a.line - b.line);
  }
  return report;
}

/**
 * Reads ledger exports into the tenant's ledger. The files may be given in any order; they are applied customers,
 * contacts, invoices, credits, payments, applications. What is wrong is named by line and reason, the rest goes in.
 *
 * Each batch of a few thousand rows is one transaction. Keys are (source, external id), so an import that was cut
 * short is simply run again, and a file that was read before changes nothing. Not to be called inside a transaction.
 *
 * A file that cannot be read, or is none of the known kinds, is an entry with `error` and harms no other file.
 * Throws: NotAllowedError for a viewer; what the database throws when it is gone.
 */
export const createImportLedger =
  (database: Database, clock: Pick<Clock, 'now'>) =>
  async (
    files: readonly NamedFile[],
    context: Context,
    onProgress: (progress: ImportProgress) => void = () => {},
  ): Promise<ImportResult> => {
    const { role } = context.actor;
    if (role === 'viewer')
      throw new NotAllowedError('Viewers cannot import; ask a collector, a controller or an admin to do it.');
    const results: ImportedFile[] = [];
    const opened: { at: number; file: LedgerFile }[] = [];
    for (const [at, each] of files.entries()) {
      try {
        opened.push({ at, file: await openLedgerFile(each) });
      } catch (error) {
        if (!(error instanceof RemyError)) throw error;
        results[at] = failed(each.name, error);
      }
    }
    if (opened.length === 0) return { files: results };
    const run = await startRun(database, context);
    const order = (kind: LedgerKind) => ledgerKinds.indexOf(kind);
    opened.sort((a, b) => order(a.file.kind) - order(b.file.kind) || a.at - b.at);
    for (const { at, file } of opened) results[at] = await importFile(run, file, onProgress);
    await settleAgain(run);
    await run.inBatch(async (sql) => {
      // a file of which no line was taken tells nothing about its source
      const taken = opened.filter(({ at }) => {
        const { created, updated, unchanged } = results[at]!;
        return created + updated + unchanged > 0;
      });
      for (const source of new Set(taken.map(({ file }) => file.source))) {
        const kinds = taken.filter(({ file }) => file.source === source).map(({ file }) => file.kind);
        await recordSync(sql, source, clock.now(), [...new Set(kinds)]);
      }
    });
    const changed = results.reduce((sum, { created, updated }) => sum + created + updated, 0);
    if (changed >= MANY_ROWS)
      await refreshStatistics(
        database.pool,
        opened.map(({ file }) => file.kind),
      );
    return { files: results };
  };
