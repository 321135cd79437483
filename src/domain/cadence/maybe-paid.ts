/** Which invoices money that is on no invoice yet may have paid: asking for them again could be asking twice. */
import type { HoldReason } from '../chase/worklist.ts';
import { formatAmount, toDecimal } from '../money.ts';
import type { ChaseFacts, ChaseInvoice } from './facts.ts';

/** A payment that falls short of an invoice by at most a tenth is taken for it: fee, discount or withholding tax. */
const isShortPay = (amount: bigint, invoice: ChaseInvoice): boolean =>
  amount < invoice.openMinor && amount * 10n >= invoice.openMinor * 9n;

const nearest = (invoices: readonly ChaseInvoice[]): ChaseInvoice | undefined =>
  invoices.reduce<ChaseInvoice | undefined>(
    (best, each) => (best === undefined || each.openMinor < best.openMinor ? each : best),
    undefined,
  );

/**
 * Exactly one invoice's amount; else the one that it falls short of by a little; else the oldest ones (P-2), down to
 * one that it pays by half or more.
 */
function paidBy(amount: bigint, invoices: readonly ChaseInvoice[]): ChaseInvoice[] {
  const one =
    invoices.find((each) => each.openMinor === amount) ??
    nearest(invoices.filter((each) => isShortPay(amount, each)));
  if (one) return [one];
  let left = amount;
  const covered: ChaseInvoice[] = [];
  for (const invoice of invoices) {
    if (left * 2n < invoice.openMinor) break;
    covered.push(invoice);
    if (left <= invoice.openMinor) break;
    left -= invoice.openMinor;
  }
  return covered;
}

/**
 * For each of the invoices (oldest first) that unapplied money of the customer, or a payment of nobody known that may
 * be its, may have paid: why it is left out.
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
