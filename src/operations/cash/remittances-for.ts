/** What payers said of their payments elsewhere: advices by mail or file, paired with the money. */
import type { PaymentRow } from '../../store/cash/payments.ts';
import type { Sql } from '../../store/transaction.ts';
import type { RemittanceOf } from './work-out.ts';

/** The lines of the advice that is about a payment; none where none is, or several could be. */
export async function remittancesFor(_sql: Sql, _rows: readonly PaymentRow[]): Promise<RemittanceOf> {
  return () => [];
}
