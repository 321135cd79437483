/** Payments and where they go, in short words; every figure is copied from an output. */
import type { PaymentRef, Placing } from '../../../src/domain/cash/applications.ts';
import { adjustmentWords } from '../../../src/domain/cash/placing-words.ts';
import { lines, listed, money } from './words.ts';

/** Parts told in words; the card shows all. */
const SHOWN = 6;

const some = (parts: readonly string[]): string =>
  parts.length <= SHOWN ? listed(parts) : `${parts.slice(0, SHOWN).join(', ')} and others`;

export const hasMoney = (amount: string): boolean => /[1-9]/.test(amount);

/** "9,975.00 USD of 2026-11-20 from BRT HOLDINGS LLC (BANK-7)". */
export const paymentText = (payment: PaymentRef): string =>
  `${money(payment.amount, payment.currency)} of ${payment.receivedOn} from ${payment.payerName ?? payment.customer?.name ?? 'an unnamed payer'} (${payment.number})`;

/** Null when nothing is placed. */
export function placingWords(placing: Placing, currency: string): string | null {
  const parts = [
    some(placing.applications.map(({ invoice, amount }) => `${money(amount, currency)} on ${invoice}`)),
    some(
      placing.credits.map(
        ({ credit, invoice, amount }) => `${money(amount, currency)} of credit ${credit} on ${invoice}`,
      ),
    ),
    some(
      placing.adjustments.map(
        ({ kind, invoice, amount }) => `${adjustmentWords[kind]} of ${money(amount, currency)} on ${invoice}`,
      ),
    ),
  ].filter((part) => part !== '');
  if (parts.length === 0) return null;
  const rest = hasMoney(placing.unapplied) ? `; ${money(placing.unapplied, currency)} stays on account` : '';
  return `${parts.join('; ')}${rest}`;
}

/** Two digits after the point at most, never rounded up: "97.12 %". */
export const sureness = ({ confidence }: Placing): string =>
  confidence === null ? '' : `, ${Math.floor(confidence * 10_000) / 100}% sure`;

/** "1. ..." for each, to be picked by its number. */
export const numbered = (items: readonly string[]): string =>
  items.map((item, index) => `${index + 1}. ${item}`).join('\n');

export const alternativesText = (alternatives: readonly Placing[], currency: string): string | null => {
  const told = alternatives.flatMap((each) => placingWords(each, currency) ?? []);
  return told.length === 0 ? null : `Alternatives:\n${numbered(told)}`;
};

export const reasonsText = ({ reasons }: Placing): string | null =>
  reasons.length === 0 ? null : lines(reasons.slice(0, 4));
