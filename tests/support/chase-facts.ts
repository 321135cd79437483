/** Builders of what the cadence looks at: what a test does not say is an ordinary customer that is 12 days late. */
import { defaultPolicy } from '../../src/domain/cadence/default-policy.ts';
import type { ChaseContact, ChaseFacts, ChaseInvoice, ChasePromise } from '../../src/domain/cadence/facts.ts';
import { addDays } from '../../src/domain/calendar.ts';
import type { CadencePolicy } from '../../src/domain/chase/policy.ts';
import { promiseDeadline } from '../../src/domain/promise.ts';

/** A Thursday without a holiday in the US, Germany or Britain. */
export const TODAY = '2026-08-20';

/** Due so many days ago (negative: in so many days). */
export const anOpenInvoice = (
  over: Partial<ChaseInvoice> & { id: number; daysOverdue?: number },
): ChaseInvoice => {
  const { daysOverdue = 12, ...rest } = over;
  const dueOn = addDays(TODAY, -daysOverdue);
  return {
    number: `INV-${over.id}`,
    issuedOn: addDays(dueOn, -30),
    dueOn,
    amountMinor: 100_000n,
    openMinor: 100_000n,
    poNumber: null,
    disputed: null,
    hold: null,
    ...rest,
  };
};

export const aChaseContact = (over: Partial<ChaseContact> = {}): ChaseContact => ({
  id: 1,
  name: 'Ana Pay',
  email: 'ap@customer.test',
  role: 'Accounts payable',
  isPrimary: true,
  bouncedOn: null,
  optedOutOn: null,
  ...over,
});

/** Open on `TODAY`, paid by wire. */
export const anOpenPromise = (over: Partial<ChasePromise> = {}): ChasePromise => {
  const payOn = over.payOn ?? addDays(TODAY, 5);
  return {
    id: 1,
    payOn,
    madeOn: addDays(TODAY, -3),
    deadline: promiseDeadline({ payOn, method: 'wire' }),
    state: 'open',
    amountMinor: 100_000n,
    receivedMinor: 0n,
    invoiceIds: [],
    ...over,
  };
};

/** A message that went out so many days before `TODAY`. */
export const aChase = (
  daysAgo: number,
  over: Partial<ChaseFacts['chases'][number]> = {},
): ChaseFacts['chases'][number] => ({
  on: addDays(TODAY, -daysAgo),
  stepId: null,
  currency: 'USD',
  invoiceIds: null,
  ...over,
});

export const someFacts = (
  over: Partial<Omit<ChaseFacts, 'customer' | 'habits'>> & {
    customer?: Partial<ChaseFacts['customer']>;
    habits?: Partial<ChaseFacts['habits']>;
  } = {},
): ChaseFacts => ({
  currency: 'USD',
  invoices: [anOpenInvoice({ id: 1 })],
  contacts: [aChaseContact()],
  hold: null,
  promises: [],
  chases: [],
  tasksMade: [],
  unanswered: 0,
  replyWaitingSince: null,
  lastMessageInId: null,
  lastPaymentOn: null,
  lastPaymentId: null,
  unappliedMinor: 0n,
  maybeTheirs: [],
  openCreditMinor: 0n,
  liveProposal: null,
  openTask: null,
  ...over,
  customer: {
    ...{ id: 1, code: 'C1', name: 'Acme Corp', segment: 'Mid-market', owner: 'rep@remy.test' },
    ...{ language: 'en', timezone: 'America/New_York', country: 'US', region: null },
    ...over.customer,
  },
  habits: {
    ...{ paidInvoices: 0, averageDaysLate: null, brokenPromises: 0, chases: 0, chasesThatWorked: 0 },
    ...over.habits,
  },
});

export const aPolicy = (over: Partial<CadencePolicy> = {}): CadencePolicy => ({ ...defaultPolicy, ...over });
