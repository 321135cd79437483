import { toDecimal } from '../../domain/money.ts';
import type {
  ApplicationRow,
  LedgerFileOf,
  LedgerSourceName,
  PaymentRow,
} from '../../ports/ledger-source.ts';
import {
  findPayments,
  lockDocuments,
  type PaymentColumns,
  upsertPayments,
} from '../../store/ledger-import/documents.ts';
import type { Sql } from '../../store/transaction.ts';
import { assumedCurrency } from './currency.ts';
import {
  checked,
  countWritten,
  type FileReport,
  minorOf,
  RefusedRowError,
  type Run,
  SeenKeys,
} from './run.ts';

type Ready = { line: number; columns: PaymentColumns & { amount_minor: bigint; currency: string } };

/** A payment need not name a customer, but a customer that it names must be known. */
function customerOf(run: Run, row: PaymentRow, source: LedgerSourceName) {
  if (row.customer === null) return null;
  const found = run.directory.find(row.customer, source);
  if ('customer' in found) return found.customer;
  throw new RefusedRowError(found.problem);
}

function readyPayment(run: Run, row: PaymentRow, source: LedgerSourceName, assumed: string | null): Ready {
  const customer = customerOf(run, row, source);
  const currency = row.currency ?? customer?.currency ?? assumed;
  if (currency === null)
    throw new RefusedRowError('currency is missing, and it has no customer with a currency either');
  const amount = minorOf(row.amount, currency, 'amount');
  if (amount === 0n) throw new RefusedRowError('amount is not above zero');
  return {
    line: row.line,
    columns: {
      external_id: row.externalId,
      received_on: row.receivedOn,
      currency,
      amount_minor: amount,
      unapplied_minor: amount,
      payer_name: row.payerName,
      payer_account: row.payerAccount,
      reference: row.reference,
      method: row.method,
      customer_id: customer?.id ?? null,
    },
  };
}

async function writePayments(
  sql: Sql,
  file: LedgerFileOf<'payments'>,
  report: FileReport,
  ready: readonly Ready[],
): Promise<void> {
  const ids = ready.map(({ columns }) => columns.external_id);
  const existing = await lockDocuments(sql, 'payment', [file.source], ids);
  const known = new Map((await findPayments(sql, existing)).map((each) => [each.external_id, each]));
  const settled = checked(ready, report, ({ columns }) => {
    const before = known.get(columns.external_id);
    const applied = before?.applied_minor ?? 0n;
    if (before && before.currency !== columns.currency && applied !== 0n)
      throw new RefusedRowError(`was in ${before.currency} before, and is applied in that currency`);
    if (applied > columns.amount_minor)
      throw new RefusedRowError(
        `amount is below the ${toDecimal(applied, columns.currency)} of it that is applied`,
      );
    return { ...columns, unapplied_minor: columns.amount_minor - applied };
  });
  const absent = file.absent.filter((field) => field !== 'currency');
  countWritten(report, settled.length, await upsertPayments(sql, file.source, settled, absent));
}

/**
 * Payments; what is unapplied is the amount less the applications that the ledger holds. Returns the applications that
 * a product's export names itself ("this payment was for that invoice").
 */
export async function importPayments(
  run: Run,
  file: LedgerFileOf<'payments'>,
  report: FileReport,
  progress: () => void,
): Promise<ApplicationRow[]> {
  const seen = new SeenKeys();
  const assumed = assumedCurrency(run, file, report);
  const named: ApplicationRow[] = [];
  for await (const batch of file.batches()) {
    report.rows += batch.read;
    report.skipped.push(...batch.skipped);
    const ready = checked(batch.rows, report, (row) => {
      const { line, ...content } = row;
      const each = readyPayment(run, row, file.source, assumed);
      if (seen.isRepeat(row.externalId, line, content, 'payment')) return null;
      if (row.invoice !== null)
        named.push({
          line,
          payment: row.externalId,
          invoice: run.numberOf.get(row.invoice) ?? row.invoice,
          amount: null,
          appliedOn: row.receivedOn,
        });
      return each;
    });
    await run.inBatch((sql) => writePayments(sql, file, report, ready));
    progress();
  }
  if (file.source !== 'csv' && named.length === 0 && report.created > 0)
    report.warnings.push(
      'the file does not say which invoices were paid; these payments stay unapplied until they are matched',
    );
  return named;
}
