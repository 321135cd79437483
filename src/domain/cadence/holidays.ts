/**
 * Public holidays by country and region. The calendars of all countries are a third of a second and 36 MB to load, so
 * they are loaded when first needed: whoever asks for a day has to have waited for `loadHolidays` once.
 * Source: date-holidays, holidays of type `public` only (no school, bank-only or optional ones).
 */
import type Holidays from 'date-holidays';
import { addDays, type Day } from '../calendar.ts';

let Calendar: typeof Holidays | null = null;
/** By country and region: each holiday's day and English name, and the years that are in it. */
const known = new Map<string, { names: Map<Day, string>; years: Set<number> }>();

const MS_PER_DAY = 86_400_000;

/** Makes `publicHoliday` usable; costs something only the first time. */
export const loadHolidays = (): Promise<void> =>
  import('date-holidays').then((module) => {
    Calendar = module.default;
  });

/** A holiday of several days, or one that begins at sunset, counts from its first daylight on. */
function addYear(country: string, region: string, year: number, names: Map<Day, string>): void {
  if (!Calendar) throw new Error('wait for loadHolidays() before asking for a public holiday');
  const calendar = new Calendar(country, region, { types: ['public'] });
  for (const { date, start, end, name } of calendar.getHolidays(year, 'en') ?? []) {
    const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / MS_PER_DAY));
    for (let at = 0; at < days; at++) {
      const day = addDays(date.slice(0, 10), at);
      if (!names.has(day)) names.set(day, name);
    }
  }
}

/**
 * The holiday's English name; null on other days and for unknown countries. `country` is ISO 3166-1 alpha-2; `region`
 * is its subdivision such as `BY`; one that the country does not have counts as none (then only what the whole country
 * keeps).
 *
 * Throws: Error when `loadHolidays` was not waited for.
 */
export function publicHoliday(day: Day, country: string | null, region: string | null): string | null {
  if (country === null || !/^[A-Za-z]{2}$/.test(country)) return null;
  const key = `${country.toUpperCase()}.${region ?? ''}`;
  const found = known.get(key) ?? { names: new Map<Day, string>(), years: new Set<number>() };
  known.set(key, found);
  const year = +day.slice(0, 4);
  // a holiday that began in December may last into January
  for (const each of day.slice(5) <= '01-10' ? [year - 1, year] : [year]) {
    if (found.years.has(each)) continue;
    addYear(country.toUpperCase(), region ?? '', each, found.names);
    found.years.add(each);
  }
  return found.names.get(day) ?? null;
}
