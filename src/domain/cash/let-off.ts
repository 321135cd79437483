/** What an application lets off: the part of invoices that is closed without money. */
import { parseDecimal } from '../money.ts';
import type { Placing } from './applications.ts';

/** Minor units; a short payment closes nothing, so it counts for nothing. */
export const letOff = (placing: Pick<Placing, 'adjustments'>, currency: string): bigint =>
  placing.adjustments.reduce(
    (sum, { kind, amount }) => (kind === 'short_pay' ? sum : sum + parseDecimal(amount, currency)),
    0n,
  );
