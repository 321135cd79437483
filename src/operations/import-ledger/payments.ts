import { baseName } from '../../domain/customer.ts';
import { formatAmount, toDecimal } from '../../domain/money.ts';
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
import {
  addSightings,
  fillCustomers,
  findSightings,
  type Sighting,
} from '../../store/ledger-import/sightings.ts';
import type { Sql } from '../../store/transaction.ts';
import { bareWarnings } from '../bank/bare-warnings.ts';
import { findSameMoney, type SeenMoney } from '../bank/find-same-money.ts';
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

type Ready = {
  line: number;
  columns: PaymentColumns & {
    amount_minor: bigint;
    currency: string;
    customer_id: number | null;
    received_on: string;
  };
  row: PaymentRow;
};

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
    row,
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

/** Throws: RefusedRowError where the row says something else of the money than the payment it stands for. */
function checkSighted({ columns }: Ready, sighting: Sighting): void {
  if (columns.currency === sighting.currency && columns.amount_minor === sighting.amount_minor) return;
  const said = (minor: bigint, currency: string) => formatAmount(toDecimal(minor, currency), currency);
  throw new RefusedRowError(
    `is payment ${sighting.number} over ${said(sighting.amount_minor, sighting.currency)}, but says ${said(columns.amount_minor, columns.currency)}`,
  );
}

/** Rows that stand for a payment of another source: they only say whose it is. */
async function takeSighted(
  sql: Sql,
  report: FileReport,
  ready: readonly Ready[],
  sightings: ReadonlyMap<string, Sighting>,
): Promise<void> {
  const good = checked(ready, report, (each) => {
    checkSighted(each, sightings.get(each.columns.external_id)!);
    return each;
  });
  const fills = good.flatMap(({ columns }) => {
    const { payment_id, customer_id } = sightings.get(columns.external_id)!;
    return columns.customer_id !== null && customer_id === null
      ? [{ id: payment_id, customer_id: columns.customer_id }]
      : [];
  });
  await fillCustomers(sql, fills);
  report.updated += fills.length;
  report.unchanged += good.length - fills.length;
}

const seenMoney = (run: Run, { columns, row }: Ready): SeenMoney => ({
  currency: columns.currency,
  amountMinor: columns.amount_minor,
  receivedOn: columns.received_on,
  payerName: row.payerName,
  payerAccount: row.payerAccount,
  reference: row.reference,
  method: row.method,
  ids: row.externalId.startsWith('content-') ? [] : [row.externalId],
  customerNames: columns.customer_id === null ? [] : run.directory.namesOf(columns.customer_id).map(baseName),
});

/** New rows whose money is known are remembered as that; gives the others. */
async function takeSameMoney(
  sql: Sql,
  run: Run,
  source: LedgerSourceName,
  report: FileReport,
  fresh: readonly Ready[],
): Promise<Ready[]> {
  const { pairs, bare } = await findSameMoney(
    sql,
    fresh.map((each) => seenMoney(run, each)),
    source,
  );
  report.warnings.push(
    ...bareWarnings(
      [...bare].map(([at, payment]) => {
        const { external_id, currency, amount_minor, received_on } = fresh[at]!.columns;
        return { number: external_id, payment, currency, minor: amount_minor, on: received_on };
      }),
    ),
  );
  const found = [...pairs].map(([at, paymentId]) => ({ each: fresh[at]!, paymentId }));
  await addSightings(
    sql,
    source,
    found.map(({ each: { columns, row }, paymentId }) => ({
      external_id: columns.external_id,
      payment_id: paymentId,
      received_on: columns.received_on,
      detail: JSON.stringify({ reference: row.reference, payerName: row.payerName, method: row.method }),
    })),
  );
  await fillCustomers(
    sql,
    found.flatMap(({ each, paymentId }) =>
      each.columns.customer_id === null ? [] : [{ id: paymentId, customer_id: each.columns.customer_id }],
    ),
  );
  report.updated += found.length;
  return fresh.filter((_, at) => !pairs.has(at));
}

async function writePayments(
  sql: Sql,
  run: Run,
  file: LedgerFileOf<'payments'>,
  report: FileReport,
  ready: readonly Ready[],
): Promise<void> {
  const ids = ready.map(({ columns }) => columns.external_id);
  const existing = await lockDocuments(sql, 'payment', [file.source], ids);
  const known = new Map((await findPayments(sql, existing)).map((each) => [each.external_id, each]));
  const sightings = new Map(
    (await findSightings(sql, [file.source], ids)).map((each) => [each.external_id, each]),
  );
  const isSighted = ({ columns }: Ready) => sightings.has(columns.external_id);
  const isKnown = ({ columns }: Ready) => known.has(columns.external_id);
  await takeSighted(sql, report, ready.filter(isSighted), sightings);
  const fresh = ready.filter((each) => !isSighted(each) && !isKnown(each));
  const others = new Set(await takeSameMoney(sql, run, file.source, report, fresh));
  const own = ready.filter((each) => isKnown(each) || others.has(each));
  const settled = checked(own, report, ({ columns }) => {
    const before = known.get(columns.external_id);
    const applied = before?.applied_minor ?? 0n;
    if (before && before.currency !== columns.currency && applied !== 0n)
      throw new RefusedRowError(`was in ${before.currency} before, and is applied in that currency`);
    if (applied > columns.amount_minor)
      throw new RefusedRowError(
        `amount is below the ${toDecimal(applied, columns.currency)} of it that is applied or left again`,
      );
    return {
      ...columns,
      unapplied_minor: columns.amount_minor - applied,
      // who it is was found out, where the file does not say
      customer_id: columns.customer_id ?? before?.customer_id ?? null,
    };
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
    await run.inBatch((sql) => writePayments(sql, run, file, report, ready), { report });
    progress();
  }
  if (file.source !== 'csv' && named.length === 0 && report.created > 0)
    report.warnings.push(
      'the file does not say which invoices were paid; these payments stay unapplied until they are matched',
    );
  return named;
}
