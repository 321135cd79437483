/** How money is placed, in one sentence; where there is room for a table, cards show it instead. */
import { formatAmount } from '../money.ts';
import type { ApplicationContent, MatchedPayment, Placing } from './applications.ts';

type NoMatchKind = NonNullable<MatchedPayment['noMatch']>;

export const adjustmentWords: Readonly<Record<Placing['adjustments'][number]['kind'], string>> = {
  bank_fee: 'bank fee',
  early_payment_discount: 'early-payment discount',
  withholding_tax: 'withholding tax',
  write_off: 'write-off',
  fx: 'exchange difference',
  short_pay: 'short payment, stays open',
};

/** Why money is on no invoice, as the end of a sentence. */
export const noMatchWords: Readonly<Record<NoMatchKind, string>> = {
  unrelated: 'it is not from a customer',
  unknown_payer: 'nobody known pays like this',
  duplicate: 'what it names was paid before',
  prepayment: 'there is no invoice for it yet',
  ambiguous: 'several sets of invoices explain it equally well',
  unclear: 'nothing explains it well enough',
};

const MOST = 6;

const listed = (parts: readonly string[]): string =>
  parts.length <= MOST
    ? parts.join(', ')
    : `${parts.slice(0, MOST).join(', ')} and ${parts.length - MOST} more`;

/** "1,200.00 USD on INV-1, bank fee 25.00 USD on INV-1; 100.00 USD on no invoice". */
export function placingText(placing: Placing, currency: string): string {
  const money = (amount: string) => formatAmount(amount, currency);
  const parts = [
    listed(placing.applications.map(({ invoice, amount }) => `${money(amount)} on ${invoice}`)),
    listed(
      placing.credits.map(
        ({ credit, invoice, amount }) => `${money(amount)} of credit ${credit} on ${invoice}`,
      ),
    ),
    listed(
      placing.adjustments.map(
        ({ kind, invoice, amount }) => `${adjustmentWords[kind]} ${money(amount)} on ${invoice}`,
      ),
    ),
    /[1-9]/.test(placing.unapplied) ? `${money(placing.unapplied)} on no invoice` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing is placed' : parts.join('; ');
}

/** What a proposal to apply is about: "9,975.00 USD from Acme: 9,975.00 USD on INV-1; bank fee 25.00 USD on INV-1". */
export function applicationText({ payment, placing, currency }: ApplicationContent): string {
  const text = placingText(placing, currency);
  if (!payment) return text;
  return `${formatAmount(payment.amount, payment.currency)} from ${payment.payerName ?? 'an unnamed payer'}: ${text}`;
}
