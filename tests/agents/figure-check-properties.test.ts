import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFigures } from '../../agents/figure-check/index.ts';
import { toDecimal } from '../../src/domain/money.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const TODAY = '2031-01-31';
const currencies = ['USD', 'EUR', 'GBP', 'JPY'] as const;

const group = (whole: string, mark: string): string => whole.replace(/\B(?=(\d{3})+(?!\d))/g, mark);
const us = (text: string): string => {
  const [whole = '', fraction] = text.split('.');
  return group(whole, ',') + (fraction === undefined ? '' : `.${fraction}`);
};
const german = (text: string): string => {
  const [whole = '', fraction] = text.split('.');
  return group(whole, '.') + (fraction === undefined ? '' : `,${fraction}`);
};
const french = (text: string): string => {
  const [whole = '', fraction] = text.split('.');
  return group(whole, '\u202f') + (fraction === undefined ? '' : `,${fraction}`);
};
const symbol = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' };

const row = fc.record({
  number: fc.integer({ min: 10_000, max: 99_999 }).map((n) => `INV-${n}`),
  currency: fc.constantFrom(...currencies),
  // of seven to ten digits, so that no changed digit meets another value of the evidence by chance
  minor: fc.bigInt({ min: 1_000_000n, max: 9_999_999_999n }),
  dueOn: fc
    .tuple(
      fc.integer({ min: 2020, max: 2029 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`),
  daysOverdue: fc.integer({ min: 1, max: 400 }),
  share: fc.integer({ min: 0, max: 1000 }).map((n) => (n / 10).toFixed(1)),
});
const rows = fc.array(row, { minLength: 1, maxLength: 6 });
type Row = {
  number: string;
  currency: (typeof currencies)[number];
  minor: bigint;
  dueOn: string;
  daysOverdue: number;
  share: string;
};

const outputOf = (given: readonly Row[]) => ({
  rows: given.map(({ minor, share, ...rest }) => ({
    ...rest,
    open: toDecimal(minor, rest.currency),
    share_of_open: share,
  })),
});
const amountOf = (each: Row): string => toDecimal(each.minor, each.currency);

const formats: Record<string, (each: Row) => string> = {
  'code after': (each) => `${us(amountOf(each))} ${each.currency}`,
  'code before': (each) => `${each.currency} ${us(amountOf(each))}`,
  symbol: (each) => `${symbol[each.currency]}${us(amountOf(each))}`,
  german: (each) => `${german(amountOf(each))} ${each.currency}`,
  french: (each) => `${french(amountOf(each))} ${each.currency}`,
  plain: (each) => `${amountOf(each)} ${each.currency}`,
  bare: (each) => us(amountOf(each)),
  bold: (each) => `**${us(amountOf(each))}** ${each.currency}`,
  'table cells': (each) => `| ${us(amountOf(each))} | ${each.currency} |`,
  iso: (each) => `due ${each.dueOn}`,
  'day month year': (each) =>
    `due ${+each.dueOn.slice(8)} ${MONTHS[+each.dueOn.slice(5, 7) - 1]} ${each.dueOn.slice(0, 4)}`,
  'month day': (each) => `due ${MONTHS[+each.dueOn.slice(5, 7) - 1]!.slice(0, 3)} ${+each.dueOn.slice(8)}`,
  'us date': (each) => `due ${+each.dueOn.slice(5, 7)}/${+each.dueOn.slice(8)}/${each.dueOn.slice(0, 4)}`,
  days: (each) => `${each.daysOverdue} days overdue`,
  percent: (each) => `${each.share}% of it`,
  'spaced percent': (each) => `${each.share} % of it`,
  identifier: (each) => each.number,
};

const check = (answer: string, given: readonly Row[]) =>
  checkFigures(answer, { toolOutputs: [outputOf(given)], question: 'who owes us?', today: TODAY });

const changedDigit = (text: string, pick: number): string => {
  const places = [...text].flatMap((char, index) => (/\d/.test(char) ? [index] : []));
  const at = places[pick % places.length]!;
  const digit = (Number(text[at]) + 1 + (Math.floor(pick / 97) % 9)) % 10;
  return text.slice(0, at) + digit + text.slice(at + 1);
};

/** What would make a changed figure right by chance, said without the code under test. */
const alsoTrue = (text: string, given: readonly Row[]): boolean => {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  const values = given.flatMap((each) => [
    each.minor.toString(),
    amountOf(each).replace(/\D/g, '').replace(/^0+/, ''),
    each.number.slice(4),
    String(each.daysOverdue),
    each.share.replace('.', '').replace(/^0+/, ''),
  ]);
  const days = [TODAY, ...given.map((each) => each.dueOn)];
  const monthDays = days.flatMap((day) => [
    `${MONTHS[+day.slice(5, 7) - 1]!.slice(0, 3)} ${+day.slice(8)}`,
    day,
    `${+day.slice(8)} ${MONTHS[+day.slice(5, 7) - 1]} ${day.slice(0, 4)}`,
    `${+day.slice(5, 7)}/${+day.slice(8)}/${day.slice(0, 4)}`,
    `${+day.slice(8)}/${+day.slice(5, 7)}/${day.slice(0, 4)}`,
  ]);
  const written = text
    .replace(/^due /, '')
    .replace(/(?<=[ /])0(?=\d)/g, '')
    .replace(/^0/, '');
  return (
    values.includes(digits) || monthDays.includes(written) || monthDays.includes(text.replace(/^due /, ''))
  );
};

describe('figure check, by property', () => {
  test('an answer made of evidence values in any format passes', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...Object.keys(formats))), {
          minLength: 1,
          maxLength: 8,
        }),
        (given, picks) => {
          const answer = picks
            .map(([pick, format]) => formats[format]!(given[pick % given.length]!))
            .join('; ');
          expect(check(answer, given).unsupported, answer).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('one changed digit fails, unless the changed figure is itself in the evidence', () => {
    fc.assert(
      fc.property(
        rows,
        fc.nat(),
        fc.constantFrom(...Object.keys(formats)),
        fc.nat(),
        (given, pick, format, place) => {
          const changed = changedDigit(formats[format]!(given[pick % given.length]!), place);
          fc.pre(!alsoTrue(changed, given));
          expect(check(changed, given).ok, changed).toBe(false);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  test('a short form passes exactly when a value of that currency rounds to it', () => {
    fc.assert(
      fc.property(
        rows,
        fc.nat(),
        fc.integer({ min: -2, max: 2 }),
        fc.constantFrom(3, 6),
        (given, pick, shift, power) => {
          const each = given[pick % given.length]!;
          const digits = each.currency === 'JPY' ? 0 : 2;
          // one decimal of the short form, in minor units
          const step = 10n ** BigInt(power - 1 + digits);
          const short = (each.minor + step / 2n) / step + BigInt(shift);
          fc.pre(short > 0n);
          const text = `${symbol[each.currency]}${short / 10n}.${short % 10n}${power === 3 ? 'k' : 'm'}`;
          const right = given.some((other) => {
            const off = other.minor - short * step;
            return other.currency === each.currency && (off < 0n ? -off : off) * 2n <= step;
          });
          expect(check(text, given).ok, text).toBe(right);
        },
      ),
      { numRuns: 600 },
    );
  });

  test('an amount of one currency never passes in another', () => {
    fc.assert(
      fc.property(rows, fc.nat(), fc.constantFrom(...currencies), (given, pick, currency) => {
        const each = given[pick % given.length]!;
        fc.pre(
          !given.some(
            (other) =>
              other.currency === currency &&
              amountOf(other).replace('.00', '') === amountOf(each).replace('.00', ''),
          ),
        );
        expect(check(`${us(amountOf(each))} ${currency}`, given).ok).toBe(false);
      }),
    );
  });

  test('sums and differences of evidence values fail', () => {
    fc.assert(
      fc.property(row, row, (a, b) => {
        const given = [
          { ...a, currency: 'USD' as const },
          { ...b, currency: 'USD' as const },
        ];
        const [x, y] = [a.minor, b.minor];
        for (const minor of [x + y, x > y ? x - y : y - x]) {
          fc.pre(minor !== x && minor !== y && minor > 100_000n);
          expect(check(`${us(toDecimal(minor, 'USD'))} USD`, given).ok).toBe(false);
        }
      }),
    );
  });

  test('any text at all is checked without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.anything(), (answer, output) => {
        const { ok, unsupported } = checkFigures(answer, {
          toolOutputs: [output],
          question: answer.slice(9),
          today: TODAY,
        });
        expect(ok).toBe(unsupported.length === 0);
      }),
      { numRuns: 500 },
    );
  });
});
