/** From words to a whole placing: what was said, merged into what was proposed before where it is a correction. */
import type { z } from 'zod';
import { explainPaymentOutput, type proposeApplicationInput } from '../../../src/domain/cash/answers.ts';
import { parseDecimal, toDecimal } from '../../../src/domain/money.ts';
import { call, type Plan, say } from '../compile/plan.ts';
import type { PlannedCall } from '../frame.ts';
import { type History, outputOf } from '../history.ts';
import { sameNumber } from './parts.ts';
import type { CashMemory, CashSlots } from './slots.ts';

type Application = z.output<typeof proposeApplicationInput>;
type Part = Application['parts'][number];

const ask = (text: string): Plan => say(text, { kind: 'detail' });

const at = (parts: readonly Part[], invoice: string): number =>
  parts.findIndex((part) => sameNumber(part.invoice, invoice));

/** The placing with the correction in it; words to say where it cannot be told what is meant. */
export function corrected(cash: CashSlots, before: Application): Application | Plan {
  const parts = [...before.parts];
  const dropped = cash.dropped ?? [];
  const missing = dropped.find((number) => at(parts, number) < 0);
  if (missing !== undefined)
    return ask(
      `${missing} is not among what was proposed. Say the invoices anew, e.g. "match it to" and their numbers.`,
    );
  const places = dropped.map((number) => at(parts, number));
  const fresh: Part[] = [];
  for (const part of cash.parts ?? []) {
    const known = at(parts, part.invoice);
    if (known >= 0 && part.amount !== undefined) parts[known] = part;
    else if (known < 0) fresh.push(part);
  }
  const [place] = places;
  const next =
    place === undefined
      ? [...parts, ...fresh]
      : parts.flatMap((part, index) => (index === place ? fresh : places.includes(index) ? [] : [part]));
  if (next.length === 0) return ask('Then no invoice is left. Say which invoices the payment is for.');
  const credits = before.credits.filter(({ invoice }) => invoice === undefined || at(next, invoice) >= 0);
  const adjustments = before.adjustments.filter(({ invoice }) => at(next, invoice) >= 0);
  return { ...before, parts: next, credits, adjustments, alternative: undefined };
}

/** "No, use 1195" with several invoices proposed: in place of which? Null when it is told. */
export function unclearUse(cash: CashSlots, before: Application, words: string): Plan | null {
  const adds = /\b(?:add|also|plus|too|as well|include|and)\b/i.test(words);
  const fresh = (cash.parts ?? []).filter((part) => at(before.parts, part.invoice) < 0);
  if (cash.dropped?.length || fresh.length === 0 || adds) return null;
  if (before.parts.length <= 1) return null;
  return ask(
    'In place of which invoice? Say both, e.g. the one "instead of" the other, or "also" and the number.',
  );
}

/** The invoices get equal shares of what is left of the payment; the first ones get the odd cents. */
function shares(unapplied: string, currency: string, parts: readonly Part[]): Part[] {
  const total = parseDecimal(unapplied, currency);
  const count = BigInt(Math.max(parts.length, 2));
  const each = total / count;
  const odd = total - each * count;
  return parts.map((part, index) => ({
    ...part,
    amount: toDecimal(each + (BigInt(index) < odd ? 1n : 0n), currency),
  }));
}

/** "Half each": how much that is stands in the books, so they are asked first. */
export function evenly(application: Application, history: History): Application | Plan | PlannedCall[] {
  const wanted = call('explain_payment', { payment: application.payment });
  const output = outputOf(history, wanted);
  if (output === undefined) return [wanted];
  const read = explainPaymentOutput.safeParse(output);
  if (!read.success) return application; // the tool says what is wrong with the payment
  const { unapplied, currency, id } = read.data.payment;
  return {
    ...application,
    payment: { paymentId: id },
    parts: shares(unapplied, currency, application.parts),
  };
}

/** What was said in this message alone. */
export function spoken(cash: CashSlots, payment: Application['payment']): Application | Plan {
  const parts = cash.parts ?? [];
  const only = parts.length === 1 ? parts[0]!.invoice : undefined;
  const adjustments = (cash.adjustments ?? []).map(({ kind, invoice, amount }) => ({
    kind,
    invoice: invoice ?? parts.at(-1)?.invoice,
    ...(amount === undefined ? {} : { amount }),
  }));
  if (adjustments.some(({ invoice }) => invoice === undefined))
    return ask('On which invoice shall the difference be booked? Name it.');
  return {
    payment,
    parts: [...parts],
    credits: (cash.credits ?? []).map((credit) => ({ credit, ...(only ? { invoice: only } : {}) })),
    adjustments: adjustments as Application['adjustments'],
    alternative: cash.alternative,
  };
}

/** What the tool gets: empty lists are left out. */
export const inputOf = ({ parts, credits, adjustments, ...rest }: Application): Record<string, unknown> => ({
  ...rest,
  ...(parts.length > 0 ? { parts } : {}),
  ...(credits.length > 0 ? { credits } : {}),
  ...(adjustments.length > 0 ? { adjustments } : {}),
});

/** The placing proposed before, with every list. */
export const before = ({ application }: CashMemory): Application | null =>
  application && {
    ...application,
    parts: application.parts ?? [],
    credits: application.credits ?? [],
    adjustments: application.adjustments ?? [],
    alternative: application.alternative,
  };
