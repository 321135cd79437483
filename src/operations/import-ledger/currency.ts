/** In which currency a document is. */
import type { CustomerRef, LedgerSourceName } from '../../ports/ledger-source.ts';
import type { DirectoryEntry } from './customer-directory.ts';
import { type FileReport, RefusedRowError, type Run } from './run.ts';

/** Whom a document is for, and its currency: its own, else its customer's, else the one the file is taken to be in. */
export function customerAndCurrency(
  run: Run,
  row: { customer: CustomerRef; currency: string | null },
  source: LedgerSourceName,
  assumed: string | null,
): { customer: DirectoryEntry; currency: string } {
  const found = run.directory.find(row.customer, source);
  if ('problem' in found) throw new RefusedRowError(found.problem);
  const currency = row.currency ?? found.customer.currency ?? assumed;
  if (currency === null) throw new RefusedRowError('currency is missing, and its customer has none either');
  return { customer: found.customer, currency };
}

/**
 * A product's export of a company with one currency names none: it is then the one that all customers have, else US
 * dollars, and the report says so.
 */
export function assumedCurrency(
  run: Run,
  file: { source: LedgerSourceName; absent: readonly string[] },
  report: FileReport,
): string | null {
  if (!file.absent.includes('currency')) return null;
  const only = run.directory.onlyCurrency();
  if (file.source === 'csv') return only;
  const currency = only ?? 'USD';
  report.warnings.push(
    `the file names no currency; where the customer has none, ${currency} was assumed` +
      (only ? ' as the only currency of all customers' : ''),
  );
  return currency;
}
