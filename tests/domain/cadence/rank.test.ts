import { beforeAll, describe, expect, test } from 'vitest';
import { planDay } from '../../../src/domain/cadence/day-plan.ts';
import type { ChaseFacts } from '../../../src/domain/cadence/facts.ts';
import { loadHolidays } from '../../../src/domain/cadence/holidays.ts';
import { expectation, interleave, rankReasons, wouldChange } from '../../../src/domain/cadence/rank.ts';
import { anOpenInvoice, aPolicy, someFacts, TODAY } from '../../support/chase-facts.ts';

beforeAll(loadHolidays);

const late = (daysOverdue: number, habits: Partial<ChaseFacts['habits']> = {}) => {
  const invoices = [anOpenInvoice({ id: 1, daysOverdue, openMinor: 1_000_000n })];
  return expectation(someFacts({ invoices, habits }), invoices, TODAY);
};

describe('what acting is worth', () => {
  test('is amount times slip times help, in minor units', () => {
    // 10,000.00 × 30 % × 3 of 10
    expect(late(12)).toMatchObject({ gainMinor: 90_000n, slipBp: 3_000, liftBp: 3_000 });
  });

  test('grows with age, with broken promises and beyond the usual lateness, and shrinks within it', () => {
    expect([-3, 12, 40, 70, 100].map((days) => late(days).slipBp)).toEqual([
      1_500, 3_000, 5_000, 6_500, 8_000,
    ]);
    expect(late(12, { brokenPromises: 2 }).slipBp).toBe(4_400);
    expect(late(12, { paidInvoices: 9, averageDaysLate: 14 }).slipBp).toBe(2_000);
    expect(late(28, { paidInvoices: 9, averageDaysLate: 14 }).slipBp).toBe(3_000);
    expect(late(29, { paidInvoices: 9, averageDaysLate: 14 }).slipBp).toBe(4_000);
    expect(late(29, { paidInvoices: 2, averageDaysLate: 1 }).slipBp).toBe(3_000);
    expect(late(100, { brokenPromises: 9, paidInvoices: 9, averageDaysLate: 1 }).slipBp).toBe(9_500);
  });

  test('follows what acting changed before, held near the prior while little is known', () => {
    const lift = (chases: number, chasesThatWorked: number) => late(12, { chases, chasesThatWorked }).liftBp;
    expect([lift(1, 1), lift(10, 10), lift(10, 0), lift(90, 90)]).toEqual([3_636, 6_500, 1_500, 9_300]);
  });

  test('says why in words with the facts, and what would change it', () => {
    const invoices = [anOpenInvoice({ id: 1, daysOverdue: 12 })];
    const facts = someFacts({
      invoices,
      unanswered: 2,
      habits: { paidInvoices: 5, averageDaysLate: 9, brokenPromises: 1, chases: 4, chasesThatWorked: 3 },
    });
    const of = expectation(facts, invoices, TODAY);
    expect(rankReasons(facts, invoices, of)).toEqual([
      '1,000.00 USD on 1 invoice, it is 12 days overdue',
      'likely to slip further if nobody acts: 37% (1 to 30 days overdue, usually pays 9 days late, 1 broken promise)',
      'money followed within ten days after 3 of 4 earlier messages',
      '2 messages since their last reply',
    ]);
    expect(wouldChange(invoices, of)[0]).toBe(
      '2026-09-08: INV-1 is 31 to 60 days overdue then, and the account moves up',
    );
  });
});

describe('the order', () => {
  test('takes currencies in turn and converts nothing', () => {
    const items = [
      { currency: 'JPY', gain: 9_000_000 },
      ...[5, 30, 20].map((gain) => ({ currency: 'USD', gain })),
      ...[8, 40].map((gain) => ({ currency: 'EUR', gain })),
    ];
    expect(
      interleave(items, (a, b) => b.gain - a.gain).map((each) => `${each.currency} ${each.gain}`),
    ).toEqual(['USD 30', 'EUR 40', 'JPY 9000000', 'USD 20', 'EUR 8', 'USD 5']);
  });

  test('writes once to a customer that owes in two currencies', () => {
    const inCurrency = (currency: string, openMinor: bigint) =>
      someFacts({ currency, invoices: [anOpenInvoice({ id: 1, openMinor })] });
    const plan = planDay([inCurrency('EUR', 100_000n), inCurrency('USD', 900_000n)], aPolicy(), TODAY, null);
    expect(plan.items.map((each) => each.currency)).toEqual(['EUR']);
    expect(plan.waiting).toMatchObject([
      { currency: 'USD', reasons: [{ kind: 'gap' }], nextOn: '2026-08-25' },
    ]);
  });

  test('keeps an account with a draft that waits, and names the draft', () => {
    const facts = (state: 'pending' | 'snoozed') => someFacts({ liveProposal: { id: 7, state } });
    expect(planDay([facts('pending')], aPolicy(), TODAY, null).items).toMatchObject([{ proposalId: 7 }]);
    expect(planDay([facts('snoozed')], aPolicy(), TODAY, null).waiting).toMatchObject([
      { reasons: [{ kind: 'draft_waiting' }] },
    ]);
  });
});
