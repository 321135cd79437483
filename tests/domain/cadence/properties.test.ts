import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ChaseFacts, ChaseInvoice, ChasePromise } from '../../../src/domain/cadence/facts.ts';
import { loadHolidays } from '../../../src/domain/cadence/holidays.ts';
import { nextStep } from '../../../src/domain/cadence/next-step.ts';
import { stopsFor } from '../../../src/domain/cadence/stops.ts';
import { addDays, daysBetween } from '../../../src/domain/calendar.ts';
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

const policy = aPolicy();
const rarely = <T>(value: T) => fc.option(fc.constant(value), { freq: 4, nil: null });
const hold = fc
  .option(fc.integer({ min: -3, max: 20 }), { nil: null })
  .map((days) => ({ id: 1, reason: 'talks', untilOn: days === null ? null : addDays(TODAY, days) }));

const invoice = (id: number): fc.Arbitrary<ChaseInvoice> =>
  fc
    .record({
      daysOverdue: fc.integer({ min: -20, max: 120 }),
      openMinor: fc.bigInt({ min: 1n, max: 200_000n }),
      disputed: rarely('price'),
      hold: fc.option(hold, { freq: 4, nil: null }),
    })
    .map((over) => anOpenInvoice({ id, ...over }));

const promise: fc.Arbitrary<ChasePromise> = fc
  .record({
    payOn: fc.integer({ min: -60, max: 20 }).map((days) => addDays(TODAY, days)),
    amountMinor: fc.bigInt({ min: 1n, max: 300_000n }),
    invoiceIds: fc.subarray([1, 2, 3]),
  })
  .map((over) => {
    const made = anOpenPromise({ ...over, madeOn: addDays(over.payOn, -12) });
    return { ...made, state: made.deadline < TODAY ? ('broken' as const) : ('open' as const) };
  });

const facts: fc.Arbitrary<ChaseFacts> = fc
  .record({
    invoices: fc.tuple(invoice(1), invoice(2), invoice(3)),
    promises: fc.array(promise, { maxLength: 2 }),
    hold: fc.option(hold, { freq: 6, nil: null }),
    optedOut: fc.boolean(),
    contacts: fc.constantFrom(1, 2),
    chases: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }),
    steps: fc.constantFrom(null, 'first', 'third', 'final'),
    replyWaitingSince: rarely('2026-08-18T10:00:00Z'),
    unappliedMinor: fc.constantFrom(0n, 0n, 50_000n, 150_000n),
    lastPaymentOn: fc.option(fc.integer({ min: 0, max: 30 }).map((days) => addDays(TODAY, -days))),
  })
  .map(({ optedOut, contacts, chases, steps, ...over }) =>
    someFacts({
      ...over,
      contacts: Array.from({ length: contacts }, (_, at) =>
        aChaseContact({ id: at + 1, isPrimary: at === 0, optedOutOn: optedOut && at === 0 ? TODAY : null }),
      ),
      chases: chases.sort((a, b) => a - b).map((days) => aChase(days, { stepId: steps })),
      unanswered: chases.length,
    }),
  );
const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays(TODAY, days));

describe('whatever is known of a customer', () => {
  test('no invoice that is disputed, held or promised is in a message, and nothing that is not due', () => {
    fc.assert(
      fc.property(facts, day, (known, today) => {
        const decision = nextStep(known, policy, today);
        const inIt = decision.act === 'chase' ? decision.invoices : [];
        for (const each of inIt) {
          expect(each.disputed).toBeNull();
          expect(each.hold === null || (each.hold.untilOn ?? '9999') < today).toBe(true);
          expect(each.dueOn < today || daysBetween(today, each.dueOn) <= 5).toBe(true);
          const promised = known.promises.filter(
            (one) => one.invoiceIds.includes(each.id) && today <= one.deadline && one.state === 'open',
          );
          expect(promised).toEqual([]);
        }
        const free = known.promises.filter(
          (one) => one.invoiceIds.length === 0 && one.state === 'open' && today <= one.deadline,
        );
        // a promise about no invoice in particular never leaves the whole of what it covers in the message
        const dueBefore = known.invoices.filter((each) => free.some((one) => each.issuedOn <= one.madeOn));
        if (free.length > 0 && dueBefore.length === 3) expect(inIt.length).toBeLessThan(3);
      }),
      { numRuns: 3_000 },
    );
  });

  test('a step comes only to who can be written to, is not held, and waits for no answer', () => {
    fc.assert(
      fc.property(facts, day, (known, today) => {
        const decision = nextStep(known, policy, today);
        if (decision.act === 'wait') {
          expect(decision.reasons.length).toBeGreaterThan(0);
          if (decision.nextOn !== null) expect(decision.nextOn >= today).toBe(true);
          return;
        }
        expect(known.replyWaitingSince).toBeNull();
        expect(known.hold === null || (known.hold.untilOn ?? '9999') < today).toBe(true);
        if (decision.step.channel === 'email') expect(decision.to.length).toBeGreaterThan(0);
        for (const each of decision.to) expect([each.optedOutOn, each.bouncedOn]).toEqual([null, null]);
        for (const each of known.chases) {
          const gap = daysBetween(each.on, today);
          expect(gap >= policy.minGapDays).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('the same facts give the same step, in whatever order they come', () => {
    fc.assert(
      fc.property(facts, day, (known, today) => {
        const turned = {
          ...known,
          invoices: [...known.invoices].reverse(),
          chases: [...known.chases].reverse(),
        };
        expect(nextStep(turned, policy, today)).toEqual(nextStep(known, policy, today));
      }),
      { numRuns: 500 },
    );
  });

  test('what the cadence picks is stopped by nothing when it is looked at again', () => {
    fc.assert(
      fc.property(facts, day, (known, today) => {
        const decision = nextStep(known, policy, today);
        if (decision.act === 'wait' || decision.step.channel !== 'email') return;
        const invoices = decision.invoices.map((each) => each.id);
        const { letter } = decision.step;
        expect(stopsFor(known, { today, policy, invoices, letter, asked: false })).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('followed day by day it never takes two steps inside the gap, and no step twice', () => {
    fc.assert(
      fc.property(facts, (known) => {
        let now: ChaseFacts = { ...known, promises: [], unappliedMinor: 0n };
        const taken: { on: string; id: string }[] = [];
        for (let at = 0; at < 120; at++) {
          const today = addDays(TODAY, at);
          const decision = nextStep(now, policy, today);
          if (decision.act === 'wait') continue;
          const last = taken.at(-1);
          if (last) expect(daysBetween(last.on, today)).toBeGreaterThanOrEqual(policy.minGapDays);
          const id = `${decision.invoices[0]!.id}:${decision.step.id}`;
          if (decision.step.id !== 'ask-owner') expect(taken.map((each) => each.id)).not.toContain(id);
          taken.push({ on: today, id });
          const made = { on: today, stepId: decision.step.id, currency: 'USD' };
          now =
            decision.step.channel === 'email'
              ? { ...now, chases: [made, ...now.chases], unanswered: now.unanswered + 1 }
              : { ...now, tasksMade: [made, ...now.tasksMade] };
        }
      }),
      { numRuns: 300 },
    );
  });
});
