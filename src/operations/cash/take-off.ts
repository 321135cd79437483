/** Takes money off invoices again: reversing rows, and what is open, unapplied and usable afterwards. */
import { formatAmount, toDecimal } from '../../domain/money.ts';
import { changeCredits, changePayments, lockInvoices, reopenInvoices } from '../../store/cash/documents.ts';
import type { LiveAdjustment, LiveApplication } from '../../store/cash/live-rows.ts';
import { addAdjustments, addMoneyEvents, addOwnApplications } from '../../store/cash/match-rows.ts';
import type { Sql } from '../../store/transaction.ts';

export type Reopened = {
  readonly invoiceId: number;
  readonly invoice: string;
  readonly customerId: number;
  readonly customer: string;
  readonly currency: string;
  /** How much was taken off. Less may be open now, where the ledger's open amount never counted it. */
  readonly minor: bigint;
};

type Row = Pick<
  LiveApplication,
  'invoice_id' | 'invoice' | 'customer_id' | 'customer' | 'currency' | 'amount_minor'
>;

function byInvoice(rows: readonly Row[]): Reopened[] {
  const sums = new Map<number, Reopened>();
  for (const row of rows) {
    const before = sums.get(row.invoice_id);
    sums.set(row.invoice_id, {
      invoiceId: row.invoice_id,
      invoice: row.invoice,
      customerId: row.customer_id,
      customer: row.customer,
      currency: row.currency,
      minor: (before?.minor ?? 0n) + row.amount_minor,
    });
  }
  return [...sums.values()];
}

const sumBy = (rows: readonly LiveApplication[], key: 'payment_id' | 'credit_id'): Map<number, bigint> => {
  const sums = new Map<number, bigint>();
  for (const row of rows) {
    const id = row[key];
    if (id !== null) sums.set(id, (sums.get(id) ?? 0n) + row.amount_minor);
  }
  return sums;
};

export type TakeOff = {
  readonly applications: readonly LiveApplication[];
  readonly adjustments: readonly LiveAdjustment[];
  /**
   * Null: they never should have been, so history is put right on their own days. A day: they were true until then,
   * because the money left.
   */
  readonly on: string | null;
  /** The day of the events, and who did it. */
  readonly today: string;
  readonly actor: string;
  readonly because: string;
};

/** The payments, invoices and credits are locked by the caller or by this, in the order of their ids. */
export async function takeOff(sql: Sql, { applications, adjustments, on, today, actor, because }: TakeOff) {
  const reopened = byInvoice([...applications, ...adjustments]);
  await lockInvoices(
    sql,
    reopened.map(({ invoiceId }) => invoiceId),
  );
  await addOwnApplications(
    sql,
    applications.map((row) => ({
      external_id: `reversal-of-${row.id}`,
      payment_id: row.payment_id,
      credit_id: row.credit_id,
      invoice_id: row.invoice_id,
      currency: row.currency,
      amount_minor: -row.amount_minor,
      applied_on: on ?? row.applied_on,
      reverses_id: row.id,
      match_id: row.match_id,
    })),
  );
  await addAdjustments(
    sql,
    adjustments.map((row) => ({
      invoice_id: row.invoice_id,
      payment_id: row.payment_id,
      kind: row.kind,
      currency: row.currency,
      amount_minor: -row.amount_minor,
      booked_on: on ?? row.booked_on,
      reason: because,
      reverses_id: row.id,
      match_id: row.match_id,
    })),
  );
  const ofLedger = new Map(
    byInvoice(applications.filter((row) => row.match_id === null)).map((row) => [row.invoiceId, row.minor]),
  );
  await reopenInvoices(
    sql,
    reopened.map(({ invoiceId, minor }) => {
      const ledger_minor = ofLedger.get(invoiceId) ?? 0n;
      return { id: invoiceId, own_minor: minor - ledger_minor, ledger_minor, settled_on: today };
    }),
  );
  await changeCredits(
    sql,
    [...sumBy(applications, 'credit_id')].map(([id, minor]) => ({ id, change_minor: minor })),
  );
  await changePayments(
    sql,
    [...sumBy(applications, 'payment_id')].map(([id, minor]) => ({
      id,
      change_minor: minor,
      customer_id: null,
    })),
  );
  await addMoneyEvents(
    sql,
    reopened.map(({ invoiceId, invoice, customerId, currency, minor }) => ({
      external_id: `off:${[...applications, ...adjustments].map(({ id }) => id).sort((a, b) => a - b)[0]}:${invoiceId}:${applications.length}`,
      customer_id: customerId,
      invoice_id: invoiceId,
      kind: 'reversed' as const,
      happened_on: today,
      actor,
      summary: `${formatAmount(toDecimal(minor, currency), currency)} taken off ${invoice} again: ${because}`,
    })),
  );
  return reopened;
}
