/** What each filter says of one item, written from the definitions alone. */
import { type Day, daysBetween } from '../../src/domain/calendar.ts';
import type { LedgerQuestion } from '../../src/domain/ledger-query/question.ts';
import { type DayWindow, resolveWindow } from '../../src/domain/ledger-query/window.ts';
import { minorDigits, parseDecimal } from '../../src/domain/money.ts';
import { type Books, type Item, isOpenDispute, isOverdue, promiseOf } from './naive-items.ts';
import type { Customer, Invoice, Ledger } from './random-ledger.ts';

const inside = (day: Day | null | undefined, window: DayWindow, today: Day): boolean => {
  const { from, to } = resolveWindow(window, today);
  return (
    day !== null &&
    day !== undefined &&
    (from === undefined || day >= from) &&
    (to === undefined || day <= to)
  );
};
const between = (value: number, range: { min?: number | undefined; max?: number | undefined }): boolean =>
  (range.min === undefined || value >= range.min) && (range.max === undefined || value <= range.max);
const moneyBetween = (
  minor: bigint,
  currency: string,
  range: { min?: string | undefined; max?: string | undefined },
): boolean => {
  // compared with four digits, which every currency fits into
  const scaled = minor * 10n ** BigInt(4 - minorDigits(currency));
  const fine = (text: string) => parseDecimal(text, 'CLF');
  return (
    (range.min === undefined || scaled >= fine(range.min)) &&
    (range.max === undefined || scaled <= fine(range.max))
  );
};
const lower = (text: string): string => text.toLowerCase();

/** The events that count for an item: those that name its invoice or none; all of the customer where it has none. */
function eventsFor({ ledger, day }: Books, item: Item, kind: string, byCustomer: boolean) {
  return ledger.events.filter(
    (each) =>
      each.kind === kind &&
      each.happened_on <= day &&
      each.customer_id === item.customer?.id &&
      (byCustomer || each.invoice_id === null || each.invoice_id === item.invoice?.id),
  );
}

function contactFits(books: Books, item: Item, question: LedgerQuestion, today: Day): boolean {
  const { lastChased, chasedTimes, replied } = question.filters;
  const byCustomer = question.dataset === 'customers' || question.dataset === 'promises';
  const chases = eventsFor(books, item, 'chased', byCustomer);
  const replies = eventsFor(books, item, 'replied', byCustomer);
  const last = (events: { happened_at: string }[]) =>
    events
      .map((each) => each.happened_at)
      .sort()
      .at(-1);
  const [chase, reply] = [last(chases), last(replies)];
  if (lastChased === 'never' && chase !== undefined) return false;
  if (lastChased && lastChased !== 'never') {
    if ('notSince' in lastChased) {
      if (chase !== undefined && chase.slice(0, 10) >= lastChased.notSince) return false;
    } else if (!inside(chase?.slice(0, 10), lastChased, today)) return false;
  }
  if (replied !== undefined && (chase === undefined || (reply !== undefined && reply > chase) !== replied))
    return false;
  if (!chasedTimes) return true;
  const paid = books.ledger.payments
    .filter((each) => each.customer_id === item.customer?.id && each.received_on <= books.day)
    .map((each) => each.received_on)
    .sort()
    .at(-1);
  const since = chases.filter(
    (each) =>
      (reply === undefined || each.happened_at > reply) && (paid === undefined || each.happened_on > paid),
  );
  return between(since.length, chasedTimes);
}

/** P-8, word for word. */
function isFirstTimeLate(books: Books, customer: Customer): boolean {
  const own = books.ledger.invoices.filter(
    (each) =>
      each.customer_id === customer.id &&
      each.status !== 'void' &&
      (!books.past || each.issued_on <= books.day),
  );
  const wasLate = (each: Invoice) =>
    isOverdue(books, each) ||
    (each.paid_on !== null && each.paid_on > each.due_on && each.paid_on <= books.day);
  return own.some(
    (late) =>
      isOverdue(books, late) &&
      !own.some((each) => each !== late && each.due_on < late.due_on && wasLate(each)),
  );
}

function standingFits(books: Books, item: Item, question: LedgerQuestion): boolean {
  const { ledger, day } = books;
  const { disputed, promised, onHold, firstTimeLate } = question.filters;
  const ofInvoice = question.dataset === 'invoices';
  const customer = item.customer;
  if (disputed !== undefined) {
    const has = ledger.disputes.some(
      (each) =>
        isOpenDispute(day, each) &&
        (ofInvoice ? each.invoice_id === item.id : each.customer_id === customer?.id),
    );
    if (has !== disputed) return false;
  }
  if (promised !== undefined) {
    const has = ledger.promises.some((each) => {
      if (each.made_on > day || promiseOf(books, each).state !== 'open') return false;
      if (!ofInvoice) return each.customer_id === customer?.id;
      const named = ledger.promiseInvoices.filter((one) => one.promise_id === each.id);
      return named.length > 0
        ? named.some((one) => one.invoice_id === item.id)
        : each.customer_id === customer?.id;
    });
    if (has !== promised) return false;
  }
  if (onHold !== undefined) {
    const has = ledger.holds.some(
      (each) =>
        each.from_on <= day &&
        (each.until_on === null || each.until_on >= day) &&
        (each.lifted_on === null || each.lifted_on > day) &&
        (each.invoice_id === null
          ? each.customer_id === customer?.id
          : ofInvoice && each.invoice_id === item.id),
    );
    if (has !== onHold) return false;
  }
  return (
    firstTimeLate === undefined || (customer !== null && isFirstTimeLate(books, customer) === firstTimeLate)
  );
}

const below = (ledger: Ledger, ids: readonly number[]): number[] => {
  const children = ledger.customers.filter((each) => each.parent_id !== null && ids.includes(each.parent_id));
  const fresh = children.map((each) => each.id).filter((id) => !ids.includes(id));
  return fresh.length === 0 ? [...ids] : below(ledger, [...ids, ...fresh]);
};

function accountFits({ ledger }: Books, item: Item, { filters }: LedgerQuestion): boolean {
  const { customer, owner, segment, region, country } = filters;
  const account = item.customer;
  const ids = customer && (customer.withChildren ? below(ledger, customer.ids) : customer.ids);
  return (
    (!ids || (account !== null && ids.includes(account.id)) !== (customer?.except ?? false)) &&
    (!owner || owner.some((each) => item.owner !== null && lower(each) === lower(item.owner))) &&
    (!segment ||
      segment.some((each) => account?.segment != null && lower(each) === lower(account.segment))) &&
    (!region || region.some((each) => each === account?.region)) &&
    (!country || country.some((each) => each === account?.country))
  );
}

/** Whether the item fits all filters of the question; relative windows are of `today`. */
export function fits(books: Books, item: Item, question: LedgerQuestion, today: Day): boolean {
  const { filters } = question;
  const age = item.born === undefined ? 0 : daysBetween(item.born, books.day);
  if (!filters.status && item.status.includes('void')) return false;
  return (
    (!filters.status || filters.status.some((each) => item.status.includes(each))) &&
    (!filters.number ||
      filters.number.some((each) => item.numbers.some((own) => lower(own) === lower(each)))) &&
    (!filters.currency || filters.currency.some((each) => each === item.currency)) &&
    (!filters.amount || moneyBetween(item.amount!, item.currency!, filters.amount)) &&
    (!filters.open || moneyBetween(item.open!, item.currency!, filters.open)) &&
    (['issued', 'due', 'paid', 'received'] as const).every(
      (field) => !filters[field] || inside(item[field], filters[field], today),
    ) &&
    (!filters.daysOverdue ||
      (item.status.includes('open') && between(daysBetween(item.due!, books.day), filters.daysOverdue))) &&
    (!filters.ageDays || between(age, filters.ageDays)) &&
    (!filters.kind || filters.kind.includes(item.kind!)) &&
    accountFits(books, item, question) &&
    standingFits(books, item, question) &&
    contactFits(books, item, question, today)
  );
}
