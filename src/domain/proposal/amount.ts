/** What a proposal is worth for the limits: told from the digested content, never from a column beside it. */
import type { EmailContent } from '../chase/proposals.ts';
import { parseDecimal } from '../money.ts';

/** The larger of the stated total and the sum of its invoices, in minor units of the email's currency. */
export function emailAmount(content: Pick<EmailContent, 'currency' | 'totalAmount' | 'invoices'>): bigint {
  const stated = parseDecimal(content.totalAmount, content.currency);
  const summed = content.invoices.reduce(
    (sum, each) => sum + parseDecimal(each.openAmount, content.currency),
    0n,
  );
  if (summed > stated) return summed;
  return stated;
}
