import { describe, expect, test } from 'vitest';
import { keepBooks } from '../../demo/books.ts';
import { groupedBy } from '../../demo/grouping.ts';
import { type PayerKind, roster } from '../../demo/roster.ts';
import { daysBetween, endOf } from '../../src/domain/calendar.ts';

const ledger = keepBooks(1, '2026-11-24');
const plain = ledger.payments.flatMap((payment) =>
  payment.applications
    .filter(({ invoice }) => invoice.plot === null)
    .map((application) => ({ ...application, payment })),
);
const of = (kind: PayerKind) => plain.filter(({ invoice }) => invoice.customer.kind === kind);
const lateness = (kind: PayerKind): number[] =>
  of(kind)
    .map(({ invoice, on }) => daysBetween(invoice.dueOn, on))
    .sort((a, b) => a - b);
const median = (values: number[]): number => values[Math.floor(values.length / 2)]!;

describe('payer kinds', () => {
  test('every kind is there with at least four customers', () => {
    const kinds = groupedBy(roster, ({ kind }) => kind);
    expect(kinds.size).toBe(8);
    for (const [kind, members] of kinds) expect(members.length, kind).toBeGreaterThanOrEqual(4);
  });

  test('a prompt payer is never late', () => {
    expect(Math.max(...lateness('prompt'))).toBeLessThanOrEqual(0);
  });

  test('twelve days late is what it says, give or take a weekend', () => {
    const days = lateness('twelve days late');
    expect(median(days)).toBeGreaterThanOrEqual(11);
    expect(median(days)).toBeLessThanOrEqual(13);
    expect(days[0]! >= 11 && days.at(-1)! <= 15).toBe(true);
  });

  test('an end-of-month payer pays on the last working day of a month', () => {
    for (const { on } of of('end of month'))
      expect(daysBetween(on, endOf('month', on))).toBeLessThanOrEqual(2);
  });

  test('a chronic payer is more than 45 days late every time', () => {
    expect(lateness('chronic')[0]).toBeGreaterThan(45);
  });

  test('a partial payer pays most invoices in two parts', () => {
    const parts = groupedBy(of('partial'), ({ invoice }) => invoice.number);
    const twice = [...parts.values()].filter((each) => each.length === 2).length;
    expect(twice / parts.size).toBeGreaterThan(0.8);
  });

  test('a consolidated payer pays several invoices at once', () => {
    const payments = groupedBy(of('consolidated'), ({ payment }) => payment.id);
    const many = [...payments.values()].filter((each) => each.length > 1).length;
    expect(many / payments.size).toBeGreaterThan(0.4);
  });

  test('a short payer leaves one to three percent on some invoices at first', () => {
    const first = [...groupedBy(of('short payer'), ({ invoice }) => invoice.number).values()].map(
      (each) => each[0]!,
    );
    const short = first.filter(({ amountMinor, invoice }) => amountMinor < invoice.amountMinor);
    expect(short.length / first.length).toBeGreaterThan(0.25);
    for (const { amountMinor, invoice } of short)
      expect((invoice.amountMinor - amountMinor) * 100n <= invoice.amountMinor * 3n).toBe(true);
  });

  test('a first time late customer paid everything on time and has something overdue now', () => {
    expect(Math.max(...lateness('first time late'))).toBeLessThanOrEqual(0);
    for (const customer of roster.filter(({ kind }) => kind === 'first time late')) {
      const overdue = ledger.invoices.filter(
        (invoice) =>
          invoice.customer === customer &&
          invoice.dueOn < ledger.today &&
          ledger.open.get(invoice.number)! > 0n,
      );
      expect(overdue, customer.name).toHaveLength(1);
    }
  });
});
