/** Days as whole numbers, for comparing many. */
import type { Day } from '../calendar.ts';

const two = (day: Day, at: number): number => (day.charCodeAt(at) - 48) * 10 + day.charCodeAt(at + 1) - 48;

/**
 * Days since 0000-03-01, counted without making a date, since it is asked for every document of every payment.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil).
 */
export function dayNumber(day: Day): number {
  const month = two(day, 5);
  const year = two(day, 0) * 100 + two(day, 2) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + two(day, 8) - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear;
}
