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

/** The invoice of exactly this amount; else the one that it falls short of by a little. */
const paidAlone = (amount: bigint, invoices: readonly ChaseInvoice[]): ChaseInvoice | undefined =>
  invoices.find((each) => each.openMinor === amount) ??
  nearest(invoices.filter((each) => isShortPay(amount, each)));

/** The oldest ones (P-2), down to one that the amount pays by half or more. */
function paidFromOldest(amount: bigint, invoices: readonly ChaseInvoice[]): ChaseInvoice[] {
  let left = amount;
  const covered: ChaseInvoice[] = [];
  for (const invoice of invoices) {
    if (left <= 0n || left * 2n < invoice.openMinor) break;
    covered.push(invoice);
    if (left <= invoice.openMinor) break;
    left -= invoice.openMinor;
  }
  return covered;
}

type MoneyAtHand = Pick<ChaseFacts, 'unappliedMinor' | 'unappliedPayments' | 'maybeTheirs' | 'currency'>;

/**
 * For each of the invoices (oldest first) that unapplied money of the customer, or a payment of nobody known that may
 * be its, may have paid: why it is left out. A payment stands first for the one invoice whose amount it has; what
 * stands for none pays the oldest: the customer's own money all together, each other payment by itself.
 */
export function maybePaid(facts: MoneyAtHand, invoices: readonly ChaseInvoice[]): Map<number, HoldReason> {
  const { currency, unappliedMinor, maybeTheirs } = facts;
  const money = (minor: bigint) => formatAmount(toDecimal(minor, currency), currency);
  const found = new Map<number, HoldReason>();
  const free = () => invoices.filter((each) => !found.has(each.id));
  const leaveOut = (paid: readonly ChaseInvoice[], text: string) => {
    for (const { id } of paid) found.set(id, { kind: 'payment_unmatched', text, untilOn: null });
  };
  /** True when it stands for one invoice. */
  const alone = (amount: bigint, text: string): boolean => {
    const one = paidAlone(amount, free());
    if (one) leaveOut([one], text);
    return one !== undefined;
  };
  const ownText = `${money(unappliedMinor)} of theirs is on no invoice yet`;
  const theirText = ({ amountMinor, payerName }: ChaseFacts['maybeTheirs'][number]) =>
    `a payment of ${money(amountMinor)} from ${payerName ?? 'an unnamed payer'} may be theirs`;
  const own = facts.unappliedPayments ?? (unappliedMinor > 0n ? [unappliedMinor] : []);
  const ownLeft = own.filter((amount) => !alone(amount, ownText));
  const theirsLeft = maybeTheirs.filter((each) => !alone(each.amountMinor, theirText(each)));
  const together = ownLeft.reduce((sum, amount) => sum + amount, 0n);
  if (!(ownLeft.length > 1 && alone(together, ownText))) leaveOut(paidFromOldest(together, free()), ownText);
  for (const each of theirsLeft) leaveOut(paidFromOldest(each.amountMinor, free()), theirText(each));
  return found;
}
