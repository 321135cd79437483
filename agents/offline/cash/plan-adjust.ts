/** Letting a rest off, and taking money off again: what has to be sure before it is proposed or recorded. */
import type { PaymentWish } from '../../../src/domain/cash/answers.ts';
import { accountBrief } from '../../../src/domain/ledger-query/answers.ts';
import { call, calls } from '../compile/plan.ts';
import { outputOf } from '../history.ts';
import { sameNumber } from './parts.ts';
import { ask, type Given, LOOK, type Planned, type Planner, paymentFor, withPayment } from './plan-given.ts';

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
  if ((given.cash.kind ?? 'write_off') === 'write_off')
    return calls(call('propose_adjustment', { ...input, invoice }));
  const wanted = call('account_brief', { invoice });
  const output = outputOf(given.history, wanted);
  if (output === undefined) return [wanted];
  const read = accountBrief.safeParse(output);
  const row = read.success ? read.data.invoice : null;
  if (row && row.open === row.amount)
    return ask(
      `Nothing is paid on ${row.number} yet, so all of it would be let off. How much is it? Say the amount, or which payment it is about.`,
    );
  return calls(call('propose_adjustment', { ...input, invoice }));
}

export const adjust: Planner = (given) => {
  const { cash, memory, history } = given;
  const { kind = 'write_off', amount, invoice, payment } = cash;
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

const WHICH_UNDO =
  'Which one? I take them back one by one: name the invoice or the payment, or say "the first" of those listed.';

/**
 * "Undo that": the application that was shown, where there is one. Without a list it is the last one at all; a place
 * in a list that nobody shows is asked back, so that never another one is taken off.
 */
function undo({ cash, memory, slots, history }: Given): Planned {
  const { nth, invoice, payment, note } = cash;
  if (invoice || payment) return calls(call('reverse_application', { invoice, payment, note }));
  if (slots.customers?.length)
    return slots.customers.length === 1
      ? calls(call('reverse_application', { payment: { customerId: slots.customers[0]!.id }, note }))
      : ask(WHICH_UNDO);
  const { matches } = memory;
  const before = history.frame?.slots.cash?.act;
  if (/\b(?:all|them|those|these|both|everything)\b/i.test(history.question)) return ask(WHICH_UNDO);
  // a list stands with the newest first: "the last one" is the one on top
  const newest = before === 'matches' && nth === -1;
  const matchId =
    nth !== undefined && nth > 0 ? matches[nth - 1] : matches.length === 1 || newest ? matches[0] : undefined;
  if (matchId !== undefined) return calls(call('reverse_application', { matchId, note }));
  return matches.length > 0 || (nth !== undefined && nth > 0)
    ? ask(WHICH_UNDO)
    : calls(call('reverse_application', { note }));
}

export const reverse: Planner = (given) => {
  const { because, invoice, payment, note, amount } = given.cash;
  if (because === 'mistake' || because === undefined) return undo(given);
  const input = { invoice, because, amount, note };
  if (invoice) return calls(call('reverse_application', { ...input, payment }));
  return withPayment(given, (wish) => calls(call('reverse_application', { ...input, payment: wish })));
};
