/**
 * The demo company's files as the plain ledger that the naive evaluation reads: straight from the CSV text, past the
 * importer and the database, so that figures can be computed a second, independent way.
 */
import { parse } from 'csv-parse/sync';
import type { DemoCompany } from '../../demo/company.ts';
import { regionOf } from '../../src/domain/customer.ts';
import { minorDigits } from '../../src/domain/money.ts';
import type { Ledger } from './random-ledger.ts';

type Row = Record<string, string>;

const minor = (text: string, currency: string): bigint => {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(minorDigits(currency), '0'));
};
const orNull = (text: string | undefined): string | null => (text ? text : null);

/** `codes`: customer code → id, and `numbers`: invoice number → id, as the database gave them. */
export function demoBooks(
  company: DemoCompany,
  codes: ReadonlyMap<string, number>,
  numbers: ReadonlyMap<string, number>,
): Ledger {
  const rows = (name: keyof DemoCompany['files']): Row[] =>
    parse(company.files[name], { columns: true }) as Row[];
  const code = (text: string): number => codes.get(text)!;
  const applied = rows('applications.csv');
  const payments = rows('payments.csv').map(
    (row, at) => ({ ...row, at: at + 1 }) as unknown as Row & { at: number },
  );
  const invoices = rows('invoices.csv').map((row) => {
    const currency = row.currency!;
    const amount = minor(row.amount!, currency);
    const own = applied.filter((each) => each.invoice_number === row.invoice_number);
    const open = minor(row.open_amount!, currency);
    const paidOn =
      own
        .map((each) => each.applied_on!)
        .sort()
        .at(-1) ?? null;
    const status: 'open' | 'paid' | 'void' = row.status === 'void' ? 'void' : open > 0n ? 'open' : 'paid';
    return {
      id: numbers.get(row.invoice_number!)!,
      number: row.invoice_number!,
      customer_id: code(row.customer_id!),
      issued_on: row.issued_on!,
      due_on: row.due_on!,
      currency,
      amount_minor: amount,
      open_minor: open,
      status,
      paid_on: status === 'paid' ? paidOn : null,
    };
  });
  const currencyOf = (number: string): string => invoices.find((each) => each.number === number)!.currency;
  const { promises, disputes, holds, messages } = company.records;
  // a stored message is an event of its own: a reminder that went out, an answer that came in, of the one
  // invoice it is about
  const events = [
    ...company.records.events,
    ...messages.map((message) => ({
      customer: message.customer,
      invoice: message.invoices.length === 1 ? message.invoices[0]! : null,
      kind: message.direction === 'in' ? 'replied' : 'chased',
      day: message.sentAt.slice(0, 10),
      at: message.sentAt,
    })),
  ];
  return {
    today: company.today,
    customers: rows('customers.csv').map((row) => ({
      id: code(row.customer_id!),
      name: row.name!,
      external_id: row.customer_id!,
      parent_id: row.parent_id ? code(row.parent_id) : null,
      currency: orNull(row.currency),
      owner_email: orNull(row.owner_email),
      segment: orNull(row.segment),
      country: orNull(row.country),
      region: regionOf(row.country),
    })),
    invoices,
    payments: payments.map((row) => {
      const currency = row.currency!;
      const used = applied
        .filter((each) => each.payment_id === row.payment_id)
        .reduce((sum, each) => sum + minor(each.amount!, currency), 0n);
      return {
        id: row.at,
        external_id: row.payment_id!,
        received_on: row.received_on!,
        currency,
        amount_minor: minor(row.amount!, currency),
        unapplied_minor: minor(row.amount!, currency) - used,
        customer_id: row.customer_id ? code(row.customer_id) : null,
      };
    }),
    credits: rows('credits.csv').map((row, at) => ({
      id: at + 1,
      number: row.credit_number!,
      customer_id: code(row.customer_id!),
      issued_on: row.issued_on!,
      currency: row.currency!,
      amount_minor: minor(row.amount!, row.currency!),
      open_minor: minor(row.open_amount!, row.currency!),
    })),
    applications: applied.map((row, at) => ({
      id: at + 1,
      payment_id: payments.find((each) => each.payment_id === row.payment_id)!.at,
      credit_id: null,
      invoice_id: numbers.get(row.invoice_number!)!,
      currency: currencyOf(row.invoice_number!),
      amount_minor: minor(row.amount!, currencyOf(row.invoice_number!)),
      applied_on: row.applied_on!,
      reverses_id: null,
    })),
    adjustments: [],
    promises: promises.map((each, at) => ({
      id: at + 1,
      customer_id: code(each.customer),
      currency: each.currency,
      amount_minor: minor(each.amount, each.currency),
      made_on: each.madeOn,
      pay_on: each.payOn,
      method: each.method,
      withdrawn_on: null,
    })),
    promiseInvoices: promises.flatMap((each, at) =>
      each.invoices.map((number) => ({ promise_id: at + 1, invoice_id: numbers.get(number)! })),
    ),
    disputes: disputes.map((each, at) => ({
      id: at + 1,
      customer_id: code(
        rows('invoices.csv').find((row) => row.invoice_number === each.invoice)!.customer_id!,
      ),
      invoice_id: numbers.get(each.invoice)!,
      reason: each.reason,
      line_number: at + 1,
      currency: each.currency,
      amount_minor: minor(each.amount, each.currency),
      owner: each.owner,
      opened_on: each.openedOn,
      due_on: each.dueOn ?? null,
      resolved_on: null,
    })),
    holds: holds.map((each, at) => ({
      id: at + 1,
      customer_id: code(each.customer),
      invoice_id: each.invoice ? numbers.get(each.invoice)! : null,
      from_on: each.fromOn,
      until_on: each.untilOn,
      lifted_on: null,
    })),
    events: events.map((each, at) => ({
      id: at + 1,
      customer_id: code(each.customer),
      invoice_id: each.invoice ? numbers.get(each.invoice)! : null,
      kind: each.kind,
      happened_on: each.day,
      happened_at: each.at,
    })),
  };
}
