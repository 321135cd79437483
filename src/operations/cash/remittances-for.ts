/** What payers said of their payments: advices by mail or file, paired with the money, else what the bank passed on. */
import type { PaymentRow } from '../../store/cash/payments.ts';
import { bankRemittanceOf, type RemittanceRow, readRemittancesOf } from '../../store/cash/remittances.ts';
import type { Sql } from '../../store/transaction.ts';
import { toRemittanceLines } from './advice-lines.ts';
import { pairWaiting } from './pair-advices.ts';
import type { RemittanceOf } from './work-out.ts';

/** The lines of the advice that is about a payment; none where none is, or several could be. Writes nothing. */
export async function remittancesFor(sql: Sql, rows: readonly PaymentRow[]): Promise<RemittanceOf> {
  const ids = rows.map(({ id }) => id);
  const advices = new Map<number, RemittanceRow>();
  for (const advice of await readRemittancesOf(sql, ids)) advices.set(advice.payment_id!, advice);
  const without = rows.filter(({ id }) => !advices.has(id));
  for (const { advice, paymentId } of await pairWaiting(sql, without)) advices.set(paymentId, advice);
  const structured = await bankRemittanceOf(sql, ids);
  return ({ id, currency }) => {
    const advice = advices.get(id);
    if (advice) return toRemittanceLines(advice, currency);
    const lines = (structured.get(id) ?? []).map(({ document, amount }) => ({
      ...{ document, paid: amount, gross: null, deduction: null, deductionReason: null },
    }));
    return toRemittanceLines({ currency, lines }, currency);
  };
}
