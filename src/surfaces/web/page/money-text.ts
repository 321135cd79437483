/** Amounts as the cards write them. */
import { formatAmount } from '../../../domain/money.ts';

export const money = (amount: string, currency: string): string => formatAmount(amount, currency);

/** "12,000.00 USD in 4, 300.00 EUR in 1": nothing is summed over currencies. */
export const totalsText = (totals: readonly { currency: string; amount: string; count: number }[]): string =>
  totals.map((each) => `${formatAmount(each.amount, each.currency)} in ${each.count}`).join(', ');
