/**
 * Calendar days as ISO 8601 text (`2026-02-28`), so that no time zone can move them.
 * Weeks begin on Monday (ISO 8601).
 */
import { InvalidInputError } from './errors.ts';

export type Day = string;
export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const MS_PER_DAY = 86_400_000;
const toMs = (day: Day): number => Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10));
const fromMs = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

/** True for a real day written `YYYY-MM-DD` (2026-02-30 is not one). */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && fromMs(toMs(text)) === text;

/** Throws: InvalidInputError when the text is not a real day. */
export function parseDay(text: string): Day {
  if (!isDay(text)) throw new InvalidInputError(`"${text}" is not a day; write it like 2026-02-28`);
  return text;
}

export const addDays = (day: Day, days: number): Day => fromMs(toMs(day) + days * MS_PER_DAY);

/** Whole days from `earlier` to `later`; negative when `later` comes first. */
export const daysBetween = (earlier: Day, later: Day): number => (toMs(later) - toMs(earlier)) / MS_PER_DAY;

/** Adds months and keeps the day of the month, or takes the month's last day where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const index = +day.slice(0, 4) * 12 + (+day.slice(5, 7) - 1) + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return fromMs(Date.UTC(year, month, Math.min(+day.slice(8, 10), last)));
}

/** 1 Monday to 7 Sunday. */
export const weekday = (day: Day): number => ((new Date(toMs(day)).getUTCDay() + 6) % 7) + 1;

/** First day of the unit that holds the day. */
export function startOf(unit: CalendarUnit, day: Day): Day {
  if (unit === 'day') return day;
  if (unit === 'week') return addDays(day, 1 - weekday(day));
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  if (unit === 'year') return `${day.slice(0, 4)}-01-01`;
  const month = Math.floor((+day.slice(5, 7) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
}

/** The day moved by a number of whole units (quarters are three months). */
export function shift(unit: CalendarUnit, day: Day, count: number): Day {
  if (unit === 'day') return addDays(day, count);
  if (unit === 'week') return addDays(day, count * 7);
  if (unit === 'month') return addMonths(day, count);
  return addMonths(day, count * (unit === 'quarter' ? 3 : 12));
}

/** Last day of the unit that holds the day. */
export const endOf = (unit: CalendarUnit, day: Day): Day => addDays(shift(unit, startOf(unit, day), 1), -1);
