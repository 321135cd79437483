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

const customerOf = ({ ledger }: Books, id: number | null): Customer | null =>
  ledger.customers.find((each) => each.id === id) ?? null;
const invoiceOf = ({ ledger }: Books, id: number): Invoice => ledger.invoices.find((each) => each.id === id)!;

/** What was put on invoices after the day, and so was not yet on the day. */
const putLater = ({ ledger, day, past }: Books, key: 'payment_id' | 'credit_id', id: number): bigint =>
  past
    ? sum(
        ledger.applications
          .filter((each) => each[key] === id && each.applied_on > day)
          .map((each) => each.amount_minor),
      )
    : 0n;

const invoiceItems = (books: Books): Item[] =>
  books.ledger.invoices.map((each) => invoiceItem(books, each, customerOf(books, each.customer_id)!));

const paymentItems = (books: Books): Item[] =>
  books.ledger.payments.map((each) => {
    const open = within(each.unapplied_minor + putLater(books, 'payment_id', each.id), each.amount_minor);
    const customer = customerOf(books, each.customer_id);
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

const creditItems = (books: Books): Item[] =>
  books.ledger.credits.map((each) => {
    const open = within(each.open_minor + putLater(books, 'credit_id', each.id), each.amount_minor);
    const customer = customerOf(books, each.customer_id)!;
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

const applicationItems = (books: Books): Item[] =>
  books.ledger.applications.map((each) => {
    const invoice = invoiceOf(books, each.invoice_id);
    const customer = customerOf(books, invoice.customer_id)!;
    const from = each.payment_id
      ? books.ledger.payments.find((one) => one.id === each.payment_id)!.external_id
      : books.ledger.credits.find((one) => one.id === each.credit_id)!.number;
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

const promiseItems = (books: Books): Item[] =>
  books.ledger.promises.map((each) => {
    const { received, state } = promiseOf(books, each);
    const customer = customerOf(books, each.customer_id)!;
    const named = books.ledger.promiseInvoices.filter((one) => one.promise_id === each.id);
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
      numbers: named.map((one) => invoiceOf(books, one.invoice_id).number),
    };
  });

const disputeItems = (books: Books): Item[] =>
  books.ledger.disputes.map((each) => {
    const invoice = invoiceOf(books, each.invoice_id);
    const customer = customerOf(books, each.customer_id)!;
    const state = isOpenDispute(books.day, each) ? 'open' : 'resolved';
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

const eventItems = (books: Books): Item[] =>
  books.ledger.events.map((each) => {
    const customer = customerOf(books, each.customer_id)!;
    const invoice = each.invoice_id === null ? undefined : invoiceOf(books, each.invoice_id);
    return {
      id: each.id,
      customer,
      ...(invoice && { invoice }),
      issued: each.happened_on,
      born: each.happened_on,
      status: [],
      owner: customer.owner_email,
      numbers: invoice ? [invoice.number] : [],
      kind: each.kind,
    };
  });

const customerItems = ({ ledger }: Books): Item[] =>
  ledger.customers.map((each) => ({
    id: each.id,
    customer: each,
    currency: each.currency,
    status: [],
    owner: each.owner_email,
    numbers: [],
  }));

const makers: Record<Dataset, (books: Books) => Item[]> = {
  customers: customerItems,
  invoices: invoiceItems,
  credits: creditItems,
  payments: paymentItems,
  applications: applicationItems,
  promises: promiseItems,
  disputes: disputeItems,
  timeline: eventItems,
};

/**
 * All rows of a dataset on the books' day. Promises, disputes and events begin on their day; documents dated ahead are
 * in today's books, but not in those of a past day.
 */
export function itemsOf(dataset: Dataset, books: Books): Item[] {
  const facts = dataset === 'promises' || dataset === 'disputes' || dataset === 'timeline';
  return makers[dataset](books).filter(
    (each) => each.born === undefined || !(facts || books.past) || each.born <= books.day,
  );
}
