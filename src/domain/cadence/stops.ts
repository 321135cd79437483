/**
 * Why a customer must not be written to now. The same reasons hold when the cadence picks a step, when a person asks
 * for a draft, and when an approved email is about to leave; what a person may overrule is a caution then.
 */
import { addDays, type Day, daysBetween } from '../calendar.ts';
import type { CadencePolicy, LetterKind } from '../chase/policy.ts';
import type { HoldReason } from '../chase/worklist.ts';
import { formatAmount, parseDecimal, toDecimal } from '../money.ts';
import type { ChaseFacts, ChaseInvoice } from './facts.ts';
import { holdReasonOf, invoiceStops, isHeld } from './invoice-stops.ts';
import { canBeWrittenTo } from './recipients.ts';
import { wallClock, whereabouts } from './zones.ts';

export type Moment = {
  readonly today: Day;
  /** The instant of sending: gap and cap are counted in the customer's own days then, where those are fewer. */
  readonly now?: Date | undefined;
  readonly policy: CadencePolicy;
  /** Ids of the invoices it is about; none: all that are overdue. */
  readonly invoices?: readonly number[] | undefined;
  readonly letter: LetterKind;
  /** A person asked for it, so the cadence's own restraints are cautions. */
  readonly asked: boolean;
};

const CHASING = new Set<LetterKind>(['reminder', 'overdue', 'final_notice', 'broken_promise']);

/** False for a letter that asks for nothing overdue: thanks, a question, a statement. */
export const isChase = (letter: LetterKind): boolean => CHASING.has(letter);

/** What a person who asks for a draft may overrule. */
const SOFT = new Set<HoldReason['kind']>([
  'unanswered_reply',
  'contact_opted_out',
  'just_paid',
  'cap_reached',
  'gap',
  'below_minimum',
  'draft_waiting',
  'handed_over',
  'no_step_due',
]);

/** Nobody can be written to: why, one reason a way. */
export function contactStops({ contacts }: Pick<ChaseFacts, 'contacts'>): HoldReason[] {
  if (contacts.some(canBeWrittenTo)) return [];
  const addressed = contacts.filter((each) => each.email !== null);
  if (addressed.length === 0)
    return [{ kind: 'no_contact', text: 'no contact with an email address is known', untilOn: null }];
  const optedOut = addressed.filter((each) => each.optedOutOn !== null);
  const bounced = addressed.filter((each) => each.optedOutOn === null);
  const list = (all: typeof addressed) => all.map((each) => each.email).join(', ');
  return [
    ...(optedOut.length > 0
      ? [{ kind: 'opted_out' as const, text: `${list(optedOut)} opted out`, untilOn: null }]
      : []),
    ...(bounced.length > 0
      ? [{ kind: 'bounced' as const, text: `mail to ${list(bounced)} came back`, untilOn: null }]
      : []),
  ];
}

/** Whoever is usually written to wants no more mail: another contact is no way around that without a person's word. */
function optedOutStop({ contacts }: Pick<ChaseFacts, 'contacts'>): HoldReason[] {
  const gone = contacts.filter((each) => each.isPrimary && each.email !== null && each.optedOutOn !== null);
  if (gone.length === 0 || !contacts.some(canBeWrittenTo)) return [];
  const text = `${gone.map((each) => each.email).join(', ')} asked for no more mail; anybody else is another person there`;
  return [{ kind: 'contact_opted_out', text, untilOn: null }];
}

/** Nobody hears twice on one day about money in the same currency, whoever asks for it. */
function writtenToday({ chases, currency }: ChaseFacts, today: Day): HoldReason[] {
  const written = chases.some(
    (each) => each.on === today && (each.currency === null || each.currency === currency),
  );
  if (!written) return [];
  return [{ kind: 'written_today', text: 'they were written to today already', untilOn: addDays(today, 1) }];
}

/** The last day on which the customer heard from us, or a call or hand-over was made. */
const lastTouch = ({ chases, tasksMade }: ChaseFacts): Day | null =>
  [...chases, ...tasksMade]
    .map((each) => each.on)
    .reduce<Day | null>((last, on) => (last === null || on > last ? on : last), null);

export function gapStop(facts: ChaseFacts, policy: CadencePolicy, today: Day): HoldReason[] {
  const last = lastTouch(facts);
  if (last === null || last <= addDays(today, -policy.minGapDays)) return [];
  const text = `last contact was on ${last}; at least ${policy.minGapDays} days lie between two`;
  return [{ kind: 'gap', text, untilOn: addDays(last, policy.minGapDays) }];
}

/** The cap is over seven days: today and the six before. */
export function capStop({ chases }: ChaseFacts, policy: CadencePolicy, today: Day): HoldReason[] {
  const since = addDays(today, -7);
  const recent = chases
    .map((each) => each.on)
    .filter((on) => on > since)
    .sort()
    .reverse();
  const full = recent[policy.weeklyCap - 1];
  if (full === undefined) return [];
  const text = `${recent.length} messages in seven days; at most ${policy.weeklyCap} are allowed`;
  return [{ kind: 'cap_reached', text, untilOn: addDays(full, 7) }];
}

/**
 * A payment within the policy's days is left to take its effect when it answers our last message, or while money of
 * theirs is on no invoice yet.
 */
function justPaidStop(facts: ChaseFacts, policy: CadencePolicy, today: Day): HoldReason[] {
  const { lastPaymentOn: paidOn } = facts;
  if (paidOn === null || paidOn > today || daysBetween(paidOn, today) >= policy.justPaidDays) return [];
  const lastChase = facts.chases
    .map((each) => each.on)
    .sort()
    .at(-1);
  const moving =
    facts.unappliedMinor > 0n ||
    facts.maybeTheirs.length > 0 ||
    lastChase === undefined ||
    lastChase <= paidOn;
  if (!moving) return [];
  return [
    {
      kind: 'just_paid',
      text: `paid on ${paidOn}; more may follow`,
      untilOn: addDays(paidOn, policy.justPaidDays),
    },
  ];
}

const replyStop = ({ replyWaitingSince: since }: ChaseFacts): HoldReason[] =>
  since === null
    ? []
    : [
        {
          kind: 'unanswered_reply',
          text: `their message of ${since.slice(0, 10)} waits for an answer`,
          untilOn: null,
        },
      ];

function liveStop({ liveProposal: live }: ChaseFacts): HoldReason[] {
  if (!live) return [];
  if (live.state === 'approved')
    return [{ kind: 'on_its_way', text: `email ${live.id} is approved and on its way`, untilOn: null }];
  const text =
    live.state === 'snoozed' ? `draft ${live.id} was put off` : `draft ${live.id} waits for a decision`;
  return [{ kind: 'draft_waiting', text, untilOn: null }];
}

const taskStop = ({ openTask: task }: ChaseFacts): HoldReason[] =>
  task === null || task.kind === 'call'
    ? []
    : [
        {
          kind: 'handed_over',
          text: `handed over (${task.kind}); task ${task.id} is not closed`,
          untilOn: null,
        },
      ];

/** The smallest balance that is chased, in minor units. */
export function minimumStop(
  invoices: readonly ChaseInvoice[],
  currency: string,
  policy: CadencePolicy,
): HoldReason[] {
  const least = policy.minimumBalance[currency];
  if (least === undefined) return [];
  const total = invoices.reduce((sum, each) => sum + each.openMinor, 0n);
  const bound = parseDecimal(least, currency);
  if (total >= bound) return [];
  const [is, bar] = [total, bound].map((minor) => formatAmount(toDecimal(minor, currency), currency));
  return [{ kind: 'below_minimum', text: `${is} is less than the ${bar} that are chased`, untilOn: null }];
}

/** What stops a whole customer, whatever the step, apart from contacts, frequency and amount. */
export const customerStops = (facts: ChaseFacts, policy: CadencePolicy, today: Day): HoldReason[] => [
  ...(isHeld(facts.hold, today) ? [holdReasonOf(facts.hold)] : []),
  ...optedOutStop(facts),
  ...replyStop(facts),
  ...justPaidStop(facts, policy, today),
  ...liveStop(facts),
  ...taskStop(facts),
];

/** Invoices of the message that must not be in it; where none is named, only when nothing else is left. */
function stopsOfInvoices(facts: ChaseFacts, moment: Moment): { reasons: HoldReason[]; left: ChaseInvoice[] } {
  const stops = invoiceStops(facts, moment.today);
  const about = moment.invoices
    ? facts.invoices.filter((each) => moment.invoices!.includes(each.id))
    : facts.invoices.filter((each) => each.dueOn < moment.today);
  const left = about.filter((each) => !stops.has(each.id));
  const stopped = about.filter((each) => stops.has(each.id));
  const applies = moment.invoices !== undefined || left.length === 0;
  const reasons = stopped.map((each): HoldReason => {
    const reason = stops.get(each.id)!;
    return { ...reason, text: `${each.number}: ${reason.text}` };
  });
  return { reasons: applies ? reasons : [], left };
}

/** Our day or the customer's, whichever is earlier: by both of them enough days have passed then. */
const frequencyDay = (facts: ChaseFacts, { today, now, policy }: Moment): Day =>
  now === undefined
    ? today
    : [
        today,
        ...whereabouts(facts.customer, policy).zones.map((zone) => wallClock(now, zone).day),
      ].sort()[0]!;

function all(facts: ChaseFacts, moment: Moment): HoldReason[] {
  const { today, policy } = moment;
  const held = isHeld(facts.hold, today) ? [holdReasonOf(facts.hold)] : [];
  if (!isChase(moment.letter)) return [...held, ...contactStops(facts)];
  const { reasons, left } = stopsOfInvoices(facts, moment);
  const day = frequencyDay(facts, moment);
  return [
    ...reasons,
    ...customerStops(facts, policy, today),
    ...contactStops(facts),
    ...writtenToday(facts, day),
    ...capStop(facts, policy, day),
    ...gapStop(facts, policy, day),
    ...(left.length > 0 ? minimumStop(left, facts.currency, policy) : []),
  ];
}

/**
 * What forbids the message. Disputed, promised, held and perhaps paid invoices among those it names, a hold, opt-outs
 * and addresses that came back always do; the cadence's own restraints (a reply that waits, gap, cap, minimum, just
 * paid, a draft, a hand-over) only where no person `asked`. A live draft is a reason too, also the message's own.
 */
export const stopsFor = (facts: ChaseFacts, moment: Moment): HoldReason[] =>
  all(facts, moment).filter(({ kind }) => !(moment.asked && SOFT.has(kind)));

/** What a person who asked should know and may overrule. */
export const cautionsFor = (facts: ChaseFacts, moment: Moment): HoldReason[] =>
  all(facts, moment).filter(({ kind }) => SOFT.has(kind));
