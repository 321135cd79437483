/**
 * What a set for measuring cash application holds: payments, what they may have paid, and for each payment what was
 * really meant. Minor units as bigint; ids are small numbers within the set.
 */
import type {
  MatchAdjustment,
  MatchApplication,
  MatchCreditUse,
  MatchPayment,
  MatchPool,
  MatchSettings,
  NoMatchKind,
} from '../../../src/domain/matching/shapes.ts';

/** What happened, from the payer's side. */
export const caseKinds = [
  'exact named',
  'exact by PO',
  'exact unnamed',
  'named by month',
  'broken number',
  'wrong number',
  'twin invoices',
  'bundle named',
  'bundle partly named',
  'bundle range',
  'bundle sum only',
  'bundle statement',
  'bundle remittance',
  'instalment',
  'short with reason',
  'short, no reason',
  'bank fee',
  'discount in term',
  'discount late',
  'withholding tax',
  'rounding',
  'overpaid',
  'credit netted',
  'paid twice',
  'paid before',
  'prepayment',
  'on account',
  'parent pays',
  'group pays',
  'other currency',
  'third party named',
  'third party unnamed',
  'customer number',
  'supplier refund',
  'unrelated',
  'unknown payer',
] as const;
export type CaseKind = (typeof caseKinds)[number];

export type TrueAdjustment = Omit<MatchAdjustment, 'reason'>;

/**
 * What a payment was for.
 * Keeps: applications + unappliedMinor = the payment's amount; nothing on an invoice beyond what it has open.
 */
export type PaymentTruth = {
  readonly paymentId: number;
  readonly kind: CaseKind | string;
  readonly applications: readonly MatchApplication[];
  readonly credits: readonly MatchCreditUse[];
  readonly adjustments: readonly TrueAdjustment[];
  readonly unappliedMinor: bigint;
  /** `set`: nobody could say how the money lies on the invoices, only which they are and how much there is in all. */
  readonly placing: 'exact' | 'set';
  /** A person with the same data could not tell: right is not to apply it without asking. */
  readonly ambiguous: boolean;
  /** Why nothing is applied; null when something is. */
  readonly noMatch: NoMatchKind | null;
};

export type MatchSet = {
  readonly name: string;
  /** The seeds it was made with, as printed; empty for data that is given. */
  readonly seeds: string;
  readonly payments: readonly MatchPayment[];
  readonly pool: MatchPool;
  readonly truths: ReadonlyMap<number, PaymentTruth>;
  /** The tenant's own terms: discounts, taxes that payers withhold, fees. */
  readonly settings: Partial<MatchSettings>;
  /** Invoices that nothing tells apart and that were all paid: a name for the group by invoice id. */
  readonly twins: ReadonlyMap<number, number>;
  /** The truth says what differences were; given data often says only which documents belong together. */
  readonly tellsAdjustments: boolean;
  /** How far the cash may be from the truth, where the given data has floating noise. */
  readonly toleranceMinor: bigint;
};

const sum = (amounts: readonly { readonly amountMinor: bigint }[]): bigint =>
  amounts.reduce((total, each) => total + each.amountMinor, 0n);

/** Everything that is wrong with a set's own truth; empty when it is sound. */
export function unsoundTruths(set: MatchSet): string[] {
  const invoices = new Map(set.pool.invoices.map((each) => [each.id, each]));
  const credits = new Map(set.pool.credits.map((each) => [each.id, each]));
  const openOf = new Map(set.pool.invoices.map((each) => [each.id, each.openMinor]));
  const creditOf = new Map(set.pool.credits.map((each) => [each.id, each.openMinor]));
  const faults: string[] = [];
  for (const payment of set.payments) {
    const truth = set.truths.get(payment.id);
    const fault = (what: string) => faults.push(`payment ${payment.id} (${truth?.kind}): ${what}`);
    if (!truth) {
      fault('no truth');
      continue;
    }
    if (sum(truth.applications) + truth.unappliedMinor !== payment.amountMinor) fault('does not add up');
    if (truth.unappliedMinor < 0n) fault('more applied than came in');
    if ((truth.applications.length === 0) !== (truth.noMatch !== null)) fault('no reason for none, or both');
    const closing = truth.adjustments.filter((each) => each.kind !== 'short_pay');
    for (const part of [...truth.applications, ...truth.credits, ...closing]) {
      const invoice = invoices.get(part.invoiceId);
      if (!invoice || invoice.currency !== payment.currency)
        fault(`invoice ${part.invoiceId} cannot be paid`);
      if (part.amountMinor <= 0n) fault(`${part.amountMinor} on invoice ${part.invoiceId}`);
      openOf.set(part.invoiceId, (openOf.get(part.invoiceId) ?? 0n) - part.amountMinor);
    }
    for (const part of truth.credits) {
      if (!credits.has(part.creditId)) fault(`no credit ${part.creditId}`);
      creditOf.set(part.creditId, (creditOf.get(part.creditId) ?? 0n) - part.amountMinor);
    }
  }
  for (const [id, open] of openOf)
    if (open < -set.toleranceMinor) faults.push(`invoice ${id} gets ${-open} too much`);
  for (const [id, open] of creditOf) if (open < 0n) faults.push(`credit ${id} gives ${-open} too much`);
  return faults;
}
