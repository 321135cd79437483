/**
 * What is known about one customer in one currency on a day: everything the cadence looks at, and nothing else.
 * Amounts are minor units; days are calendar days; instants are ISO 8601 in UTC.
 */
import type { Day } from '../calendar.ts';
import type { PromiseState } from '../promise.ts';

export type ChaseInvoice = {
  readonly id: number;
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly amountMinor: bigint;
  readonly openMinor: bigint;
  readonly poNumber: string | null;
  /** An open dispute on it: its reason in words. */
  readonly disputed: string | null;
  /** A hold on this invoice alone. */
  readonly hold: ChaseHold | null;
};

export type ChaseHold = { readonly id: number; readonly reason: string; readonly untilOn: Day | null };

export type ChaseContact = {
  readonly id: number;
  readonly name: string | null;
  readonly email: string | null;
  readonly role: string | null;
  readonly isPrimary: boolean;
  readonly bouncedOn: Day | null;
  readonly optedOutOn: Day | null;
};

export type ChasePromise = {
  readonly id: number;
  readonly payOn: Day;
  readonly madeOn: Day;
  /** The last day on which money still keeps it: promised day, clearing days of the method, a day of grace (P-6). */
  readonly deadline: Day;
  readonly state: PromiseState;
  readonly amountMinor: bigint;
  readonly receivedMinor: bigint;
  /** None: any invoice of the customer. */
  readonly invoiceIds: readonly number[];
};

export type ChaseFacts = {
  readonly customer: {
    readonly id: number;
    readonly code: string;
    readonly name: string;
    /** As the ledger writes it; steps are looked up in lower case. */
    readonly segment: string | null;
    readonly owner: string | null;
    readonly language: string | null;
    readonly timezone: string | null;
    readonly country: string | null;
    /** Subdivision for public holidays, such as `BY`; null where the ledger says none (a sales region is no subdivision). */
    readonly region: string | null;
  };
  readonly currency: string;
  /** Open invoices of this currency, oldest due day first. */
  readonly invoices: readonly ChaseInvoice[];
  readonly contacts: readonly ChaseContact[];
  /** A hold on the whole customer. */
  readonly hold: ChaseHold | null;
  /** Those of this currency that are open, or broken within the last 90 days. */
  readonly promises: readonly ChasePromise[];
  /** Chases that went out, newest first, in any currency; `stepId` where Remy sent it. */
  readonly chases: readonly {
    readonly on: Day;
    readonly stepId: string | null;
    readonly currency: string | null;
    /** What it was about; null or absent: not known, so everything that was due. */
    readonly invoiceIds?: readonly number[] | null;
  }[];
  /** Calls and hand-overs that steps made, newest first; with these a step that is no email is not taken twice. */
  readonly tasksMade: readonly {
    readonly on: Day;
    readonly stepId: string | null;
    readonly currency: string | null;
  }[];
  /** Chases after the customer's last reply (or ever). */
  readonly unanswered: number;
  /** The customer's newest message came after our newest one: the instant it came. */
  readonly replyWaitingSince: string | null;
  readonly lastMessageInId: number | null;
  readonly lastPaymentOn: Day | null;
  readonly lastPaymentId: number | null;
  /** Of this customer, on no invoice yet, in this currency. */
  readonly unappliedMinor: bigint;
  /** The same by payment, where that is known: one of them may be exactly what an invoice asks for. */
  readonly unappliedPayments?: readonly bigint[];
  /** Payments of nobody known, in this currency, that may be this customer's: same name, or exactly an amount it owes. */
  readonly maybeTheirs: readonly {
    readonly paymentId: number;
    readonly amountMinor: bigint;
    readonly payerName: string | null;
  }[];
  readonly openCreditMinor: bigint;
  /** A proposal of ours that is alive for this customer and currency. */
  readonly liveProposal: { readonly id: number; readonly state: 'pending' | 'snoozed' | 'approved' } | null;
  /** The newest task that hands this account over and is not closed. */
  readonly openTask: { readonly id: number; readonly kind: string } | null;
  /** How it behaved in the last year; broken promises: those whose last day was within ninety days. */
  readonly habits: {
    readonly paidInvoices: number;
    readonly averageDaysLate: number | null;
    readonly brokenPromises: number;
    /** Of chases older than two weeks: how many there were, and after how many cash came within ten days. */
    readonly chases: number;
    readonly chasesThatWorked: number;
  };
};
