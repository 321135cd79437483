/** From what was said about cash to the tool calls, or to what has to be asked back first. */
import { call, calls, type Plan, say } from '../compile/plan.ts';
import type { PlannedCall } from '../frame.ts';
import type { History } from '../history.ts';
import type { Slots } from '../slots.ts';
import * as placing from './placing.ts';
import { adjust, reverse } from './plan-adjust.ts';
import { duplicates, explain, findPayer } from './plan-explain.ts';
import { ask, isPlan, type Planner, withPayment } from './plan-given.ts';
import { type CashAct, noMemory } from './slots.ts';

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
  returns: () =>
    say(
      'I have no list of chargebacks and returns. Ask about a payment, e.g. "explain payment" and its number: what came back of it is told there. To record one, say what happened and on which invoice or payment.',
    ),
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
