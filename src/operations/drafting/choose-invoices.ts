/** Which invoices a letter is about: those that were named, else what is due; what must not be chased is left out. */
import type { ChaseFacts, ChaseInvoice } from '../../domain/cadence/facts.ts';
import { invoiceStops } from '../../domain/cadence/invoice-stops.ts';
import { isChase } from '../../domain/cadence/stops.ts';
import { addDays, type Day } from '../../domain/calendar.ts';
import type { LetterKind } from '../../domain/chase/policy.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { canMeanNumber, invoiceKey } from '../../domain/invoice-number.ts';
import { plainData } from '../../domain/proposal/plain-data.ts';
import type { LeftOutInvoice } from './request.ts';

/** Invoices that fall due this soon can be reminded of. */
const SOON_DAYS = 30;

export type Chosen = {
  readonly invoices: readonly ChaseInvoice[];
  readonly leftOut: readonly LeftOutInvoice[];
};

/** The open invoice that is meant; the exact number goes before one that it can mean. */
export function findOpen(facts: ChaseFacts, typed: string): ChaseInvoice {
  const key = invoiceKey(typed);
  const exact = facts.invoices.filter((each) => invoiceKey(each.number) === key);
  const found = exact.length > 0 ? exact : facts.invoices.filter((each) => canMeanNumber(key, each.number));
  const [invoice, another] = found;
  if (invoice && !another) return invoice;
  const { name } = facts.customer;
  if (another)
    throw new InvalidInputError(
      `"${plainData(typed)}" fits ${found.map((each) => each.number).join(' and ')}. Name the whole number.`,
    );
  throw new InvalidInputError(`${plainData(typed)} is not an open invoice of ${name} in ${facts.currency}.`);
}

const inMonth = (month: string) => (invoice: ChaseInvoice) =>
  invoice.dueOn.startsWith(month) || invoice.issuedOn.startsWith(month);

export type InvoiceWish = {
  readonly numbers?: readonly string[] | undefined;
  /** `YYYY-MM`: due or issued in it. */
  readonly month?: string | undefined;
  /** Undefined: by what is due. */
  readonly letter?: LetterKind | undefined;
};

function wanted(
  facts: ChaseFacts,
  { numbers, month, letter }: InvoiceWish,
  today: Day,
): readonly ChaseInvoice[] {
  const { name } = facts.customer;
  if (numbers?.length) return [...new Set(numbers.map((number) => findOpen(facts, number)))];
  if (month) {
    const found = facts.invoices.filter(inMonth(month));
    if (found.length > 0) return found;
    const open = facts.invoices.map((each) => `${each.number} (due ${each.dueOn})`).slice(0, 10);
    throw new InvalidInputError(
      `${name} has no open invoice in ${facts.currency} issued or due in ${month}; open are: ${open.join(', ') || 'none'}.`,
    );
  }
  if (letter === 'thank_you') return [];
  if (letter === 'statement' || letter === 'remittance_request') return facts.invoices;
  const overdue = facts.invoices.filter((each) => each.dueOn < today);
  if (overdue.length > 0 && letter !== 'reminder') return overdue;
  const soon = addDays(today, SOON_DAYS);
  return overdue.length > 0 ? overdue : facts.invoices.filter((each) => each.dueOn <= soon);
}

function whyNone(facts: ChaseFacts, leftOut: readonly LeftOutInvoice[], today: Day): string {
  const { name } = facts.customer;
  if (leftOut.length > 0) {
    const reasons = leftOut.slice(0, 5).map((each) => `${each.number} (${each.reason.text})`);
    const more = leftOut.length > 5 ? ` and ${leftOut.length - 5} more` : '';
    return `Nothing of ${name} in ${facts.currency} may be chased now: ${reasons.join('; ')}${more}. ${whatInstead(leftOut)}`;
  }
  const [next] = facts.invoices.filter((each) => each.dueOn >= today);
  return `${name} has nothing due in ${facts.currency}${next ? `; ${next.number} is due on ${next.dueOn}. Name it to remind of it now` : ''}.`;
}

const INSTEAD: Partial<Record<string, string>> = {
  disputed: 'Resolve the dispute first, or send a statement of account.',
  promise_open: 'Wait for the promised day, or withdraw the promise if they took it back.',
  hold: 'Lift the hold first.',
  payment_unmatched: 'Match the payment first, or ask for the remittance advice.',
};

const whatInstead = (leftOut: readonly LeftOutInvoice[]): string =>
  [...new Set(leftOut.map(({ reason }) => INSTEAD[reason.kind]).filter((each) => each !== undefined))].join(
    ' ',
  );

/** Throws: InvalidInputError when a number is not an open invoice, or nothing is left to write about. */
export function chooseInvoices(facts: ChaseFacts, wish: InvoiceWish, today: Day): Chosen {
  const all = wanted(facts, wish, today);
  if (wish.letter !== undefined && !isChase(wish.letter)) return { invoices: all, leftOut: [] };
  const stops = invoiceStops(facts, today);
  const invoices = all.filter((each) => !stops.has(each.id));
  const leftOut = all.flatMap((each) => {
    const reason = stops.get(each.id);
    return reason ? [{ number: each.number, reason }] : [];
  });
  if (invoices.length === 0) throw new InvalidInputError(whyNone(facts, leftOut, today));
  return { invoices, leftOut };
}
