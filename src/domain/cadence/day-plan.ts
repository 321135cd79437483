/** A day's work over all customers: what is done, in order of what it is worth, and what is not done and why. */
import { addDays, type Day } from '../calendar.ts';
import type { CadencePolicy, CompanySettings } from '../chase/policy.ts';
import type { HoldReason } from '../chase/worklist.ts';
import type { ChaseFacts } from './facts.ts';
import { type LeftOut, nextStep, type PlannedStep } from './next-step.ts';
import { type Expectation, expectation, interleave } from './rank.ts';

export type PlannedItem = PlannedStep & {
  readonly facts: ChaseFacts;
  readonly currency: string;
  readonly leftOut: readonly LeftOut[];
  readonly of: Expectation;
  /** The draft of it that waits for a decision. */
  readonly proposalId: number | null;
};

export type WaitingItem = {
  readonly facts: ChaseFacts;
  readonly currency: string;
  readonly reasons: readonly HoldReason[];
  readonly leftOut: readonly LeftOut[];
  readonly nextOn: Day | null;
};

export type DayPlan = {
  /** By rank. */
  readonly items: readonly PlannedItem[];
  /** Including those that owe nothing yet. */
  readonly waiting: readonly WaitingItem[];
};

type Company = Pick<CompanySettings, 'country' | 'holidayRegion'> | null;

function decide(
  facts: ChaseFacts,
  policy: CadencePolicy,
  on: Day,
  company: Company,
): { item: PlannedItem } | { waiting: WaitingItem } {
  const decision = nextStep(facts, policy, on, company);
  const { currency, liveProposal } = facts;
  const drafted =
    decision.act === 'wait' &&
    liveProposal?.state === 'pending' &&
    decision.reasons.every((each) => each.kind === 'draft_waiting');
  const planned = decision.act === 'chase' ? decision : drafted ? decision.planned : null;
  if (decision.act === 'chase' || planned)
    return {
      item: {
        ...{ facts, currency, leftOut: decision.leftOut },
        ...{ step: planned!.step, invoices: planned!.invoices, to: planned!.to, broken: planned!.broken },
        of: expectation(facts, planned!.invoices, on),
        proposalId: drafted ? liveProposal.id : null,
      },
    };
  const { reasons, leftOut, nextOn } = decision;
  return { waiting: { facts, currency, reasons, leftOut, nextOn } };
}

/** Of one currency: the greatest expected gain first. */
export const byGain = (a: Pick<PlannedItem, 'of' | 'facts'>, b: Pick<PlannedItem, 'of' | 'facts'>): number =>
  compare(b.of.gainMinor, a.of.gainMinor) ||
  compare(b.of.amountMinor, a.of.amountMinor) ||
  b.of.daysOverdue - a.of.daysOverdue ||
  a.facts.customer.id - b.facts.customer.id;

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The same customer in another currency, which comes first: written to once, the other one waits. */
const second = (item: PlannedItem, first: PlannedItem, policy: CadencePolicy, on: Day): WaitingItem => ({
  ...{ facts: item.facts, currency: item.currency, leftOut: item.leftOut },
  reasons: [
    {
      kind: 'gap',
      text: `the ${first.currency} invoices of the same customer come first; at least ${policy.minGapDays} days lie between two messages`,
      untilOn: addDays(on, policy.minGapDays),
    },
  ],
  nextOn: addDays(on, policy.minGapDays),
});

/** Asks for public holidays, so `loadHolidays` has to have been waited for. */
export function planDay(
  all: readonly ChaseFacts[],
  policy: CadencePolicy,
  on: Day,
  company: Company,
): DayPlan {
  const items: PlannedItem[] = [];
  const waiting: WaitingItem[] = [];
  for (const facts of all) {
    const decided = decide(facts, policy, on, company);
    if ('item' in decided) items.push(decided.item);
    else waiting.push(decided.waiting);
  }
  const first = new Map<number, PlannedItem>();
  const kept: PlannedItem[] = [];
  // a draft that was made already is the customer's one message
  const ordered = interleave(items, byGain);
  for (const item of ordered) {
    const known = first.get(item.facts.customer.id);
    if (!known || (known.proposalId === null && item.proposalId !== null))
      first.set(item.facts.customer.id, item);
  }
  for (const item of ordered) {
    const best = first.get(item.facts.customer.id)!;
    if (best === item || item.proposalId !== null) kept.push(item);
    else waiting.push(second(item, best, policy, on));
  }
  return { items: kept, waiting };
}
