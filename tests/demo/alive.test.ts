/** Whatever the day is, the demo answers the questions people ask first. */
import { describe, expect, test } from 'vitest';
import { keepBooks } from '../../demo/books.ts';
import { disputeRecords } from '../../demo/disputes.ts';
import type { DemoLedger } from '../../demo/ledger.ts';
import { type DemoPromise, promiseRecords } from '../../demo/promises.ts';
import { addDays, type Day, daysBetween, startOf, weekday } from '../../src/domain/calendar.ts';
import { parseDecimal } from '../../src/domain/money.ts';

/** Clearing days of policy P-6, written down again. */
const clearing = { card: 0, wire: 2, cheque: 14, ach: 3, other: 3 } as const;
const deadlineOf = ({ payOn, method }: DemoPromise): Day => addDays(payOn, 1 + clearing[method ?? 'other']);

function receivedOn(ledger: DemoLedger, promise: DemoPromise): bigint {
  return ledger.payments
    .flatMap(({ applications }) => applications)
    .filter(({ invoice, on }) => promise.invoices.includes(invoice.number) && on >= promise.madeOn)
    .filter(({ on }) => on <= deadlineOf(promise))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function stateOf(ledger: DemoLedger, promise: DemoPromise): 'kept' | 'open' | 'partly kept' | 'broken' {
  const received = receivedOn(ledger, promise);
  if (received >= parseDecimal(promise.amount, promise.currency)) return 'kept';
  if (ledger.today <= deadlineOf(promise)) return 'open';
  return received > 0n ? 'partly kept' : 'broken';
}

const openOf = (ledger: DemoLedger) =>
  ledger.invoices.filter(({ number }) => (ledger.open.get(number) ?? 0n) > 0n);

function lastFriday(today: Day): Day {
  const back = (weekday(today) + 2) % 7;
  return addDays(today, -(back === 0 ? 7 : back));
}

function checkPromises(ledger: DemoLedger): void {
  const { today } = ledger;
  const promises = promiseRecords(ledger).map((each) => ({ ...each, state: stateOf(ledger, each) }));
  const weekStart = startOf('week', today);
  const dueThisWeek = promises.filter(
    ({ payOn, state }) => payOn >= weekStart && payOn <= addDays(weekStart, 6) && state === 'open',
  );
  expect(dueThisWeek.length, `promised this week, ${today}`).toBe(3);
  expect(
    promises.filter(({ payOn, state }) => payOn > addDays(weekStart, 6) && state === 'open').length,
  ).toBe(2);
  const broken = promises.filter(
    ({ payOn, state }) => payOn >= startOf('month', today) && state === 'broken',
  );
  if (+today.slice(8) >= 3) expect(broken.length, `broken this month, ${today}`).toBeGreaterThanOrEqual(1);
  expect(promises.filter(({ state }) => state === 'kept').length, `kept, ${today}`).toBe(3);
  expect(promises.filter(({ state }) => state === 'partly kept').length).toBe(1);
  expect(promises.filter(({ state }) => state === 'broken').length).toBeGreaterThanOrEqual(5);
  for (const { madeOn, payOn, invoices } of promises) {
    const invoice = ledger.invoices.find(({ number }) => number === invoices[0])!;
    expect(madeOn <= payOn && madeOn <= today && madeOn >= invoice.issuedOn, `${invoices} ${today}`).toBe(
      true,
    );
  }
}

function checkInvoices(ledger: DemoLedger): void {
  const { today } = ledger;
  const open = openOf(ledger);
  const since = open.filter(({ dueOn }) => dueOn >= lastFriday(today) && dueOn < today);
  expect(since.length, `overdue since Friday, ${today}`).toBeGreaterThanOrEqual(1);
  for (const days of [1, 2, 3, 5])
    expect(
      open.some(({ dueOn }) => dueOn === addDays(today, -days)),
      `due ${days} days before ${today}`,
    ).toBe(true);
  const monday = addDays(startOf('week', today), 7);
  expect(open.some(({ dueOn }) => dueOn >= monday && dueOn <= addDays(monday, 6))).toBe(true);
  const overdue = open.map(({ dueOn }) => daysBetween(dueOn, today));
  for (const [from, to] of [
    [-60, 0],
    [1, 30],
    [31, 60],
    [61, 90],
    [91, 999],
  ] as const)
    expect(
      overdue.filter((days) => days >= from && days <= to).length,
      `${from}-${to}`,
    ).toBeGreaterThanOrEqual(3);
  for (const name of ['Acme Corporation', 'Acme GmbH', 'Acme UK Ltd', 'Initech', 'Northwind Traders'])
    expect(open.filter(({ customer }) => customer.name === name).length, name).toBeGreaterThanOrEqual(2);
  expect(
    open.some(({ customer, dueOn }) => customer.name === 'Pied Piper' && dueOn < today),
    `Pied Piper is past due, ${today}`,
  ).toBe(true);
  const emeaOld = open.filter(({ currency, dueOn }) => currency === 'EUR' && daysBetween(dueOn, today) > 60);
  expect(emeaOld.length).toBeGreaterThanOrEqual(2);
}

function checkStory(ledger: DemoLedger): void {
  const { today } = ledger;
  const globex = ledger.invoices.find(({ number }) => number === 'INV-20418')!;
  expect(globex.customer.name).toBe('Globex Corporation');
  expect(daysBetween(globex.issuedOn, today)).toBeLessThan(60);
  const stillOpen = ledger.open.get('INV-20418')!;
  expect(stillOpen > 0n && stillOpen < globex.amountMinor).toBe(true);
  const disputes = disputeRecords(ledger);
  expect(disputes.some(({ invoice }) => invoice === 'INV-3310')).toBe(true);
  for (const dispute of disputes) {
    const invoice = ledger.invoices.find(({ number }) => number === dispute.invoice)!;
    const amount = parseDecimal(dispute.amount, invoice.currency);
    expect(amount > 0n && amount <= ledger.open.get(invoice.number)!).toBe(true);
    expect(dispute.openedOn >= invoice.issuedOn && dispute.openedOn <= today).toBe(true);
  }
  expect(
    disputes.filter(({ openedOn, owner }) => daysBetween(openedOn, today) > 15 && owner !== null).length,
  ).toBeGreaterThanOrEqual(4);
  const newest = ledger.payments.at(-1)!.receivedOn;
  expect(daysBetween(newest, today), `last payment, ${today}`).toBeLessThanOrEqual(4);
  for (const { number } of ledger.invoices) expect(ledger.open.get(number)! >= 0n, number).toBe(true);
}

describe('the demo is alive on 400 consecutive days', () => {
  test.each([0, 100, 200, 300])(
    'a hundred days from day %i',
    (first) => {
      for (let index = first; index < first + 100; index += 1) {
        const ledger = keepBooks(7, addDays('2026-11-20', index));
        checkPromises(ledger);
        checkInvoices(ledger);
        checkStory(ledger);
      }
    },
    90_000,
  );

  test('on a leap day and at other seeds too', () => {
    for (const [seed, today] of [
      [7, '2028-02-29'],
      [1, '2026-12-31'],
      [42, '2027-01-01'],
    ] as const) {
      const ledger = keepBooks(seed, today);
      checkPromises(ledger);
      checkInvoices(ledger);
      checkStory(ledger);
    }
  });
});
