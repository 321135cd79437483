/** Applications: which payment was put on which invoice. Append-only, so a changed one is reversed and written anew. */
import type { ApplicationRow, LedgerFileOf, LedgerSourceName } from '../../ports/ledger-source.ts';
import { addLedgerEvents, insertApplications } from '../../store/ledger-import/applications.ts';
import { setInvoiceBalances, setPaymentBalances } from '../../store/ledger-import/documents.ts';
import type { Sql } from '../../store/transaction.ts';
import { type ApplicationBatch, loadBatch, type Outcome, takeRow } from './application-batch.ts';
import { openAfter } from './balances.ts';
import { type FileReport, RefusedRowError, type Run, SeenKeys } from './run.ts';

/** Takes a row that its file did not have before; one that did not fit leaves its key to another row. */
function takeOnce(row: ApplicationRow, batch: ApplicationBatch, seen: SeenKeys): Outcome {
  const { line, ...content } = row;
  const key = `${row.payment}|${row.invoice}|${row.appliedOn}`;
  if (seen.isRepeat(key, line, content, 'application')) return 'unchanged';
  try {
    return takeRow(row, batch);
  } catch (error) {
    seen.forget(key);
    throw error;
  }
}

async function writeBatch(sql: Sql, run: Run, batch: ApplicationBatch): Promise<void> {
  const touched = [...batch.invoices.values()].filter(
    ({ known, applied }) => applied !== known.applied_minor,
  );
  const balances = touched.map(({ known, applied, lastOn, lastEvent }) => {
    const before = {
      amount: known.amount_minor,
      open: known.open_minor,
      applied: known.applied_minor,
      given: run.givenOpen.has(known.id),
    };
    const open = openAfter(before, applied - known.applied_minor);
    if (lastEvent && applied >= known.amount_minor) lastEvent.kind = 'paid';
    return {
      id: known.id,
      open_minor: open,
      status: open > 0n ? 'open' : 'paid',
      paid_on: open > 0n ? null : lastOn,
    };
  });
  await insertApplications(sql, batch.source, batch.inserts);
  await setInvoiceBalances(sql, balances);
  await setPaymentBalances(
    sql,
    [...batch.payments.values()]
      .filter(({ known, applied }) => applied !== known.applied_minor)
      .map(({ known, applied }) => ({ id: known.id, unapplied_minor: known.amount_minor - applied })),
  );
  await addLedgerEvents(sql, batch.source, batch.events);
}

export async function importApplications(
  run: Run,
  file: LedgerFileOf<'applications'>,
  report: FileReport,
  progress: () => void,
): Promise<void> {
  const seen = new SeenKeys();
  for await (const { rows, skipped, read } of file.batches()) {
    report.rows += read;
    report.skipped.push(...skipped);
    await run.inBatch(
      async (sql) => {
        const batch = await loadBatch(sql, file.source, rows);
        for (const row of rows) {
          try {
            report[takeOnce(row, batch, seen)]++;
          } catch (error) {
            if (!(error instanceof RefusedRowError)) throw error;
            report.skipped.push({ line: row.line, reason: error.message });
          }
        }
        await writeBatch(sql, run, batch);
      },
      { report, seen },
    );
    progress();
  }
}

const NAMED_BATCH = 5_000;

/**
 * Puts payments on the invoices that their own export names, as far as the money goes. A name that leads to no
 * invoice leaves the payment unapplied: matching will see it.
 */
export async function applyNamed(
  run: Run,
  source: LedgerSourceName,
  named: readonly ApplicationRow[],
): Promise<void> {
  for (let at = 0; at < named.length; at += NAMED_BATCH) {
    const rows = named.slice(at, at + NAMED_BATCH);
    await run.inBatch(async (sql) => {
      const batch = await loadBatch(sql, source, rows);
      for (const row of rows) {
        try {
          takeRow(row, batch);
        } catch (error) {
          if (!(error instanceof RefusedRowError)) throw error;
        }
      }
      await writeBatch(sql, run, batch);
    });
  }
}
