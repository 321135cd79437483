/** A batch in a statement and its single transactions in a notification are one money: the single ones are kept. */
import { methodOf } from '../../domain/cash/bank-codes.ts';
import { partsOfBatch } from '../../domain/matching/batch-parts.ts';
import { formatAmount, toDecimal } from '../../domain/money.ts';
import {
  isUntouched,
  movePayment,
  notifiedAround,
  possibleBatches,
  setParts,
} from '../../store/bank/batches.ts';
import type { StoredLine } from '../../store/bank/lines.ts';
import type { Sql } from '../../store/transaction.ts';
import { readableReference } from './place-money.ts';

/**
 * Of the batches and notifications that this file brought. The payment of a batch gives way to those of its parts
 * while nothing was done with it; afterwards the parts stay without a payment. Returns warnings.
 */
export async function splitBatches(sql: Sql, sha256: string): Promise<string[]> {
  const warnings: string[] = [];
  for (const batch of await possibleBatches(sql, sha256)) {
    const around = await notifiedAround(sql, batch);
    const found = partsOfBatch(
      { minor: batch.amount_minor, reference: batch.bank_reference },
      around.map((line) => ({
        minor: line.amount_minor,
        reference: line.bank_reference,
        group: line.statement_id,
      })),
    );
    if (!found) continue;
    const parts = found.map((at) => around[at]!);
    const warning = await join(sql, batch, parts);
    if (warning) warnings.push(warning);
  }
  return warnings;
}

async function join(sql: Sql, batch: StoredLine, parts: readonly StoredLine[]): Promise<string | null> {
  const total = formatAmount(toDecimal(batch.amount_minor, batch.currency), batch.currency);
  const [first] = parts;
  const { payment_id: paymentId } = batch;
  if (paymentId !== null && parts.some(({ payment_id }) => payment_id !== null))
    return `The batch of ${total} on ${batch.booked_on} and its ${parts.length} transactions are payments both. Set the one of the batch aside.`;
  const gaveWay = paymentId !== null && first !== undefined && (await isUntouched(sql, paymentId));
  if (gaveWay)
    await movePayment(
      sql,
      { paymentId, from: batch, to: first },
      {
        payer_name: first.payer_name,
        payer_account: first.payer_account,
        reference: readableReference(first),
        method: methodOf(first),
      },
    );
  await setParts(
    sql,
    batch.id,
    parts.map(({ id }) => id),
  );
  return paymentId === null || gaveWay
    ? null
    : `The ${parts.length} transactions of the batch of ${total} on ${batch.booked_on} came after it was placed as one payment. They are shown and not counted again.`;
}
