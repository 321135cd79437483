import { describe, expect, test } from 'vitest';
import { type BankCurrency, bankStatement } from '../../demo/bank/lines.ts';
import { keepBooks } from '../../demo/books.ts';
import { generateDemoCompany } from '../../demo/company.ts';
import { weekday } from '../../src/domain/calendar.ts';
import { parseDecimal, toDecimal } from '../../src/domain/money.ts';
import { readCsv } from './read-csv.ts';

const days = ['2026-11-24', '2026-11-28', '2027-01-04'];
const textOf = (today: string, ending: string): string => {
  const { bankStatements } = generateDemoCompany({ seed: 1, today });
  return Object.entries(bankStatements).find(([name]) => name.endsWith(ending))![1];
};
const sum = (values: readonly bigint[]): bigint => values.reduce((total, each) => total + each, 0n);

describe('bank statements of the demo', () => {
  test.each(days)(
    '%s: lines of the ledger are payments of the CSV, and some lines are of no payment yet',
    (today) => {
      const payments = readCsv(generateDemoCompany({ seed: 1, today }).files['payments.csv']);
      for (const currency of ['EUR', 'USD', 'GBP'] as BankCurrency[]) {
        const { lines, from, to } = bankStatement(keepBooks(1, today), currency, 1);
        const known = lines.filter(({ paymentId }) => paymentId !== null);
        const expected = payments.filter((row) => row.currency === currency && row.received_on! >= from);
        expect(known.map(({ paymentId }) => paymentId).sort()).toEqual(
          expected.map((row) => row.payment_id).sort(),
        );
        for (const line of known) {
          const row = payments.find(({ payment_id }) => payment_id === line.paymentId)!;
          expect([toDecimal(line.amountMinor, currency), line.bookedOn, line.text]).toEqual([
            row.amount,
            row.received_on,
            row.reference,
          ]);
        }
        expect(
          lines.filter(({ paymentId, kind }) => paymentId === null && kind === 'transfer').length,
        ).toBeGreaterThan(1);
        expect(lines.every(({ bookedOn }) => bookedOn <= to && weekday(bookedOn) < 6)).toBe(true);
        expect(new Set(lines.map(({ bankReference }) => bankReference)).size).toBe(lines.length);
      }
    },
  );

  test.each(days)('%s: the CAMT.053 closes at its opening plus the entries', (today) => {
    const xml = textOf(today, '.xml');
    const signed = (block: string): bigint => {
      const [, amount, side] = /<Amt Ccy="EUR">([\d.]+)<\/Amt><CdtDbtInd>(CRDT|DBIT)/.exec(block)!;
      return parseDecimal(amount!, 'EUR') * (side === 'CRDT' ? 1n : -1n);
    };
    const [opening, closing] = [...xml.matchAll(/<Bal>.*?<\/Bal>/g)].map(([block]) => signed(block));
    const entries = [...xml.matchAll(/<Ntry>.*?<\/Ntry>/g)].map(([block]) => signed(block));
    expect(entries.length).toBeGreaterThan(5);
    expect(opening! + sum(entries)).toBe(closing);
    expect(xml).not.toMatch(/&(?!amp;|lt;|gt;)/);
  });

  test.each(days)('%s: the BAI2 totals and record counts add up on every level', (today) => {
    const records = textOf(today, '.bai2').trimEnd().split('\n');
    let account: bigint[] = [];
    let accountRecords = 0;
    let groupRecords = 0;
    let groupTotal = 0n;
    let fileTotal = 0n;
    let groups = 0;
    let lastClosing: string | undefined;
    for (const record of records) {
      const fields = record.replace(/\/$/, '').split(',');
      groupRecords += 1;
      accountRecords += 1;
      if (fields[0] === '02') [groupRecords, groupTotal, groups] = [1, 0n, groups + 1];
      if (fields[0] === '03') {
        account = [BigInt(fields[4]!), BigInt(fields[8]!)];
        accountRecords = 1;
        if (lastClosing !== undefined) expect(fields[4]).toBe(lastClosing);
        lastClosing = fields[8];
      }
      if (fields[0] === '88' && fields[1] === '100') account.push(BigInt(fields[2]!), BigInt(fields[6]!));
      if (fields[0] === '16') account.push(BigInt(fields[2]!));
      if (fields[0] === '49') {
        expect([BigInt(fields[1]!), Number(fields[2])]).toEqual([sum(account), accountRecords]);
        groupTotal += BigInt(fields[1]!);
      }
      if (fields[0] === '98') {
        expect([BigInt(fields[1]!), Number(fields[3])]).toEqual([groupTotal, groupRecords]);
        fileTotal += groupTotal;
      }
    }
    expect(records.at(-1)).toBe(`99,${fileTotal},${groups},${records.length}/`);
  });

  test.each(days)(
    '%s: each MT940 statement opens where the one before closed, in the characters SWIFT knows',
    (today) => {
      const text = textOf(today, '.mt940');
      expect(text).toMatch(/^[A-Za-z0-9 /?:().,'+\-\r\n]*$/);
      const money = (value: string): bigint => parseDecimal(value.replace(',', '.'), 'GBP');
      const statements = text
        .trimEnd()
        .split(/\r\n-(?:\r\n|$)/)
        .filter(Boolean);
      expect(statements).toHaveLength(4);
      let last: bigint | undefined;
      for (const statement of statements) {
        const opening = money(/:60F:C\d{6}GBP([\d,]+)/.exec(statement)![1]!);
        const closing = money(/:62F:C\d{6}GBP([\d,]+)/.exec(statement)![1]!);
        const lines = [...statement.matchAll(/:61:\d{10}([CD])([\d,]+)N/g)].map(([, mark, value]) =>
          mark === 'C' ? money(value!) : -money(value!),
        );
        expect(opening + sum(lines)).toBe(closing);
        if (last !== undefined) expect(opening).toBe(last);
        last = closing;
        for (const line of statement.split('\r\n')) expect(line.length).toBeLessThanOrEqual(70);
      }
    },
  );
});
