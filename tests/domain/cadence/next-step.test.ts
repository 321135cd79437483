import { beforeAll, describe, expect, test } from 'vitest';
import type { ChaseFacts } from '../../../src/domain/cadence/facts.ts';
import { loadHolidays } from '../../../src/domain/cadence/holidays.ts';
import { nextStep } from '../../../src/domain/cadence/next-step.ts';
import { addDays } from '../../../src/domain/calendar.ts';
import {
  aChase,
  aChaseContact,
  anOpenInvoice,
  anOpenPromise,
  aPolicy,
  someFacts,
  TODAY,
} from '../../support/chase-facts.ts';

beforeAll(loadHolidays);

const decide = (facts: ChaseFacts, policy = aPolicy(), today = TODAY) => nextStep(facts, policy, today);

/** The id of the step; for one that waits the kinds of its reasons. */
const outcome = (facts: ChaseFacts, policy = aPolicy(), today = TODAY): string | string[] => {
  const decision = decide(facts, policy, today);
  return decision.act === 'chase' ? decision.step.id : decision.reasons.map((each) => each.kind);
};
const late = (daysOverdue: number, over: Partial<ChaseFacts> = {}) =>
  someFacts({ invoices: [anOpenInvoice({ id: 1, daysOverdue })], ...over });

describe('the ladder', () => {
  test('takes the latest step reached and makes up for none that was skipped', () => {
    expect(outcome(late(3))).toBe('first');
    expect(outcome(late(12))).toBe('second');
    expect(outcome(late(34))).toBe('third');
  });

  test('waits for the day of the first step and names it', () => {
    const decision = decide(late(1));
    expect(decision).toMatchObject({ act: 'wait', nextOn: '2026-08-24' }); // 22 August is a Saturday
    expect(decision.act === 'wait' && decision.reasons[0]).toMatchObject({
      kind: 'no_step_due',
      untilOn: '2026-08-22',
    });
  });

  test('does not repeat a step for the same oldest invoice', () => {
    expect(outcome(late(12, { chases: [aChase(6, { stepId: 'first' })] }))).toBe('second');
    expect(outcome(late(17, { chases: [aChase(6, { stepId: 'second' })] }))).toEqual(['no_step_due']);
  });

  test('counts a message that names no step as the reminder of its day', () => {
    expect(outcome(late(17, { chases: [aChase(7)] }))).toEqual(['no_step_due']);
    expect(outcome(late(21, { chases: [aChase(7)] }))).toBe('third');
  });

  test('does not count a message that was about an older invoice which is paid since', () => {
    const about = (invoiceIds: number[] | null) =>
      late(12, { chases: [aChase(6, { stepId: 'final', invoiceIds })] });
    expect(outcome(about([99]))).toBe('second');
    // not known what it was about: the invoice was 6 days late then, so it was its first step
    expect(outcome(about(null))).toBe('second');
  });

  test('does not count a message about another currency', () => {
    expect(outcome(late(17, { chases: [aChase(6, { stepId: 'second', currency: 'EUR' })] }))).toBe('second');
  });

  test('sends no final notice and hands nothing over before one earlier message about the invoice', () => {
    expect(outcome(late(120))).toBe('third');
    const once = { chases: [aChase(10, { stepId: 'third' })] };
    expect(outcome(late(120, once))).toBe('final');
  });

  test('takes final notice and hand-overs one by one', () => {
    const chases = [aChase(8, { stepId: 'final' }), aChase(20, { stepId: 'third' })];
    expect(outcome(late(120, { chases }))).toBe('to-sales');
    const tasksMade = [{ on: addDays(TODAY, -6), stepId: 'to-sales', currency: 'USD' }];
    expect(outcome(late(120, { chases, tasksMade }))).toBe('to-legal');
    const both = [{ on: addDays(TODAY, -6), stepId: 'to-legal', currency: 'USD' }, ...tasksMade];
    expect(outcome(late(120, { chases, tasksMade: both }))).toEqual(['no_step_due']);
  });

  test('does not ask for a call twice', () => {
    const chases = [aChase(18, { stepId: 'third' })];
    expect(outcome(late(40, { chases }))).toBe('call');
    const tasksMade = [{ on: addDays(TODAY, -5), stepId: 'call', currency: 'USD' }];
    expect(outcome(late(40, { chases, tasksMade }))).toEqual(['no_step_due']);
  });

  test('reminds large accounts before the due day, and never with that letter after it', () => {
    const enterprise = (daysOverdue: number) =>
      someFacts({
        customer: { segment: 'Enterprise' },
        invoices: [anOpenInvoice({ id: 1, daysOverdue })],
      });
    expect(outcome(enterprise(-4))).toBe('before-due');
    expect(outcome(enterprise(-6))).toEqual(['no_step_due']);
    expect(outcome(enterprise(3))).toEqual(['no_step_due']);
    expect(outcome(enterprise(5))).toBe('first');
  });

  test('knows a segment in any case, and takes the default for one it does not know', () => {
    const of = (segment: string | null) => outcome(someFacts({ customer: { segment } }));
    expect([of('ENTERPRISE'), of('constructor'), of(null)]).toEqual(['second', 'second', 'second']);
    expect(outcome(late(36, { chases: [aChase(16)] }))).toBe('call');
    expect(
      outcome(
        someFacts({
          customer: { segment: 'smb' },
          invoices: [anOpenInvoice({ id: 1, daysOverdue: 36 })],
          chases: [aChase(16)],
        }),
      ),
    ).toBe('final');
  });
});

describe('one message', () => {
  test('is about all overdue invoices, by the step of the oldest', () => {
    const decision = decide(
      someFacts({
        invoices: [
          anOpenInvoice({ id: 3, daysOverdue: -10 }),
          anOpenInvoice({ id: 2, daysOverdue: 1 }),
          anOpenInvoice({ id: 1, daysOverdue: 12 }),
        ],
      }),
    );
    expect(decision).toMatchObject({ act: 'chase', step: { id: 'second' } });
    expect(decision.act === 'chase' && decision.invoices.map((each) => each.id)).toEqual([1, 2]);
  });

  test('leaves a disputed invoice out and follows the oldest of the others', () => {
    const decision = decide(
      someFacts({
        invoices: [
          anOpenInvoice({ id: 1, daysOverdue: 40, disputed: 'price' }),
          anOpenInvoice({ id: 2, daysOverdue: 4 }),
        ],
      }),
    );
    expect(decision).toMatchObject({
      act: 'chase',
      step: { id: 'first' },
      leftOut: [{ invoice: { id: 1 }, reason: { kind: 'disputed', text: 'disputed: price' } }],
    });
  });

  test('goes to the primary contact, else to who pays bills, else to anybody with an address', () => {
    const to = (...contacts: ReturnType<typeof aChaseContact>[]) => {
      const decision = decide(someFacts({ contacts }));
      return decision.act === 'chase' && decision.to.map((each) => each.email);
    };
    const primary = aChaseContact({ email: 'main@c.test', role: 'CFO' });
    const payer = aChaseContact({ id: 2, email: 'ap@c.test', role: 'AP shared mailbox', isPrimary: false });
    const approver = aChaseContact({ id: 3, email: 'boss@c.test', role: 'Approver', isPrimary: false });
    expect(to(approver, payer, primary)).toEqual(['main@c.test']);
    expect(to(approver, payer, { ...primary, bouncedOn: TODAY })).toEqual(['ap@c.test']);
    // who asked for silence is not got around by writing to a colleague
    expect(to(approver, payer, { ...primary, optedOutOn: TODAY })).toBe(false);
    expect(to(approver)).toEqual(['boss@c.test']);
  });
});

describe('promises', () => {
  const two = [anOpenInvoice({ id: 1, daysOverdue: 30 }), anOpenInvoice({ id: 2, daysOverdue: 11 })];

  test('that name invoices stop those until their last day has passed', () => {
    const promise = anOpenPromise({ invoiceIds: [1], payOn: '2026-08-25' });
    const facts = someFacts({ invoices: two, promises: [promise] });
    expect(decide(facts)).toMatchObject({
      act: 'chase',
      invoices: [{ id: 2 }],
      leftOut: [{ invoice: { id: 1 }, reason: { kind: 'promise_open', untilOn: '2026-08-29' } }],
    });
    expect(outcome(facts, aPolicy(), '2026-08-28')).toBe('second');
  });

  test('that name none stop the oldest invoices that they reach, also one reached in part', () => {
    const stopped = (amountMinor: bigint, receivedMinor = 0n) => {
      const promises = [anOpenPromise({ amountMinor, receivedMinor })];
      const { leftOut } = decide(someFacts({ invoices: two, promises }));
      return leftOut.map((each) => each.invoice.id);
    };
    expect(stopped(50_000n)).toEqual([1]);
    expect(stopped(100_000n)).toEqual([1]);
    expect(stopped(100_001n)).toEqual([1, 2]);
    expect(stopped(150_000n, 60_000n)).toEqual([1]);
  });

  test('that name none do not stop an invoice that came later or is disputed anyway', () => {
    const later = anOpenInvoice({ id: 3, daysOverdue: 4, issuedOn: addDays(TODAY, -2) });
    const disputed = anOpenInvoice({ id: 2, daysOverdue: 50, disputed: 'price' });
    const facts = someFacts({ invoices: [disputed, two[0]!, later], promises: [anOpenPromise()] });
    expect(decide(facts)).toMatchObject({ act: 'chase', invoices: [{ id: 3 }] });
  });

  test('that were broken are what the next letter is about, once', () => {
    const broken = anOpenPromise({ state: 'broken', payOn: '2026-08-10', madeOn: '2026-08-01' });
    const facts = (chases: ChaseFacts['chases']) => late(40, { promises: [broken], chases });
    expect(decide(facts([]))).toMatchObject({ step: { letter: 'broken_promise' }, broken: { id: 1 } });
    expect(outcome(facts([aChase(20, { stepId: 'third' })]))).toBe('broken-promise');
    expect(outcome(facts([aChase(5, { stepId: 'broken-promise' })]))).toBe('call');
  });

  test('count as broken on a later day when nothing came by then', () => {
    const facts = late(40, { promises: [anOpenPromise({ payOn: '2026-08-21' })] });
    expect(outcome(facts)).toEqual(['promise_open']);
    expect(outcome(facts, aPolicy(), '2026-08-24')).toEqual(['promise_open']);
    expect(outcome(facts, aPolicy(), '2026-08-25')).toBe('broken-promise');
  });

  test('that were kept or withdrawn stop nothing and bring no letter', () => {
    for (const state of ['kept', 'withdrawn'] as const)
      expect(
        outcome(
          late(12, { promises: [anOpenPromise({ state, payOn: '2026-08-10', madeOn: '2026-08-01' })] }),
        ),
      ).toBe('second');
  });
});

describe('the account owner', () => {
  const inVain = [6, 12, 18, 24, 30].map((days) => aChase(days));

  test('is asked to step in after so many messages without reply or money, once', () => {
    const facts = late(60, { chases: inVain, unanswered: 5 });
    expect(decide(facts)).toMatchObject({
      step: { id: 'ask-owner', channel: 'hand_over', handOverTo: 'owner' },
    });
    const tasksMade = [{ on: addDays(TODAY, -5), stepId: 'ask-owner', currency: 'USD' }];
    expect(outcome({ ...facts, tasksMade })).toBe('final');
  });

  test('is not asked when money came in between', () => {
    expect(outcome(late(60, { chases: inVain, unanswered: 5, lastPaymentOn: addDays(TODAY, -10) }))).toBe(
      'final',
    );
  });
});
