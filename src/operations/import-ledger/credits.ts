import type { CreditRow, LedgerFileOf, LedgerSourceName } from '../../ports/ledger-source.ts';
import {
  type CreditColumns,
  findCredits,
  type KnownCredit,
  lockDocuments,
  upsertCredits,
} from '../../store/ledger-import/documents.ts';
import type { Sql } from '../../store/transaction.ts';
import { settleOpen } from './balances.ts';
import { assumedCurrency, customerAndCurrency } from './currency.ts';
import { putCreditsBack } from './put-credits-back.ts';
import {
  checked,
  countWritten,
  type FileReport,
  minorOf,
  RefusedRowError,
  type Run,
  SeenKeys,
} from './run.ts';

function readyCredit(
  run: Run,
  row: CreditRow,
  source: LedgerSourceName,
  assumed: string | null,
): CreditColumns {
  const { customer, currency } = customerAndCurrency(run, row, source, assumed);
  const amount = minorOf(row.amount, currency, 'amount');
  const open = row.open === null ? null : minorOf(row.open, currency, 'open amount');
  if (open !== null && open > amount)
    throw new RefusedRowError(`open amount ${row.open} is above the amount ${row.amount}`);
  return {
    external_id: row.number,
    number: row.number,
    customer_id: customer.id,
    issued_on: row.issuedOn,
    currency,
    amount_minor: amount,
    open_minor: open,
  };
}

type Ready = { line: number; columns: CreditColumns };

/** The credit's state once what was used of it is known. */
function settleCredit(columns: CreditColumns, before: KnownCredit | undefined): CreditColumns {
  const amount = columns.amount_minor as bigint;
  const given = columns.open_minor as bigint | null;
  const applied = before?.applied_minor ?? 0n;
  if (before && before.currency !== columns.currency && applied !== 0n)
    throw new RefusedRowError(`was in ${before.currency} before, and was used in that currency`);
  if (given === null && applied > amount)
    throw new RefusedRowError('amount is below what was already used of it');
  const own = before?.own_minor ?? 0n;
  const open = given === null ? amount - applied : settleOpen({ amount, given, own, applied, before: null });
  return { ...columns, open_minor: open };
}

/** The credits as they are stored, locked, by number; what Remy used of those that are smaller now is put back. */
async function knownCredits(
  sql: Sql,
  run: Run,
  file: LedgerFileOf<'credits'>,
  report: FileReport,
  ready: readonly Ready[],
): Promise<Map<string, KnownCredit>> {
  const numbers = ready.map(({ columns }) => columns.external_id);
  const ids = await lockDocuments(sql, 'credit', [file.source], numbers);
  const read = async () => new Map((await findCredits(sql, ids)).map((each) => [each.external_id, each]));
  const known = await read();
  const overused = ready.flatMap(({ columns }) => {
    const before = known.get(columns.external_id);
    const excess = before ? before.applied_minor - (columns.amount_minor as bigint) : 0n;
    return before && excess > 0n ? [{ id: before.id, number: before.external_id, excess }] : [];
  });
  const warnings = await putCreditsBack(sql, overused, { by: run.actor, today: run.today });
  report.warnings.push(...warnings);
  return warnings.length > 0 ? read() : known;
}

async function writeCredits(
  sql: Sql,
  run: Run,
  file: LedgerFileOf<'credits'>,
  report: FileReport,
  ready: readonly Ready[],
): Promise<void> {
  const known = await knownCredits(sql, run, file, report, ready);
  const settled = checked(ready, report, ({ columns }) =>
    settleCredit(columns, known.get(columns.external_id)),
  );
  countWritten(report, settled.length, await upsertCredits(sql, file.source, settled));
}

/** A credit without an open amount has open what was not used of it yet. */
export async function importCredits(
  run: Run,
  file: LedgerFileOf<'credits'>,
  report: FileReport,
  progress: () => void,
): Promise<void> {
  const seen = new SeenKeys();
  const assumed = assumedCurrency(run, file, report);
  for await (const batch of file.batches()) {
    report.rows += batch.read;
    report.skipped.push(...batch.skipped);
    const ready = checked(batch.rows, report, (row) => {
      const { line, ...content } = row;
      const columns = readyCredit(run, row, file.source, assumed);
      return seen.isRepeat(row.number, line, content, 'credit') ? null : { line, columns };
    });
    await run.inBatch((sql) => writeCredits(sql, run, file, report, ready), { report });
    progress();
  }
}
