/** The state of the payments and invoices of one batch of applications, kept up while its rows are taken in. */
import { groupedBy } from '../../domain/grouped-by.ts';
import { formatAmount, toDecimal } from '../../domain/money.ts';
import { type ApplicationRow, type LedgerSourceName, ledgerSources } from '../../ports/ledger-source.ts';
import {
  type ApplicationColumns,
  findApplications,
  type KnownApplication,
  type LedgerEvent,
} from '../../store/ledger-import/applications.ts';
import {
  findInvoices,
  findPayments,
  type KnownInvoice,
  type KnownPayment,
  lockDocuments,
} from '../../store/ledger-import/documents.ts';
import { lockPaymentsNamed } from '../../store/ledger-import/sightings.ts';
import type { Sql } from '../../store/transaction.ts';
import { minorOf, RefusedRowError } from './run.ts';

type PaymentState = { known: KnownPayment; applied: bigint };
type InvoiceState = {
  known: KnownInvoice;
  applied: bigint;
  lastOn: string | null;
  lastEvent: LedgerEvent | null;
};

export type ApplicationBatch = {
  source: LedgerSourceName;
  payments: Map<string, PaymentState>;
  invoices: Map<string, InvoiceState>;
  /** By payment, invoice and day: the versions of an application, oldest first. */
  versions: Map<string, KnownApplication[]>;
  /** By payment and invoice: what Remy itself applied, reversed ones too. */
  own: Map<string, KnownApplication[]>;
  /** Remy's applications that a row of this batch has told of. */
  told: Set<number>;
  inserts: ApplicationColumns[];
  events: LedgerEvent[];
};

const pairKey = (paymentId: number, invoiceId: number, day = ''): string =>
  `${paymentId}|${invoiceId}|${day}`;

/** The row of the file's own source, else the only one of another source; several of others stand for none. */
function preferOwn<Row extends { source: string; external_id: string }>(
  rows: readonly Row[],
  source: string,
): Map<string, Row> {
  const found = new Map<string, Row | null>();
  for (const row of rows) {
    const before = found.get(row.external_id);
    if (before === undefined || row.source === source) found.set(row.external_id, row);
    else if (before?.source !== source) found.set(row.external_id, null);
  }
  return new Map([...found].filter((entry): entry is [string, Row] => entry[1] !== null));
}

/** Payments of the bank may be named too: a file may be made from what Remy tells of them. */
const PAYMENT_SOURCES = [...ledgerSources, 'bank'];

/** By the name that the rows use: a payment of the ledger, or the payment which the ledger's row stands for. */
async function loadPayments(
  sql: Sql,
  source: LedgerSourceName,
  names: readonly string[],
): Promise<Map<string, PaymentState>> {
  const named = await lockPaymentsNamed(sql, PAYMENT_SOURCES, names);
  const ids = [...new Set(named.map(({ payment_id }) => payment_id))];
  const states = new Map(
    (await findPayments(sql, ids)).map((known) => [known.id, { known, applied: known.applied_minor }]),
  );
  const meant = preferOwn(named, source);
  return new Map([...meant].map(([name, { payment_id }]) => [name, states.get(payment_id)!]));
}

/** Reads and locks what the rows name. */
export async function loadBatch(
  sql: Sql,
  source: LedgerSourceName,
  rows: readonly ApplicationRow[],
): Promise<ApplicationBatch> {
  const payments = await loadPayments(sql, source, [...new Set(rows.map((row) => row.payment))]);
  const numbers = [...new Set(rows.map((row) => row.invoice))];
  const lockedInvoices = await lockDocuments(sql, 'invoice', ledgerSources, numbers);
  const invoices = preferOwn(await findInvoices(sql, lockedInvoices), source);
  const ids = new Set([...payments.values()].map(({ known }) => known.id));
  const applications = await findApplications(sql, [...ids]);
  return {
    source,
    payments,
    invoices: new Map(
      [...invoices].map(([number, known]) => [
        number,
        { known, applied: known.applied_minor, lastOn: known.last_applied_on, lastEvent: null },
      ]),
    ),
    versions: groupedBy(applications, (each) => pairKey(each.payment_id, each.invoice_id, each.applied_on)),
    own: groupedBy(
      applications.filter((each) => each.source === 'remy'),
      (each) => pairKey(each.payment_id, each.invoice_id),
    ),
    told: new Set(),
    inserts: [],
    events: [],
  };
}

/**
 * True when Remy put this money on this invoice itself, on whatever day, or took it off again since: the ledger then
 * tells nothing new. A row of a later day than the taking off is a new act. Each of Remy's answers for one row.
 */
function isToldAgain(
  row: ApplicationRow,
  batch: ApplicationBatch,
  own: readonly KnownApplication[],
  amount: bigint | null,
): boolean {
  const open = own.filter((each) => !batch.told.has(each.id));
  const counts = ({ reversed, reversed_on }: KnownApplication) => !reversed || row.appliedOn <= reversed_on!;
  const one =
    open.find((each) => !each.reversed && (amount === null || each.amount_minor === amount)) ??
    open.find((each) => counts(each) && (amount === null || each.amount_minor === amount));
  if (one) {
    batch.told.add(one.id);
    return true;
  }
  const live = open.filter(({ reversed }) => !reversed);
  const together = live.reduce((sum, each) => sum + each.amount_minor, 0n);
  if (live.length < 2 || together !== amount) return false;
  for (const each of live) batch.told.add(each.id);
  return true;
}

/** True when nothing of the row is new: it stands as it is, Remy applied it, or Remy took it back. */
function isKnownRow(
  row: ApplicationRow,
  batch: ApplicationBatch,
  versions: readonly KnownApplication[],
  ids: { readonly payment: number; readonly invoice: number },
  amount: bigint | null,
): boolean {
  const ledgers = versions.filter(({ source }) => source !== 'remy');
  const current = ledgers.findLast((each) => !each.reversed);
  if (current && (amount === null || current.amount_minor === amount)) return true;
  if (isToldAgain(row, batch, batch.own.get(pairKey(ids.payment, ids.invoice)) ?? [], amount)) return true;
  const last = ledgers.at(-1);
  return !current && last?.reversed_by === 'remy' && (amount === null || last.amount_minor === amount);
}

/** Throws: RefusedRowError when the two do not exist, do not fit each other, or have no room for the amount. */
function checkRow(row: ApplicationRow, batch: ApplicationBatch, freed: bigint) {
  const payment = batch.payments.get(row.payment)!;
  const invoice = batch.invoices.get(row.invoice)!;
  const { currency } = payment.known;
  const unapplied = payment.known.amount_minor - payment.applied + freed;
  const room = invoice.known.amount_minor - invoice.applied + freed;
  if (row.amount === null)
    return { amount: [unapplied, room].sort((a, b) => (a < b ? -1 : 1))[0]!, payment, invoice };
  const amount = minorOf(row.amount, currency, 'amount');
  if (amount === 0n) throw new RefusedRowError('amount is not above zero');
  if (amount > unapplied)
    throw new RefusedRowError(
      `amount ${row.amount} is above the ${toDecimal(unapplied, currency)} of payment "${row.payment}" that is unapplied`,
    );
  if (amount > room)
    throw new RefusedRowError(
      `amount ${row.amount} is above what invoice "${row.invoice}" can take: ` +
        `${toDecimal(room, currency)} of ${toDecimal(invoice.known.amount_minor, currency)}`,
    );
  return { amount, payment, invoice };
}

function partners(
  row: ApplicationRow,
  batch: ApplicationBatch,
): { payment: PaymentState; invoice: InvoiceState } {
  const payment = batch.payments.get(row.payment);
  if (!payment) throw new RefusedRowError(`payment "${row.payment}" is unknown`);
  const invoice = batch.invoices.get(row.invoice);
  if (!invoice) throw new RefusedRowError(`invoice "${row.invoice}" is unknown`);
  if (payment.known.currency !== invoice.known.currency)
    throw new RefusedRowError(
      `payment "${row.payment}" is in ${payment.known.currency}, invoice "${row.invoice}" in ${invoice.known.currency}`,
    );
  if (invoice.known.status === 'void') throw new RefusedRowError(`invoice "${row.invoice}" is void`);
  return { payment, invoice };
}

/** A key made from content says nothing to a reader. */
const paymentName = (id: string): string => (id.startsWith('content-') ? 'a payment' : `payment ${id}`);

const amountText = (minor: bigint, { known: { currency } }: PaymentState): string =>
  formatAmount(toDecimal(minor, currency), currency);

function reverse(
  current: KnownApplication,
  batch: ApplicationBatch,
  payment: PaymentState,
  invoice: InvoiceState,
): void {
  batch.inserts.push({
    external_id: `${current.external_id}|reversed`,
    payment_id: payment.known.id,
    invoice_id: invoice.known.id,
    currency: payment.known.currency,
    amount_minor: -current.amount_minor,
    applied_on: current.applied_on,
    reverses_id: current.id,
  });
  batch.events.push({
    external_id: `reversed|${current.external_id}`,
    customer_id: invoice.known.customer_id,
    invoice_id: invoice.known.id,
    kind: 'reversed',
    happened_on: current.applied_on,
    summary: `${amountText(current.amount_minor, payment)} taken off ${invoice.known.external_id}: the ledger changed the application`,
  });
  payment.applied -= current.amount_minor;
  invoice.applied -= current.amount_minor;
}

export type Outcome = 'created' | 'updated' | 'unchanged';

/** Takes one row into the batch. Throws: RefusedRowError. */
export function takeRow(row: ApplicationRow, batch: ApplicationBatch): Outcome {
  const { payment, invoice } = partners(row, batch);
  const { currency } = payment.known;
  const versions = batch.versions.get(pairKey(payment.known.id, invoice.known.id, row.appliedOn)) ?? [];
  const stated = row.amount === null ? null : minorOf(row.amount, currency, 'amount');
  const ids = { payment: payment.known.id, invoice: invoice.known.id };
  if (isKnownRow(row, batch, versions, ids, stated)) return 'unchanged';
  const current = versions.findLast((each) => !each.reversed);
  if (current && current.source !== batch.source)
    throw new RefusedRowError(
      `payment "${row.payment}" is already on invoice "${row.invoice}" by ${current.source}`,
    );
  const { amount } = checkRow(row, batch, current?.amount_minor ?? 0n);
  if (amount <= 0n) return 'unchanged'; // named by a product's export, with nothing left to apply
  if (current) reverse(current, batch, payment, invoice);
  const key = `${row.payment}|${row.invoice}|${row.appliedOn}`;
  const externalId = versions.length === 0 ? key : `${key}|${versions.length + 1}`;
  batch.inserts.push({
    external_id: externalId,
    payment_id: payment.known.id,
    invoice_id: invoice.known.id,
    currency,
    amount_minor: amount,
    applied_on: row.appliedOn,
    reverses_id: null,
  });
  payment.applied += amount;
  invoice.applied += amount;
  if (invoice.lastOn === null || row.appliedOn >= invoice.lastOn) invoice.lastOn = row.appliedOn;
  const event: LedgerEvent = {
    external_id: `applied|${externalId}`,
    customer_id: invoice.known.customer_id,
    invoice_id: invoice.known.id,
    kind: 'partly_paid',
    happened_on: row.appliedOn,
    summary: `${amountText(amount, payment)} of ${paymentName(row.payment)} put on ${row.invoice}`,
  };
  batch.events.push(event);
  if (!invoice.lastEvent || event.happened_on >= invoice.lastEvent.happened_on) invoice.lastEvent = event;
  return current ? 'updated' : 'created';
}
