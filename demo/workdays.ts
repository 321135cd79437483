/** Working days of the demo company: Monday to Friday, no public holidays. */
import { addDays, type Day, endOf, startOf, weekday } from '../src/domain/calendar.ts';

export const isWorkday = (day: Day): boolean => weekday(day) <= 5;

export const workdayOnOrBefore = (day: Day): Day => addDays(day, -Math.max(0, weekday(day) - 5));

export const workdayOnOrAfter = (day: Day): Day => (isWorkday(day) ? day : addDays(day, 8 - weekday(day)));

/** The last working day before `day`. */
export const workdayBefore = (day: Day): Day => workdayOnOrBefore(addDays(day, -1));

export const lastWorkdayOfMonth = (day: Day): Day => workdayOnOrBefore(endOf('month', day));

/** The Friday of the ISO week that holds the day. */
export const fridayOf = (day: Day): Day => addDays(startOf('week', day), 4);

/** Days are ISO 8601 text, so their order is that of the letters. */
export function laterOf(a: Day, b: Day): Day {
  if (a < b) return b;
  return a;
}

export function earlierOf(a: Day, b: Day): Day {
  if (b < a) return b;
  return a;
}
