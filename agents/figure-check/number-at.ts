/** Reads one written number with everything beside it that says what it counts. */
import { currencyAfter, currencyBefore } from './currency.ts';
import { dateAt } from './dates.ts';
import { type Reading, readNumber, type Scaled, scaled } from './decimal.ts';
import type { NumberReading, Part, Unit } from './figure.ts';

const NUMBER = /\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?![.,]?\d)|\d+(?:[.,']\d+)*/uy;
/** After "31-" a space ends the number: what follows may be an amount. */
const COMPACT = /\d+(?:[.,']\d+)*/uy;
const RANGE = /(?: ?[-–—] ?| to )(?=\d)/uy;
const SCALE =
  /(?:(k|K|m|M|mn|mm|MM|bn|b|B)(?![\p{L}\p{N}])| ?(thousand|million|billion|mio|mn|bn)(?![\p{L}\p{N}]))/uy;
const SCALES: Readonly<Record<string, bigint>> = {
  k: 1_000n,
  K: 1_000n,
  thousand: 1_000n,
  bn: 1_000_000_000n,
  b: 1_000_000_000n,
  B: 1_000_000_000n,
  billion: 1_000_000_000n,
};
const PERCENT = /^(?: ?%| ?(?:percent|per cent|percentage points?|pp)(?![\p{L}\p{N}]))/u;
const DAYS = /^(?:[ -]?(?:calendar |business |working )?days?|d)(?![\p{L}\p{N}])/u;
const EARLY = /^ (?:early|ahead|before|sooner)(?![\p{L}\p{N}])/u;
const NOUN =
  /^ (?:(?:open|overdue|unpaid|paid|late|disputed|past[- ]due|outstanding|unapplied|applied|broken|kept|active|more|other|further|additional|different|matching|largest|biggest|oldest|of (?:its|their|our|the|these|those)|[A-Z]{3}) ){0,3}(?:invoices?|customers?|accounts?|payments?|credits?|credit notes?|promises|promise|disputes?|contacts?|rows?|results?|entries|events?|messages?|emails?|companies|company|entities|entity|debtors?|payers?|items?|holds?|reminders?|documents?|currencies|matches|match|groups?|subsidiaries|subsidiary|applications?|times|people|owners?)(?![\p{L}\p{N}])/u;
const ABOUT =
  /(?:about|around|roughly|approximately|approx\.?|circa|ca\.|nearly|almost|close to|some|over|above|more than|under|below|less than|~|≈) ?$/iu;
const LOOK = 48;

export type WrittenNumber = {
  /** Where the writing begins (sign and currency included) and ends (unit included). */
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  readonly readings: readonly NumberReading[];
  /** Its parts as numbers of their own, where spaces or commas may separate figures instead of digits. */
  readonly parts: readonly Part[];
  /** The second number of "31–60"; both share what follows. */
  readonly other?: { readonly digits: string; readonly readings: readonly NumberReading[] };
};

type Before = { start: number; signs: readonly bigint[]; currencies: readonly string[]; about: boolean };

/** A hyphen right before the digits is a minus after a space or a bracket, and joins after a word or a digit. */
function lookBefore(text: string, position: number): Before {
  const slice = text.slice(Math.max(0, position - LOOK), position);
  let rest = slice;
  let signs: readonly bigint[] = [1n];
  const takeSign = (): void => {
    if (!/(?:^|[^\p{L}\p{N}])-$/u.test(rest)) return;
    signs = /\d -$/.test(rest) ? [1n, -1n] : [-1n];
    rest = rest.slice(0, -1);
  };
  takeSign();
  const currency = currencyBefore(rest);
  if (currency) {
    rest = rest.slice(0, rest.length - currency.length);
    takeSign();
  }
  if (rest.endsWith('+')) rest = rest.slice(0, -1);
  return {
    start: position - (slice.length - rest.length),
    signs,
    currencies: currency?.codes ?? [],
    about: ABOUT.test(rest),
  };
}

type After = {
  length: number;
  scale: bigint;
  units: readonly Unit[];
  currencies: readonly string[];
  early: boolean;
  months: boolean;
};

function lookAfter(text: string, position: number): After {
  SCALE.lastIndex = position;
  const scale = SCALE.exec(text);
  const mark = scale?.[1] ?? scale?.[2];
  let at = position + (scale?.[0].length ?? 0);
  if (text[at] === '+') at++;
  const slice = text.slice(at, at + LOOK * 2);
  const found = { scale: mark ? (SCALES[mark] ?? 1_000_000n) : 1n, early: false, months: mark === 'm' };
  const done = (length: number, units: Unit[], currencies: readonly string[] = []): After => ({
    ...found,
    length: at + length - position,
    units,
    currencies,
  });
  const percent = PERCENT.exec(slice);
  if (percent) return done(percent[0].length, ['percent']);
  const days = DAYS.exec(slice);
  if (days) {
    found.early = EARLY.test(slice.slice(days[0].length));
    return done(days[0].length, ['days']);
  }
  const currency = currencyAfter(slice);
  const noun = NOUN.exec(slice);
  if (currency) return done(currency.length, noun ? ['money', 'count'] : ['money'], currency.codes);
  return noun ? done(noun[0].length, ['count']) : done(0, ['plain']);
}

/** "about 12,000" stands for anything that rounds to it in its last digit but zeros, at least two digits counting. */
function shownStep({ value, step }: Reading): Scaled {
  let size = step;
  while (value > 0n && value % (size * 10n) === 0n && size * 100n <= value) size *= 10n;
  return size;
}

function readingsOf(digits: string, before: Before, after: After): NumberReading[] {
  const currencies = [...new Set([...before.currencies, ...after.currencies])];
  const units: readonly Unit[] =
    currencies.length > 0 && !after.units.includes('money')
      ? ['money', ...after.units.filter((unit) => unit !== 'plain')]
      : after.units;
  const readings: NumberReading[] = [];
  for (const base of readNumber(digits)) {
    const size = { value: base.value * after.scale, step: base.step * after.scale };
    for (const unit of units) {
      const rounded = unit === 'percent' || unit === 'days' || after.scale > 1n ? size.step : null;
      const roundedTo = before.about && unit !== 'count' ? shownStep(size) : rounded;
      const signs = after.early ? [1n, -1n] : before.signs;
      for (const sign of signs)
        readings.push({
          unit,
          value: size.value * sign,
          roundedTo,
          currencies: unit === 'money' ? currencies : [],
        });
    }
    // "12m" may be twelve months
    if (after.months && base.step === scaled('1')!.step)
      readings.push({ unit: 'plain', value: base.value, roundedTo: null, currencies: [] });
  }
  return readings;
}

const numberFrom = (text: string, position: number, pattern = NUMBER): string => {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0] ?? '';
};

const plain = (digits: string): NumberReading[] =>
  readNumber(digits).map(({ value }) => ({ unit: 'plain', value, roundedTo: null, currencies: [] }));

/** "2025,2026" and "10 500" may be figures side by side; "Studio 54 500.00 EUR" is a name before an amount. */
function partsOf(digits: string, readings: readonly NumberReading[], after: After): Part[] {
  const space = digits.indexOf(' ');
  if (space > 0) {
    const [head, rest] = [digits.slice(0, space), digits.slice(space + 1)];
    const alone: Before = { start: 0, signs: [1n], currencies: [], about: false };
    const onlyInName = after.units[0] !== 'plain';
    return [
      { digits: head, readings: onlyInName ? [] : plain(head) },
      { digits: rest, readings: readingsOf(rest, alone, after) },
    ];
  }
  if (readings.length > 0 || after.scale !== 1n || after.units[0] !== 'plain') return [];
  return digits.split(/[.,']/).map((part) => ({ digits: part, readings: plain(part) }));
}

/** Reads the number whose first digit is at the position; null when there is no digit. */
export function numberAt(text: string, position: number): WrittenNumber | null {
  const digits = numberFrom(text, position);
  if (!digits) return null;
  const before = lookBefore(text, position);
  const end = position + digits.length;
  RANGE.lastIndex = end;
  const range = RANGE.exec(text);
  const next = end + (range?.[0].length ?? 0);
  const form = digits.includes(' ') ? NUMBER : COMPACT;
  const second = range && !dateAt(text, next) ? numberFrom(text, next, form) : '';
  if (range && second) {
    const from = next + second.length;
    const after = lookAfter(text, from);
    return {
      start: before.start,
      end: from + after.length,
      digits,
      readings: readingsOf(digits, before, after),
      parts: [],
      other: { digits: second, readings: readingsOf(second, { ...before, signs: [1n] }, after) },
    };
  }
  const after = lookAfter(text, end);
  const readings = readingsOf(digits, before, after);
  return {
    start: before.start,
    end: end + after.length,
    digits,
    readings,
    parts: before.currencies.length > 0 ? [] : partsOf(digits, readings, after),
  };
}
