/** Money that left again: returned by the bank, bounced, charged back, refunded. What it had paid is open again. */
import { InvalidInputError } from '../../domain/errors.ts';
import { formatAmount, toDecimal } from '../../domain/money.ts';
import { appendAudit } from '../../store/audit.ts';
import { changePayments } from '../../store/cash/documents.ts';
import {
  adjustmentsOfPayment,
  applicationsOfPayments,
  type LiveAdjustment,
  type LiveApplication,
} from '../../store/cash/live-rows.ts';
import { emptiedMatches, markReversed } from '../../store/cash/matches.ts';
import { lockPayments } from '../../store/cash/payments.ts';
import { addReturn, type NewReturn } from '../../store/cash/returns.ts';
import type { Sql } from '../../store/transaction.ts';
import { type Reopened, takeOff } from './take-off.ts';

export type ReturnPayment = {
  readonly paymentId: number;
  readonly kind: Exclude<NewReturn['kind'], 'set_aside'>;
  /** Null: all that has not left before. */
  readonly amountMinor: bigint | null;
  /** The day it left. */
  readonly on: string;
  readonly bankLineId: number | null;
  readonly reason: string;
  readonly madeBy: string;
  /** Only what was put on this invoice is taken off first. */
  readonly invoiceId?: number;
};

const WORDS: Readonly<Record<ReturnPayment['kind'], string>> = {
  returned: 'the payment was returned',
  bounced_cheque: 'the cheque bounced',
  chargeback: 'the payment was charged back',
  refund: 'the money was refunded',
};

/** Whole applications, the newest first, until as much is free as leaves. */
function enough(applications: readonly LiveApplication[], missing: bigint): LiveApplication[] {
  const taken: LiveApplication[] = [];
  let sum = 0n;
  for (const row of applications) {
    if (sum >= missing) break;
    taken.push(row);
    sum += row.amount_minor;
  }
  return taken;
}

/** What was let off because of the payment, on invoices on which nothing of it is any more: all of them when all of it left. */
async function letOffWith(
  sql: Sql,
  paymentId: number,
  { live, taken, all }: { live: readonly LiveApplication[]; taken: readonly LiveApplication[]; all: boolean },
): Promise<LiveAdjustment[]> {
  const adjustments = await adjustmentsOfPayment(sql, paymentId);
  const off = new Set(taken.map(({ invoice_id }) => invoice_id));
  for (const row of live) if (!taken.includes(row)) off.delete(row.invoice_id);
  return all ? adjustments : adjustments.filter(({ invoice_id }) => off.has(invoice_id));
}

/** An act of which nothing is left is no longer in force; what it taught stays, because the payer was right. */
async function markEmptied(
  sql: Sql,
  rows: readonly { match_id: number | null }[],
  made: { on: string; by: string; reason: string },
): Promise<void> {
  const ids = rows.flatMap(({ match_id }) => (match_id === null ? [] : [match_id]));
  for (const matchId of await emptiedMatches(sql, [...new Set(ids)])) await markReversed(sql, matchId, made);
}

/**
 * Records the return and takes whole applications off, the newest first, until what left is covered; a part of one
 * that was more than needed stays unapplied. What was let off because of the payment is owed again on each invoice on
 * which nothing of the payment is left, and everywhere once all of it left.
 *
 * Throws: InvalidInputError when more would leave than came in.
 */
export async function returnPayment(sql: Sql, made: ReturnPayment): Promise<{ reopened: Reopened[] }> {
  const { paymentId, kind, on, madeBy, reason } = made;
  const [payment] = await lockPayments(sql, [paymentId]);
  if (!payment) throw new InvalidInputError(`There is no payment ${paymentId}.`);
  const live = await applicationsOfPayments(sql, [paymentId]);
  const there = live.reduce((sum, row) => sum + row.amount_minor, payment.unapplied_minor);
  const amount = made.amountMinor ?? there;
  const { currency } = payment;
  if (amount <= 0n || amount > there)
    throw new InvalidInputError(
      `Of this payment ${formatAmount(toDecimal(there, currency), currency)} is still there, so ${formatAmount(toDecimal(amount, currency), currency)} cannot have left.`,
    );
  const first = live.filter((row) => row.invoice_id === made.invoiceId);
  const ordered = [...first, ...live.filter((row) => row.invoice_id !== made.invoiceId)];
  // with an invoice named, its money goes first; else what is on no invoice
  const free = first.length > 0 ? 0n : payment.unapplied_minor;
  const applications = enough(ordered, amount > free ? amount - free : 0n);
  const adjustments = await letOffWith(sql, paymentId, { live, taken: applications, all: amount === there });
  const because = `${WORDS[kind]}${reason ? ` (${reason})` : ''}`;
  const reopened = await takeOff(sql, { applications, adjustments, on, today: on, actor: madeBy, because });
  await markEmptied(sql, [...applications, ...adjustments], { on, by: madeBy, reason: because });
  await addReturn(sql, {
    ...{ paymentId, kind, currency, amountMinor: amount, on, reason, madeBy },
    bankLineId: made.bankLineId,
  });
  await changePayments(sql, [{ id: paymentId, change_minor: -amount, customer_id: null }]);
  await appendAudit(sql, {
    actor: madeBy,
    act: 'return_payment',
    detail: {
      ...{ paymentId, kind, reason, on, bankLineId: made.bankLineId },
      amount: formatAmount(toDecimal(amount, currency), currency),
      reopened: reopened.map(({ invoice }) => invoice),
    },
  });
  return { reopened };
}
