/** What a plan about cash starts from: the payment that is meant, and what is unapplied. */
import type { PaymentWish } from '../../../src/domain/cash/answers.ts';
import { type MatchedPayment, matchRun } from '../../../src/domain/cash/applications.ts';
import { call, type Plan, say } from '../compile/plan.ts';
import type { PlannedCall } from '../frame.ts';
import { type History, outputOf } from '../history.ts';
import type { Slots } from '../slots.ts';
import { sameNumber } from './parts.ts';
import type { CashAct, CashMemory, CashSlots } from './slots.ts';
import { whichOf, whichPayment } from './which.ts';

export type Given = { cash: CashSlots; slots: Slots; memory: CashMemory; history: History };

export type Planned = Plan | PlannedCall[];

export type Planner = (given: Given) => Planned;

export const ask = (text: string): Plan => say(text, { kind: 'detail' });

export const isPlan = (value: object): value is Plan =>
  'kind' in value && (value.kind === 'calls' || value.kind === 'say');

/** All that is unapplied, looked at without applying anything. */
export const LOOK = call('match_payments', { run: false, limit: 200 });

export const noPayment: Partial<Record<CashAct, string>> = {
  apply: 'Which payment shall be applied? Say its number, or its amount and payer.',
  adjust: 'On which invoice or payment? Name its number.',
  explain: 'Which payment do you mean? Say its number, or its amount and payer.',
  reverse: 'Which payment was it? Say its number, its amount and payer, or the invoice that it had paid.',
  run: 'Which payment do you mean? Say its number, or its amount and payer.',
};

/** Goes on with the one payment that is meant, or asks. */
export function withPayment(given: Given, go: (wish: PaymentWish) => Planned): Planned {
  const which = whichOf(given.cash, given.memory, given.slots);
  if ('wish' in which) return go(which.wish);
  return ask(which.ask === 'several' ? whichPayment(which.among) : noPayment[given.cash.act]!);
}

/** What the look at all unapplied payments gave. */
export const unapplied = (history: History): readonly MatchedPayment[] => {
  const read = matchRun.safeParse(outputOf(history, LOOK));
  return read.success ? read.data.payments : [];
};

/** The unapplied payments that matching would put on the invoice; undefined while matching was not asked. */
export const paymentFor = (invoice: string, history: History): MatchedPayment[] | undefined =>
  outputOf(history, LOOK) === undefined
    ? undefined
    : unapplied(history).filter(({ placing: { applications } }) =>
        applications.some((each) => sameNumber(each.invoice, invoice)),
      );
