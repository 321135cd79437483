/** `remy bank`: statements of the bank into payments, each money once, whatever file tells of it and how often. */
import type { BankImport } from '../domain/cash/bank-import.ts';
import { InvalidInputError, NotAllowedError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import type { BankCsvMap, BankFiles } from '../ports/bank-files.ts';
import type { Clock } from '../ports/clock.ts';
import type { NamedFile } from '../ports/ledger-source.ts';
import { findCsvMap } from '../store/bank/csv-maps.ts';
import { refreshBankStatistics } from '../store/bank/files.ts';
import { lockImports } from '../store/ledger-import/freshness.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { retryTransient } from '../store/transient.ts';
import { csvSignature } from './bank/csv-header.ts';
import { type InspectedFile, inspectFile } from './bank/inspect-file.ts';
import { type BankRun, takeFile } from './bank/take-file.ts';

export type ImportBankOptions = {
  /** Nothing is written; the answer says what would be. */
  readonly dryRun: boolean;
  /** How a CSV is read; else as it was confirmed for its header, else as it is guessed. */
  readonly csvMap?: BankCsvMap;
  readonly progress?: (progress: { file: string; lines: number }) => void;
};

/** From this many new lines on the planner's statistics are worth refreshing. */
const MANY_LINES = 500;

/** Takes a dry run back. */
class NothingIsWritten extends Error {}

/** A confirmed map for this very header goes before the guess. */
async function inspect(
  database: Database,
  bankFiles: BankFiles,
  file: NamedFile,
  { csvMap }: ImportBankOptions,
  { actor }: Context,
): Promise<InspectedFile> {
  const first = await inspectFile(bankFiles, file, csvMap ?? null);
  if (first.format !== 'csv' || csvMap || !first.csvMap) return first;
  const signature = await csvSignature(file, first.csvMap);
  const confirmed = await inTenant(database.pool, actor.tenantId, (sql) => findCsvMap(sql, signature));
  return confirmed ? inspectFile(bankFiles, file, confirmed) : first;
}

async function inspectAll(
  database: Database,
  bankFiles: BankFiles,
  files: readonly NamedFile[],
  options: ImportBankOptions,
  context: Context,
): Promise<{ whole: InspectedFile[]; errors: BankImport['errors'] }> {
  const whole: InspectedFile[] = [];
  const errors: BankImport['errors'] = [];
  for (const file of files) {
    try {
      whole.push(await inspect(database, bankFiles, file, options, context));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      errors.push({ file: file.name, line: null, reason: error.message });
    }
  }
  return { whole, errors };
}

async function takeAll(
  run: BankRun,
  whole: readonly InspectedFile[],
): Promise<Pick<BankImport, 'statements' | 'errors'>> {
  const statements: BankImport['statements'] = [];
  const errors: BankImport['errors'] = [];
  for (const inspected of whole) {
    const { reports, problems } = await takeFile(run, inspected);
    statements.push(...reports.map(({ statement }) => statement));
    errors.push(...problems.map((problem) => ({ file: inspected.file.name, ...problem })));
  }
  return { statements, errors };
}

/**
 * Reads bank files into lines and payments. Each file is read twice: to its end, so that nothing of a refused one
 * stays, and then in batches of 500 lines, each a transaction. The file itself is recorded last: an import that was cut
 * short is run again and adds nothing twice. A file or line that was read before adds nothing, in whatever format.
 * Not to be called inside a transaction.
 *
 * A file that cannot be read is an entry of `errors` and harms no other.
 * Throws: NotAllowedError for a viewer; what the database throws when it is gone.
 */
export const createImportBank =
  (database: Database, bankFiles: BankFiles, clock: Pick<Clock, 'now'>) =>
  async (files: readonly NamedFile[], options: ImportBankOptions, context: Context): Promise<BankImport> => {
    const { tenantId, role, email } = context.actor;
    if (role === 'viewer')
      throw new NotAllowedError('Viewers cannot import; ask a collector, a controller or an admin to do it.');
    const { whole, errors } = await inspectAll(database, bankFiles, files, options, context);
    const inOne = <Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> =>
      inTenant(database.pool, tenantId, async (sql) => {
        await lockImports(sql);
        return work(sql);
      });
    // a dry run is one transaction around all batches: none of them can be run again alone
    const inBatch: BankRun['inBatch'] = options.dryRun ? inOne : (work) => retryTransient(() => inOne(work));
    const run: BankRun = {
      bankFiles,
      inBatch,
      actor: email,
      now: clock.now(),
      progress: options.progress ?? (() => {}),
      shown: 0,
    };
    let taken: Pick<BankImport, 'statements' | 'errors'> = { statements: [], errors: [] };
    if (!options.dryRun) {
      taken = await takeAll(run, whole);
      const added = taken.statements.reduce((sum, statement) => sum + statement.new, 0);
      if (added >= MANY_LINES) await refreshBankStatistics(database.pool);
    } else {
      // everything in one transaction that is taken back: so the answer is exactly what would be
      await inOne(async () => {
        taken = await takeAll(run, whole);
        throw new NothingIsWritten();
      }).catch((error: unknown) => {
        if (!(error instanceof NothingIsWritten)) throw error;
      });
    }
    return {
      dryRun: options.dryRun,
      statements: taken.statements,
      errors: [...errors, ...taken.errors],
    };
  };
