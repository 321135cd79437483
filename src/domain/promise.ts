/**
 * What became of a promise to pay, by the day. The database says the same (`promise_state` in the migrations); a test
 * holds the two together. Source: policy P-6 in README.
 */
import { addDays, type Day } from './calendar.ts';

export type PaymentMethod = 'card' | 'ach' | 'wire' | 'cheque' | 'other';
export type PromiseState = 'open' | 'kept' | 'partly_kept' | 'broken' | 'withdrawn';

export type PaymentPromise = {
  readonly customerId: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly madeOn: Day;
  readonly payOn: Day;
  readonly method: PaymentMethod | null;
  readonly withdrawnOn: Day | null;
  /** None: any invoice of the customer counts. */
  readonly invoiceIds: readonly number[];
};

/** Cash (no credit) put on an invoice; a reversal is negative. */
export type CashApplied = {
  readonly customerId: number;
  readonly invoiceId: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly on: Day;
};

const CLEARING_DAYS: Record<PaymentMethod, number> = { card: 0, wire: 2, ach: 3, other: 3, cheque: 14 };
const GRACE_DAYS = 1;

/** The last day on which money still keeps the promise: the promised day, clearing by the method, one day of grace. */
export const promiseDeadline = (promise: Pick<PaymentPromise, 'payOn' | 'method'>): Day =>
  addDays(promise.payOn, CLEARING_DAYS[promise.method ?? 'other'] + GRACE_DAYS);

/**
 * State on the day and what came in for it, in minor units; null before the promise was made. Money counts from the
 * day it was made until its deadline, on the promise's invoices (on any of the customer where it names none).
 */
export function promiseState(
  promise: PaymentPromise,
  cash: readonly CashApplied[],
  asOf: Day,
): { state: PromiseState; receivedMinor: bigint; deadline: Day } | null {
  if (promise.madeOn > asOf) return null;
  const deadline = promiseDeadline(promise);
  const until = asOf < deadline ? asOf : deadline;
  const receivedMinor = cash
    .filter(
      (each) =>
        each.customerId === promise.customerId &&
        each.currency === promise.currency &&
        each.on >= promise.madeOn &&
        each.on <= until &&
        (promise.invoiceIds.length === 0 || promise.invoiceIds.includes(each.invoiceId)),
    )
    .reduce((sum, each) => sum + each.amountMinor, 0n);
  const state = (): PromiseState => {
    if (promise.withdrawnOn !== null && promise.withdrawnOn <= asOf) return 'withdrawn';
    if (receivedMinor >= promise.amountMinor) return 'kept';
    if (asOf <= deadline) return 'open';
    return receivedMinor > 0n ? 'partly_kept' : 'broken';
  };
  return { state: state(), receivedMinor, deadline };
}
