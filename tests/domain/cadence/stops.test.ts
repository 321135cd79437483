import { beforeAll, describe, expect, test } from 'vitest';
import type { ChaseFacts } from '../../../src/domain/cadence/facts.ts';
import { loadHolidays } from '../../../src/domain/cadence/holidays.ts';
import { nextStep } from '../../../src/domain/cadence/next-step.ts';
import { cautionsFor, stopsFor } from '../../../src/domain/cadence/stops.ts';
import { addDays } from '../../../src/domain/calendar.ts';
import type { LetterKind } from '../../../src/domain/chase/policy.ts';
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

/** Why it waits, and until when. */
function waits(facts: ChaseFacts, today = TODAY, company: Parameters<typeof nextStep>[3] = null) {
  const decision = nextStep(facts, policy, today, company);
  return decision.act === 'chase'
    ? 'chased'
    : { kinds: decision.reasons.map((each) => each.kind), nextOn: decision.nextOn };
}
const held = (untilOn: string | null) => ({ id: 1, reason: 'legal talks', untilOn });
const inDays = (days: number) => addDays(TODAY, days);

describe('a customer is not chased', () => {
  test.each<[string, Parameters<typeof someFacts>[0], { kinds: string[]; nextOn: string | null }]>([
    ['while it is on hold', { hold: held('2026-08-25') }, { kinds: ['hold'], nextOn: '2026-08-26' }],
    ['while a hold has no end', { hold: held(null) }, { kinds: ['hold'], nextOn: null }],
    [
      'while its reply waits',
      { replyWaitingSince: '2026-08-18T10:00:00Z' },
      { kinds: ['unanswered_reply'], nextOn: null },
    ],
    [
      'when all its contacts opted out',
      { contacts: [aChaseContact({ optedOutOn: TODAY })] },
      { kinds: ['opted_out'], nextOn: null },
    ],
    [
      'when mail to it came back',
      { contacts: [aChaseContact({ bouncedOn: TODAY })] },
      { kinds: ['bounced'], nextOn: null },
    ],
    [
      'when nobody has an address',
      { contacts: [aChaseContact({ email: null })] },
      { kinds: ['no_contact'], nextOn: null },
    ],
    [
      'within days of the last contact',
      { chases: [aChase(4, { stepId: 'first' })] },
      { kinds: ['gap'], nextOn: '2026-08-21' },
    ],
    [
      'when it owes next to nothing',
      { invoices: [anOpenInvoice({ id: 1, openMinor: 2_499n })] },
      { kinds: ['below_minimum'], nextOn: null },
    ],
    [
      'while a draft waits',
      { liveProposal: { id: 7, state: 'pending' } },
      { kinds: ['draft_waiting'], nextOn: null },
    ],
    [
      'while an email is on its way',
      { liveProposal: { id: 7, state: 'approved' } },
      { kinds: ['on_its_way'], nextOn: null },
    ],
    [
      'while it is handed over',
      { openTask: { id: 3, kind: 'sales' } },
      { kinds: ['handed_over'], nextOn: null },
    ],
    [
      'just after a payment that answers the last message',
      { lastPaymentOn: inDays(-1), chases: [aChase(6, { stepId: 'first' })] },
      { kinds: ['just_paid'], nextOn: '2026-08-24' },
    ],
    [
      'about an invoice that a payment of nobody known may have paid',
      { maybeTheirs: [{ paymentId: 1, amountMinor: 100_000n, payerName: 'ACME' }] },
      { kinds: ['payment_unmatched'], nextOn: null },
    ],
    [
      'whose primary contact wants no more mail while another could be written to',
      {
        contacts: [
          aChaseContact({ id: 1, isPrimary: true, optedOutOn: TODAY }),
          aChaseContact({ id: 2, isPrimary: false }),
        ],
      },
      { kinds: ['contact_opted_out'], nextOn: null },
    ],
    [
      'about an invoice that its unapplied money falls short of by a bank fee',
      { unappliedMinor: 97_500n },
      { kinds: ['payment_unmatched'], nextOn: null },
    ],
    [
      'about invoices that its unapplied money covers',
      { unappliedMinor: 120_000n },
      { kinds: ['payment_unmatched'], nextOn: null },
    ],
    [
      'about a disputed invoice',
      { invoices: [anOpenInvoice({ id: 1, disputed: 'price' })] },
      { kinds: ['disputed'], nextOn: null },
    ],
    [
      'about an invoice on hold',
      { invoices: [anOpenInvoice({ id: 1, hold: held(inDays(0)) })] },
      { kinds: ['hold'], nextOn: '2026-08-21' },
    ],
  ])('%s', (_, over, expected) => {
    expect(waits(someFacts(over))).toEqual(expected);
  });

  test('more often than the weekly cap allows, whatever the gap', () => {
    const often = aPolicy({ minGapDays: 1, weeklyCap: 2 });
    const facts = someFacts({ chases: [aChase(2, { currency: 'EUR' }), aChase(6, { currency: 'EUR' })] });
    expect(nextStep(facts, often, TODAY)).toMatchObject({
      act: 'wait',
      reasons: [{ kind: 'cap_reached', untilOn: inDays(1) }],
    });
    expect(nextStep(facts, often, inDays(1)).act).toBe('chase');
  });

  test('on a weekend, a holiday of its country or a holiday of the company', () => {
    const labour = addDays('2026-09-07', 0); // Labor Day in the US
    const facts = someFacts();
    expect(waits(facts, '2026-08-22')).toMatchObject({ nextOn: '2026-08-24' });
    expect(waits(facts, labour)).toMatchObject({ kinds: ['not_working_day'], nextOn: '2026-09-08' });
    const german = someFacts({ customer: { country: 'DE', timezone: 'Europe/Berlin' } });
    expect(waits(german, labour)).toBe('chased');
    expect(waits(german, labour, { country: 'US', holidayRegion: null })).toMatchObject({
      kinds: ['not_working_day'],
    });
  });
});

describe('a customer is chased', () => {
  test.each<[string, Parameters<typeof someFacts>[0]]>([
    ['after the last day of a hold', { hold: held(inDays(-1)) }],
    [
      'when one of two contacts can be written to',
      { contacts: [aChaseContact({ bouncedOn: TODAY }), aChaseContact({ id: 2 })] },
    ],
    ['when the gap is over', { chases: [aChase(5, { stepId: 'first' })] }],
    ['when a call is still to be made', { openTask: { id: 3, kind: 'call' } }],
    [
      'just after a payment that came before our last message',
      { lastPaymentOn: inDays(-2), chases: [aChase(1, { stepId: 'first' })] },
    ],
    ['when the payment is some days old', { lastPaymentOn: inDays(-3) }],
    ['when unapplied money is less than half of the invoice', { unappliedMinor: 49_999n }],
    ['at exactly the smallest amount', { invoices: [anOpenInvoice({ id: 1, openMinor: 2_500n })] }],
  ])('%s', (name, over) => {
    // the message of yesterday is itself too near; only the payment is looked at here
    const lenient = name.includes('before our last message') ? aPolicy({ minGapDays: 1 }) : policy;
    expect(nextStep(someFacts(over), lenient, TODAY).act).toBe('chase');
  });

  test('about the invoices that unapplied money leaves', () => {
    const invoices = [
      anOpenInvoice({ id: 1, daysOverdue: 30 }),
      anOpenInvoice({ id: 2, openMinor: 70_000n }),
    ];
    const about = (unappliedMinor: bigint) => {
      const decision = nextStep(someFacts({ invoices, unappliedMinor }), policy, TODAY);
      return decision.act === 'chase' ? decision.invoices.map((each) => each.id) : [];
    };
    expect(about(70_000n)).toEqual([1]); // exactly the second one
    expect(about(100_000n)).toEqual([2]);
    expect(about(130_000n)).toEqual([2]); // the oldest, and not the second one whole
    expect(about(170_000n)).toEqual([]);
  });
});

describe('a draft that a person asked for', () => {
  const moment = (letter: LetterKind, invoices?: number[]) => ({
    today: TODAY,
    policy,
    letter,
    asked: true,
    invoices,
  });
  const restrained = someFacts({
    replyWaitingSince: '2026-08-18T10:00:00Z',
    chases: [aChase(1), aChase(2)],
    invoices: [anOpenInvoice({ id: 1, openMinor: 100n })],
    openTask: { id: 3, kind: 'sales' },
  });

  test('is not stopped by the restraints of the cadence, which are cautions', () => {
    expect(stopsFor(restrained, moment('overdue'))).toEqual([]);
    expect(cautionsFor(restrained, moment('overdue')).map((each) => each.kind)).toEqual([
      'unanswered_reply',
      'handed_over',
      'cap_reached',
      'gap',
      'below_minimum',
    ]);
  });

  test('is stopped before it leaves when nobody asked', () => {
    const kinds = stopsFor(restrained, { ...moment('overdue'), asked: false }).map((each) => each.kind);
    expect(kinds).toContain('gap');
    expect(kinds).toContain('unanswered_reply');
  });

  test.each<[string, Parameters<typeof someFacts>[0], string]>([
    ['a dispute', { invoices: [anOpenInvoice({ id: 1, disputed: 'price' })] }, 'disputed'],
    ['a promise', { promises: [anOpenPromise()] }, 'promise_open'],
    ['a hold', { hold: held(null) }, 'hold'],
    ['an opt-out', { contacts: [aChaseContact({ optedOutOn: TODAY })] }, 'opted_out'],
    ['a payment that may be theirs', { unappliedMinor: 100_000n }, 'payment_unmatched'],
  ])('is stopped by %s all the same', (_, over, kind) => {
    expect(stopsFor(someFacts(over), moment('overdue', [1])).map((each) => each.kind)).toEqual([kind]);
  });

  test('is stopped by a disputed invoice only where it names that one', () => {
    const facts = someFacts({
      invoices: [anOpenInvoice({ id: 1, disputed: 'price' }), anOpenInvoice({ id: 2 })],
    });
    expect(stopsFor(facts, moment('overdue', [2]))).toEqual([]);
    expect(stopsFor(facts, moment('overdue'))).toEqual([]);
    expect(stopsFor(facts, moment('overdue', [1, 2]))).toMatchObject([
      { kind: 'disputed', text: 'INV-1: disputed: price' },
    ]);
  });

  test('that asks for nothing overdue is stopped by hold and opt-out only', () => {
    const facts = someFacts({
      promises: [anOpenPromise()],
      lastPaymentOn: TODAY,
      invoices: [anOpenInvoice({ id: 1, disputed: 'price' })],
    });
    for (const letter of ['thank_you', 'remittance_request', 'statement'] as const) {
      expect(stopsFor(facts, moment(letter))).toEqual([]);
      expect(stopsFor({ ...facts, hold: held(null) }, moment(letter)).map((each) => each.kind)).toEqual([
        'hold',
      ]);
    }
  });
});

describe('before a message leaves', () => {
  test('gap and cap are counted in our days and in the customer’s own, whichever are fewer', () => {
    const tokyo = { timezone: 'Asia/Tokyo', country: 'JP' };
    // written to on Thursday at 09:00 in Tokyo, which was Wednesday in New York; facts have the later day
    const facts = someFacts({ customer: tokyo, chases: [aChase(0, { on: '2026-08-20' })] });
    const kinds = (today: string, now?: string) =>
      stopsFor(facts, {
        ...{ today, policy, letter: 'overdue', asked: false },
        ...(now !== undefined && { now: new Date(now) }),
      }).map((each) => each.kind);
    expect(kinds('2026-08-25')).toEqual([]);
    expect(kinds('2026-08-25', '2026-08-25T06:00:00Z')).toEqual([]);
    const losAngeles = { timezone: 'America/Los_Angeles', country: 'US' };
    const west = someFacts({ customer: losAngeles, chases: [aChase(0, { on: '2026-08-20' })] });
    // 02:00 on the 25th in Berlin is 17:00 on the 24th in Los Angeles
    expect(
      stopsFor(west, {
        ...{ today: '2026-08-25', now: new Date('2026-08-25T00:00:00Z') },
        ...{ policy, letter: 'overdue', asked: false },
      }).map((each) => each.kind),
    ).toEqual(['gap']);
  });
});
