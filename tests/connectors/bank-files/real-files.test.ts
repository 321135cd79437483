/** Files of real banks and of other parsers' tests; they lie beside the project and are not part of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../../../src/domain/errors.ts';
import { parseDecimal } from '../../../src/domain/money.ts';
import type { BankLine } from '../../../src/ports/bank-files.ts';
import { collectFrom, type ReadFile, signed } from './collect.ts';

const folder = resolve(import.meta.dirname, '../../../../shared/data/bankfiles');
const present = existsSync(folder);
const files = present
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(sta|txt|xml|ofx)$/.test(name),
    )
  : [];
const describeReal = describe.skipIf(!present);
if (!present)
  describe('real bank files', () =>
    test.skip('are not beside the project (../shared/data/bankfiles)', () => {}));

/** Read, or refused with its reason. */
async function outcome(path: string): Promise<ReadFile | string> {
  try {
    return await collectFrom(join(folder, path));
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message;
    throw error;
  }
}

describeReal('every real file', () => {
  test.for(files)('%s is read or refused with a reason', async (path) => {
    const read = await outcome(path);
    if (typeof read === 'string') {
      expect(read.length).toBeGreaterThan(40);
      return;
    }
    expect(read.statements.length).toBeGreaterThan(0);
    for (const line of read.lines) {
      expect(line.amount).toMatch(/^\d+(\.\d+)?$/);
      expect(line.amount).toMatch(/[1-9]/);
      expect(line.bookedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect([line.payerName, line.text, line.reference].join()).not.toMatch(
        /[^\P{Cc}\n]|[\u200b-\u200f\u202a-\u202e]/u,
      );
    }
  });

  test('what is refused is a fragment, an error answer or no statement at all', async () => {
    const refused: string[] = [];
    for (const path of files) if (typeof (await outcome(path)) === 'string') refused.push(path);
    const expected =
      /cmxl\/(account_balance|available|reference|statement_)|amount_formats|missing_crlf|invalid_statement|empty_non_swift|sparkassen\.sta|parseError|wrong\.xml|bank_small|error_message|signon|401k|ameritrade/;
    expect(refused.filter((path) => !expected.test(path))).toEqual([]);
  });
});

type Json = { [key: string]: unknown };
const is = (value: unknown): value is Json => typeof value === 'object' && value !== null;
/** The value along a path of getters. */
const get = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((found, key) => (is(found) ? found[key] : undefined), value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : is(value) ? [value] : []);

/** Every text under one of the keys, anywhere below. */
function textsUnder(value: unknown, keys: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => textsUnder(each, keys));
  if (!is(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(keys.includes(key) && typeof inner === 'string' ? [inner] : []),
    ...(key === 'getRecord' ? [] : textsUnder(inner, keys)),
  ]);
}

const minorOf = (line: BankLine): bigint =>
  (line.direction === 'debit' ? -1n : 1n) * parseDecimal(line.amount, line.currency);
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The lines of each entry: as many as add up to it. */
function byEntry(lines: readonly BankLine[], amounts: readonly bigint[]): BankLine[][] {
  let at = 0;
  return amounts.map((amount) => {
    const own: BankLine[] = [];
    let sum = 0n;
    while (at < lines.length && (own.length === 0 || sum !== amount)) {
      own.push(lines[at]!);
      sum += minorOf(lines[at++]!);
    }
    expect(sum).toBe(amount);
    return own;
  });
}

describeReal('CAMT against the results of another parser', () => {
  const pairs = files.filter(
    (path) => path.endsWith('.xml') && existsSync(join(folder, path.replace(/xml$/, 'json'))),
  );

  test.for(pairs)('%s has the same amounts, days, parties and remittance', async (path) => {
    const theirs: unknown = JSON.parse(readFileSync(join(folder, path.replace(/xml$/, 'json')), 'utf8'));
    const entries = list(get(theirs, 'getEntries'));
    const read = await collectFrom(join(folder, path));
    const amounts = entries.map((entry) => BigInt(String(get(entry, 'getAmount', 'getAmount'))));
    const lines = byEntry(read.lines, amounts);
    expect(lines.flat()).toHaveLength(read.lines.length);
    entries.forEach((entry, at) => {
      const own = lines[at]!;
      for (const line of own) {
        expect(line.currency).toBe(get(entry, 'getAmount', 'getCurrency', 'getCode'));
        const booked = get(entry, 'getBookingDate', '0');
        if (typeof booked === 'string') expect(line.bookedOn).toBe(booked.slice(0, 10));
        const valued = get(entry, 'getValueDate', '0');
        expect(line.valueOn).toBe(typeof valued === 'string' ? valued.slice(0, 10) : null);
        expect(line.booked).toBe((get(entry, 'getStatus') ?? 'BOOK') === 'BOOK');
        expect(line.reversal).toBe(get(entry, 'getReversalIndicator') === true);
      }
      compareWords(entry, own);
    });
  });

  function compareWords(entry: unknown, own: readonly BankLine[]): void {
    const words = plain(
      own
        .map((line) =>
          [line.payerName, line.payerAccount, line.reference, line.endToEndId, line.text].join(' '),
        )
        .join(' '),
    );
    const details = [get(entry, 'getTransactionDetails'), get(entry, 'getTransactionDetail')];
    const written = textsUnder(details, [
      'getMessage',
      'getRef',
      'getAdditionalRemittanceInformation',
      'getEndToEndId',
    ]);
    for (const text of written.filter((each) => each !== 'NOTPROVIDED' && !each.startsWith('__')))
      expect(words).toContain(plain(text));
    const credit = get(entry, 'getCreditDebitIndicator') === 'CRDT';
    const others = textsUnderParty(
      details,
      credit ? ['Debtor', 'UltimateDebtor'] : ['Creditor', 'UltimateCreditor'],
    );
    for (const name of others) expect(words).toContain(plain(name));
  }

  /** Names of the parties of the given kinds. */
  function textsUnderParty(value: unknown, kinds: readonly string[]): string[] {
    if (Array.isArray(value)) return value.flatMap((each) => textsUnderParty(each, kinds));
    if (!is(value)) return [];
    const type = get(value, 'getRelatedPartyType');
    const kind = String(get(type, '__CLASS__') ?? '')
      .split('\\')
      .at(-1)!;
    const name = get(type, 'getName');
    const here = kinds.includes(kind) && typeof name === 'string' && name !== '' ? [name] : [];
    return [...here, ...Object.values(value).flatMap((inner) => textsUnderParty(inner, kinds))];
  }
});

/** A day of the Python results: four bytes, year, month, day. */
const pythonDay = (base64: string): string => {
  const [high = 0, low = 0, month = 0, day = 0] = Buffer.from(base64, 'base64');
  return `${high * 256 + low}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

/** Amounts and value days of the transactions in a .yml. */
const pythonResults = (yml: string): { amount: string; day: string }[] =>
  yml
    .split(/^ *- !!python\/object:mt940\.models\.Transaction$/m)
    .slice(1)
    .flatMap((block) => {
      const amount = /- '(-?[\d.]+)'/.exec(block)?.[1];
      const day = /^ +date: [\s\S]*?!!binary \|\s+(\S+)/m.exec(block)?.[1];
      return amount && day ? [{ amount, day: pythonDay(day) }] : [];
    });

/**
 * Where the other parser is wrong or looser: it takes bookings behind the end of a statement, and leaves the zero
 * amounts in, which are balances in the bank's own words.
 */
const LOOSER = /multiline|citi|sparkassen|cmxl\/statement_/;

describeReal('MT940 against the results of another parser', () => {
  const pairs = files.filter(
    (path) =>
      path.endsWith('.sta') && existsSync(join(folder, path.replace(/sta$/, 'yml'))) && !LOOSER.test(path),
  );

  test.for(pairs)('%s has the same amounts and value days', async (path) => {
    const theirs = pythonResults(readFileSync(join(folder, path.replace(/sta$/, 'yml')), 'utf8'));
    const read = await outcome(path);
    if (typeof read === 'string') {
      expect(theirs).toEqual([]);
      return;
    }
    const ours = signed(read.lines).map((amount, at) => ({
      amount: parseDecimal(amount, 'EUR'),
      day: read.lines[at]!.valueOn,
    }));
    expect(ours).toEqual(theirs.map(({ amount, day }) => ({ amount: parseDecimal(amount, 'EUR'), day })));
  });

  test('names the folder relative to the project', () => {
    expect(relative(resolve(import.meta.dirname, '../../..'), folder)).toBe('../shared/data/bankfiles');
  });
});
