/** Why money is where it is, whose it is, and whether it came twice. */
import type { PaymentWish } from '../../../src/domain/cash/answers.ts';
import type { MatchedPayment } from '../../../src/domain/cash/applications.ts';
import { parseDecimal } from '../../../src/domain/money.ts';
import { call, calls } from '../compile/plan.ts';
import { outputOf } from '../history.ts';
import { ask, LOOK, type Planner, paymentFor, unapplied, withPayment } from './plan-given.ts';
import type { CashSlots } from './slots.ts';
import { whichOf, whichPayment } from './which.ts';

/** Suspected duplicates that are told one by one. */
const MOST_TWINS = 3;

/** What is owed on the suggested invoices is more than was paid, by as much as was said. */
function isShortBy(amount: string, { payment, placing: { applications } }: MatchedPayment): boolean {
  const { currency, unapplied: paid } = payment;
  const minor = (text: string) => parseDecimal(text, currency);
  try {
    return applications.reduce((sum, { open }) => sum + minor(open), -minor(paid)) === minor(amount);
  } catch {
    return false; // not an amount of this currency
  }
}

/** A payment of which only the gap is told ("euro payment short by 112"), among what is unapplied. */
function shortOnes({ payment: wish, shortBy }: CashSlots, all: readonly MatchedPayment[]): MatchedPayment[] {
  const fits = all.filter(
    ({ payment: { currency }, placing: { applications } }) =>
      (wish?.currency === undefined || currency === wish.currency) && applications.length > 0,
  );
  const exactly = fits.filter((each) => shortBy !== undefined && isShortBy(shortBy, each));
  return shortBy === undefined
    ? fits.filter(({ placing: { adjustments } }) => adjustments.length > 0)
    : exactly;
}

export const explain: Planner = (given) => {
  const { cash, memory, history } = given;
  const { invoice, owed, shortBy } = cash;
  const go = (wish: PaymentWish) => calls(call('explain_payment', { payment: wish, invoice, owed }));
  const { number, amount, payer, receivedOn } = cash.payment ?? {};
  const told =
    [number, amount, payer, receivedOn, cash.nth].some((each) => each !== undefined) ||
    given.slots.customers?.length;
  const which = whichOf(cash, memory, given.slots);
  const shown = 'wish' in which && which.wish.paymentId !== undefined;
  if (told || shown || (!shortBy && !invoice)) return withPayment(given, go);
  const output = outputOf(history, LOOK);
  if (output === undefined) return [LOOK];
  const found = invoice ? (paymentFor(invoice, history) ?? []) : shortOnes(cash, unapplied(history));
  const [only, second] = found;
  if (only && !second) return go({ paymentId: only.payment.id });
  if (!only)
    return ask(
      'No unapplied payment looks like that. Which payment do you mean? Say its number, or its amount and payer.',
    );
  return ask(
    whichPayment(
      found.slice(0, 8).map(({ payment }) => ({ ...payment, payer: payment.payerName, invoices: [] })),
    ),
  );
};

export const duplicates: Planner = (given) => {
  const { cash, memory, slots, history } = given;
  const which = whichOf(cash, memory, slots);
  if ('wish' in which) return calls(call('explain_payment', { payment: which.wish }));
  if (outputOf(history, LOOK) === undefined) return [LOOK];
  const twins = unapplied(history).filter(({ noMatch }) => noMatch === 'duplicate');
  if (twins.length === 0)
    return ask('No unapplied payment looks like a second one. Which customer or payment do you mean?');
  const asked = twins
    .slice(0, MOST_TWINS)
    .map(({ payment }) => call('explain_payment', { payment: { paymentId: payment.id } }));
  return calls(...asked);
};

export const findPayer: Planner = (given) => {
  const { name, account, amount, currency, text } = given.cash;
  if ([name, account, amount, text].some((each) => each !== undefined))
    return calls(call('find_payer', { name, account, amount, currency, text }));
  const [only, second] = given.memory.payments;
  if (only && !second)
    return calls(
      call('find_payer', { name: only.payer ?? undefined, amount: only.amount, currency: only.currency }),
    );
  return ask(
    second
      ? whichPayment(given.memory.payments)
      : 'Whose payment? Say what is known: a name, an account, the amount, or the memo.',
  );
};
