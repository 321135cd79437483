/** What a change of the cadence changes: the next working day's work under both policies, and who decides on what waits. */
import { type PlannedItem, planDay } from '../cadence/day-plan.ts';
import type { ChaseFacts } from '../cadence/facts.ts';
import { dayOff } from '../cadence/sending-time.ts';
import { addDays, type Day } from '../calendar.ts';
import { formatAmount, parseDecimal, toDecimal } from '../money.ts';
import type { CadencePolicy, CompanySettings } from './policy.ts';

/** An email that waits for a decision. */
export type WaitingEmail = {
  readonly id: number;
  readonly customer: string;
  readonly currency: string;
  readonly amountMinor: bigint;
};

type Place = Pick<CompanySettings, 'country' | 'holidayRegion'> | null;
export type Compared = {
  readonly facts: readonly ChaseFacts[];
  readonly waiting: readonly WaitingEmail[];
  readonly before: CadencePolicy;
  readonly after: CadencePolicy;
  readonly today: Day;
  readonly company: Place;
};

const FEW = 5;
const named = (names: readonly string[]): string => {
  const distinct = [...new Set(names)];
  const more = distinct.length - FEW;
  return more > 0 ? `${distinct.slice(0, FEW).join(', ')} and ${more} more` : distinct.join(', ');
};

/** The next day on which anything is done under both. */
function nextWorkingDay({ before, after, today, company }: Compared): Day {
  const place = { country: company?.country ?? null, region: company?.holidayRegion ?? null };
  const isOff = (day: Day) => dayOff(day, before, place) !== null && dayOff(day, after, place) !== null;
  for (let ahead = 1; ahead <= 14; ahead++) if (!isOff(addDays(today, ahead))) return addDays(today, ahead);
  return addDays(today, 1);
}

const keyOf = ({ facts, currency }: PlannedItem): string => `${facts.customer.id}:${currency}`;
const what = ({ step }: PlannedItem): string =>
  step.channel === 'email' ? `${step.tone} ${step.letter}` : `${step.channel} ${step.handOverTo ?? ''}`;
const nameOf = ({ facts }: PlannedItem): string => facts.customer.name;

function counted(items: readonly PlannedItem[]): string {
  const of = (channel: string) => items.filter((each) => each.step.channel === channel).length;
  const parts = [
    [of('email'), 'email', 'emails'],
    [of('call'), 'call', 'calls'],
    [of('hand_over'), 'hand-over', 'hand-overs'],
  ] as const;
  const said = parts.flatMap(([count, one, many]) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`],
  );
  return said.join(', ') || 'nothing';
}

function workChanges(compared: Compared): string[] {
  const { facts, before, after, company } = compared;
  const on = nextWorkingDay(compared);
  const [old, now] = [before, after].map((policy) => planDay(facts, policy, on, company).items) as [
    readonly PlannedItem[],
    readonly PlannedItem[],
  ];
  const was = new Map(old.map((each) => [keyOf(each), each]));
  const is = new Map(now.map((each) => [keyOf(each), each]));
  const gone = old.filter((each) => !is.has(keyOf(each)));
  const added = now.filter((each) => !was.has(keyOf(each)));
  const other = now.filter((each) => was.has(keyOf(each)) && what(was.get(keyOf(each))!) !== what(each));
  if (gone.length + added.length + other.length === 0)
    return [`On ${on} the same goes out as without the change: ${counted(now)}.`];
  return [
    `On ${on}: ${counted(now)}, where it would have been ${counted(old)}.`,
    ...(gone.length > 0 ? [`Not chased on that day: ${named(gone.map(nameOf))}.`] : []),
    ...(added.length > 0 ? [`Chased as well: ${named(added.map(nameOf))}.`] : []),
    ...(other.length > 0 ? [`Chased in another way: ${named(other.map(nameOf))}.`] : []),
  ];
}

const ROLES = ['a collector', 'an approver', 'a controller'] as const;

/** The lowest role that may approve so much. */
function roleFor(
  { amountMinor, currency }: WaitingEmail,
  { approval }: CadencePolicy,
): (typeof ROLES)[number] {
  const upTo = (limit: string | undefined) =>
    limit !== undefined && amountMinor <= parseDecimal(limit, currency) && parseDecimal(limit, currency) > 0n;
  if (upTo(approval.limits.collector[currency])) return ROLES[0];
  return upTo(approval.limits.approver[currency]) ? ROLES[1] : ROLES[2];
}

const otherRole = (old: (typeof ROLES)[number], now: (typeof ROLES)[number]): string | null => {
  if (old === now) return null;
  return ROLES.indexOf(now) > ROLES.indexOf(old)
    ? `would need ${now}, where ${old} was enough`
    : `could be approved by ${now}, where ${old} was needed`;
};

const isLarge = ({ amountMinor, currency }: WaitingEmail, { approval }: CadencePolicy): boolean => {
  const from = approval.secondPersonFrom[currency];
  return from === undefined || amountMinor >= parseDecimal(from, currency);
};

const listed = (emails: readonly WaitingEmail[]): string =>
  named(
    emails.map(
      ({ customer, amountMinor, currency }) =>
        `${customer} (${formatAmount(toDecimal(amountMinor, currency), currency)})`,
    ),
  );

function approvalChanges({ waiting, before, after }: Compared): string[] {
  if (JSON.stringify(before.approval) === JSON.stringify(after.approval)) return [];
  const groups = new Map<string, WaitingEmail[]>();
  for (const each of waiting) {
    const text = otherRole(roleFor(each, before), roleFor(each, after));
    if (text !== null) groups.set(text, [...(groups.get(text) ?? []), each]);
  }
  const second = waiting.filter((each) => isLarge(each, before) !== isLarge(each, after));
  const delay = [before, after].map((policy) => policy.approval.sendingDelaySeconds);
  return [
    ...[...groups].map(
      ([text, emails]) =>
        `${emails.length === 1 ? '1 waiting draft' : `${emails.length} waiting drafts`} ${text}: ${listed(emails)}.`,
    ),
    ...(second.length > 0 ? [`A second person is asked for differently: ${listed(second)}.`] : []),
    ...(delay[0] === delay[1]
      ? []
      : [`An approved email leaves after ${delay[1]} seconds instead of ${delay[0]}.`]),
    ...(groups.size === 0 && second.length === 0 && waiting.length > 0 && delay[0] === delay[1]
      ? ['Nobody else is needed for the drafts that wait.']
      : []),
  ];
}

function hourChanges({ before, after }: Compared): string[] {
  const [old, now] = [before.contactHours, after.contactHours];
  return old.from === now.from && old.to === now.to
    ? []
    : [
        `Emails leave from ${now.from} to ${now.to} by the customer's clock instead of ${old.from} to ${old.to}; what is approved outside of it waits.`,
      ];
}

/**
 * In sentences. Public holidays are asked for, so `loadHolidays` has to have been waited for. At least one sentence.
 */
export const policyEffects = (compared: Compared): string[] => [
  ...workChanges(compared),
  ...hourChanges(compared),
  ...approvalChanges(compared),
];
