/** Amounts, days past due or of age, and how many to show. */
import { MONTH } from '../dates/day.ts';
import type { Scanner } from '../text/scanner.ts';
import type { Draft, OfflineContext } from './context.ts';

const MONEY = String.raw`[$€£¥]?\s?\d[\d,]*(?:\.\d+)?(?:k|m|mm|mn|mio|bn)?`;
const MORE =
  '(?:over|above|more than|greater than|bigger than|larger than|higher than|at least|exceeding|exceeds?|north of|upwards of|beyond|>=?|min|minimum)';
const LESS =
  '(?:under|below|less than|smaller than|lower than|up to|at most|no more than|not more than|not over|max|maximum|<=?|fewer than)';
const scale: Readonly<Record<string, number>> = {
  k: 3,
  thousand: 3,
  grand: 3,
  m: 6,
  mm: 6,
  mn: 6,
  mio: 6,
  million: 6,
  bn: 9,
};
const signs: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' };

/** "20k" is "20000", "1.2m" is "1200000"; exact, by moving the decimal point. */
export function plainAmount(text: string): string | null {
  const match = /^([$€£¥])?\s?(\d[\d,]*)(?:\.(\d+))?\s?(k|mm|mn|mio|m|bn|thousand|grand|million)?$/.exec(
    text.trim(),
  );
  if (!match) return null;
  const whole = match[2]!.replaceAll(',', '');
  const places = scale[match[4] ?? ''] ?? 0;
  const fraction = (match[3] ?? '').padEnd(places, '0');
  const digits = `${whole}${fraction.slice(0, places)}`.replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(places).replace(/0+$/, '');
  return digits.length > 15 || rest.length > 4 ? null : rest ? `${digits}.${rest}` : digits;
}

const isYear = (text: string): boolean => /^(?:19|20)\d\d$/.test(text);
const unitDays: Readonly<Record<string, number>> = { day: 1, week: 7 };
const AGE =
  '(?: ?(?:day|d))?(?: (?:past due|overdue|old|of age|past|late|behind|and (?:up|over|older|more|above)|or (?:more|older|over|up|above)|bucket|outstanding))*';

function takeRanges(scan: Scanner, draft: Draft): void {
  const set = (words: string, min?: number, max?: number, bucket = false): void => {
    const kind = /old(?:er)?\b|of age|aged/.test(words)
      ? 'age'
      : /past|overdue|bucket/.test(words) || bucket
        ? 'overdue'
        : 'any';
    draft.slots.days = {
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      kind,
      ...(bucket ? { bucket } : {}),
    };
  };
  scan.take(
    'days',
    /(?:between |from |in (?:the )?|at )?(\d{1,3})(?:-| to | and | - )(\d{1,3}) ?(?:day|d)(?: (?:past due|overdue|old|bucket))*|(?:the |in (?:the )?|at )*(\d{1,3})(?:-| to )(\d{1,3}) bucket/,
    (match) => {
      const [from, to] = [Number(match[1] ?? match[3]), Number(match[2] ?? match[4])];
      if (from > to) return false;
      set(match[0], from, to);
      return true;
    },
  );
  // the buckets of policy P-3 begin one day above their name: "60+" is the 61-90 and 90+ buckets
  scan.take(
    'days',
    new RegExp(`(?:the |in (?:the )?|at )?(\\d{1,3})(?:d\\+|\\+d|\\+|\\+-?d| plus)${AGE}`),
    (match) => {
      const from = Number(match[1]);
      const isBucket = [30, 60, 90, 120].includes(from);
      set(match[0], isBucket ? from + 1 : from, undefined, isBucket);
      return true;
    },
  );
  scan.take(
    'days',
    /((?:is |are |been |by |for |aged |open )*(?:more than|over|older than|longer than|greater than|beyond|above|>|at least|>=|exceeding|past)) (\d{1,3}) ?(day|d|week)((?: (?:past due|overdue|old|of age|past|late|behind|open|aged|ago))*)/,
    (match) => {
      if (/ago$/.test(match[0])) return false;
      const days = Number(match[2]) * (unitDays[match[3] === 'd' ? 'day' : match[3]!] ?? 1);
      set(match[0], /at least|>=/.test(match[1]!) ? days : days + 1);
      return true;
    },
  );
  // "over 90" without a unit: a limit of the aging buckets, not ninety of a currency
  scan.take(
    'days',
    /(?:is |are |been )*(?:over|past|beyond|more than|above|>|older than) (30|60|90|120)(?: (?:past due|overdue))?(?=$| (?:in|for|by|of|with|as|at|and|bucket|right|only|compared|_|@))/,
    (match, span) => {
      if (scan.tokens[span.to]?.by === 'currency' && scan.tokens[span.to]?.word !== 'in') return false;
      set(`${match[0]} overdue`, Number(match[1]) + 1);
      return true;
    },
  );
  scan.take(
    'days',
    /(\d{1,3}) ?(day|d|week)(?: (?:past due|overdue|old|of age))* (?:or|and) (?:more|older|over|up|above|longer)(?: (?:past due|overdue|old))?/,
    (match) => {
      set(match[0], Number(match[1]) * (unitDays[match[2] === 'd' ? 'day' : match[2]!] ?? 1));
    },
  );
  scan.take(
    'days',
    /(?:by |is |are )*(less than|under|fewer than|up to|at most|not more than|no more than|younger than|below|<) (\d{1,3}) ?(day|d|week)((?: (?:past due|overdue|old|of age|past|late))*)/,
    (match) => {
      const days = Number(match[2]) * (unitDays[match[3] === 'd' ? 'day' : match[3]!] ?? 1);
      const inclusive = /up to|most|no more|not more/.test(match[1]!);
      set(match[0], /past|overdue/.test(match[4] ?? '') ? 1 : undefined, inclusive ? days : days - 1);
    },
  );
}

export function takeAmounts(scan: Scanner, { slots }: Draft): void {
  const currencyOf = (text: string): void => {
    const sign = signs[text.trim()[0] ?? ''];
    if (sign) slots.filters.currency = [sign];
  };
  const notUnits = `(?! (?:day|week|month|quarter|year|time|customer|x|%|percent|of ${MONTH}|${MONTH}))`;
  scan.take('amount', new RegExp(`(?:between|from) (${MONEY}) (?:and|to) (${MONEY})${notUnits}`), (match) => {
    const last = match[2]!;
    const unit = /[a-z]+$/.exec(last)?.[0] ?? '';
    const first = /[a-z]$/.test(match[1]!) ? match[1]! : match[1]! + unit;
    const [min, max] = [plainAmount(first), plainAmount(last)];
    if (min === null || max === null || (isYear(min) && isYear(max))) return false;
    currencyOf(match[1]!);
    slots.money = { min, max };
    return true;
  });
  for (const [end, words] of [
    ['min', MORE],
    ['max', LESS],
  ] as const) {
    scan.take(
      'amount',
      new RegExp(
        `(?:that |which |is |are |worth |of |with |an? |the |amount |balance |open |by )*${words} (${MONEY})(?: (thousand|million|grand))?${notUnits}(?: each| open)?`,
      ),
      (match) => {
        const amount = plainAmount(`${match[1]}${match[2] ? ` ${match[2]}` : ''}`);
        if (amount === null) return false;
        currencyOf(match[1]!);
        if (/^open /.test(match[0]) && !scan.has(/payment|credit|promise|dispute|disputed/))
          slots.filters.status ??= ['open'];
        slots.money = { ...slots.money, [end]: amount };
        return true;
      },
    );
  }
  scan.take(
    'amount',
    new RegExp(`(${MONEY})(?:\\+| (?:or|and) (?:more|up|above|over))${notUnits}`),
    (match) => {
      const amount = plainAmount(match[1]!);
      if (amount === null) return false;
      currencyOf(match[1]!);
      slots.money = { min: amount };
      return true;
    },
  );
}

const superlatives: readonly [RegExp, NonNullable<Draft['slots']['superlative']>][] = [
  [/biggest|big|top|major|largest/, 'biggest'],
  [/smallest|least/, 'smallest'],
  [/oldest|earliest/, 'oldest'],
  [/newest|most recent|recent|last/, 'newest'],
  [/worst|slowest|baddest|most overdue/, 'worst'],
  [/best|fastest|promptest|quickest/, 'best'],
];

function takeLimits(scan: Scanner, { slots }: Draft): void {
  for (const [word, kind] of superlatives) {
    const source = `(?:${word.source})`;
    const use = (count: number): boolean => {
      if (count < 1 || count > 500) return false;
      slots.limit = count;
      slots.superlative ??= kind;
      return true;
    };
    scan.take(
      'limit',
      new RegExp(
        `(?:the |our |my |their |show |just )*${source} (\\d{1,3})(?! (?:day|week|month|quarter|year|time|%))(?: (?:by|in terms of) size)?`,
      ),
      (match) => use(Number(match[1])),
    );
    scan.take(
      'limit',
      new RegExp(`(?:the |our |my |their )*(\\d{1,3}) (?:of (?:our|the|my) )?${source}`),
      (match) => use(Number(match[1])),
    );
  }
  scan.take(
    'limit',
    /(?:the |only |just )*first (\d{1,3})(?! (?:day|week|month|quarter|year))|limit(?: to| of)? (\d{1,3})|(?:only|just) (\d{1,3}) (?=row|invoice|customer)|(\d{1,3}) (?=row|line|result)/,
    (match) => {
      const count = Number(match.slice(1).find(Boolean));
      if (count < 1 || count > 500) return false;
      slots.limit = count;
      return true;
    },
  );
}

/** Order matters: days before amounts, so that "over 60 days" is no money. */
export function takeQuantities(scan: Scanner, draft: Draft, _context: OfflineContext): void {
  takeRanges(scan, draft);
  takeLimits(scan, draft);
  takeAmounts(scan, draft);
}
