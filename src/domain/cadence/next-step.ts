/** What to do about a customer in one currency on a day: the next step, or why not. */
import { addDays, type Day, daysBetween } from '../calendar.ts';
import type { CadencePolicy, CadenceStep, CompanySettings } from '../chase/policy.ts';
import type { HoldReason } from '../chase/worklist.ts';
import type { ChaseContact, ChaseFacts, ChaseInvoice, ChasePromise } from './facts.ts';
import { invoiceStops, oldestFirst } from './invoice-stops.ts';
import { ladderOf, nextRung } from './ladder.ts';
import { brokenPromise } from './promised.ts';
import { recipients } from './recipients.ts';
import { dayOff } from './sending-time.ts';
import { capStop, contactStops, customerStops, gapStop, minimumStop } from './stops.ts';

export type LeftOut = { readonly invoice: ChaseInvoice; readonly reason: HoldReason };

export type PlannedStep = {
  readonly step: CadenceStep;
  /** All due invoices that may be chased, oldest first: one message for all of them. */
  readonly invoices: readonly ChaseInvoice[];
  readonly to: readonly ChaseContact[];
  /** The promise that a `broken_promise` letter is about. */
  readonly broken: ChasePromise | null;
};

export type ChaseDecision =
  | ({ readonly act: 'chase'; readonly leftOut: readonly LeftOut[] } & PlannedStep)
  | {
      readonly act: 'wait';
      /** At least one. */
      readonly reasons: readonly HoldReason[];
      readonly leftOut: readonly LeftOut[];
      /** The first day on which it could be chased by what is known now; null when only an act ends the wait. */
      readonly nextOn: Day | null;
      /** What would be done were it not for the reasons; null when there is nothing to do. */
      readonly planned: PlannedStep | null;
    };

type Place = Pick<CompanySettings, 'country' | 'holidayRegion'> | null;

/** Ids of steps that are on no ladder. */
export const BROKEN_PROMISE_STEP = 'broken-promise';
export const ASK_OWNER_STEP = 'ask-owner';

const offLadder = (step: Pick<CadenceStep, 'id' | 'channel' | 'letter' | 'tone'> & Partial<CadenceStep>) => ({
  ...{ day: 0, cc: [], handOverTo: null, vetoHours: 0 },
  ...step,
});

const brokenPromiseStep: CadenceStep = offLadder({
  ...{ id: BROKEN_PROMISE_STEP, channel: 'email', letter: 'broken_promise', tone: 'firm' },
});
const askOwnerStep: CadenceStep = offLadder({
  ...{ id: ASK_OWNER_STEP, channel: 'hand_over', letter: 'overdue', tone: 'neutral', handOverTo: 'owner' },
});

/** So many messages had neither a reply nor money, and the account's owner was not asked since the first of them. */
function ownerIsToStepIn(facts: ChaseFacts, { escalateAfterUnanswered }: CadencePolicy): boolean {
  const { chases, unanswered, tasksMade, lastPaymentOn } = facts;
  const vain = chases.slice(0, unanswered).filter((each) => each.on > (lastPaymentOn ?? ''));
  const first = vain.at(-1);
  if (!first || vain.length < escalateAfterUnanswered) return false;
  return !tasksMade.some((each) => each.stepId === ASK_OWNER_STEP && each.on >= first.on);
}

type Due = { chaseable: ChaseInvoice[]; leftOut: LeftOut[] };

/** Invoices that the ladder is about by the day: overdue ones, and those in reach of a reminder before the due day. */
function dueInvoices(facts: ChaseFacts, ladder: readonly CadenceStep[], today: Day): Due {
  const stops = invoiceStops(facts, today);
  const reach = Math.min(1, ladder[0]?.day ?? 1);
  const until = addDays(today, -reach);
  const due = facts.invoices.filter((each) => each.dueOn <= until);
  const free = due.filter((each) => !stops.has(each.id));
  const overdue = free.filter((each) => each.dueOn < today);
  return {
    chaseable: overdue.length > 0 ? overdue : free,
    leftOut: due.flatMap((invoice) => {
      const reason = stops.get(invoice.id);
      return reason ? [{ invoice, reason }] : [];
    }),
  };
}

const noStep = (text: string, untilOn: Day | null): HoldReason => ({ kind: 'no_step_due', text, untilOn });

/** The step for the invoices, or when there will be one. */
function pick(
  facts: ChaseFacts,
  policy: CadencePolicy,
  ladder: readonly CadenceStep[],
  chaseable: readonly ChaseInvoice[],
  today: Day,
): { planned: PlannedStep } | { reason: HoldReason } {
  const oldest = chaseable[0]!;
  const rung = nextRung(oldest, facts, ladder, today);
  const plan = (step: CadenceStep, broken: ChasePromise | null = null) => ({
    planned: { step, invoices: chaseable, to: recipients(facts), broken },
  });
  const isOverdue = oldest.dueOn < today;
  const broken = isOverdue ? brokenPromise(facts, chaseable, today) : null;
  if (broken) return plan(brokenPromiseStep, broken);
  if (isOverdue && rung.step?.channel !== 'hand_over' && ownerIsToStepIn(facts, policy))
    return plan(askOwnerStep);
  if (rung.step) return plan(rung.step);
  if (rung.nextOn === null)
    return { reason: noStep(`every step about ${oldest.number} was taken; a person has to decide`, null) };
  const days = daysBetween(oldest.dueOn, rung.nextOn);
  return {
    reason: noStep(
      `the next step about ${oldest.number} comes ${days < 0 ? `${-days} days before it is due` : `at ${days} days past due`}, on ${rung.nextOn}`,
      rung.nextOn,
    ),
  };
}

/** Reasons against a step that was picked. */
function against(planned: PlannedStep, facts: ChaseFacts, policy: CadencePolicy, today: Day, company: Place) {
  const { channel } = planned.step;
  const theirs = channel === 'hand_over' ? null : dayOff(today, policy, facts.customer);
  const ours = dayOff(today, policy, {
    country: company?.country ?? null,
    region: company?.holidayRegion ?? null,
  });
  const off = ours ?? theirs;
  return [
    ...(channel === 'email' ? [...contactStops(facts), ...capStop(facts, policy, today)] : []),
    ...gapStop(facts, policy, today),
    ...minimumStop(planned.invoices, facts.currency, policy),
    ...(off === null ? [] : [{ kind: 'not_working_day' as const, text: off, untilOn: addDays(today, 1) }]),
  ];
}

/** The first day from then on that nothing in the calendar speaks against. */
function workingDay(from: Day, facts: ChaseFacts, policy: CadencePolicy, company: Place): Day {
  const ours = { country: company?.country ?? null, region: company?.holidayRegion ?? null };
  let day = from;
  for (let turn = 0; turn < 30; turn++) {
    if (dayOff(day, policy, ours) === null && dayOff(day, policy, facts.customer) === null) return day;
    day = addDays(day, 1);
  }
  return from;
}

/** The last of the days; null when one of them is open. */
const latest = (days: readonly (Day | null)[]): Day | null =>
  days.includes(null) ? null : ([...days].sort().at(-1) ?? null);

/** Of invoices that are all left out, one being free again is enough. */
function whenFree(leftOut: readonly LeftOut[]): Day | null {
  const days = leftOut.flatMap(({ reason }) => (reason.untilOn === null ? [] : [reason.untilOn])).sort();
  return days[0] ?? null;
}

const distinct = (leftOut: readonly LeftOut[]): HoldReason[] =>
  leftOut.map(({ invoice, reason }) => ({ ...reason, text: `${invoice.number}: ${reason.text}` }));

/**
 * The next step for one customer and currency on a day, or all the reasons why not. One message for all due invoices
 * together, by the oldest one that may be chased. Asks for public holidays, so `loadHolidays` has to have been waited
 * for.
 */
export function nextStep(
  given: ChaseFacts,
  policy: CadencePolicy,
  today: Day,
  company: Place = null,
): ChaseDecision {
  const facts = inOrder(given);
  const ladder = ladderOf(policy, facts.customer);
  const { chaseable, leftOut } = dueInvoices(facts, ladder, today);
  const general = customerStops(facts, policy, today);
  const wait = (reasons: HoldReason[], planned: PlannedStep | null, until: readonly (Day | null)[]) => {
    const nextOn = latest(until);
    return {
      ...{ act: 'wait' as const, reasons, leftOut, planned },
      nextOn: nextOn && workingDay(nextOn, facts, policy, company),
    };
  };
  const untils = (reasons: readonly HoldReason[]) => reasons.map((each) => each.untilOn);
  if (chaseable.length === 0 && leftOut.length > 0)
    return wait([...distinct(leftOut), ...general], null, [whenFree(leftOut), ...untils(general)]);
  if (chaseable.length === 0) {
    const reasons = [...general.filter((each) => each.kind === 'hold'), nothingDue(facts, ladder)];
    return wait(reasons, null, untils(reasons));
  }
  const picked = pick(facts, policy, ladder, chaseable, today);
  if ('reason' in picked) {
    const reasons = [...general, picked.reason];
    return wait(reasons, null, untils(reasons));
  }
  const reasons = [...general, ...against(picked.planned, facts, policy, today, company)];
  if (reasons.length > 0) return wait(reasons, picked.planned, untils(reasons));
  return { act: 'chase', ...picked.planned, leftOut };
}

function nothingDue({ invoices }: ChaseFacts, ladder: readonly CadenceStep[]): HoldReason {
  const [first] = invoices;
  if (!first) return noStep('nothing is open', null);
  const on = addDays(first.dueOn, ladder[0]?.day ?? 1);
  return noStep(`nothing is due; ${first.number} is due on ${first.dueOn}`, on);
}

/** Oldest due day first, newest contact first: the rules rest on it, whatever order the facts came in. */
const inOrder = (facts: ChaseFacts): ChaseFacts => ({
  ...facts,
  invoices: oldestFirst(facts.invoices),
  chases: [...facts.chases].sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)),
});
