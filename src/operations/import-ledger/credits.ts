import type { CreditRow, LedgerFileOf, LedgerSourceName } from '../../ports/ledger-source.ts';
import {
  type CreditColumns,
  findCredits,
  lockDocuments,
  upsertCredits,
} from '../../store/ledger-import/documents.ts';
import { settleOpen } from './balances.ts';
import { assumedCurrency, customerAndCurrency } from './currency.ts';
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
    await run.inBatch(
      async (sql) => {
        const numbers = ready.map(({ columns }) => columns.external_id);
        const existing = await lockDocuments(sql, 'credit', [file.source], numbers);
        const known = new Map((await findCredits(sql, existing)).map((each) => [each.external_id, each]));
        const settled = checked(ready, report, ({ columns }) => {
          const amount = columns.amount_minor as bigint;
          const before = known.get(columns.external_id);
          const taken = before?.applied_minor ?? 0n;
          if (before && before.currency !== columns.currency && taken !== 0n)
            throw new RefusedRowError(`was in ${before.currency} before, and was used in that currency`);
          if (columns.open_minor === null && taken > amount)
            throw new RefusedRowError('amount is below what was already used of it');
          const given = columns.open_minor as bigint | null;
          const own = before?.own_minor ?? 0n;
          const open =
            given === null
              ? amount - taken
              : settleOpen({ amount, given, own, applied: taken, before: null });
          return { ...columns, open_minor: open };
        });
        countWritten(report, settled.length, await upsertCredits(sql, file.source, settled));
      },
      { report },
    );
    progress();
  }
}
