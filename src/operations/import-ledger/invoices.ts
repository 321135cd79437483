/**
 * Invoices and what is open on them.
 *
 * Rule for the open amount. Where the file gives one, it is right as it stands: applications and adjustments that the
 * ledger knows, and those of other files of the same import, do not change it. Where it gives none, open is the amount
 * less everything put on the invoice. How later applications count, and what Remy did that the ledger has not heard of,
 * is told in balances.ts.
 */
import { addDays } from '../../domain/calendar.ts';
import { formatAmount, toDecimal } from '../../domain/money.ts';
import type { InvoiceRow, LedgerFileOf, LedgerSourceName } from '../../ports/ledger-source.ts';
import { addLedgerEvents, type LedgerEvent } from '../../store/ledger-import/applications.ts';
import {
  findInvoices,
  type InvoiceColumns,
  type KnownInvoice,
  lockDocuments,
  upsertInvoices,
} from '../../store/ledger-import/documents.ts';
import type { Sql } from '../../store/transaction.ts';
import { giveWay } from '../cash/give-way.ts';
import { settleOpen } from './balances.ts';
import { assumedCurrency, customerAndCurrency } from './currency.ts';
import type { DirectoryEntry } from './customer-directory.ts';
import {
  checked,
  countWritten,
  type FileReport,
  minorOf,
  RefusedRowError,
  type Run,
  SeenKeys,
} from './run.ts';

/** Days of credit where neither the file nor the customer says. */
const DEFAULT_TERMS = 30;
/** Columns that stay as they are where a file does not have them; the others follow from what it has. */
const KEPT = ['po_number', 'description'];

/** A row whose customer, currency and amounts are known. */
type Ready = {
  row: InvoiceRow;
  customer: DirectoryEntry;
  currency: string;
  dueOn: string;
  amount: bigint;
  open: bigint | null;
};

function readyInvoice(run: Run, row: InvoiceRow, source: LedgerSourceName, assumed: string | null): Ready {
  const { customer, currency } = customerAndCurrency(run, row, source, assumed);
  const amount = minorOf(row.amount, currency, 'amount');
  const open = row.open === null ? null : minorOf(row.open, currency, 'open amount');
  const dueOn = row.dueOn ?? addDays(row.issuedOn, customer.termsDays ?? DEFAULT_TERMS);
  if (dueOn < row.issuedOn) throw new RefusedRowError(`due ${dueOn} is before issued ${row.issuedOn}`);
  if (open !== null && open > amount)
    throw new RefusedRowError(`open amount ${row.open} is above the amount ${row.amount}`);
  if (row.status === 'paid' && open !== null && open > 0n)
    throw new RefusedRowError(`status is paid, but ${row.open} is open`);
  return { row, customer, currency, dueOn, amount, open };
}

/** The row's state once what the ledger already holds of it is known. */
function settleInvoice(ready: Ready, known: KnownInvoice | undefined): InvoiceColumns {
  const { row, currency, amount } = ready;
  const applied = known?.applied_minor ?? 0n;
  if (known && known.currency !== currency && applied !== 0n)
    throw new RefusedRowError(`was in ${known.currency} before, and money in that currency is on it`);
  const given = row.status === 'paid' || row.status === 'void' ? 0n : ready.open;
  if (given === null && applied > amount)
    throw new RefusedRowError(
      `amount ${row.amount} is below the ${toDecimal(applied, currency)} that is applied to it`,
    );
  const own = known?.own_minor ?? 0n;
  const isVoid = row.status === 'void';
  const open =
    given === null
      ? amount - applied
      : isVoid || known?.currency !== currency
        ? given
        : settleOpen({ amount, given, own, applied, before: known.open_minor });
  const status = isVoid ? 'void' : open > 0n ? 'open' : 'paid';
  const before = known?.status === 'paid' ? known.paid_on : null;
  const paidOn = status === 'paid' ? (known?.last_applied_on ?? row.paidOn ?? before) : null;
  return {
    external_id: row.number,
    number: row.number,
    customer_id: ready.customer.id,
    issued_on: row.issuedOn,
    due_on: ready.dueOn,
    currency,
    amount_minor: amount,
    open_minor: open,
    status,
    paid_on: paidOn,
    po_number: row.poNumber,
    description: row.description,
  };
}

const issuedEvent = (id: number, { row, customer, currency, amount, dueOn }: Ready): LedgerEvent => ({
  external_id: `issued|${row.number}`,
  customer_id: customer.id,
  invoice_id: id,
  kind: 'issued',
  happened_on: row.issuedOn,
  summary: `Invoice ${row.number} issued over ${formatAmount(toDecimal(amount, currency), currency)}, due ${dueOn}`,
});

/** Money of Remy on an invoice that is void now, or smaller than what is on it, cannot stay there. */
async function makeRoom(
  sql: Sql,
  run: Run,
  report: FileReport,
  ready: readonly Ready[],
  known: ReadonlyMap<string, KnownInvoice>,
): Promise<boolean> {
  const crowded = ready.flatMap(({ row, amount }) => {
    const before = known.get(row.number);
    // what is Remy's is asked for row by row: the sum of what it put on and took back may be nothing
    return before && (row.status === 'void' || amount < before.applied_minor) ? [before.id] : [];
  });
  const because = 'the ledger voided the invoice or made it smaller';
  const reopened = await giveWay(sql, crowded, { by: run.actor, today: run.today, because });
  for (const { invoice, minor, currency } of reopened)
    report.warnings.push(
      `invoice "${invoice}" is void or smaller now: ${formatAmount(toDecimal(minor, currency), currency)} that was put on it here was taken off, and the money is unapplied again`,
    );
  return reopened.length > 0;
}

/** What the ledger itself put on an invoice that it voids stays there: only the ledger can move it. */
function warnOfVoidPaid(
  report: FileReport,
  ready: readonly Ready[],
  known: ReadonlyMap<string, KnownInvoice>,
): void {
  for (const { row } of ready) {
    const before = known.get(row.number);
    if (row.status !== 'void' || !before || before.applied_minor <= 0n) continue;
    const amount = formatAmount(toDecimal(before.applied_minor, before.currency), before.currency);
    report.warnings.push(
      `invoice "${row.number}" is void, but the ledger itself put ${amount} on it: that money stays there until the ledger takes it off`,
    );
  }
}

/** The invoices as they are stored, locked, by number. */
async function knownInvoices(
  sql: Sql,
  run: Run,
  file: LedgerFileOf<'invoices'>,
  report: FileReport,
  ready: readonly Ready[],
): Promise<Map<string, KnownInvoice>> {
  const numbers = ready.map(({ row }) => row.number);
  const ids = await lockDocuments(sql, 'invoice', [file.source], numbers);
  const read = async () => new Map((await findInvoices(sql, ids)).map((each) => [each.external_id, each]));
  const before = await read();
  const known = (await makeRoom(sql, run, report, ready, before)) ? await read() : before;
  warnOfVoidPaid(report, ready, known);
  return known;
}

async function writeInvoices(
  sql: Sql,
  run: Run,
  file: LedgerFileOf<'invoices'>,
  report: FileReport,
  ready: readonly Ready[],
): Promise<void> {
  const known = await knownInvoices(sql, run, file, report, ready);
  const settled = checked(
    ready.map((each) => ({ line: each.row.line, each })),
    report,
    ({ each }) => ({ each, columns: settleInvoice(each, known.get(each.row.number)) }),
  );
  const columns = settled.map((each) => each.columns);
  const written = await upsertInvoices(
    sql,
    file.source,
    columns,
    file.absent.filter((field) => KEPT.includes(field)),
  );
  const byNumber = new Map(settled.map(({ each }) => [each.row.number, each]));
  const events = written
    .filter((row) => row.created)
    .map(({ id, external_id }) => issuedEvent(id, byNumber.get(external_id)!));
  await addLedgerEvents(sql, file.source, events);
  const ids = new Map(written.map(({ id, external_id }) => [external_id, id]));
  for (const { each } of settled) {
    const id = ids.get(each.row.number) ?? known.get(each.row.number)?.id;
    const given = each.row.status === 'paid' ? 0n : each.open;
    if (id === undefined || given === null) continue;
    run.givenOpen.add(id);
    const before = known.get(each.row.number);
    if (before && before.own_minor > 0n && each.row.status !== 'void')
      run.toSettle.set(id, { given, before: before.open_minor });
  }
  countWritten(report, settled.length, written);
}

/** The lines of one invoice in a product's export differ in their description only. */
function contentOf({ line: _, description, ...row }: InvoiceRow, source: LedgerSourceName): unknown {
  return source === 'csv' ? { ...row, description } : row;
}

export async function importInvoices(
  run: Run,
  file: LedgerFileOf<'invoices'>,
  report: FileReport,
  progress: () => void,
): Promise<void> {
  const seen = new SeenKeys();
  const assumed = assumedCurrency(run, file, report);
  for await (const batch of file.batches()) {
    report.rows += batch.read;
    report.skipped.push(...batch.skipped);
    const ready = checked(batch.rows, report, (row) => {
      const each = readyInvoice(run, row, file.source, assumed);
      if (row.otherId !== null) run.numberOf.set(row.otherId, row.number);
      return seen.isRepeat(row.number, row.line, contentOf(row, file.source), 'invoice') ? null : each;
    });
    await run.inBatch((sql) => writeInvoices(sql, run, file, report, ready), { report });
    progress();
  }
}
