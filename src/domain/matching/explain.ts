/** Why a payment is not what was owed: every explanation that fits the gap, with the arithmetic in words. */
import type { Day } from '../calendar.ts';
import { formatAmount, toDecimal } from '../money.ts';
import type { AdjustmentKind, MatchSettings } from './shapes.ts';

export type Difference = {
  readonly paidMinor: bigint;
  /** Together, of the invoices that the payment is for. */
  readonly owedMinor: bigint;
  readonly currency: string;
  readonly receivedOn?: Day | null;
  readonly issuedOn?: Day | null;
  readonly dueOn?: Day | null;
};

export type Explanation = {
  /** `miss`: what comes near and does not fit. */
  readonly kind: AdjustmentKind | 'exact' | 'short_pay' | 'overpayment' | 'miss';
  readonly amountMinor: bigint;
  readonly text: string;
};

/** At least one; what explains the whole gap comes first. */
export function explainDifference(difference: Difference, settings: MatchSettings): Explanation[] {
  const { paidMinor, owedMinor, currency } = difference;
  const money = (minor: bigint) => formatAmount(toDecimal(minor, currency), currency);
  const gap = owedMinor - paidMinor;
  if (gap === 0n) return [{ kind: 'exact', amountMinor: 0n, text: `${money(paidMinor)} is what is owed` }];
  if (gap < 0n)
    return [
      {
        kind: 'overpayment',
        amountMinor: -gap,
        text: `${money(paidMinor)} is ${money(-gap)} more than the ${money(owedMinor)} owed`,
      },
    ];
  const fee = settings.bankFeeUpTo[currency] ?? 0n;
  const text = `${money(paidMinor)} is ${money(owedMinor)} less ${money(gap)}`;
  return [
    ...(gap <= fee
      ? [
          {
            kind: 'bank_fee',
            amountMinor: gap,
            text: `${text}, within the usual bank fee of up to ${money(fee)}`,
          } as const,
        ]
      : []),
    { kind: 'short_pay', amountMinor: gap, text: `${text}, which stays open` },
  ];
}
