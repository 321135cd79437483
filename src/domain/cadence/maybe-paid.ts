/** Which invoices money that is on no invoice yet may have paid: asking for them again could be asking twice. */
import type { HoldReason } from '../chase/worklist.ts';
import { formatAmount, toDecimal } from '../money.ts';
import type { ChaseFacts, ChaseInvoice } from './facts.ts';

/** Exactly one invoice's amount, else all together, else the oldest ones that it pays whole (P-2). */
function paidBy(amount: bigint, invoices: readonly ChaseInvoice[]): ChaseInvoice[] {
  const exact = invoices.find((each) => each.openMinor === amount);
  if (exact) return [exact];
  let left = amount;
  const covered: ChaseInvoice[] = [];
  for (const invoice of invoices) {
    if (invoice.openMinor > left) break;
    covered.push(invoice);
    left -= invoice.openMinor;
  }
  return covered;
}

/**
 * For each of the invoices (oldest first) that unapplied money of the customer, or a payment of nobody known that may
 * be its, covers whole: why it is left out.
 */
export function maybePaid(
  facts: Pick<ChaseFacts, 'unappliedMinor' | 'maybeTheirs' | 'currency'>,
  invoices: readonly ChaseInvoice[],
): Map<number, HoldReason> {
  const { currency } = facts;
  const money = (minor: bigint) => formatAmount(toDecimal(minor, currency), currency);
  const pots = [
    ...(facts.unappliedMinor > 0n
      ? [
          {
            amount: facts.unappliedMinor,
            text: `${money(facts.unappliedMinor)} of theirs is on no invoice yet`,
          },
        ]
      : []),
    ...facts.maybeTheirs.map(({ amountMinor, payerName }) => ({
      amount: amountMinor,
      text: `a payment of ${money(amountMinor)} from ${payerName ?? 'an unnamed payer'} may be theirs`,
    })),
  ];
  const found = new Map<number, HoldReason>();
  for (const { amount, text } of pots)
    for (const invoice of paidBy(
      amount,
      invoices.filter((each) => !found.has(each.id)),
    ))
      found.set(invoice.id, { kind: 'payment_unmatched', text, untilOn: null });
  return found;
}
