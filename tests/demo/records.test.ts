import { describe, expect, test } from 'vitest';
import { generateDemoCompany } from '../../demo/company.ts';
import { groupedBy } from '../../demo/grouping.ts';
import { addDays, daysBetween } from '../../src/domain/calendar.ts';
import { readCsv } from './read-csv.ts';

const today = '2026-11-24';
const { files, records } = generateDemoCompany({ seed: 1, today });
const customers = readCsv(files['customers.csv']);
const invoices = readCsv(files['invoices.csv']);
const payments = readCsv(files['payments.csv']);
const codeOf = new Map(invoices.map((row) => [row.invoice_number, row.customer_id]));

const lastOf = (days: readonly string[]): string => [...days].sort().at(-1) ?? '';
const chasesSinceAnswer = (code: string): number => {
  const events = records.events.filter(({ customer }) => customer === code);
  const mails = records.messages.filter(({ customer }) => customer === code);
  const sent = (way: 'in' | 'out') =>
    mails.filter(({ direction }) => direction === way).map(({ sentAt }) => sentAt.slice(0, 10));
  const happened = (what: string) => events.filter(({ kind }) => kind === what).map(({ day }) => day);
  const answered = lastOf([
    ...happened('replied'),
    ...sent('in'),
    ...payments.filter((row) => row.customer_id === code).map((row) => row.received_on!),
  ]);
  return [...happened('chased'), ...sent('out')].filter((day) => day > answered).length;
};
const overdueCustomers = new Set(
  invoices.filter((row) => row.status === 'open' && row.due_on! < today).map((row) => row.customer_id!),
);

describe('records of the demo', () => {
  test('name customers and invoices that exist, and the invoice is of that customer', () => {
    const named = [
      ...records.promises.flatMap(({ customer, invoices: numbers }) =>
        numbers.map((number) => [customer, number]),
      ),
      ...[...records.disputes, ...records.holds, ...records.events].flatMap(({ customer, invoice }) =>
        invoice === null ? [] : [[customer, invoice]],
      ),
      ...records.messages.flatMap(({ customer, invoices: numbers }) =>
        numbers.map((number) => [customer, number]),
      ),
    ];
    expect(named.length).toBeGreaterThan(200);
    for (const [customer, number] of named) expect(codeOf.get(number), number).toBe(customer);
    const codes = new Set(customers.map((row) => row.customer_id));
    for (const { customer } of [...records.events, ...records.messages, ...records.holds])
      expect(codes.has(customer)).toBe(true);
  });

  test('there are fourteen promises, nine disputes and two holds', () => {
    expect([records.promises.length, records.disputes.length, records.holds.length]).toEqual([14, 9, 2]);
    expect(new Set(records.promises.flatMap((promise) => promise.invoices)).size).toBe(14);
  });

  test('events have unique keys, are in order, and none is in the future', () => {
    expect(new Set(records.events.map(({ key }) => key)).size).toBe(records.events.length);
    expect(records.events.map(({ at }) => at)).toEqual(records.events.map(({ at }) => at).sort());
    for (const { day, at } of records.events) {
      expect(day <= today).toBe(true);
      expect(at.startsWith(day)).toBe(true);
    }
  });

  test('some customers were chased four times or more without an answer, some overdue ones never', () => {
    const counts = [...overdueCustomers].map((code) => chasesSinceAnswer(code));
    expect(counts.filter((count) => count >= 4).length).toBeGreaterThanOrEqual(2);
    const chased = new Set([
      ...records.events.filter(({ kind }) => kind === 'chased').map(({ customer }) => customer),
      ...records.messages.map(({ customer }) => customer),
    ]);
    expect([...overdueCustomers].filter((code) => !chased.has(code)).length).toBeGreaterThanOrEqual(2);
  });

  test('reminders by schedule are of the last ninety days and at least four days apart', () => {
    const scheduled = records.events.filter(({ key }) => key.startsWith('chased'));
    for (const own of groupedBy(scheduled, ({ customer }) => customer).values())
      own.forEach(({ day }, index) => {
        expect(day >= addDays(today, -90)).toBe(true);
        if (index > 0) expect(daysBetween(own[index - 1]!.day, day)).toBeGreaterThanOrEqual(4);
      });
  });

  test('INV-3310 has a timeline of many kinds', () => {
    const kinds = records.events.filter(({ invoice }) => invoice === 'INV-3310').map(({ kind }) => kind);
    expect(kinds.length).toBeGreaterThanOrEqual(10);
    expect(new Set(kinds)).toEqual(
      new Set(['delivered', 'viewed', 'chased', 'replied', 'called', 'note', 'escalated']),
    );
  });
});
