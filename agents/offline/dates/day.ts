/**
 * Single days in words, relative to the question's today. chrono-node reads what is left over; the rules here are
 * for what it reads wrong or not at all ("30th of this month", end of week, a week day seen from the past).
 *
 * Conventions: weeks begin on Monday. 9/15 is month first unless the first number is above 12. A week day without
 * "next" or "last" is the nearest in the direction that the question leans: `past` counts today, `before today`
 * (after "since") does not; `future` counts today. A month or day without a year is the latest that has begun
 * (`past`), or the nearest to today (`nearest`, used for due days).
 */
import * as chrono from 'chrono-node';
import {
  addDays,
  addMonths,
  type CalendarUnit,
  type Day,
  daysBetween,
  endOf,
  isDay,
  shift,
  startOf,
  weekday,
} from '../../../src/domain/calendar.ts';

export type Lean = 'past' | 'before_today' | 'future' | 'nearest';

export const months =
  'january february march april may june july august september october november december'.split(' ');
const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
export const MONTH = `(?:${months.join('|')})`;
const WEEKDAY = `(?:${weekdays.join('|')})`;
const ORDINAL = String.raw`\d{1,2}(?:st|nd|rd|th)`;
const NUMBER = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const UNIT = '(?:day|week|month|quarter|year)';
const YEAR = String.raw`(?:19|20)\d\d`;

/** Source of a pattern that fits a day in folded words (see text/lemmas.ts). */
export const DAY = [
  String.raw`\d{4}-\d{2}-\d{2}`,
  String.raw`\d{1,2}\/\d{1,2}(?:\/\d{2,4})?`,
  String.raw`\d{1,2}\.\d{1,2}\.\d{2,4}`,
  `(?:the )?${NUMBER}(?: of)? ${MONTH}(?: ${YEAR})?`,
  `${MONTH} (?:the )?${NUMBER}(?: ${YEAR})?`,
  `(?:the )?${ORDINAL} of (?:this|next|last|the) month`,
  `the ${ORDINAL}`,
  'day (?:before yesterday|after tomorrow)',
  'today|right now|yesterday|tomorrow',
  `(?:(?:last|next|this|past|coming) )?${WEEKDAY}(?: (?:of )?(?:last|next|this) week)?`,
  String.raw`(?:a|an|\d+) ${UNIT}(?: ago| from (?:now|today))`,
  `(?:the )?(?:end|start|beginning) of (?:the |this |next |last )?(?:${UNIT}|${MONTH})(?: ${YEAR})?`,
]
  .map((each) => `(?:${each})`)
  .join('|');

const exact = (year: number, month: number, day: number): Day | null => {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDay(text) ? text : null;
};

/** The year that fits a month and day best, seen from today. */
function withYear(month: number, day: number, today: Day, lean: Lean): Day | null {
  const year = +today.slice(0, 4);
  const near = [year - 1, year, year + 1].flatMap((each) => exact(each, month, day) ?? []);
  if (lean === 'past' || lean === 'before_today') return near.filter((each) => each <= today).at(-1) ?? null;
  if (lean === 'future') return near.find((each) => each >= today) ?? null;
  return near.sort((a, b) => Math.abs(daysBetween(today, a)) - Math.abs(daysBetween(today, b)))[0] ?? null;
}

function numericDay(text: string, today: Day, lean: Lean): Day | null {
  if (/^\d{4}-/.test(text)) return isDay(text) ? text : null;
  const [first = 0, second = 0, third] = text.split(/[/.]/).map(Number);
  const dayFirst = text.includes('.') || first > 12;
  const [month, day] = dayFirst ? [second, first] : [first, second];
  if (third === undefined) return withYear(month, day, today, lean);
  return exact(third < 100 ? 2000 + third : third, month, day);
}

function weekdayOf(text: string, today: Day, lean: Lean): Day | null {
  const name = weekdays.findIndex((each) => text.includes(each)) + 1;
  if (name === 0) return null;
  const inWeek = (offset: number) => addDays(startOf('week', today), offset * 7 + name - 1);
  if (/\bnext\b/.test(text)) return inWeek(1);
  if (/\b(?:last|past)\b.*\bweek\b/.test(text)) return inWeek(-1);
  if (/\bthis\b/.test(text)) return inWeek(0);
  const back = (weekday(today) - name + 7) % 7;
  if (/\b(?:last|past)\b/.test(text)) return addDays(today, -(back || 7));
  if (lean === 'before_today') return addDays(today, -(back || 7));
  if (lean === 'past') return addDays(today, -back);
  return addDays(today, (name - weekday(today) + 7) % 7);
}

const moved = (word: string | undefined): number => (word === 'next' ? 1 : word === 'last' ? -1 : 0);

function edgeOfUnit(text: string, today: Day, lean: Lean): Day | null {
  const match = /(end|start|beginning) of (?:(the|this|next|last) )?(\w+)(?: (\d{4}))?/.exec(text);
  if (!match) return null;
  const [, edge, which, unit = '', year] = match;
  const month = months.indexOf(unit) + 1;
  const inside = month
    ? year
      ? exact(+year, month, 1)
      : withYear(month, 1, today, lean)
    : shift(unit as CalendarUnit, startOf(unit as CalendarUnit, today), moved(which));
  if (!inside) return null;
  const calendar = month ? 'month' : (unit as CalendarUnit);
  return edge === 'end' ? endOf(calendar, inside) : startOf(calendar, inside);
}

function dayOfMonth(text: string, today: Day, lean: Lean): Day | null {
  const number = Number(/(\d{1,2})(?:st|nd|rd|th)/.exec(text)?.[1]);
  const which = /of (this|next|last|the) month/.exec(text)?.[1];
  const month = addMonths(startOf('month', today), moved(which));
  const day = exact(+month.slice(0, 4), +month.slice(5, 7), number);
  if (which || day === null) return day;
  if (lean === 'past' || lean === 'before_today') return day <= today ? day : exactBefore(day, number);
  return day;
}
const exactBefore = (day: Day, number: number): Day | null => {
  const month = addMonths(startOf('month', day), -1);
  return exact(+month.slice(0, 4), +month.slice(5, 7), number);
};

function monthDay(text: string, today: Day, lean: Lean): Day | null {
  const month = months.findIndex((each) => text.split(' ').includes(each)) + 1;
  const year = new RegExp(`\\b${YEAR}\\b`).exec(text)?.[0];
  const day = Number(/\b(\d{1,2})(?:st|nd|rd|th)?\b/.exec(text.replace(year ?? '\u0000', ''))?.[1]);
  if (!month || !day) return null;
  return year ? exact(+year, month, day) : withYear(month, day, today, lean);
}

/** The day that the folded words name, or null when they name none that exists. */
export function readDay(words: string, today: Day, lean: Lean): Day | null {
  const text = words.trim();
  if (/^\d[\d/.-]*$/.test(text)) return numericDay(text, today, lean);
  if (/^(?:today|right now)$/.test(text)) return today;
  if (text === 'yesterday') return addDays(today, -1);
  if (text === 'tomorrow') return addDays(today, 1);
  if (text === 'day before yesterday') return addDays(today, -2);
  if (text === 'day after tomorrow') return addDays(today, 2);
  if (/(?:end|start|beginning) of/.test(text)) return edgeOfUnit(text, today, lean);
  if (weekdays.some((each) => text.includes(each))) return weekdayOf(text, today, lean);
  if (/^(?:the )?\d{1,2}(?:st|nd|rd|th)(?: of (?:this|next|last|the) month)?$/.test(text))
    return dayOfMonth(text, today, lean);
  if (months.some((each) => text.split(' ').includes(each))) return monthDay(text, today, lean);
  const [found] = chrono.casual.parse(text, { instant: new Date(`${today}T12:00:00Z`), timezone: 0 });
  if (!found || found.text !== text) return null;
  const { start } = found;
  return exact(start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0);
}
