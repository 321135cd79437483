/** Advices that wait, and the payments they are about. */
import { baseName } from '../../domain/customer.ts';
import { type AdviceToPair, adviceFor, type PaymentToPair } from '../../domain/matching/advice-pairing.ts';
import { isCurrency, toDecimal } from '../../domain/money.ts';
import { type PaymentRow, readUnappliedPayments } from '../../store/cash/payments.ts';
import {
  linkRemittance,
  type RemittanceRow,
  readWaitingRemittances,
  waitingAbout,
} from '../../store/cash/remittances.ts';
import type { Sql } from '../../store/transaction.ts';

const toPair = (row: RemittanceRow): AdviceToPair => ({
  id: row.id,
  customerId: row.customer_id,
  names: [
    ...[row.payer_name, row.customer_name].flatMap((name) => (name ? [baseName(name)] : [])),
    ...row.aliases,
  ],
  currency: row.currency !== null && isCurrency(row.currency) ? row.currency : null,
  total: row.total,
  on: row.paid_on ?? row.came_on,
  paymentReference: row.payment_reference,
  content: JSON.stringify([row.total, row.currency, row.payment_reference, row.lines]),
});

const paymentToPair = (row: PaymentRow): PaymentToPair => ({
  id: row.id,
  customerId: row.customer?.id ?? null,
  names: [row.payer_name, row.customer?.name].flatMap((name) => (name ? [baseName(name)] : [])),
  currency: row.currency,
  amountMinor: row.amount_minor,
  receivedOn: row.received_on,
  ids: [row.number, row.end_to_end_id, row.bank_reference].filter((id) => id !== null),
  text: [row.reference, row.bank_text].filter(Boolean).join('\n'),
});

const squeezed = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^0+/, '');

/** Whether an advice that waits may be about one of these: one that surely is not is not worth reading everything. */
async function mayBeAdvised(sql: Sql, payments: readonly PaymentRow[]): Promise<boolean> {
  const amounts = payments.map(({ amount_minor, currency }) => toDecimal(amount_minor, currency));
  const { hasTotal, references } = await waitingAbout(sql, [...new Set(amounts)]);
  if (hasTotal) return true;
  const told = payments.map(paymentToPair).map(({ ids, text }) => squeezed([...ids, text].join(' ')));
  const asked = references.map(squeezed).filter((reference) => reference !== '');
  return asked.some((reference) => told.some((text) => text.includes(reference)));
}

/**
 * Every waiting advice that is about exactly one payment with money on no invoice; where payments are asked for, those
 * of them. Which payment an advice is about shows only beside all others that it may be about.
 */
export async function pairWaiting(
  sql: Sql,
  asked: readonly PaymentRow[] | null = null,
): Promise<{ advice: RemittanceRow; paymentId: number }[]> {
  if (asked !== null && (asked.length === 0 || !(await mayBeAdvised(sql, asked)))) return [];
  const waiting = await readWaitingRemittances(sql);
  if (waiting.length === 0) return [];
  const payments = await readUnappliedPayments(sql);
  const pairs = adviceFor(payments.map(paymentToPair), waiting.map(toPair));
  const wanted = asked && new Set(asked.map(({ id }) => id));
  return waiting.flatMap((advice) => {
    const paymentId = pairs.get(advice.id);
    if (paymentId === undefined || (wanted && !wanted.has(paymentId))) return [];
    return [{ advice, paymentId }];
  });
}

/** Keeps the pairs; how many. It places no money: matching reads the lines as evidence. */
export async function linkAdvices(sql: Sql): Promise<number> {
  const pairs = await pairWaiting(sql);
  for (const { advice, paymentId } of pairs) await linkRemittance(sql, advice.id, paymentId);
  return pairs.length;
}
