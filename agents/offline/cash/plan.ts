/** From what was said about cash to the tool calls, or to what has to be asked back first. */
import type { PaymentWish } from '../../../src/domain/cash/answers.ts';
import { type MatchedPayment, matchRun } from '../../../src/domain/cash/applications.ts';
import { accountBrief } from '../../../src/domain/ledger-query/answers.ts';
import { call, calls, type Plan, say } from '../compile/plan.ts';
import type { PlannedCall } from '../frame.ts';
import { type History, outputOf } from '../history.ts';
import type { Slots } from '../slots.ts';
import { sameNumber } from './parts.ts';
import * as placing from './placing.ts';
import { type CashAct, type CashMemory, type CashSlots, noMemory } from './slots.ts';
import { sameAmount, whichOf, whichPayment } from './which.ts';

type Given = { cash: CashSlots; slots: Slots; memory: CashMemory; history: History };
type Planned = Plan | PlannedCall[];
type Planner = (given: Given) => Planned;

const ask = (text: string): Plan => say(text, { kind: 'detail' });
const isPlan = (value: object): value is Plan =>
  'kind' in value && (value.kind === 'calls' || value.kind === 'say');

/** All that is unapplied, looked at without applying anything. */
const LOOK = call('match_payments', { run: false, limit: 200 });
/** Suspected duplicates that are told one by one. */
const MOST_TWINS = 3;

const noPayment: Partial<Record<CashAct, string>> = {
  apply: 'Which payment shall be applied? Say its number, or its amount and payer.',
  adjust: 'On which invoice or payment? Name its number.',
  explain: 'Which payment do you mean? Say its number, or its amount and payer.',
  reverse: 'Which payment was it? Say its number, its amount and payer, or the invoice that it had paid.',
  run: 'Which payment do you mean? Say its number, or its amount and payer.',
};

/** Goes on with the one payment that is meant, or asks. */
function withPayment(given: Given, go: (wish: PaymentWish) => Planned): Planned {
  const which = whichOf(given.cash, given.memory, given.slots);
  if ('wish' in which) return go(which.wish);
  return ask(which.ask === 'several' ? whichPayment(which.among) : noPayment[given.cash.act]!);
}

const apply: Planner = (given) => {
  const { cash, memory, history } = given;
  const previous = placing.before(memory);
  if (cash.corrects && previous) {
    const unclear = placing.unclearUse(cash, previous, history.question);
    if (unclear) return unclear;
    const alone =
      previous.parts.length <= 1 &&
      !cash.dropped?.length &&
      !/\b(?:add|also|plus|too|as well|include|and)\b/i.test(history.question);
    const next = placing.corrected(
      alone && cash.parts?.every(({ amount }) => amount === undefined)
        ? { ...cash, dropped: previous.parts.map(({ invoice }) => invoice) }
        : cash,
      previous,
    );
    return isPlan(next) ? next : calls(call('propose_application', placing.inputOf(next)));
  }
  return withPayment(given, (wish) => {
    const said = placing.spoken(cash, wish);
    if (isPlan(said)) return said;
    if (!cash.evenly) return calls(call('propose_application', placing.inputOf(said)));
    if (said.parts.length === 0) return ask('Between which invoices? Name their numbers.');
    const split = placing.evenly(said, history);
    if (Array.isArray(split) || isPlan(split)) return split;
    return calls(call('propose_application', placing.inputOf(split)));
  });
};

/** The unapplied payment that matching would put on the invoice; undefined while matching was not asked. */
function paymentFor(invoice: string, history: History): MatchedPayment[] | undefined {
  const output = outputOf(history, LOOK);
  if (output === undefined) return undefined;
  const read = matchRun.safeParse(output);
  const fits = ({ placing: { applications } }: MatchedPayment) =>
    applications.some((each) => sameNumber(each.invoice, invoice));
  return read.success ? read.data.payments.filter(fits) : [];
}

/**
 * Without an amount all that is open is let off, so it has to be sure that the money which belongs to it is on the
 * invoice, or comes with the proposal.
 */
function letOffRest(given: Given, invoice: string, input: Record<string, unknown>): Planned {
  const found = paymentFor(invoice, given.history);
  if (found === undefined) return [LOOK];
  const [only, second] = found;
  if (second)
    return ask(
      `Several payments seem to be for ${invoice}. Say which one is meant, or the amount that is let off.`,
    );
  if (only)
    return calls(call('propose_adjustment', { ...input, invoice, payment: { paymentId: only.payment.id } }));
  const wanted = call('account_brief', { invoice });
  const output = outputOf(given.history, wanted);
  if (output === undefined) return [wanted];
  const read = accountBrief.safeParse(output);
  const row = read.success ? read.data.invoice : null;
  if (row && row.open === row.amount && given.cash.kind !== 'write_off')
    return ask(
      `Nothing is paid on ${row.number} yet, so all of it would be let off. How much is it? Say the amount, or which payment it is about.`,
    );
  return calls(call('propose_adjustment', { ...input, invoice }));
}

const adjust: Planner = (given) => {
  const { cash, memory, history } = given;
  const { kind, amount, invoice, payment } = cash;
  const input = {
    kind,
    amount,
    // a share that was said goes along in the person's words; nothing is computed from it
    reason: cash.percent ? history.question.slice(0, 500) : undefined,
  };
  const go = (wish: PaymentWish) => calls(call('propose_adjustment', { ...input, invoice, payment: wish }));
  if (!invoice || payment) return withPayment(given, go);
  const about = memory.payments.filter(({ invoices }) => invoices.some((each) => sameNumber(each, invoice)));
  if (about.length === 1) return go({ paymentId: about[0]!.id });
  return amount === undefined
    ? letOffRest(given, invoice, input)
    : calls(call('propose_adjustment', { ...input, invoice }));
};

/** "Undo that": the application that was shown, where there is one. */
function undo({ cash, memory, slots, history }: Given): Planned {
  const { nth, invoice, payment, note } = cash;
  if (invoice || payment) return calls(call('reverse_application', { invoice, payment, note }));
  const { matches } = memory;
  const before = history.frame?.slots.cash?.act;
  const listed = before === 'matches' || before === 'run' || before === 'explain';
  if (!listed || matches.length === 0)
    return slots.customers?.length === 1
      ? calls(call('reverse_application', { payment: { customerId: slots.customers[0]!.id } }))
      : calls(call('reverse_application', {}));
  // a list stands with the newest first: "the last one" is the one on top
  const newest =
    before === 'matches' &&
    (nth === -1 || nth === undefined) &&
    !/\b(?:them|all|those)\b/i.test(history.question);
  const matchId =
    nth !== undefined && nth > 0
      ? matches[nth - 1]
      : matches.length === 1 || (newest && nth === -1)
        ? matches[0]
        : undefined;
  if (matchId !== undefined) return calls(call('reverse_application', { matchId, note }));
  return ask('Which one? I take them back one by one: say "the first", or name the invoice or the payment.');
}

const reverse: Planner = (given) => {
  const { because, invoice, payment, note, amount } = given.cash;
  if (because === 'mistake' || because === undefined) return undo(given);
  const input = { invoice, because, amount, note };
  if (invoice) return calls(call('reverse_application', { ...input, payment }));
  return withPayment(given, (wish) => calls(call('reverse_application', { ...input, payment: wish })));
};

/** A payment of which only the gap is told ("euro payment short by 112"), among what is unapplied. */
function shortOnes(cash: CashSlots, payments: readonly MatchedPayment[]): MatchedPayment[] {
  const { currency, method } = cash.payment ?? {};
  const fits = payments.filter(
    ({ payment, placing: { applications } }) =>
      (currency === undefined || payment.currency === currency) &&
      applications.length > 0 &&
      (method === undefined || true),
  );
  const exactly = fits.filter(({ placing: { adjustments } }) =>
    adjustments.some(({ amount }) => cash.shortBy !== undefined && sameAmount(amount, cash.shortBy)),
  );
  return exactly.length > 0 ? exactly : fits.filter(({ placing: { adjustments } }) => adjustments.length > 0);
}

const explain: Planner = (given) => {
  const { cash, memory, history } = given;
  const { invoice, owed } = cash;
  const go = (wish: PaymentWish) => calls(call('explain_payment', { payment: wish, invoice, owed }));
  const { number, amount, payer, receivedOn } = cash.payment ?? {};
  const told =
    [number, amount, payer, receivedOn, cash.nth].some((each) => each !== undefined) ||
    given.slots.customers?.length;
  const which = whichOf(cash, memory, given.slots);
  if (told || !cash.shortBy || ('wish' in which && which.wish.paymentId !== undefined))
    return withPayment(given, go);
  const output = outputOf(history, LOOK);
  if (output === undefined) return [LOOK];
  const read = matchRun.safeParse(output);
  const found = read.success ? shortOnes(cash, read.data.payments) : [];
  const [only, second] = found;
  if (only && !second) return go({ paymentId: only.payment.id });
  if (!only)
    return ask(
      'No unapplied payment looks short like that. Which payment do you mean? Say its number, or its amount and payer.',
    );
  return ask(
    whichPayment(
      found.slice(0, 8).map(({ payment }) => ({ ...payment, payer: payment.payerName, invoices: [] })),
    ),
  );
};

const duplicates: Planner = (given) => {
  const { cash, memory, slots, history } = given;
  const which = whichOf(cash, memory, slots);
  if ('wish' in which) return calls(call('explain_payment', { payment: which.wish }));
  const output = outputOf(history, LOOK);
  if (output === undefined) return [LOOK];
  const read = matchRun.safeParse(output);
  const twins = read.success ? read.data.payments.filter(({ noMatch }) => noMatch === 'duplicate') : [];
  if (twins.length === 0)
    return ask('No unapplied payment looks like a second one. Which customer or payment do you mean?');
  const asked = twins
    .slice(0, MOST_TWINS)
    .map(({ payment }) => call('explain_payment', { payment: { paymentId: payment.id } }));
  return calls(...asked);
};

const findPayer: Planner = (given) => {
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

const matches: Planner = ({ cash: { from, to, origin, below, by }, slots }) =>
  calls(
    call('list_matches', {
      from,
      to,
      origin,
      belowConfidence: below,
      customerId: slots.customers?.length === 1 ? slots.customers[0]!.id : undefined,
      // one person's are picked out of all
      limit: by === undefined ? undefined : 200,
    }),
  );

const run: Planner = (given) => {
  const { cash, slots } = given;
  const one =
    cash.payment ||
    cash.nth !== undefined ||
    slots.customers?.length ||
    (cash.points && /\b(?:it|that|this)\b/i.test(given.history.question) && given.memory.payments.length > 0);
  if (!one) return calls(call('match_payments', { run: cash.run ?? false }));
  return withPayment(given, (payment) => calls(call('match_payments', { run: cash.run ?? false, payment })));
};

const planners: Readonly<Record<CashAct, Planner>> = {
  apply,
  adjust,
  reverse,
  explain,
  duplicates,
  find_payer: findPayer,
  matches,
  run,
  memory: () =>
    say(
      'The cash page of the console shows whose names and accounts are remembered, from which confirmed payment, and lets you forget each.',
    ),
  on_account: () =>
    say(
      'It is on account already: money on no invoice stays with the customer until somebody puts it on an invoice, or refunds it outside of here. I did nothing.',
    ),
};

/** The outcome of a message about cash, once its names are known. */
export function finishCash(slots: Slots, history: History): { plan: Plan; slots: Slots } | PlannedCall[] {
  const memory = history.frame?.cash ?? noMemory();
  const planned = planners[slots.cash!.act]({ cash: slots.cash!, slots, memory, history });
  return Array.isArray(planned) ? planned : { plan: planned, slots };
}
