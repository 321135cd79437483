/** Items of the worklist as people see them: amounts as text, the step and the reasons in words. */
import type { PlannedItem, WaitingItem } from '../../domain/cadence/day-plan.ts';
import type { ChaseFacts, ChaseInvoice } from '../../domain/cadence/facts.ts';
import type { LeftOut } from '../../domain/cadence/next-step.ts';
import { interleave, percentOf, rankReasons, wouldChange } from '../../domain/cadence/rank.ts';
import { type Day, daysBetween } from '../../domain/calendar.ts';
import type { LetterKind } from '../../domain/chase/policy.ts';
import type { NotChasedItem, WorklistItem, WorklistOutput } from '../../domain/chase/worklist.ts';
import { formatAmount, toDecimal } from '../../domain/money.ts';

const letterWords: Record<LetterKind, string> = {
  reminder: 'reminder before the due day',
  overdue: 'payment reminder',
  final_notice: 'final notice',
  broken_promise: 'letter about the broken promise',
  thank_you: 'thank-you',
  remittance_request: 'request for remittance details',
  statement: 'statement of account',
};

const sum = (invoices: readonly ChaseInvoice[]): bigint =>
  invoices.reduce((total, each) => total + each.openMinor, 0n);
const overdue = ({ invoices }: ChaseFacts, on: Day): ChaseInvoice[] =>
  invoices.filter((each) => each.dueOn < on);
const oldestDays = (invoices: readonly ChaseInvoice[], on: Day): number =>
  Math.max(0, ...invoices.map((each) => daysBetween(each.dueOn, on)));
const refOf = ({ customer: { id, code, name } }: ChaseFacts) => ({ id, code, name });

function recipientsOf({ step, to, facts }: PlannedItem): string[] {
  if (step.channel === 'email') return to.flatMap((each) => each.email ?? []);
  if (step.channel === 'call') return to.flatMap((each) => each.name ?? each.email ?? []);
  return step.handOverTo === 'owner' && facts.customer.owner !== null ? [facts.customer.owner] : [];
}

function stepText(item: PlannedItem, to: readonly string[]): string {
  const { step } = item;
  const whom = to.length === 0 ? '' : ` to ${to.join(', ')}`;
  if (step.channel === 'call') return `call${whom}`;
  if (step.channel === 'hand_over') {
    const veto = step.vetoHours > 0 ? `; the account's owner can stop it for ${step.vetoHours} hours` : '';
    const target = step.handOverTo === 'owner' ? "the account's owner" : (step.handOverTo ?? 'a person');
    return `hand over to ${target}${step.handOverTo === 'owner' && to.length > 0 ? ` (${to.join(', ')})` : ''}${veto}`;
  }
  const copy = step.cc.length === 0 ? '' : `, copy to ${step.cc.join(', ')}`;
  return `${step.tone} ${letterWords[step.letter]} by email${whom}${copy}`;
}

function brokenText({ broken, currency }: PlannedItem): string[] {
  if (!broken) return [];
  const [promised, received] = [broken.amountMinor, broken.receivedMinor].map((minor) =>
    formatAmount(toDecimal(minor, currency), currency),
  );
  return [`promised ${promised} by ${broken.payOn}; ${received} came by ${broken.deadline}`];
}

const presentLeftOut = (leftOut: readonly LeftOut[]) =>
  leftOut.map(({ invoice, reason }) => ({ number: invoice.number, reason }));

export function presentItem(item: PlannedItem & { rank: number }, on: Day): WorklistItem {
  const { facts, invoices, step, of, currency } = item;
  const to = recipientsOf(item);
  const late = invoices.filter((each) => each.dueOn < on);
  return {
    rank: item.rank,
    customer: refOf(facts),
    currency,
    dueAmount: toDecimal(of.amountMinor, currency),
    overdueAmount: toDecimal(sum(late), currency),
    maxDaysOverdue: oldestDays(late, on),
    owner: facts.customer.owner,
    step: {
      ...{ id: step.id, channel: step.channel, letter: step.letter, tone: step.tone },
      ...{ to, handOverTo: step.handOverTo, text: stepText(item, to) },
    },
    expectedGain: toDecimal(of.gainMinor, currency),
    slipPercent: percentOf(of.slipBp),
    reasons: [...brokenText(item), ...rankReasons(facts, invoices, of)],
    wouldChange: wouldChange(invoices, of),
    unanswered: facts.unanswered,
    invoices: invoices.map((each) => ({
      ...{ number: each.number, dueOn: each.dueOn, daysOverdue: daysBetween(each.dueOn, on) },
      openAmount: toDecimal(each.openMinor, currency),
    })),
    leftOut: presentLeftOut(item.leftOut),
    proposalId: item.proposalId,
  };
}

/** Minor units of all its overdue invoices, whatever stops them. */
export const overdueOf = ({ facts }: WaitingItem, on: Day): bigint => sum(overdue(facts, on));

/** What is overdue most comes first, currency by currency in turn. */
export function notChasedOrder(waiting: readonly WaitingItem[], on: Day): WaitingItem[] {
  const amounts = new Map(waiting.map((each) => [each, overdueOf(each, on)]));
  return interleave(waiting, (a, b) => {
    const [x, y] = [amounts.get(a)!, amounts.get(b)!];
    return x < y ? 1 : x > y ? -1 : a.facts.customer.id - b.facts.customer.id;
  });
}

export const presentNotChased = (waiting: WaitingItem, on: Day): NotChasedItem => ({
  customer: refOf(waiting.facts),
  currency: waiting.currency,
  overdueAmount: toDecimal(overdueOf(waiting, on), waiting.currency),
  maxDaysOverdue: oldestDays(overdue(waiting.facts, on), on),
  owner: waiting.facts.customer.owner,
  reasons: [...waiting.reasons],
  unanswered: waiting.facts.unanswered,
  nextOn: waiting.nextOn,
});

/** Per currency, over all items. */
export function totalsOf(items: readonly PlannedItem[]): WorklistOutput['totals'] {
  const totals = new Map<string, { minor: bigint; count: number }>();
  for (const { currency, of } of items) {
    const { minor, count } = totals.get(currency) ?? { minor: 0n, count: 0 };
    totals.set(currency, { minor: minor + of.amountMinor, count: count + 1 });
  }
  return [...totals.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { minor, count }]) => ({ currency, amount: toDecimal(minor, currency), count }));
}
