/** The simulated ledger in memory: everything that happened with its instant, and the facts of any moment. */
import type { ChaseFacts } from '../../../src/domain/cadence/facts.ts';
import { addDays, type Day } from '../../../src/domain/calendar.ts';
import { promiseDeadline, promiseState } from '../../../src/domain/promise.ts';
import type { Place } from './places.ts';

/** Milliseconds since 1970. */
export type Instant = number;
type Span = { readonly from: Instant; to: Instant | null };

export type SimInvoice = {
  readonly id: number;
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly paid: { at: Instant; minor: bigint }[];
  readonly disputes: Span[];
};

export type SimPromise = {
  readonly id: number;
  readonly at: Instant;
  readonly madeOn: Day;
  readonly payOn: Day;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly invoiceIds: readonly number[];
};

export type SimContact = {
  readonly id: number;
  readonly email: string;
  optedOutAt: Instant | null;
  bouncedAt: Instant | null;
};

export type Send = {
  readonly at: Instant;
  readonly account: Account;
  readonly currency: string;
  readonly invoices: readonly number[];
  readonly to: readonly string[];
  readonly stepId: string | null;
};

export type Account = {
  readonly customer: ChaseFacts['customer'];
  readonly place: Place;
  readonly invoices: SimInvoice[];
  readonly contacts: SimContact[];
  readonly promises: SimPromise[];
  readonly holds: Span[];
  readonly sends: Send[];
  readonly tasks: { on: Day; stepId: string; currency: string; kind: string; span: Span }[];
  readonly messagesIn: Instant[];
  readonly answers: Instant[];
  /** Money that came and lies on no invoice yet; `known`: whose it is. */
  readonly loose: { span: Span; minor: bigint; currency: string; known: boolean }[];
  readonly live: Map<string, { id: number; state: 'pending' | 'approved' }>;
};

const clocks = new Map<string, Intl.DateTimeFormat>();
/** Day and `HH:MM` on the wall of a zone. */
export function wall(at: Instant, zone: string): { day: Day; time: string } {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(zone, clock);
  const [day = '', time = ''] = clock.format(at).split(' ');
  return { day, time: time.slice(0, 5) };
}

export const COMPANY_ZONE = 'America/New_York';
export const ourDay = (at: Instant): Day => wall(at, COMPANY_ZONE).day;

export const holdsAt = ({ from, to }: Span, at: Instant): boolean => from <= at && (to === null || at < to);
export const openAt = (invoice: SimInvoice, at: Instant): bigint =>
  invoice.paid.reduce((left, each) => (each.at <= at ? left - each.minor : left), invoice.amountMinor);

/** Wire: two days of clearing and one of grace. */
export const lastDayOf = (promise: SimPromise): Day =>
  promiseDeadline({ payOn: promise.payOn, method: 'wire' });

function promisesOf(account: Account, currency: string, at: Instant): ChaseFacts['promises'] {
  const today = ourDay(at);
  const cash = account.invoices.flatMap((invoice) =>
    invoice.paid
      .filter((each) => each.at <= at)
      .map((each) => ({
        ...{ customerId: 1, invoiceId: invoice.id, currency: invoice.currency },
        ...{ amountMinor: each.minor, on: ourDay(each.at) },
      })),
  );
  return account.promises
    .filter((each) => each.at <= at && each.currency === currency)
    .flatMap((each) => {
      const rule = { ...each, customerId: 1, method: 'wire' as const, withdrawnOn: null };
      const { state, receivedMinor, deadline } = promiseState(rule, cash, today)!;
      const { id, payOn, madeOn, amountMinor, invoiceIds } = each;
      if (state === 'kept' || deadline < addDays(today, -90)) return [];
      return [{ id, payOn, madeOn, deadline, state, amountMinor, receivedMinor, invoiceIds }];
    });
}

const latest = (all: readonly Instant[], at: Instant): Instant =>
  Math.max(0, ...all.filter((each) => each <= at));

/** The later of our day and the customer's own, as the ledger reads it. */
function chaseDay({ at, account }: Send): Day {
  const { timezone } = account.customer;
  const ours = ourDay(at);
  if (timezone === null || account.place.mayBeIn[0] !== timezone) return ours;
  return [ours, wall(at, timezone).day].sort()[1]!;
}

/** What the ledger knows of the account in a currency at an instant. */
export function factsAt(account: Account, currency: string, at: Instant): ChaseFacts {
  const hold = account.holds.find((each) => holdsAt(each, at));
  const sends = account.sends.filter((each) => each.at <= at).sort((a, b) => b.at - a.at);
  const reply = latest(account.messagesIn, at);
  const ours = Math.max(latest(account.answers, at), sends[0]?.at ?? 0);
  const payments = account.invoices.flatMap((each) => each.paid.map((paid) => paid.at));
  const lastPaid = latest(payments, at);
  const loose = account.loose.filter((each) => each.currency === currency && holdsAt(each.span, at));
  const own = loose.filter((each) => each.known).map((each) => each.minor);
  const task = account.tasks.find((each) => holdsAt(each.span, at));
  const unanswered = sends.filter((each) => each.at > reply).length;
  return {
    customer: account.customer,
    currency,
    invoices: account.invoices
      .filter((each) => each.currency === currency && each.issuedOn <= ourDay(at) && openAt(each, at) > 0n)
      .map((each) => ({
        ...{ id: each.id, number: each.number, issuedOn: each.issuedOn, dueOn: each.dueOn, poNumber: null },
        ...{ amountMinor: each.amountMinor, openMinor: openAt(each, at), hold: null },
        disputed: each.disputes.some((span) => holdsAt(span, at)) ? 'price' : null,
      })),
    contacts: account.contacts.map((each, index) => ({
      ...{ id: each.id, name: null, email: each.email, role: null, isPrimary: index === 0 },
      bouncedOn: each.bouncedAt !== null && each.bouncedAt <= at ? ourDay(each.bouncedAt) : null,
      optedOutOn: each.optedOutAt !== null && each.optedOutAt <= at ? ourDay(each.optedOutAt) : null,
    })),
    hold: hold ? { id: 1, reason: 'talks', untilOn: null } : null,
    promises: promisesOf(account, currency, at),
    chases: sends.map((each) => ({
      ...{ on: chaseDay(each), stepId: each.stepId, currency: each.currency, invoiceIds: each.invoices },
    })),
    tasksMade: account.tasks.map(({ on, stepId, currency: of }) => ({ on, stepId, currency: of })).reverse(),
    unanswered,
    replyWaitingSince: reply > ours ? new Date(reply).toISOString() : null,
    lastMessageInId: null,
    lastPaymentOn: lastPaid === 0 ? null : ourDay(lastPaid),
    lastPaymentId: null,
    unappliedMinor: own.reduce((sum, minor) => sum + minor, 0n),
    unappliedPayments: own,
    maybeTheirs: loose
      .filter((each) => !each.known)
      .map((each, index) => ({ paymentId: index, amountMinor: each.minor, payerName: null })),
    openCreditMinor: 0n,
    liveProposal: account.live.get(currency) ?? null,
    openTask: task ? { id: 1, kind: task.kind } : null,
    habits: { paidInvoices: 0, averageDaysLate: null, brokenPromises: 0, chases: 0, chasesThatWorked: 0 },
  };
}
