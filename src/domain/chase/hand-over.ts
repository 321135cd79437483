/** The task that a call or a hand-over makes: for whom, by when, and what that person has to know. */

import type { ChaseFacts, ChaseInvoice } from '../cadence/facts.ts';
import { ASK_OWNER_STEP } from '../cadence/next-step.ts';
import { dayOff } from '../cadence/sending-time.ts';
import { addDays, type Day, daysBetween } from '../calendar.ts';
import { formatAmount, toDecimal } from '../money.ts';
import type { CadencePolicy, CadenceStep, CompanySettings } from './policy.ts';

type Kind = 'call' | NonNullable<CadenceStep['handOverTo']>;

export type HandOver = {
  /** The same step about the same oldest invoice is the same case; for silence, about the same first message. */
  readonly key: string;
  readonly kind: Kind;
  readonly assignee: string | null;
  readonly amountMinor: bigint;
  readonly title: string;
  readonly lines: readonly string[];
  readonly dueOn: Day;
  /** Hours in which it can be stopped; 0: none. */
  readonly vetoHours: number;
};

export type HandOverCase = {
  readonly facts: ChaseFacts;
  readonly step: CadenceStep;
  /** Those it is about, oldest first; at least one. */
  readonly invoices: readonly ChaseInvoice[];
  readonly today: Day;
  readonly policy: Pick<CadencePolicy, 'workingDays'>;
  readonly company: CompanySettings | null;
  /** The local day of the customer's last answer. */
  readonly lastReplyOn: Day | null;
};

/** Days a person has for it. */
const DAYS: Readonly<Record<Kind, number>> = { call: 0, owner: 2, sales: 3, manager: 2, legal: 5 };

const money = (minor: bigint, currency: string): string => formatAmount(toDecimal(minor, currency), currency);
const sum = (invoices: readonly ChaseInvoice[]): bigint =>
  invoices.reduce((total, each) => total + each.openMinor, 0n);
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

function assigneeOf(kind: Kind, { facts, company }: HandOverCase): string | null {
  if (kind === 'manager') return company?.managerEmail ?? null;
  if (kind === 'legal') return company?.legalEmail ?? null;
  return kind === 'call' ? null : facts.customer.owner;
}

/** The first working day of ours from then on; the given one where none comes within a month. */
function workingDay(from: Day, { policy, company }: HandOverCase): Day {
  const place = { country: company?.country ?? null, region: company?.holidayRegion ?? null };
  for (let offset = 0; offset < 31; offset++)
    if (dayOff(addDays(from, offset), policy, place) === null) return addDays(from, offset);
  return from;
}

function titleOf(kind: Kind, { facts, invoices, today }: HandOverCase): string {
  const late = daysBetween(invoices[0]!.dueOn, today);
  const what = `${money(sum(invoices), facts.currency)}, ${late} days overdue`;
  const { name } = facts.customer;
  switch (kind) {
    case 'call':
      return `Call ${name}: ${what}`;
    case 'owner':
      return `${name} needs its account owner: ${what}`;
    case 'sales':
      return `${name} goes to sales: ${what}`;
    case 'manager':
      return `${name} goes to the manager: ${what}`;
    case 'legal':
      return `${name} goes to legal: ${what}`;
  }
}

function tried({ facts, lastReplyOn, today }: HandOverCase): string[] {
  const { chases, unanswered, tasksMade } = facts;
  const last = chases[0];
  const first = chases.at(-1);
  return [
    last && first
      ? `Written to ${times(chases.length)} since ${first.on}, last on ${last.on}; ${unanswered === 0 ? 'it answered since' : `${times(unanswered)} without an answer`}.`
      : 'Not written to yet.',
    ...(tasksMade.length > 0
      ? [`Calls and hand-overs before: ${tasksMade.map((each) => each.on).join(', ')}.`]
      : []),
    lastReplyOn === null
      ? 'It never answered by email.'
      : `Last answer by email on ${lastReplyOn}, ${daysBetween(lastReplyOn, today)} days ago.`,
  ];
}

function paying(facts: ChaseFacts): string[] {
  const { promises, lastPaymentOn, unappliedMinor, currency, habits } = facts;
  const broken = promises.filter((each) => each.state === 'broken' || each.state === 'partly_kept');
  return [
    ...broken.map(
      (each) =>
        `Promised ${money(each.amountMinor, currency)} by ${each.payOn}, received ${money(each.receivedMinor, currency)}.`,
    ),
    lastPaymentOn === null ? 'No payment is known.' : `Last payment on ${lastPaymentOn}.`,
    ...(habits.averageDaysLate === null
      ? []
      : [
          `In the last year it paid ${habits.averageDaysLate} days late on average (${habits.paidInvoices} invoices).`,
        ]),
    ...(unappliedMinor > 0n ? [`${money(unappliedMinor, currency)} of its money is on no invoice yet.`] : []),
  ];
}

/** Whom to talk to, for a call. */
const people = (kind: Kind, { contacts }: ChaseFacts): string[] =>
  kind !== 'call' || contacts.length === 0
    ? []
    : [
        `Contacts: ${contacts
          .slice(0, 3)
          .map(({ name, role, email }) => [name, role, email].filter(Boolean).join(', '))
          .join('; ')}.`,
      ];

/** When the silence began that the owner is asked about; null for every other step. */
const silentSince = ({ step, facts }: HandOverCase): Day | null =>
  step.id === ASK_OWNER_STEP
    ? (facts.chases[Math.min(facts.unanswered, facts.chases.length) - 1]?.on ?? null)
    : null;

/** Due on a working day of the company; amounts and days are the ledger's of `today`. */
export function handOverOf(about: HandOverCase): HandOver {
  const { facts, step, invoices, today } = about;
  const kind: Kind = step.channel === 'call' ? 'call' : (step.handOverTo ?? 'owner');
  const oldest = invoices[0]!;
  const all = sum(facts.invoices);
  return {
    key: `${step.id}:${facts.customer.id}:${facts.currency}:${silentSince(about) ?? oldest.id}`,
    kind,
    assignee: assigneeOf(kind, about),
    amountMinor: sum(invoices),
    title: titleOf(kind, about),
    lines: [
      `Owes ${money(all, facts.currency)} on ${facts.invoices.length} open invoices, of that ${money(sum(invoices), facts.currency)} due and free to be chased (${invoices.length}).`,
      `Oldest: ${oldest.number}, due ${oldest.dueOn}, ${daysBetween(oldest.dueOn, today)} days overdue, ${money(oldest.openMinor, facts.currency)} open.`,
      ...tried(about),
      ...paying(facts),
      ...people(kind, facts),
    ],
    dueOn: workingDay(addDays(today, DAYS[kind]), about),
    vetoHours: kind === 'call' ? 0 : step.vetoHours,
  };
}
