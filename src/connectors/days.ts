/**
 * Days as exports write them. `03/04/2026` can be two days: whether day or month comes first is decided for a whole
 * column.
 */
import { type Day, isDay } from '../domain/calendar.ts';

export type DayOrder = 'day-first' | 'month-first';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthOf = (word: string): number => MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;

const TIME = String.raw`(?:[T,\s]+\d{1,2}:\d{2}.*)?`;
const ISO = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`);
const NUMBERS = new RegExp(String.raw`^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})${TIME}$`);
const DAY_NAMED = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})${TIME}$`,
);
const NAMED_DAY = new RegExp(String.raw`^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TIME}$`);

const dayOf = (year: string, month: string | number, day: string): Day | null => {
  const full = year.length === 2 ? `20${year}` : year;
  const text = `${full}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return full >= '1970' && full < '2200' && isDay(text) ? text : null;
};

/** The two numbers in front of the year where their order is open: written with slashes or dashes. */
export function orderedNumbers(text: string): { first: number; second: number } | null {
  const found = NUMBERS.exec(text.trim());
  return found && found[2] !== '.' ? { first: +found[1]!, second: +found[3]! } : null;
}

/**
 * Reads `2026-09-15`, `2026-09-15T08:00:00Z`, `15.09.2026`, `15 Sep 2026`, `Sep 15, 2026`, `20260915`, and
 * `09/15/2026` or `15/09/2026` by the order given; a time of day is left out. Null when it is no day between 1970
 * and 2199.
 */
export function readDay(text: string, order: DayOrder): Day | null {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  if (iso) return dayOf(iso[1]!, iso[3]!, iso[4]!);
  const numbers = NUMBERS.exec(trimmed);
  if (numbers) {
    const [, first = '', mark, second = '', year = ''] = numbers;
    return mark === '.' || order === 'day-first' ? dayOf(year, second, first) : dayOf(year, first, second);
  }
  const named = DAY_NAMED.exec(trimmed);
  if (named) return dayOf(named[3]!, monthOf(named[2]!), named[1]!);
  const american = NAMED_DAY.exec(trimmed);
  if (american) return dayOf(american[3]!, monthOf(american[1]!), american[2]!);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed);
  return compact ? dayOf(compact[1]!, compact[2]!, compact[3]!) : null;
}

/** Counts in one column: numbers that can only be a day, in first and in second place, and days that fit both ways. */
export type DayTally = { dayFirst: number; monthFirst: number; open: number };

export const emptyDayTally = (): DayTally => ({ dayFirst: 0, monthFirst: 0, open: 0 });

export function tallyDay(tally: DayTally, text: string): void {
  const numbers = orderedNumbers(text);
  if (!numbers) return;
  const { first, second } = numbers;
  if (first > 12 && second <= 12) tally.dayFirst++;
  else if (second > 12 && first <= 12) tally.monthFirst++;
  else if (first !== second) tally.open++;
}

/** The order that most of a column's days show; null when all of them fit both ways. */
export const decideOrder = (tally: DayTally): DayOrder | null =>
  tally.dayFirst === tally.monthFirst
    ? null
    : tally.dayFirst > tally.monthFirst
      ? 'day-first'
      : 'month-first';
