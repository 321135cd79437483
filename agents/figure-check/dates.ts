/** Days, months and times of day as people write them. Each matcher reads at one position of a text. */
import { isDay } from '../../src/domain/calendar.ts';

/** A written date: each entry is a day `YYYY-MM-DD`, a month `YYYY-MM`, a day of any year `--MM-DD`, or a day of any month `---DD`. */
export type DateReading = { readonly dates: readonly string[]; readonly length: number };

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)';
const ORDINAL = '(?:st|nd|rd|th)?';
const END = String.raw`(?![\p{L}\p{N}])`;
/** A year follows directly; the space before it must not be the gap to a next figure such as an amount. */
const YEAR = String.raw`(?:,? ?(?:of )?(\d{4})(?![\d,.' -]?\d))?`;

const sticky = (source: string): RegExp => new RegExp(source, 'uy');
const ISO = sticky(
  String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?${END}`,
);
const ISO_MONTH = sticky(String.raw`(\d{4})-(\d{2})${END}(?![-/.]\d)`);
const NUMERIC = sticky(String.raw`(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})${END}`);
const SHORT = sticky(String.raw`(\d{1,2})/(\d{1,2})${END}(?![/.]\d)`);
const DAY_MONTH = sticky(
  String.raw`(\d{1,2})${ORDINAL}(?: ?(?:-|–|to|and) ?(\d{1,2})${ORDINAL})? (?:of )?${MONTH}(?![\p{L}])\.?${YEAR}`,
);
const MONTH_DAY = sticky(
  String.raw`${MONTH}\.? (\d{1,2})${ORDINAL}${END}(?: ?(?:-|–|to|and) ?(\d{1,2})${ORDINAL}${END}(?!,\d))?${YEAR}`,
);
const MONTH_YEAR = sticky(String.raw`${MONTH}\.?,? ?'?(\d{4})${END}`);
const THE_DAY = sticky(String.raw`(\d{1,2})(?:st|nd|rd|th)${END}`);

const two = (value: number): string => String(value).padStart(2, '0');
const monthOf = (name: string): string => two(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
const dayOf = (year: string, month: number, day: number): string => `${year}-${two(month)}-${two(day)}`;
/** A day that does not exist is kept as it is: nothing supports it. */
const inYear = (year: string | undefined, month: string, day: string): string =>
  year ? dayOf(year, +month, +day) : `--${month}-${two(+day)}`;

type Matcher = { at: RegExp; read: (match: RegExpExecArray) => string[] };
const matchers: Matcher[] = [
  { at: ISO, read: ([, year, month, day]) => [dayOf(year!, +month!, +day!)] },
  { at: ISO_MONTH, read: ([, year, month]) => [`${year}-${month}`] },
  {
    at: NUMERIC,
    read: ([, first, mark, second, end]) => {
      const year = end!.length === 2 ? `20${end}` : end!;
      const monthFirst = dayOf(year, +first!, +second!);
      const dayFirst = dayOf(year, +second!, +first!);
      const readings = mark === '/' ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
      const real = readings.filter(isDay);
      return [(real.length > 0 ? real : readings).join('|')];
    },
  },
  {
    at: SHORT,
    read: ([, first, second]) => [`--${two(+first!)}-${two(+second!)}|--${two(+second!)}-${two(+first!)}`],
  },
  {
    at: DAY_MONTH,
    read: ([, day, other, month, year]) =>
      [day!, ...(other ? [other] : [])].map((each) => inYear(year, monthOf(month!), each)),
  },
  {
    at: MONTH_DAY,
    read: ([, month, day, other, year]) =>
      [day!, ...(other ? [other] : [])].map((each) => inYear(year, monthOf(month!), each)),
  },
  { at: MONTH_YEAR, read: ([, month, year]) => [`${year}-${monthOf(month!)}`] },
];

/** The date that begins at a position; several entries for a range; `a|b` where month and day could be either way round. */
export function dateAt(text: string, position: number): DateReading | null {
  for (const { at, read } of matchers) {
    at.lastIndex = position;
    const match = at.exec(text);
    if (match) return { dates: read(match), length: match[0].length };
  }
  return null;
}

/** "the 15th": a day of some month; as an ordinal it may also be a rank. */
export function dayOfMonthAt(text: string, position: number): { day: string; length: number } | null {
  THE_DAY.lastIndex = position;
  const match = THE_DAY.exec(text);
  return match ? { day: `---${two(+match[1]!)}`, length: match[0].length } : null;
}
