/**
 * Writes a set as ledger files that `remy import` reads, with its truth beside them in `truth.json`, so that the whole
 * product can be measured: customers, invoices, credits, payments. What lines of an advice say stands in the payment's
 * reference, since these files have no other place for it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MatchPayment } from '../../../src/domain/matching/shapes.ts';
import { toDecimal } from '../../../src/domain/money.ts';
import type { MatchSet } from './truth.ts';

/** Cells as they are: a memo may begin with a plus or a dash, as from a bank. */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

export const paymentIdOf = (id: number): string => `PAY-${String(id).padStart(6, '0')}`;

const referenceOf = ({ text, remittance, currency }: MatchPayment): string =>
  [
    text,
    ...remittance.map((line) =>
      [line.document ?? '', line.paidMinor === null ? '' : toDecimal(line.paidMinor, currency)]
        .join(' ')
        .trim(),
    ),
  ]
    .filter((line) => line !== '')
    .join('\n');

function ledgerFiles(set: MatchSet): Record<string, string> {
  const { invoices, credits, customers } = set.pool;
  const codes = new Map(customers.map((each) => [each.id, each.code]));
  const code = (id: number | null): string => (id === null ? '' : (codes.get(id) ?? ''));
  const customerRows = customers.map((each) => [
    each.code,
    each.name,
    code(each.parentId),
    each.country ?? '',
  ]);
  const invoiceRows = invoices.map((each) => [
    each.number,
    code(each.customerId),
    each.issuedOn,
    each.dueOn,
    each.currency,
    toDecimal(each.amountMinor, each.currency),
    toDecimal(each.openMinor, each.currency),
    each.status,
    each.references[0] ?? '',
    each.references.slice(1).join(' '),
  ]);
  const creditRows = credits.map((each) => [
    each.number,
    code(each.customerId),
    each.issuedOn,
    each.currency,
    toDecimal(each.openMinor, each.currency),
    toDecimal(each.openMinor, each.currency),
  ]);
  const paymentRows = set.payments.map((each) => [
    paymentIdOf(each.id),
    each.receivedOn,
    each.currency,
    toDecimal(each.amountMinor, each.currency),
    each.payerName ?? '',
    each.payerAccount ?? '',
    referenceOf(each),
    each.method ?? '',
    code(each.customerId),
  ]);
  const header = (text: string): string[] => text.split(',');
  return {
    'customers.csv': csv([header('customer_id,name,parent_id,country'), ...customerRows]),
    'invoices.csv': csv([
      header(
        'invoice_number,customer_id,issued_on,due_on,currency,amount,open_amount,status,po_number,description',
      ),
      ...invoiceRows,
    ]),
    ...(creditRows.length > 0 && {
      'credits.csv': csv([
        header('credit_number,customer_id,issued_on,currency,amount,open_amount'),
        ...creditRows,
      ]),
    }),
    'payments.csv': csv([
      header('payment_id,received_on,currency,amount,payer_name,payer_account,reference,method,customer_id'),
      ...paymentRows,
    ]),
  };
}

/** The truth in the words of the command line: numbers of documents and decimal amounts. */
function truthText(set: MatchSet): string {
  const numbers = new Map(set.pool.invoices.map((each) => [each.id, each.number]));
  const credits = new Map(set.pool.credits.map((each) => [each.id, each.number]));
  const payments = set.payments.map((payment) => {
    const truth = set.truths.get(payment.id)!;
    const amount = (minor: bigint) => toDecimal(minor, payment.currency);
    const on = (part: { invoiceId: number; amountMinor: bigint }) => ({
      invoice: numbers.get(part.invoiceId)!,
      amount: amount(part.amountMinor),
    });
    return {
      payment: paymentIdOf(payment.id),
      kind: truth.kind,
      currency: payment.currency,
      amount: amount(payment.amountMinor),
      applications: truth.applications.map(on),
      credits: truth.credits.map((part) => ({ credit: credits.get(part.creditId)!, ...on(part) })),
      adjustments: truth.adjustments.map((part) => ({ kind: part.kind, ...on(part) })),
      unapplied: amount(truth.unappliedMinor),
      placing: truth.placing,
      ambiguous: truth.ambiguous,
      none: truth.noMatch,
    };
  });
  return `${JSON.stringify({ set: set.name, payments }, null, 1)}\n`;
}

/** Writes the files and gives the paths of those to import, in the order to import them. */
export function writeSet(set: MatchSet, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const files = ledgerFiles(set);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'truth.json'), truthText(set));
  return Object.keys(files).map((name) => join(folder, name));
}
