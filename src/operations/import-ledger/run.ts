/** What the importers of the six kinds share while one import runs. */
import { createHash } from 'node:crypto';
import { minorDigits, parseDecimal } from '../../domain/money.ts';
import type { Context } from '../../ports/actor.ts';
import type { LedgerFile, LedgerKind, LedgerSourceName, Refusal } from '../../ports/ledger-source.ts';
import { lockImports } from '../../store/ledger-import/freshness.ts';
import type { Database } from '../../store/pool.ts';
import { inTenant, type Sql } from '../../store/transaction.ts';
import { retryTransient } from '../../store/transient.ts';
import type { CustomerDirectory } from './customer-directory.ts';

/** Far above any invoice, and far enough below what the database can sum and hold. */
const MOST_MINOR = 1_000_000_000_000_000n;

export type FileReport = {
  file: string;
  kind: LedgerKind;
  source: LedgerSourceName;
  /** Data rows, good and bad; equals created + updated + unchanged + skipped. */
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: Refusal[];
  warnings: string[];
};

export type ImportProgress = { file: string; kind: LedgerKind; rows: number };

export type Run = {
  /** Who imports, and on which day. */
  readonly actor: string;
  readonly today: string;
  readonly directory: CustomerDirectory;
  /** Ids of invoices whose open amount a file of this import gave: no application of this import changes it. */
  readonly givenOpen: Set<number>;
  /** Of these those on which Remy put money: what the ledger said, and what was open before. */
  readonly toSettle: Map<number, { readonly given: bigint; readonly before: bigint }>;
  /** Inner ids of the invoices of this import's products' exports, with their numbers. */
  readonly numberOf: Map<string, string>;
  /**
   * One transaction of the tenant: a batch goes in whole or not at all. After a deadlock or a lost connection it is run
   * again; what it counts in `outside` is put back before.
   */
  inBatch<Result>(work: (sql: Sql) => Promise<Result>, outside?: Outside): Promise<Result>;
};

/** What a batch changes beside the database. */
export type Outside = { readonly report: FileReport; readonly seen?: SeenKeys };

/** Puts the counts and lists of a report back to where they are now. */
function reportKeeper(report: FileReport): () => void {
  const { rows, created, updated, unchanged } = report;
  const [skipped, warnings] = [report.skipped.length, report.warnings.length];
  return () => {
    Object.assign(report, { rows, created, updated, unchanged });
    report.skipped.length = skipped;
    report.warnings.length = warnings;
  };
}

export const createRun = (
  database: Database,
  { actor: { tenantId, email }, today }: Context,
  directory: CustomerDirectory,
): Run => ({
  actor: email,
  today,
  directory,
  givenOpen: new Set(),
  toSettle: new Map(),
  numberOf: new Map(),
  inBatch: (work, outside) => {
    const putBack = outside ? reportKeeper(outside.report) : () => {};
    outside?.seen?.mark();
    return retryTransient(() => {
      putBack();
      outside?.seen?.putBack();
      return inTenant(database.pool, tenantId, async (sql) => {
        await lockImports(sql);
        return work(sql);
      });
    });
  },
});

export const emptyReport = ({ name, kind, source, warnings }: LedgerFile): FileReport => ({
  file: name,
  kind,
  source,
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: [],
  warnings: [...warnings],
});

/** Counts what a batch did: `good` rows were accepted, `written` of them said something new. */
export function countWritten(
  report: FileReport,
  good: number,
  written: readonly { created: boolean }[],
): void {
  const created = written.filter((row) => row.created).length;
  report.created += created;
  report.updated += written.length - created;
  report.unchanged += good - written.length;
}

/** The row cannot go in; the message is the reason. */
export class RefusedRowError extends Error {}

/** Runs one row's checks; a refusal becomes a skipped line. */
export function checked<Row extends { line: number }, Prepared>(
  rows: readonly Row[],
  report: FileReport,
  check: (row: Row) => Prepared | null,
): Prepared[] {
  const prepared: Prepared[] = [];
  for (const row of rows) {
    try {
      const good = check(row);
      if (good === null) report.unchanged++;
      else prepared.push(good);
    } catch (error) {
      if (!(error instanceof RefusedRowError)) throw error;
      report.skipped.push({ line: row.line, reason: error.message });
    }
  }
  return prepared;
}

/** Minor units of a decimal. Throws: RefusedRowError when it has more decimals than the currency, or is too large. */
export function minorOf(decimal: string, currency: string, what: string): bigint {
  const fraction = decimal.split('.')[1] ?? '';
  if (/[1-9]/.test(fraction.slice(minorDigits(currency))))
    throw new RefusedRowError(`${what} ${decimal} has more decimals than ${currency} knows`);
  const minor = parseDecimal(decimal, currency);
  if (minor > MOST_MINOR) throw new RefusedRowError(`${what} ${decimal} is too large`);
  return minor;
}

/**
 * Remembers the keys of one file. `isRepeat` is true for a row that was there before word for word.
 * It holds about 100 bytes a row, the only thing of an import that grows with the file.
 */
export class SeenKeys {
  private readonly seen = new Map<string, string>();
  private sinceMark: string[] = [];

  /** Throws: RefusedRowError when the key was there before with other content. */
  isRepeat(key: string, line: number, content: unknown, what: string): boolean {
    const digest = createHash('sha1').update(JSON.stringify(content)).digest('base64').slice(0, 16);
    const before = this.seen.get(key);
    if (before === undefined) {
      this.seen.set(key, `${digest}${line}`);
      this.sinceMark.push(key);
      return false;
    }
    if (before.startsWith(digest)) return true;
    throw new RefusedRowError(`${what} "${key}" was already on line ${before.slice(16)} with other content`);
  }

  /** Begins a batch that may have to be run again. */
  mark(): void {
    this.sinceMark = [];
  }

  /** Forgets what came since the mark. */
  putBack(): void {
    for (const key of this.sinceMark) this.seen.delete(key);
    this.sinceMark = [];
  }

  /** The row that had the key did not go in, so another may. */
  forget(key: string): void {
    this.seen.delete(key);
  }
}
