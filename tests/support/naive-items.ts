/**
 * The datasets as plain items on a day: written from the definitions alone, with loops over everything, to hold the
 * compiled statements against.
 */
import { addDays, type Day } from '../../src/domain/calendar.ts';
import type { Dataset } from '../../src/domain/ledger-query/question.ts';
import type { Customer, Invoice, Ledger, Promise_ } from './random-ledger.ts';

export type Item = {
  id: number;
  customer: Customer | null;
  invoice?: Invoice;
  currency?: string | null;
  amount?: bigint;
  open?: bigint;
  issued?: Day | null;
  due?: Day | null;
  paid?: Day | null;
  received?: Day | null;
  /** The day its age counts from. */
  born?: Day;
  /** Every status word that is true of it. */
  status: string[];
  shownStatus?: string;
  owner: string | null;
  numbers: string[];
  kind?: string;
};

/** The books of a day. */
export type Books = { ledger: Ledger; day: Day; past: boolean };

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
const within = (value: bigint, most: bigint): bigint => (value < 0n ? 0n : value > most ? most : value);

/** Amount less what was put on it until the day; what the source explains by nothing follows its own open amount. */
export function openOf({ ledger, day, past }: Books, invoice: Invoice): bigint {
  if (invoice.status === 'void') return 0n;
  if (!past) return invoice.open_minor;
  const moves = [
    ...ledger.applications
      .filter((each) => each.invoice_id === invoice.id)
      .map((each) => ({ on: each.applied_on, minor: each.amount_minor })),
    ...ledger.adjustments
      .filter((each) => each.invoice_id === invoice.id)
      .map((each) => ({ on: each.booked_on, minor: each.amount_minor })),
  ];
  const until = sum(moves.filter((each) => each.on <= day).map((each) => each.minor));
  const all = sum(moves.map((each) => each.minor));
  const later = moves.some((each) => each.on > day);
  const explained = invoice.amount_minor - all === invoice.open_minor;
  if (explained) return within(invoice.amount_minor - until, invoice.amount_minor);
  if (!later && invoice.paid_on !== null && invoice.paid_on > day)
    return within(invoice.amount_minor - until, invoice.amount_minor);
  return within(invoice.open_minor + (all - until), invoice.amount_minor);
}

export const paidOf = (books: Books, invoice: Invoice): Day | null => {
  if (!books.past) return invoice.paid_on;
  return invoice.paid_on !== null && invoice.paid_on <= books.day && openOf(books, invoice) === 0n
    ? invoice.paid_on
    : null;
};

export const isOverdue = (books: Books, invoice: Invoice): boolean =>
  openOf(books, invoice) > 0n && invoice.due_on < books.day;

const CLEARING: Record<string, number> = { card: 0, wire: 2, ach: 3, cheque: 14 };

export function promiseOf({ ledger, day }: Books, promise: Promise_): { received: bigint; state: string } {
  const deadline = addDays(promise.pay_on, 1 + (CLEARING[promise.method ?? ''] ?? 3));
  const named = ledger.promiseInvoices.filter((each) => each.promise_id === promise.id);
  const received = sum(
    ledger.applications
      .filter((each) => {
        const invoice = ledger.invoices.find((one) => one.id === each.invoice_id)!;
        return (
          each.payment_id !== null &&
          invoice.customer_id === promise.customer_id &&
          invoice.currency === promise.currency &&
          each.applied_on >= promise.made_on &&
          each.applied_on <= (day < deadline ? day : deadline) &&
          (named.length === 0 || named.some((one) => one.invoice_id === invoice.id))
        );
      })
      .map((each) => each.amount_minor),
  );
  const state =
    promise.withdrawn_on !== null && promise.withdrawn_on <= day
      ? 'withdrawn'
      : received >= promise.amount_minor
        ? 'kept'
        : day <= deadline
          ? 'open'
          : received > 0n
            ? 'partly_kept'
            : 'broken';
  return { received, state };
}

export const isOpenDispute = (day: Day, each: { opened_on: Day; resolved_on: Day | null }): boolean =>
  each.opened_on <= day && (each.resolved_on === null || each.resolved_on > day);

function invoiceItem(books: Books, invoice: Invoice, customer: Customer): Item {
  const open = openOf(books, invoice);
  const paid = paidOf(books, invoice);
  const late = invoice.due_on < books.day;
  const status =
    invoice.status === 'void' ? ['void'] : open === 0n ? ['paid'] : ['open', late ? 'overdue' : 'not_due'];
  return {
    id: invoice.id,
    customer,
    invoice,
    currency: invoice.currency,
    amount: invoice.amount_minor,
    open,
    issued: invoice.issued_on,
    born: invoice.issued_on,
    due: invoice.due_on,
    paid,
    status,
    shownStatus: status.at(-1)!,
    owner: customer.owner_email,
    numbers: [invoice.number],
  };
}

const unapplied = (open: bigint, amount: bigint): { status: string[]; shownStatus: string } =>
  open === 0n
    ? { status: ['applied'], shownStatus: 'applied' }
    : open < amount
      ? { status: ['unapplied', 'partly_applied'], shownStatus: 'partly_applied' }
      : { status: ['unapplied'], shownStatus: 'unapplied' };

/** All rows of a dataset on the books' day. */
export function itemsOf(dataset: Dataset, books: Books): Item[] {
  const { ledger, day, past } = books;
  const customerOf = (id: number | null) => ledger.customers.find((each) => each.id === id) ?? null;
  const invoiceById = (id: number) => ledger.invoices.find((each) => each.id === id)!;
  const there = (on: Day) => !past || on <= day;
  switch (dataset) {
    case 'customers':
      return ledger.customers.map((each) => ({
        id: each.id,
        customer: each,
        currency: each.currency,
        status: [],
        owner: each.owner_email,
        numbers: [],
      }));
    case 'invoices':
      return ledger.invoices
        .filter((each) => there(each.issued_on))
        .map((each) => invoiceItem(books, each, customerOf(each.customer_id)!));
    case 'payments':
    case 'credits': {
      const later = (key: 'payment_id' | 'credit_id', id: number) =>
        past
          ? sum(
              ledger.applications
                .filter((each) => each[key] === id && each.applied_on > day)
                .map((each) => each.amount_minor),
            )
          : 0n;
      if (dataset === 'payments')
        return ledger.payments
          .filter((each) => there(each.received_on))
          .map((each) => {
            const open = within(each.unapplied_minor + later('payment_id', each.id), each.amount_minor);
            const customer = customerOf(each.customer_id);
            return {
              id: each.id,
              customer,
              currency: each.currency,
              amount: each.amount_minor,
              open,
              received: each.received_on,
              born: each.received_on,
              ...unapplied(open, each.amount_minor),
              owner: customer?.owner_email ?? null,
              numbers: [each.external_id],
            };
          });
      return ledger.credits
        .filter((each) => there(each.issued_on))
        .map((each) => {
          const open = within(each.open_minor + later('credit_id', each.id), each.amount_minor);
          const customer = customerOf(each.customer_id)!;
          return {
            id: each.id,
            customer,
            currency: each.currency,
            amount: each.amount_minor,
            open,
            issued: each.issued_on,
            born: each.issued_on,
            ...unapplied(open, each.amount_minor),
            owner: customer.owner_email,
            numbers: [each.number],
          };
        });
    }
    case 'applications':
      return ledger.applications
        .filter((each) => there(each.applied_on))
        .map((each) => {
          const invoice = invoiceById(each.invoice_id);
          const customer = customerOf(invoice.customer_id)!;
          const from = each.payment_id
            ? ledger.payments.find((one) => one.id === each.payment_id)!.external_id
            : ledger.credits.find((one) => one.id === each.credit_id)!.number;
          return {
            id: each.id,
            customer,
            invoice,
            currency: each.currency,
            amount: each.amount_minor,
            paid: each.applied_on,
            born: each.applied_on,
            status: [],
            owner: customer.owner_email,
            numbers: [invoice.number, from],
          };
        });
    case 'promises':
      return ledger.promises
        .filter((each) => each.made_on <= day)
        .map((each) => {
          const { received, state } = promiseOf(books, each);
          const customer = customerOf(each.customer_id)!;
          return {
            id: each.id,
            customer,
            currency: each.currency,
            amount: each.amount_minor,
            open: within(each.amount_minor - received, each.amount_minor),
            issued: each.made_on,
            born: each.made_on,
            due: each.pay_on,
            status: [state],
            shownStatus: state,
            owner: customer.owner_email,
            numbers: ledger.promiseInvoices
              .filter((one) => one.promise_id === each.id)
              .map((one) => invoiceById(one.invoice_id).number),
          };
        });
    case 'disputes':
      return ledger.disputes
        .filter((each) => each.opened_on <= day)
        .map((each) => {
          const invoice = invoiceById(each.invoice_id);
          const customer = customerOf(each.customer_id)!;
          const state = isOpenDispute(day, each) ? 'open' : 'resolved';
          return {
            id: each.id,
            customer,
            invoice,
            currency: each.currency,
            amount: each.amount_minor,
            open: openOf(books, invoice),
            issued: each.opened_on,
            born: each.opened_on,
            due: each.due_on,
            status: [state],
            shownStatus: state,
            owner: each.owner ?? customer.owner_email,
            numbers: [invoice.number],
          };
        });
    case 'timeline':
      return ledger.events
        .filter((each) => each.happened_on <= day)
        .map((each) => {
          const customer = customerOf(each.customer_id)!;
          return {
            id: each.id,
            customer,
            ...(each.invoice_id !== null && { invoice: invoiceById(each.invoice_id) }),
            issued: each.happened_on,
            born: each.happened_on,
            status: [],
            owner: customer.owner_email,
            numbers: each.invoice_id === null ? [] : [invoiceById(each.invoice_id).number],
            kind: each.kind,
          };
        });
  }
}
