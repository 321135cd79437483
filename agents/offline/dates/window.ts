/** Stretches of days in words: "last 12 months", "in September", "Q3", "since Friday", "before Sept 15". */
import { addDays, type CalendarUnit, type Day, endOf, shift, startOf } from '../../../src/domain/calendar.ts';
import { type DayWindow, resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import { DAY, type Lean, MONTH, months, readDay } from './day.ts';

const UNIT = '(?:day|week|month|quarter|year)';
const YEAR = String.raw`(?:19|20)\d\d`;

/** Whole stretches, without a preposition that cuts them. */
export const STRETCH = [
  String.raw`(?:the )?(?:last|past|previous|prior|trailing|rolling|next|coming|following|upcoming) \d+ ${UNIT}`,
  `(?:the )?(?:last|past|previous|prior|this|current|next|coming|following|upcoming|running) ${UNIT}(?: so far)?`,
  `(?:the )?(?:week|month) (?:before|after) (?:last|next)`,
  `${UNIT} to date`,
  `${MONTH}(?: (?:of )?(?:${YEAR}|last year|this year))?`,
  `(?:the )?(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter(?: (?:of )?(?:${YEAR}|last year|this year))?`,
  `q[1-4](?: (?:of )?(?:${YEAR}|last year|this year))?`,
  YEAR,
  `(?:last|this) (?:${MONTH})`,
]
  .map((each) => `(?:${each})`)
  .join('|');

const yearOf = (text: string, today: Day): number | null => {
  const year = new RegExp(`\\b${YEAR}\\b`).exec(text)?.[0];
  if (year) return +year;
  if (text.includes('last year')) return +today.slice(0, 4) - 1;
  return text.includes('this year') ? +today.slice(0, 4) : null;
};

/** The start of the unit's latest repeat (`past`), or of the one nearest to today. */
function seasonStart(month: number, year: number | null, today: Day, lean: Lean): Day {
  const on = (each: number): Day => `${each}-${String(month).padStart(2, '0')}-01`;
  if (year !== null) return on(year);
  const now = +today.slice(0, 4);
  if (lean === 'past' || lean === 'before_today') return on(now) <= today ? on(now) : on(now - 1);
  const gap = month - +today.slice(5, 7);
  return on(gap < -6 ? now + 1 : gap > 6 ? now - 1 : now);
}

const whole = (unit: CalendarUnit, start: Day): DayWindow => ({ from: start, to: endOf(unit, start) });

/** Reads a stretch matched by `STRETCH`; null when it names nothing. */
export function readStretch(words: string, today: Day, lean: Lean): DayWindow | null {
  const text = words.replace(/^the /, '').replace(/ so far$/, '');
  const rolling = /^(\w+) (\d+) (day|week|month|quarter|year)$/.exec(text);
  if (rolling) {
    const count = Number(rolling[2]);
    const unit = rolling[3] as CalendarUnit;
    if (count < 1 || count > 1000) return null;
    return /^(?:next|coming|following|upcoming)$/.test(rolling[1]!)
      ? { next: count, unit }
      : { last: count, unit };
  }
  const toDate = /^(day|week|month|quarter|year) to date$/.exec(text);
  if (toDate) return { from: startOf(toDate[1] as CalendarUnit, today), to: today };
  const beyond = /^(week|month) (before last|after next)$/.exec(text);
  if (beyond) return { calendar: beyond[1] as CalendarUnit, offset: beyond[2] === 'before last' ? -2 : 2 };
  const calendar = /^(\w+) (day|week|month|quarter|year)$/.exec(text);
  if (calendar && !/^(?:first|second|third|fourth|\d\w\w)$/.test(calendar[1]!)) {
    const offset = /^(?:this|current|running)$/.test(calendar[1]!)
      ? 0
      : /^(?:next|coming|following|upcoming)$/.test(calendar[1]!)
        ? 1
        : -1;
    return { calendar: calendar[2] as CalendarUnit, offset };
  }
  if (new RegExp(`^${YEAR}$`).test(text)) return whole('year', `${text}-01-01`);
  const quarter = /^(?:q([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th) quarter)/.exec(text);
  if (quarter) {
    const nth = quarter[1]
      ? +quarter[1]
      : Math.max(
          ['first', 'second', 'third', 'fourth'].indexOf(quarter[2]!),
          ['1st', '2nd', '3rd', '4th'].indexOf(quarter[2]!),
        ) + 1;
    return whole('quarter', seasonStart(nth * 3 - 2, yearOf(text, today), today, lean));
  }
  const month = months.findIndex((each) => text.split(' ').includes(each)) + 1;
  return month ? whole('month', seasonStart(month, yearOf(text, today), today, lean)) : null;
}

/** Days and stretches, to be folded into one stand-in word each before `WHEN` is used. */
export const PHRASE = new RegExp(`(?:${DAY})|(?:${STRETCH})`);

/** A whole phrase with its preposition, in folded words, with stand-ins for the days (see text/scanner.ts). */
export const WHEN = [
  String.raw`(?:between|from) (?:the )?\d{1,2}(?:st|nd|rd|th)? (?:and|to|till|until|through) §\d+`,
  String.raw`(?:between|from) §\d+ (?:and|to|till|until|through) §\d+`,
  String.raw`(?:within|in|over|during) (?:the )?\d+ ${UNIT}`,
  String.raw`(?:more than|over|at least) §\d+`,
  String.raw`(?:(?:ever )?(?:since|starting|from) (?:the (?:start|beginning) of )?|(?:on or |earlier than |prior to |not later than |no later than )?(?:before|after|by|until|till|through|up to)? ?|(?:for|in|on|over|during|within|of|at|as of|for the) )§\d+(?: or (?:before|earlier|later|after)| on(?:wards?)?)?`,
]
  .map((each) => `(?:${each})`)
  .join('|');

const ends = (
  words: string,
  today: Day,
  lean: Lean,
): { from: Day | undefined; to: Day | undefined } | null => {
  const text = words.trim();
  const stretch = new RegExp(`^(?:${STRETCH})$`).test(text) ? readStretch(text, today, lean) : null;
  if (stretch) return { from: undefined, to: undefined, ...resolveWindow(stretch, today) };
  const day = readDay(text, today, lean);
  return day ? { from: day, to: day } : null;
};

/** "Between 1 and 15 November": the first day is of the second's month. */
const ofSameMonth = (first: string, second: string): string =>
  /^(?:the )?\d{1,2}(?:st|nd|rd|th)?$/.test(first)
    ? second.replace(/\d{1,2}(?:st|nd|rd|th)?(?!\d)/, first.replace('the ', ''))
    : first;

function between(opening: string, second: string, today: Day, lean: Lean): DayWindow | null {
  const first = ofSameMonth(opening, second);
  const start = ends(first, today, lean);
  const stop = ends(second, today, lean);
  if (!start?.from || !stop?.to) return null;
  return start.from <= stop.to ? { from: start.from, to: stop.to } : null;
}

const singleDay = (text: string, today: Day, lean: Lean): DayWindow | null => {
  if (text === 'today' || text === 'right now') return { calendar: 'day', offset: 0 };
  if (text === 'yesterday') return { calendar: 'day', offset: -1 };
  if (text === 'tomorrow') return { calendar: 'day', offset: 1 };
  const day = readDay(text, today, lean);
  return day ? { from: day, to: day } : null;
};

/**
 * Reads a phrase matched by `WHEN`. `lean` tells where a day without a year lies; after "since" it lies before
 * today, after "before" and "by" of a due day it lies ahead.
 */
export function readWhen(words: string, today: Day, lean: Lean): DayWindow | null {
  const text = words.trim().replace(/^ever /, '');
  const pair = /^(?:between (.+) and (.+)|from (.+) (?:to|till|until|through) (.+))$/.exec(text);
  if (pair) return between(pair[1] ?? pair[3]!, pair[2] ?? pair[4]!, today, lean);
  const since = /^(?:since|starting|from) (.+?)( on(?:wards?)?)?$/.exec(text);
  // "from last week" is that week; "since last week" runs on
  const whole = since && text.startsWith('from ') && !since[2] && readStretch(since[1]!, today, lean);
  if (whole) return whole;
  if (since) {
    const start = ends(since[1]!, today, 'before_today')?.from;
    return start ? { from: start } : null;
  }
  const ago = /^(?:more than|over|at least) (\d+) (day|week|month|quarter|year) ago$/.exec(text);
  if (ago)
    return {
      to: addDays(
        shift(ago[2] as CalendarUnit, today, -Number(ago[1])),
        text.startsWith('at least') ? 0 : -1,
      ),
    };
  const within = /^(within|in|over|during) (?:the )?(\d+) (day|week|month|quarter|year)$/.exec(text);
  if (within) {
    const unit = within[3] as CalendarUnit;
    const count = Number(within[2]);
    return lean === 'past' ? { last: count, unit } : { next: count, unit };
  }
  const order = / or (?:before|earlier|later|after)$/.exec(text)?.[0];
  const cut =
    /^(on or before|on or after|earlier than|prior to|not later than|no later than|before|after|by|until|till|through|up to) (.+)$/.exec(
      order ? text.slice(0, -order.length) : text,
    );
  if (order && !cut) {
    const range = ends(text.slice(0, -order.length), today, lean);
    return range ? (/before|earlier/.test(order) ? { to: range.to } : { from: range.from }) : null;
  }
  if (cut) return cutBy(cut[1]!, cut[2]!, today, lean);
  const bare = text.replace(/^(?:for the|for|in|on|over|during|within|of|at|as of) /, '');
  if (new RegExp(`^(?:${DAY})$`).test(bare)) return singleDay(bare, today, lean);
  return readStretch(bare, today, lean);
}

function cutBy(how: string, what: string, today: Day, lean: Lean): DayWindow | null {
  const range = ends(what, today, lean);
  if (!range?.from || !range.to) return null;
  if (how === 'after') return { from: addDays(range.to, 1) };
  if (how === 'on or after') return { from: range.from };
  if (how === 'before' || how === 'earlier than' || how === 'prior to')
    return { to: /^(?:the )?end of/.test(what) ? range.to : addDays(range.from, -1) };
  return { to: range.to };
}
