/** What payers said of their payments: advices by mail or file, paired with the money, else what the bank passed on. */
import type { RemittanceLine } from '../../domain/matching/shapes.ts';
import type { PaymentRow } from '../../store/cash/payments.ts';
import { bankRemittanceOf, type RemittanceRow, readRemittancesOf } from '../../store/cash/remittances.ts';
import type { Sql } from '../../store/transaction.ts';
import { minorOrNull, pairWaiting } from './pair-advices.ts';
import type { RemittanceOf } from './work-out.ts';

/** Amounts count in the payment's currency only; the documents that are named count always. */
function linesOf(advice: RemittanceRow, currency: string): RemittanceLine[] {
  const minor = (text: string | null) =>
    advice.currency === null || advice.currency === currency ? minorOrNull(text, currency) : null;
  return advice.lines.map(({ document, paid, gross, deduction, deductionReason }) => {
    const kept = minor(deduction);
    const whole = minor(gross);
    const deductionMinor = kept !== null && kept > 0n ? kept : null;
    return {
      document,
      paidMinor: minor(paid) ?? (whole === null ? null : whole - (deductionMinor ?? 0n)),
      deductionMinor,
      deductionReason,
    };
  });
}

/** The lines of the advice that is about a payment; none where none is, or several could be. Writes nothing. */
export async function remittancesFor(sql: Sql, rows: readonly PaymentRow[]): Promise<RemittanceOf> {
  const ids = rows.map(({ id }) => id);
  const advices = new Map<number, RemittanceRow>();
  for (const { advice, paymentId } of await pairWaiting(sql)) advices.set(paymentId, advice);
  for (const advice of await readRemittancesOf(sql, ids)) advices.set(advice.payment_id!, advice);
  const structured = await bankRemittanceOf(sql, ids);
  return ({ id, currency }) => {
    const advice = advices.get(id);
    if (advice) return linesOf(advice, currency);
    return (structured.get(id) ?? []).map(({ document, amount }) => ({
      document,
      paidMinor: minorOrNull(amount, currency),
      deductionMinor: null,
      deductionReason: null,
    }));
  };
}
