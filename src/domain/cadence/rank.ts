/**
 * What acting on an account today is worth: the amount that may be chased, times the probability that it slips if
 * nobody acts, times how often acting brought money before. Whole numbers only: probabilities are basis points.
 * The figures below are judgement written down (older debt is paid less often, a habit and a broken promise tell of
 * the next payment); no forecast stands behind them, and they serve to order accounts, not to predict cash.
 */
import { addDays, type Day, daysBetween } from '../calendar.ts';
import { formatAmount, toDecimal } from '../money.ts';
import type { ChaseFacts, ChaseInvoice } from './facts.ts';

const FULL = 10_000;

/** Probability that it slips further, by days overdue of the oldest invoice (buckets of P-3). */
const SLIPS = [
  { from: 91, bp: 8_000, words: 'more than 90 days overdue' },
  { from: 61, bp: 6_500, words: '61 to 90 days overdue' },
  { from: 31, bp: 5_000, words: '31 to 60 days overdue' },
  { from: 1, bp: 3_000, words: '1 to 30 days overdue' },
  { from: Number.NEGATIVE_INFINITY, bp: 1_500, words: 'not overdue yet' },
] as const;
const WITHIN_HABIT_BP = -1_000;
const BEYOND_HABIT_BP = 1_000;
/** So many days beyond its usual lateness it is unusual for this customer. */
const BEYOND_HABIT_DAYS = 14;
/** A habit is known from so many paid invoices on. */
const HABIT_INVOICES = 3;
const BROKEN_PROMISE_BP = 700;
const MOST_BROKEN = 3;
const LEAST_BP = 500;
const MOST_BP = 9_500;

/** Before anything is known of a customer, 3 of 10 messages are taken to bring money within ten days. */
const PRIOR = { chases: 10, worked: 3 };

export type Expectation = {
  /** Minor units: expected cash gained by acting today. */
  readonly gainMinor: bigint;
  readonly amountMinor: bigint;
  readonly slipBp: number;
  readonly liftBp: number;
  /** Of the oldest invoice; negative: not due yet. */
  readonly daysOverdue: number;
};

const slipOf = (days: number) => SLIPS.find((each) => days >= each.from)!;

function habitBp({ paidInvoices, averageDaysLate }: ChaseFacts['habits'], days: number): number {
  if (averageDaysLate === null || paidInvoices < HABIT_INVOICES || days < 1) return 0;
  if (days <= averageDaysLate) return WITHIN_HABIT_BP;
  return days > averageDaysLate + BEYOND_HABIT_DAYS ? BEYOND_HABIT_BP : 0;
}

/** `invoices` are those that the step is about, oldest first; at least one. */
export function expectation(
  { habits }: Pick<ChaseFacts, 'habits'>,
  invoices: readonly ChaseInvoice[],
  today: Day,
): Expectation {
  const daysOverdue = daysBetween(invoices[0]!.dueOn, today);
  const broken = Math.min(habits.brokenPromises, MOST_BROKEN) * BROKEN_PROMISE_BP;
  const slip = slipOf(daysOverdue).bp + habitBp(habits, daysOverdue) + broken;
  const slipBp = Math.min(MOST_BP, Math.max(LEAST_BP, slip));
  const liftBp = Math.floor(
    ((habits.chasesThatWorked + PRIOR.worked) * FULL) / (habits.chases + PRIOR.chases),
  );
  const amountMinor = invoices.reduce((sum, each) => sum + each.openMinor, 0n);
  const gainMinor = (amountMinor * BigInt(slipBp) * BigInt(liftBp)) / BigInt(FULL * FULL);
  return { gainMinor, amountMinor, slipBp, liftBp, daysOverdue };
}

/** Basis points as whole percent. */
export const percentOf = (bp: number): number => Math.round(bp / 100);

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
const ageWords = (days: number): string =>
  days > 0 ? `${plural(days, 'day')} overdue` : days === 0 ? 'due today' : `due in ${plural(-days, 'day')}`;

/** Why it stands where it stands, in words with the facts. */
export function rankReasons(
  facts: Pick<ChaseFacts, 'habits' | 'currency' | 'unanswered'>,
  invoices: readonly ChaseInvoice[],
  of: Expectation,
): string[] {
  const { habits, currency, unanswered } = facts;
  const money = (minor: bigint) => formatAmount(toDecimal(minor, currency), currency);
  const because = [
    slipOf(of.daysOverdue).words,
    habits.averageDaysLate !== null &&
      habits.paidInvoices >= HABIT_INVOICES &&
      (habits.averageDaysLate > 0
        ? `usually pays ${plural(habits.averageDaysLate, 'day')} late`
        : 'usually pays on time'),
    habits.brokenPromises > 0 && plural(habits.brokenPromises, 'broken promise'),
  ].filter((each) => typeof each === 'string');
  const oldest = invoices.length === 1 ? 'it is' : 'the oldest';
  return [
    `${money(of.amountMinor)} on ${plural(invoices.length, 'invoice')}, ${oldest} ${ageWords(of.daysOverdue)}`,
    `likely to slip further if nobody acts: ${percentOf(of.slipBp)}% (${because.join(', ')})`,
    habits.chases === 0
      ? `no earlier message to judge by, so acting is taken to help in ${percentOf(of.liftBp)}% of cases`
      : `money followed within ten days after ${habits.chasesThatWorked} of ${plural(habits.chases, 'earlier message')}`,
    ...(unanswered > 0 ? [`${plural(unanswered, 'message')} since their last reply`] : []),
  ];
}

/** What would move it up or down, or off the list. */
export function wouldChange(invoices: readonly ChaseInvoice[], of: Expectation): string[] {
  const next = [...SLIPS].reverse().find((each) => each.from > of.daysOverdue);
  const oldest = invoices[0]!;
  return [
    ...(next
      ? [
          `${addDays(oldest.dueOn, next.from)}: ${oldest.number} is ${next.from === 1 ? 'overdue' : next.words} then, and the account moves up`,
        ]
      : []),
    'a payment, a promise, a dispute or a hold takes what it covers off the list',
    'money after the next message moves the account up the next time, none moves it down',
  ];
}

/**
 * One list of several currencies without converting: the first of each currency, then the second of each, and so on;
 * currencies with more items come first. `order` sorts items of one currency.
 */
export function interleave<Item extends { readonly currency: string }>(
  items: readonly Item[],
  order: (a: Item, b: Item) => number,
): Item[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(item.currency, [...(groups.get(item.currency) ?? []), item]);
  const lists = [...groups.entries()]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([, list]) => list.sort(order));
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}

/** For the reader of a worklist. */
export const RANK_METHOD =
  'Ranked by expected cash gained by acting today: the amount that may be chased, times the probability that it slips ' +
  'further if nobody acts (age of the oldest invoice, how late the customer usually pays, broken promises), times how ' +
  'often money followed a message within ten days (3 of 10 where nothing is known). Currencies are not converted: the ' +
  'first of each currency comes first, then the second of each.';
