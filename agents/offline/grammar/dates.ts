/** Windows with the word that says which day is meant: due, issued, paid, received, opened, as of. */
import {
  addDays,
  addMonths,
  type CalendarUnit,
  type Day,
  shift,
  startOf,
} from '../../../src/domain/calendar.ts';
import { type DayWindow, resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import { DAY, type Lean, readDay } from '../dates/day.ts';
import { PHRASE, readStretch, readWhen, STRETCH, WHEN } from '../dates/window.ts';
import type { Scanner } from '../text/scanner.ts';
import type { Draft, OfflineContext } from './context.ts';

type Field = 'issued' | 'due' | 'paid' | 'received';

const AUX =
  '(?:(?:that|which|who|is|are|was|were|be|been|being|got|get|gets|has|have|had|will|to|we|they|it|coming|falling|fell|fall|falls|becoming|become|becomes|going|with|a|an|the|their|its|whose|date|day|dates|only|just|1|ones?) )*';

const fields: [Field, RegExp][] = [
  ['due', /due(?: dates?| day)?|dues?|matur(?:e|es|ing)|payable/],
  [
    'issued',
    /(?:issued?|invoiced|billed|raised|dated|created|sent|booked|written|opened|filed|logged|made|started|came up)(?: (?:date|day|out|on))?|issue date/,
  ],
  ['received', /(?:received?|collected|landed|came in|come in|got|arrived|arriving)(?: in)?/],
  ['paid', /paid(?: off| up| in full| out)?|fully paid/],
];

const BECAME =
  '(?:(?:has|have|just|newly|that|which|who) )*(?:went|gone|go|goes|going|became|become|becoming|turned|fell|fallen|slipped|slipping|rolled|moved|newly|got|ran)(?: (?:to|into|in|newly))*';

/** In which direction a day without a year lies, from the words of the whole message. */
export const leanOf = (scan: Scanner): Lean =>
  scan.has(/due|promise|promised|expected|mature|maturing/) &&
  !scan.has(/overdue|was due|were due|chased|issued|received|paid/)
    ? 'nearest'
    : 'past';

/** What became late in a window (policy P-7): due from its first day, or until yesterday where it is still running. */
function takeBecame(scan: Scanner, draft: Draft, context: OfflineContext): void {
  if (!scan.has(/overdue|past due/) || !scan.has(new RegExp(`${BECAME}|new`))) return;
  const pattern = new RegExp(
    `(?:${BECAME}) (?:overdue|past due)(?: (?:${WHEN}))?|(?:new(?:ly)? )(?:overdue|past due)(?: (?:${WHEN}))?`,
  );
  scan.take('became overdue', pattern, (match) => {
    const words = scan.expand(match[0].replace(/^.*?(?:overdue|past due) ?/, ''));
    const window = words
      ? readWhen(words, context.today, 'past')
      : ({ calendar: 'week', offset: 0 } as DayWindow);
    if (!window) return false;
    draft.slots.filters.due = lateWindow(window, context.today);
    draft.slots.filters.status = ['overdue'];
    draft.slots.became = true;
    if (/who|which/.test(match[0]) || scan.has(/who|which customer/)) draft.slots.ask = 'who';
    return true;
  });
}

function lateWindow(window: DayWindow, today: Day): DayWindow {
  const yesterday = addDays(today, -1);
  const { from, to } = resolveWindow(window, today);
  if (from && from === to) return { from: addDays(from, -1), to: addDays(from, -1) };
  return { ...(from ? { from } : {}), to: to && to < yesterday ? to : yesterday };
}

/** "as of June 30", "at the end of last month", "as it stood on": the books of an earlier day. */
function takeAsOf(scan: Scanner, draft: Draft, context: OfflineContext): void {
  scan.take(
    'as of',
    new RegExp(
      `(?:as (?:of|at|it was on|it stood (?:on|at)|per)|asof|at|back (?:on|in|at)|per|on) ((?:the )?(?:end|close|start|beginning) of (?:the |this |last )?(?:${'month|quarter|year|week|'}[a-z]+)(?: (?:19|20)\\d\\d)?)`,
    ),
    (match) => set(match[1]!),
  );
  scan.take('as of', new RegExp(`(?:as (?:of|at|it was on|it stood (?:on|at)|per)|asof) (${DAY})`), (match) =>
    set(match[1]!),
  );
  scan.take('as of', new RegExp(`as (?:of|at) (?:the end of )?(${STRETCH})`), (match) => {
    const window = readStretch(match[1]!, context.today, 'past');
    const to = window && resolveWindow(window, context.today).to;
    return to ? setDay(to) : false;
  });
  function set(words: string): boolean {
    const day = readDay(words, context.today, 'past');
    return day ? setDay(day) : false;
  }
  function setDay(day: Day): boolean {
    if (day > context.today) return false;
    if (day < context.today) draft.slots.asOf = day;
    return true;
  }
}

/** "compared with last month", "vs a month ago": the same question at another time. */
function takeComparison(scan: Scanner, draft: Draft, context: OfflineContext): void {
  const when = `${STRETCH}|${DAY}|(?:same (?:time|day|month|week|quarter) last (?:week|month|quarter|year))`;
  scan.take(
    'compare',
    new RegExp(
      `(?:(?:and|how (?:does|did|do|is|are)|does|it|that|this|they|we|has|have|is|changed?|moved?|develop(?:ed)?|gone|go|went|going|up|down|higher|lower|more|less|better|worse|or|from|grown?|increased?|decreased?|dropped?) )*(?:compared|against|than|changed since|changed from|change since|change from|relative|up from|down from|since|over)(?: (?:to|with|against|at|in|on|the))* (${when})`,
    ),
    (match) => {
      const about =
        /compared|against|than|relative|changed?|up|down|grown?|increased?|decreased?|dropped?|develop/;
      if (!about.test(match[0].slice(0, match[0].length - match[1]!.length))) return false;
      const compare = comparisonOf(match[1]!, context.today);
      if (!compare) return false;
      draft.slots.compare = compare;
      return true;
    },
  );
}

/** "Compare overdue to a month ago", and "is overdue going up", which looks at the end of last month. */
function takeLooseComparison(scan: Scanner, { slots }: Draft, context: OfflineContext): void {
  if (slots.compare) return;
  if (scan.has(/compared/) && !slots.metric) {
    scan.take(
      'compare',
      new RegExp(
        `(?:to|with|against|and)(?: (?:what|how|where|it|was|were|the|in|at|we had|had))* (${STRETCH}|${DAY})`,
      ),
      (match) => {
        const compare = comparisonOf(match[1]!, context.today);
        if (!compare || slots.compare) return false;
        slots.compare = compare;
        return true;
      },
    );
    if (slots.compare) scan.take('compare', /compared(?: to| with)?/);
  }
  const way =
    '(?:up|down|better|worse|higher|lower|growing|rising|falling|increasing|decreasing|improving|shrinking|grown|increased|decreased|improved)';
  if (!scan.has(/overdue|past due|ar|receivables?|open|owe|debt|dso|cei|unapplied|dispute|disputed|_/))
    return;
  scan.take(
    'compare',
    new RegExp(
      `(?:(?:is|are|has|have|it|or|been|going|gone|go|trending|moving|getting) )+${way}(?: (?:or|and|going|getting|not) ?${way}?)*(?: (?:lately|recently))?$|(?:going|trending|moving|getting|been) ${way}(?: or ${way})?$|${way} or ${way}$`,
    ),
    () => {
      if (slots.compare) return false;
      if (slots.metric) slots.months ??= 12;
      else slots.compare = { window: { calendar: 'month', offset: -1 } };
      if (!slots.metric && slots.ask === undefined) slots.ask = 'total';
      return true;
    },
  );
}

function comparisonOf(words: string, today: Day): Draft['slots']['compare'] | null {
  const same = /same (?:time|day|month|week|quarter) last (\w+)/.exec(words);
  if (same) return { asOf: shift(same[1] as CalendarUnit, today, -1) };
  if (new RegExp(`^(?:${STRETCH})$`).test(words)) {
    const window = readStretch(words, today, 'past');
    return window ? { window } : null;
  }
  const day = readDay(words, today, 'past');
  return day && day < today ? { asOf: day } : null;
}

const monthsIn: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** How many month ends a metric is asked over: "last 6 months", "this year", "trend". */
function takeMonths(scan: Scanner, draft: Draft, context: OfflineContext): void {
  if (!draft.slots.metric || draft.slots.metric === 'aging' || draft.slots.metric === 'concentration') return;
  scan.take(
    'months',
    /(?:for |over |in |during |of |across )?(?:the )?(?:last|past|previous|prior|trailing|rolling) (\d+ )?(month|quarter|year)/,
    (match) => {
      const count = Number(match[1] ?? 1) * monthsIn[match[2]!]!;
      if (count > 36) return false;
      if (!match[1] && match[2] !== 'year') {
        const unit = match[2] as CalendarUnit;
        draft.slots.asOf = addDays(startOf(unit, context.today), -1);
      }
      draft.slots.months = count;
      return true;
    },
  );
  scan.take('months', /(?:for |over |in )?(?:this year|year to date)(?: so far)?/, () => {
    draft.slots.months = Number(context.today.slice(5, 7));
  });
  scan.take(
    'months',
    /(?:by|per|each|every|month over|month by|month on) month|monthly|(?:and )?(?:the |its |show )*trend(?:ing|line|s)?|over time|historically|history/,
    () => {
      draft.slots.months ??= 12;
    },
  );
  scan.take('months', new RegExp(`(?:for|in|at|of|during) (${STRETCH})`), (match) => {
    const window = readStretch(match[1]!, context.today, 'past');
    if (!window) return false;
    const { from, to } = resolveWindow(window, context.today);
    if (!from || !to || from.slice(8) !== '01' || addDays(to, 1).slice(8) !== '01') return false;
    let months = 1;
    while (months < 36 && addMonths(from, months) <= to) months += 1;
    draft.slots.months = months;
    if (to < context.today) draft.slots.asOf = to;
    return true;
  });
}

export function takeDates(scan: Scanner, draft: Draft, context: OfflineContext): void {
  const { slots } = draft;
  const lean = leanOf(scan);
  takeComparison(scan, draft, context);
  takeLooseComparison(scan, draft, context);
  takeAsOf(scan, draft, context);
  takeMonths(scan, draft, context);
  scan.foldPhrases(PHRASE);
  takeBecame(scan, draft, context);
  for (const [field, word] of fields) {
    // long patterns cost time to compile: they are made only where their word stands
    if (!scan.has(word)) continue;
    const fieldLean: Lean = field === 'due' ? 'nearest' : 'past';
    const phrase = new RegExp(
      `(?:${AUX})(?:${word.source})(?: (?:is|are|was|were|date|day|anytime|sometime|back|only|just|again))* ?(${WHEN})`,
    );
    scan.take(`${field} window`, phrase, (match) => {
      const window = readWhen(scan.expand(match[1]!), context.today, fieldLean);
      if (!window) return false;
      slots.filters[field] =
        field === 'due' && /^(?:the )?end of/.test(scan.expand(match[1]!).trim()) && 'to' in window
          ? { from: context.today, ...(window.to ? { to: window.to } : {}) }
          : window;
      return true;
    });
  }
  if (scan.has(/promised/)) {
    scan.take(
      'promise window',
      new RegExp(`promised (?:to (?:pay|be paid|settle) |payment |for |us )*(${WHEN})`),
      (match) => {
        const window = readWhen(scan.expand(match[1]!), context.today, 'nearest');
        if (!window) return false;
        slots.filters.due = window;
        slots.dataset = 'promises';
        return true;
      },
    );
  }
  scan.take('window', new RegExp(`(?:${WHEN})(?: 's)?`), (match) => {
    const words = scan.expand(match[0].replace(/ 's$/, ''));
    if (
      /^(?:right now|today)$/.test(words) &&
      !lean.startsWith('near') &&
      scan.has(/open|overdue|owe|ar|receivables?|balance|aging|dso/) &&
      !scan.has(
        /payments?|receive|received|get|got|pay|issued?|paid|came|come|replied|promised?|chased|collect|collected|cash/,
      )
    )
      return true;
    if (/^may$/.test(words)) return false;
    const window = readWhen(words, context.today, lean);
    if (!window || slots.when) return false;
    slots.when = window;
    return true;
  });
  scan.unfold();
}
