/** Advices that wait, and the payments they are about. */
import { baseName } from '../../domain/customer.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { type AdviceToPair, adviceFor, type PaymentToPair } from '../../domain/matching/advice-pairing.ts';
import { isCurrency, parseDecimal } from '../../domain/money.ts';
import { type PaymentRow, readUnappliedPayments } from '../../store/cash/payments.ts';
import { linkRemittance, type RemittanceRow, readWaitingRemittances } from '../../store/cash/remittances.ts';
import type { Sql } from '../../store/transaction.ts';

/** Minor units; null for what is no amount of the currency: it comes from outside. */
export function minorOrNull(text: string | null, currency: string): bigint | null {
  try {
    return text === null ? null : parseDecimal(text, currency);
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}

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

/** Every waiting advice that is about exactly one payment with money on no invoice. */
export async function pairWaiting(sql: Sql): Promise<{ advice: RemittanceRow; paymentId: number }[]> {
  const waiting = await readWaitingRemittances(sql);
  if (waiting.length === 0) return [];
  const payments = await readUnappliedPayments(sql);
  const pairs = adviceFor(payments.map(paymentToPair), waiting.map(toPair));
  return waiting.flatMap((advice) => {
    const paymentId = pairs.get(advice.id);
    return paymentId === undefined ? [] : [{ advice, paymentId }];
  });
}

/** Keeps the pairs; how many. It places no money: matching reads the lines as evidence. */
export async function linkAdvices(sql: Sql): Promise<number> {
  const pairs = await pairWaiting(sql);
  for (const { advice, paymentId } of pairs) await linkRemittance(sql, advice.id, paymentId);
  return pairs.length;
}
