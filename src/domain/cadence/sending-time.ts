/**
 * When a message may leave: inside contact hours wherever the customer may be, on a working day and no public holiday
 * of the customer and of the company.
 */
import { type Day, weekday } from '../calendar.ts';
import type { CadencePolicy, CompanySettings } from '../chase/policy.ts';
import { InvalidInputError } from '../errors.ts';
import type { ChaseFacts } from './facts.ts';
import { publicHoliday } from './holidays.ts';
import { isZone, minutesOf, wallClock, whereabouts } from './zones.ts';

export type Recipient = Pick<ChaseFacts['customer'], 'timezone' | 'country' | 'region'>;
type Company = Pick<CompanySettings, 'country' | 'holidayRegion' | 'timezone'>;

const MINUTE = 60_000;
const DAY_MINUTES = 1440;
/** No run of holidays is longer; where nothing fits in so many days, nothing ever does. */
const SEARCH_DAYS = 60;
/** The widest that is usual for debts (US Regulation F); used where no minute of the policy's hours fits everywhere. */
const WIDEST_HOURS = { from: '08:00', to: '21:00' };

/** Open on working days of one place, from one minute of the day up to another one. */
type Window = {
  readonly zone: string;
  readonly from: number;
  readonly to: number;
  readonly country: string | null;
  readonly region: string | null;
  readonly hours: string;
};

/** Why nobody is written to on this day; null on a working day. */
export function dayOff(
  day: Day,
  policy: Pick<CadencePolicy, 'workingDays'>,
  place: { country: string | null; region: string | null },
): string | null {
  if (!policy.workingDays.includes(weekday(day))) return `${day} is not a working day`;
  const holiday = publicHoliday(day, place.country, place.region);
  return holiday === null ? null : `${day} is ${holiday} in ${place.country}`;
}

function windows(
  recipient: Recipient,
  policy: CadencePolicy,
  company: Company | null,
  hours: CadencePolicy['contactHours'],
): Window[] {
  const { country, region } = recipient;
  const theirs = whereabouts(recipient, policy).zones.map((zone): Window => {
    const text = `${hours.from} to ${hours.to} in ${zone}`;
    return { zone, from: minutesOf(hours.from), to: minutesOf(hours.to), country, region, hours: text };
  });
  if (!company) return theirs;
  const ours: Window = {
    ...{ zone: isZone(company.timezone) ? company.timezone : 'UTC', from: 0, to: DAY_MINUTES },
    ...{ country: company.country, region: company.holidayRegion, hours: 'any hour' },
  };
  return [...theirs, ours];
}

/** Minutes that the wall clock is ahead of UTC. */
function offset(at: number, zone: string): number {
  const { day, minutes } = wallClock(new Date(at), zone);
  return Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10)) / MINUTE + minutes - at / MINUTE;
}

/**
 * The instant at which the wall clock has moved on by so many minutes; the moment of a clock change where one comes
 * first, so that no repeated or missing hour is jumped over. `at` is a whole minute.
 */
function later(at: number, minutes: number, zone: string): number {
  const before = offset(at, zone);
  let good = at;
  let bad = at + minutes * MINUTE;
  if (offset(bad, zone) === before) return bad;
  while (bad - good > MINUTE) {
    const middle = good + Math.floor((bad - good) / MINUTE / 2) * MINUTE;
    if (offset(middle, zone) === before) good = middle;
    else bad = middle;
  }
  return bad;
}

/** Null when the window is open; else why not, and until when (in minutes of the wall clock) to look again. */
function closed(at: number, window: Window, policy: CadencePolicy): { why: string; minutes: number } | null {
  const { day, minutes } = wallClock(new Date(at), window.zone);
  const off = dayOff(day, policy, window);
  if (off !== null) return { why: off, minutes: DAY_MINUTES - minutes };
  const why = `contact hours are ${window.hours}`;
  if (minutes < window.from) return { why, minutes: window.from - minutes };
  if (minutes >= window.to) return { why, minutes: DAY_MINUTES - minutes };
  return null;
}

type Found = { at: Date; why: string | null };

/** The earliest instant at which all windows are open; null when there is none within the search. */
function firstOpen(now: Date, all: readonly Window[], policy: CadencePolicy): Found | null {
  const end = now.getTime() + SEARCH_DAYS * DAY_MINUTES * MINUTE;
  let at = now.getTime();
  let why: string | null = null;
  let open = 0;
  for (let turn = 0; open < all.length; turn = (turn + 1) % all.length) {
    const window = all[turn]!;
    const shut = closed(at, window, policy);
    if (!shut) {
      open++;
      continue;
    }
    why ??= shut.why;
    open = 0;
    if (at % MINUTE !== 0) at = Math.ceil(at / MINUTE) * MINUTE;
    else at = later(at, shut.minutes, window.zone);
    if (at > end) return null;
  }
  return { at: new Date(at), why };
}

/**
 * The earliest instant from `now` on at which a message may leave, and why it has to wait (null: it need not).
 * A customer whose zone is unknown is written to when it fits in every zone of its country; one whose country is
 * unknown too, when it fits in all the policy's `unknownZones`. Where no minute fits in all of them (Russia), hours are
 * 08:00 to 21:00.
 *
 * Throws: InvalidInputError when even so no time fits.
 */
export function nextSendingTime(
  now: Date,
  customer: Recipient,
  policy: CadencePolicy,
  company: Company | null,
): Found {
  for (const hours of [policy.contactHours, WIDEST_HOURS]) {
    const found = firstOpen(now, windows(customer, policy, company, hours), policy);
    if (found) return found;
  }
  throw new InvalidInputError(
    'No hour of any day fits in all time zones this customer may be in. Set its time zone, or change the contact hours.',
  );
}
