/**
 * Looks at every message that left, from what really happened and with its own reading of the rules: it calls none of
 * the code that let the message go.
 */
import Holidays from 'date-holidays';
import { addDays, type Day, daysBetween } from '../../../src/domain/calendar.ts';
import {
  holdsAt,
  lastDayOf,
  openAt,
  ourDay,
  type Send,
  type SimInvoice,
  type SimPromise,
  wall,
} from './world.ts';

export const faults = [
  'outside hours',
  'on a day off',
  'on a holiday',
  'about a disputed invoice',
  'about a promised invoice',
  'to a held customer',
  'to somebody who opted out',
  'to an address that came back',
  'about a paid invoice',
  'about an invoice that money at hand may have paid',
  'over an unanswered reply',
  'inside the gap',
  'above the weekly cap',
  'below the minimum',
  'about nothing due',
] as const;
export type Fault = (typeof faults)[number];

/** The default policy, written down again. */
const HOURS = { from: '08:00', to: '18:00' };
const GAP_DAYS = 5;
const WEEKLY_CAP = 2;
const MINIMUM: Record<string, bigint> = { USD: 2_500n, EUR: 2_500n, GBP: 2_500n, JPY: 3_750n };

const calendars = new Map<string, Holidays>();
function isHoliday(at: number, country: string | null, zone: string): boolean {
  if (country === null) return false;
  const key = `${country} ${zone}`;
  const calendar = calendars.get(key) ?? new Holidays(country, { types: ['public'], timezone: zone });
  calendars.set(key, calendar);
  return calendar.isHoliday(new Date(at)) !== false;
}

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());

function calendarFaults({ at, account }: Send): Fault[] {
  const { mayBeIn } = account.place;
  const walls = mayBeIn.map((zone) => wall(at, zone));
  const { country } = account.customer;
  return [
    ...(walls.some(({ time }) => time < HOURS.from || time >= HOURS.to) ? (['outside hours'] as const) : []),
    ...([ourDay(at), ...walls.map(({ day }) => day)].some(isWeekend) ? (['on a day off'] as const) : []),
    ...(mayBeIn.some((zone) => isHoliday(at, country, zone)) || isHoliday(at, 'US', 'America/New_York')
      ? (['on a holiday'] as const)
      : []),
  ];
}

const received = (promise: SimPromise, invoices: readonly SimInvoice[], at: number): bigint =>
  invoices
    .filter((each) => each.currency === promise.currency)
    .filter((each) => promise.invoiceIds.length === 0 || promise.invoiceIds.includes(each.id))
    .flatMap((each) => each.paid)
    .filter((each) => each.at <= at && ourDay(each.at) >= promise.madeOn)
    .reduce((sum, each) => sum + each.minor, 0n);

/** Of a promise about no invoice in particular, what is left out of the message has to make up the amount. */
function breaksPromise(promise: SimPromise, { at, account, invoices, currency }: Send): boolean {
  if (promise.at > at || promise.currency !== currency || ourDay(at) > lastDayOf(promise)) return false;
  const left = promise.amountMinor - received(promise, account.invoices, at);
  if (left <= 0n) return false;
  if (promise.invoiceIds.length > 0) return promise.invoiceIds.some((id) => invoices.includes(id));
  const could = account.invoices.filter(
    (each) =>
      each.currency === currency &&
      each.issuedOn <= promise.madeOn &&
      openAt(each, at) > 0n &&
      !each.disputes.some((span) => holdsAt(span, at)),
  );
  const leftOut = could.filter((each) => !invoices.includes(each.id));
  const covered = leftOut.reduce((sum, each) => sum + openAt(each, at), 0n);
  return covered < left && leftOut.length < could.length;
}

/** Each payment at hand needs an invoice of its amount that is left out of the message, where one in it has that amount. */
function mayBePaid({ at, account, invoices, currency }: Send): boolean {
  const loose = account.loose.filter((each) => each.currency === currency && holdsAt(each.span, at));
  const ofAmount = (minor: bigint) =>
    account.invoices.filter(
      (each) => each.currency === currency && each.issuedOn <= ourDay(at) && openAt(each, at) === minor,
    );
  return loose.some(({ minor }) => {
    const same = ofAmount(minor);
    const leftOut = same.filter((each) => !invoices.includes(each.id)).length;
    return leftOut < same.length && leftOut < loose.filter((each) => each.minor === minor).length;
  });
}

function subjectFaults(send: Send): Fault[] {
  const { at, account, invoices } = send;
  const about = account.invoices.filter((each) => invoices.includes(each.id));
  const open = about.map((each) => openAt(each, at));
  const found: [boolean, Fault][] = [
    [about.some((each) => each.disputes.some((span) => holdsAt(span, at))), 'about a disputed invoice'],
    [account.promises.some((each) => breaksPromise(each, send)), 'about a promised invoice'],
    [open.some((minor) => minor <= 0n), 'about a paid invoice'],
    [mayBePaid(send), 'about an invoice that money at hand may have paid'],
    [about.length === 0 || about.some((each) => each.dueOn > addDays(ourDay(at), 5)), 'about nothing due'],
  ];
  return found.flatMap(([is, fault]) => (is ? [fault] : []));
}

function peopleFaults({ at, account, to }: Send): Fault[] {
  const contacts = account.contacts.filter((each) => to.includes(each.email));
  const is = (instant: number | null) => instant !== null && instant <= at;
  const found: [boolean, Fault][] = [
    [account.holds.some((span) => holdsAt(span, at)), 'to a held customer'],
    [
      contacts.some((each) => is(each.optedOutAt)) || contacts.length < to.length,
      'to somebody who opted out',
    ],
    [contacts.some((each) => is(each.bouncedAt)), 'to an address that came back'],
  ];
  return found.flatMap(([fault, name]) => (fault ? [name] : []));
}

/** What a person may overrule, and so only looked at where nobody asked. Days are the customer's own. */
function restraintFaults(send: Send): Fault[] {
  const { at, account, currency, invoices } = send;
  const zone = account.place.mayBeIn[0]!;
  const day = wall(at, zone).day;
  const before = account.sends.filter((each) => each.at < at);
  const days = before.map((each) => daysBetween(wall(each.at, zone).day, day));
  const reply = Math.max(0, ...account.messagesIn.filter((each) => each <= at));
  const ours = Math.max(
    0,
    ...[...account.answers, ...before.map((each) => each.at)].filter((each) => each <= at),
  );
  const total = account.invoices
    .filter((each) => invoices.includes(each.id))
    .reduce((sum, each) => sum + openAt(each, at), 0n);
  const found: [boolean, Fault][] = [
    [reply > ours, 'over an unanswered reply'],
    [days.some((each) => each < GAP_DAYS), 'inside the gap'],
    [days.filter((each) => each < 7).length >= WEEKLY_CAP, 'above the weekly cap'],
    [total < (MINIMUM[currency] ?? 0n), 'below the minimum'],
  ];
  return found.flatMap(([is, fault]) => (is ? [fault] : []));
}

/** Everything that is wrong with a message. */
export const judge = (send: Send): Fault[] => [
  ...calendarFaults(send),
  ...subjectFaults(send),
  ...peopleFaults(send),
  ...(send.stepId === null ? [] : restraintFaults(send)),
];
