/** Whatever a statement holds, it is read back as it was written; and a file that is cut off never passes as whole. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../../../src/domain/errors.ts';
import { collect, type ReadFile, signed } from './collect.ts';
import {
  closingOf,
  csvStyle,
  dayOf,
  decimal,
  type Sheet,
  sheet,
  writeBai2,
  writeCamt,
  writeCsv,
  writeMt940,
  writeOfx,
} from './random-statement.ts';

const CURRENCIES: [string, number][] = [
  ['EUR', 2],
  ['USD', 2],
  ['JPY', 0],
  ['KWD', 3],
];
const sheets = sheet(CURRENCIES);
const runs = { numRuns: 60 };

function expectLines(read: ReadFile, of: Sheet, withDays = true): void {
  expect(read.problems).toEqual([]);
  expect(read.statements).toHaveLength(1);
  const [statement] = read.statements;
  expect(signed(statement!.lines)).toEqual(of.bookings.map(({ minor }) => decimal(minor, of.digits)));
  expect(statement!.lines.map(({ ordinal }) => ordinal)).toEqual(of.bookings.map((_, at) => at + 1));
  expect(statement!.closingBalance).toBe(decimal(closingOf(of), of.digits));
  if (withDays)
    expect(statement!.lines.map(({ bookedOn }) => bookedOn)).toEqual(
      of.bookings.map(({ after }) => dayOf(of, after)),
    );
  of.bookings.forEach(({ words, name }, at) => {
    const line = statement!.lines[at]!;
    expect([line.payerName, ...line.text.split('\n')]).toEqual(expect.arrayContaining([words, name]));
  });
}

function expectBalances(read: ReadFile, of: Sheet): void {
  expect(read.statements[0]).toMatchObject({
    openingBalance: decimal(of.opening, of.digits),
    difference: decimal(0n, of.digits),
    warnings: [],
  });
}

describe('read back as written', () => {
  test('MT940', () =>
    fc.assert(
      fc.asyncProperty(sheets, async (of) => {
        const read = await collect(writeMt940(of));
        expectLines(read, of);
        expectBalances(read, of);
      }),
      runs,
    ));

  test('BAI2', () =>
    fc.assert(
      fc.asyncProperty(sheets, async (of) => {
        const read = await collect(writeBai2(of));
        expectLines(read, of, false);
        expectBalances(read, of);
      }),
      runs,
    ));

  test('CAMT, with and without a prefix', () =>
    fc.assert(
      fc.asyncProperty(sheets, fc.constantFrom('', 'ns2:'), async (of, prefix) => {
        const read = await collect(writeCamt(of, prefix));
        expectLines(read, of);
        expectBalances(read, of);
      }),
      runs,
    ));

  test('OFX as SGML and as XML', () =>
    fc.assert(
      fc.asyncProperty(sheets, fc.constantFrom('sgml' as const, 'xml' as const), async (of, kind) => {
        const read = await collect(writeOfx(of, kind));
        expectLines(read, of);
        expect(read.statements[0]).toMatchObject({ openingBalance: null, difference: null, warnings: [] });
      }),
      runs,
    ));

  test('CSV in every order, mark and way to say debit', () =>
    fc.assert(
      fc.asyncProperty(sheet(CURRENCIES.slice(0, 2)), csvStyle, async (of, style) => {
        // two bookings prove the order of a running balance only where their sums differ
        fc.pre(of.bookings.length >= 3);
        const read = await collect(writeCsv(of, style));
        const inOrder = style.newestFirst ? { ...of, bookings: of.bookings.toReversed() } : of;
        expectLines(read, inOrder);
        expect(read.statements[0]!.openingBalance).toBe(decimal(of.opening, of.digits));
      }),
      runs,
    ));
});

/** True when it passes as a whole statement that adds up. */
async function passes(text: string): Promise<{ silent: boolean; lines: number }> {
  try {
    const read = await collect(text);
    const whole =
      read.problems.length === 0 &&
      read.statements.every(({ difference }) => difference !== null && /^0(\.0+)?$/.test(difference));
    return { silent: whole, lines: read.lines.length };
  } catch (error) {
    if (error instanceof InvalidInputError) return { silent: false, lines: 0 };
    throw error;
  }
}

const writers: [string, (of: Sheet) => string][] = [
  ['MT940', writeMt940],
  ['BAI2', writeBai2],
  ['CAMT', writeCamt],
  ['OFX', (of) => writeOfx(of, 'sgml')],
  ['OFX 2', (of) => writeOfx(of, 'xml')],
  ['CSV', (of) => writeCsv(of, { delimiter: ';', mark: ',', columns: 'signed', newestFirst: false })],
  [
    'CSV, newest first',
    (of) => writeCsv(of, { delimiter: ',', mark: '.', columns: 'sides', newestFirst: true }),
  ],
];

describe('cut off', () => {
  test.for(writers)('%s at any byte never passes as whole with fewer lines', ([, write]) =>
    fc.assert(
      fc.asyncProperty(
        sheet(CURRENCIES, 4),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (of, share) => {
          const text = write(of);
          const cut = text.slice(0, Math.floor(text.length * share));
          const { silent, lines } = await passes(cut);
          expect(silent && lines < of.bookings.length).toBe(false);
        },
      ),
      { numRuns: 150 },
    ),
  );

  test.for(writers)('%s at every byte of one file', async ([, write]) => {
    const [of] = fc.sample(sheet([['USD', 2]], 3), { numRuns: 1, seed: 7 });
    const text = write(of!);
    const wrong: number[] = [];
    for (let at = 0; at < text.length; at++) {
      const { silent, lines } = await passes(text.slice(0, at));
      if (silent && lines < of!.bookings.length) wrong.push(at);
    }
    expect(wrong).toEqual([]);
  });
});
