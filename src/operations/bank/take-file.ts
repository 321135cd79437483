/** Takes one inspected bank file in: its lines, the payments they are, and what they take back. */
import { accountIdentity } from '../../domain/cash/bank-account.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { groupedBy } from '../../domain/grouped-by.ts';
import { parseDecimal } from '../../domain/money.ts';
import type { BankFiles, BankLine } from '../../ports/bank-files.ts';
import { appendAudit } from '../../store/audit.ts';
import { addBankFile, addStatement, findBankFile, recordBankSync } from '../../store/bank/files.ts';
import type { NewBankLine } from '../../store/bank/lines.ts';
import type { AmountOf } from '../../store/bank/money.ts';
import type { Sql } from '../../store/transaction.ts';
import { linkAdvices } from '../cash/pair-advices.ts';
import { bareWarnings, payoutWarning } from './bare-warnings.ts';
import type { InspectedFile, WholeStatement } from './inspect-file.ts';
import { EqualBookings } from './line-key.ts';
import { type Payout, type Placed, placeMoney } from './place-money.ts';
import { splitBatches } from './split-batches.ts';
import {
  emptyStatement,
  fillPayments,
  MOST_SHOWN,
  type RunningReport,
  showLine,
} from './statement-report.ts';
import { lookUpLines, type TakenLine, takeLines } from './store-lines.ts';
import { storableText, storedLine } from './stored-line.ts';
import { takeReturns } from './take-returns.ts';

export type BankRun = {
  readonly bankFiles: BankFiles;
  /**
   * One transaction of the tenant: a batch goes in whole or not at all. It may be run again after a deadlock, so `work`
   * changes nothing outside that a second time would not set right.
   */
  readonly inBatch: <Result>(work: (sql: Sql) => Promise<Result>) => Promise<Result>;
  readonly actor: string;
  readonly now: Date;
  readonly progress: (progress: { file: string; lines: number }) => void;
  /** Lines shown so far, over all files. */
  shown: number;
};
export type FileProblem = { readonly line: number | null; readonly reason: string };

type Reading = {
  readonly run: BankRun;
  readonly inspected: InspectedFile;
  readonly reports: RunningReport[];
  readonly problems: FileProblem[];
  readonly equals: EqualBookings;
  /** The file was read to its end before: nothing is written. */
  readonly again: boolean;
  newest: Map<string, string>;
};

/** Reports and notifications of the day: a statement books the same again. */
const isInterim = (format: string): boolean => /^(camt\.05[24]|mt942)$/.test(format);

const minorOrNull = (text: string | null, currency: string): bigint | null => {
  try {
    return text === null ? null : parseDecimal(text, currency);
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
};

function openStatement(
  sql: Sql,
  { inspected }: Reading,
  of: WholeStatement,
  ordinal: number,
): Promise<number> {
  return addStatement(sql, {
    sha256: inspected.sha256,
    ordinal,
    format: inspected.format,
    account: accountIdentity(of.account),
    currency: of.currency,
    number: of.number === null ? null : storableText(of.number, 200),
    fromOn: of.fromOn,
    toOn: of.toOn,
    openingMinor: minorOrNull(of.openingBalance, of.currency),
    closingMinor: minorOrNull(of.closingBalance, of.currency),
    differenceMinor: minorOrNull(of.difference, of.currency),
    warnings: of.warnings.map((warning) => storableText(warning, 2_000)),
  });
}

type Ready = { readonly line: BankLine; readonly row: NewBankLine | null };

/** A line that cannot be stored is a problem and holds up no other. */
function readyLines(
  { inspected, problems, equals }: Reading,
  account: string,
  lines: readonly BankLine[],
): Ready[] {
  return lines.flatMap((line): Ready[] => {
    try {
      return [{ line, row: storedLine(line, { account, interim: isInterim(inspected.format) }, equals) }];
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      problems.push({ line: line.fileLine, reason: error.message });
      return [];
    }
  });
}

async function takeBatch(reading: Reading, report: RunningReport, lines: readonly BankLine[]): Promise<void> {
  const { run, inspected, again } = reading;
  const ordinal = reading.reports.length;
  const account = accountIdentity(report.statement.account);
  const ready = readyLines(reading, account, lines);
  const rows = ready.flatMap(({ row }) => (row ? [row] : []));
  let { statementId } = report;
  const taken = await run.inBatch(async (sql): Promise<(TakenLine | null)[]> => {
    if (again) return lookUpLines(sql, account, rows);
    // a statement of an attempt that was rolled back is gone
    statementId =
      report.statementId ?? (await openStatement(sql, reading, inspected.statements[ordinal - 1]!, ordinal));
    return takeLines(
      sql,
      {
        statementId,
        sha256: inspected.sha256,
        account,
        format: inspected.format,
        interim: isInterim(inspected.format),
      },
      rows,
    );
  });
  report.statementId = statementId;
  for (const { booked_on } of rows)
    if (booked_on > (reading.newest.get(account) ?? '')) reading.newest.set(account, booked_on);
  let at = 0;
  for (const { line, row } of ready)
    showLine(report, line, row ? (taken[at++] ?? null) : null, run.shown++ < MOST_SHOWN);
}

async function takeAllLines(reading: Reading): Promise<void> {
  const { run, inspected, reports, equals } = reading;
  const { file, format, csvMap } = inspected;
  let lines = 0;
  for await (const event of run.bankFiles.read(file, csvMap ? { csvMap } : {})) {
    if (event.kind === 'statement') {
      const whole = inspected.statements[reports.length]!;
      reports.push(emptyStatement(file.name, format, whole));
      equals.open({ ...whole, account: accountIdentity(whole.account), format });
    } else if (event.kind === 'lines') {
      await takeBatch(reading, reports.at(-1)!, event.lines);
      lines += event.lines.length;
      run.progress({ file: file.name, lines });
    }
  }
}

const reportOf = ({ reports }: Reading, statementId: number): RunningReport | undefined =>
  reports.find((each) => each.statementId === statementId);

/** Money of this file, and of one whose reading was cut short before. */
async function placeAll(reading: Reading): Promise<{ made: number; linked: number }> {
  const counts = { made: 0, linked: 0 };
  const bare: Placed['bare'][number][] = [];
  const payouts: Payout[] = [];
  for (let after: AmountOf | null | undefined; after !== null; ) {
    const placed = await reading.run.inBatch((sql) => placeMoney(sql, after ?? null));
    counts.made += placed.made.length;
    counts.linked += placed.linked.length;
    for (const { statement_id } of placed.linked) {
      const report = reportOf(reading, statement_id);
      if (report) report.statement.sameMoney += 1;
    }
    bare.push(...placed.bare);
    payouts.push(...placed.payouts);
    after = placed.next;
  }
  for (const [id, own] of groupedBy(bare, ({ line }) => line.statement_id))
    reportOf(reading, id)?.statement.warnings.push(
      ...bareWarnings(
        own.map(({ line, payment }) => ({
          ...{ number: null, payment, currency: line.currency },
          ...{ minor: line.amount_minor, on: line.booked_on },
        })),
      ),
    );
  const byPayer = groupedBy(payouts, ({ line, processor }) => `${line.statement_id}|${processor}`);
  for (const own of byPayer.values())
    reportOf(reading, own[0]!.line.statement_id)?.statement.warnings.push(
      payoutWarning(own[0]!.processor, own.length),
    );
  return counts;
}

async function returnAll(reading: Reading): Promise<number> {
  const { run, inspected, reports } = reading;
  let count = 0;
  for (let after: number | null = 0; after !== null; ) {
    const taken: Awaited<ReturnType<typeof takeReturns>> = await run.inBatch((sql) =>
      takeReturns(sql, inspected.sha256, after ?? 0, run.actor),
    );
    for (const { line } of taken.returned) {
      count += 1;
      const report = reportOf(reading, line.statement_id) ?? reports[0];
      if (report) report.statement.returned += 1;
    }
    for (const { line, warning } of taken.unclear)
      reportOf(reading, line.statement_id)?.statement.warnings.push(warning);
    after = taken.next;
  }
  return count;
}

async function finish(sql: Sql, reading: Reading, counts: Record<string, number>): Promise<void> {
  const { run, inspected, reports, newest } = reading;
  const { file, sha256, format } = inspected;
  for (const [account, newestOn] of newest) await recordBankSync(sql, account, { at: run.now, newestOn });
  await addBankFile(sql, { name: file.name, sha256, format, lines: inspected.lines, readBy: run.actor });
  await appendAudit(sql, {
    actor: run.actor,
    act: 'import_bank',
    detail: {
      ...{ file: file.name, sha256, format, statements: reports.length, lines: inspected.lines },
      new: reports.reduce((sum, { statement }) => sum + statement.new, 0),
      ...counts,
    },
  });
}

/** Everything of the file; it is recorded last, so that an import that was cut short is simply run again. */
export async function takeFile(
  run: BankRun,
  inspected: InspectedFile,
): Promise<{ reports: RunningReport[]; problems: FileProblem[] }> {
  const before = await run.inBatch((sql) => findBankFile(sql, inspected.sha256));
  const reading: Reading = {
    run,
    inspected,
    reports: [],
    problems: [...inspected.problems],
    equals: new EqualBookings(),
    again: before !== null,
    newest: new Map(),
  };
  await takeAllLines(reading);
  const { reports } = reading;
  if (before) {
    const words = `This file was read before, on ${before.created_at.toISOString().slice(0, 10)} as ${before.name}; nothing was added.`;
    for (const { statement } of reports) statement.warnings.push(words);
    await run.inBatch((sql) => fillPayments(sql, reports));
    return { reports, problems: reading.problems };
  }
  const warnings = await run.inBatch((sql) => splitBatches(sql, inspected.sha256));
  reports[0]?.statement.warnings.push(...warnings);
  const counts = await placeAll(reading);
  const returned = await returnAll(reading);
  await run.inBatch(async (sql) => {
    await linkAdvices(sql);
    await finish(sql, reading, { ...counts, returned });
    await fillPayments(sql, reports);
  });
  return { reports, problems: reading.problems };
}
