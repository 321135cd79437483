/** Turns a reading of a payment into applications, credits used and adjustments, to the minor unit. */
import { formatAmount, toDecimal } from '../money.ts';
import type { Candidate } from './candidate.ts';
import { paymentText } from './lookup-keys.ts';
import { payerWords } from './payer-words.ts';
import { placeLines } from './place-lines.ts';
import type { RunContext } from './run-context.ts';
import type { MatchAdjustment, MatchApplication, MatchCreditUse, MatchPayment } from './shapes.ts';
import { type Kind, least, type Share, spread } from './shares.ts';

export type PlacedMoney = {
  readonly applications: readonly MatchApplication[];
  readonly credits: readonly MatchCreditUse[];
  readonly adjustments: readonly MatchAdjustment[];
  readonly unappliedMinor: bigint;
};

const largestFirst = (shares: readonly Share[]): Share[] =>
  [...shares].sort((a, b) => (a.left === b.left ? a.invoice.id - b.invoice.id : a.left < b.left ? 1 : -1));

/** The kind that the gap is booked as, and why. A gap beyond the tenant's tolerance stays open. */
function gapKind({ amount }: Candidate, gap: bigint, payment: MatchPayment, { settings }: RunContext): Kind {
  const { currency } = payment;
  const words = payerWords(paymentText(payment));
  // Who says that something was kept back, and does not say a fee, means something else.
  if (words.deduction && !words.fee) return 'short_pay';
  if (amount.kind === 'bank_fee' && gap <= (settings.bankFeeUpTo[currency] ?? 0n)) return 'bank_fee';
  const within = gap <= (settings.writeOffUpTo[currency] ?? 0n);
  if (within && ['write_off', 'rounded', 'instalment'].includes(amount.kind)) return 'write_off';
  return 'short_pay';
}

const REASONS: Readonly<Record<Kind, (gap: string) => string>> = {
  bank_fee: (gap) => `${gap} short, within the usual bank fee`,
  write_off: (gap) => `${gap} short, within the write-off tolerance`,
  short_pay: (gap) => `${gap} short, which stays open`,
  early_payment_discount: (gap) => `${gap} discount`,
  withholding_tax: (gap) => `${gap} withheld`,
  fx: (gap) => `${gap} exchange difference`,
};

const PERCENT_KINDS: Readonly<Record<string, { kind: Kind; reason: (of: string, days: number) => string }>> =
  {
    early_payment_discount: {
      kind: 'early_payment_discount',
      reason: (of, days) => `${of} within ${days} days`,
    },
    late_discount: {
      kind: 'short_pay',
      reason: (of, days) => `${of} taken as discount after the ${days} days for it; stays open`,
    },
    withholding_tax: { kind: 'withholding_tax', reason: (of) => `${of} withheld as tax` },
    percent: { kind: 'short_pay', reason: (of) => `${of} kept back, and nothing tells why; stays open` },
  };

/** What a percentage takes of each, and the odd minor units of rounding on the largest. */
function percentAdjustments(
  { amount, docs }: Candidate,
  gap: bigint,
  shares: readonly Share[],
  currency: string,
): MatchAdjustment[] {
  const money = (minor: bigint) => formatAmount(toDecimal(minor, currency), currency);
  const percent = amount.percent!;
  const parts = amount.parts.map(BigInt);
  const odd = gap - BigInt(amount.fee) - parts.reduce((sum, part) => sum + part, 0n);
  const largest = docs.reduce((best, doc, at) => (doc.left > docs[best]!.left ? at : best), 0);
  return parts.flatMap((part, at) => {
    const minor = at === largest ? part + odd : part;
    if (minor <= 0n) return [];
    const of = `${percent.text} % of ${money(shares[at]!.left)}`;
    shares[at]!.left -= minor;
    const { kind, reason } = PERCENT_KINDS[amount.kind] ?? PERCENT_KINDS.percent!;
    return [
      { kind, invoiceId: shares[at]!.invoice.id, amountMinor: minor, reason: reason(of, percent.days) },
    ];
  });
}

/** More than half was paid, and nothing tells of a part: the rest was kept back. */
function isKeptBack({ docs }: Candidate, gap: bigint, owed: bigint, payment: MatchPayment): boolean {
  const words = payerWords(paymentText(payment));
  if (words.deduction) return true;
  if (words.instalment || docs.length > 1) return false;
  const isFraction = [2n, 3n, 4n, 5n].some((parts) => (gap * parts) % owed === 0n);
  return gap * 2n <= owed && (!isFraction || gap * 4n < owed);
}

function adjustmentsFor(
  candidate: Candidate,
  gap: bigint,
  shares: readonly Share[],
  payment: MatchPayment,
  context: RunContext,
): MatchAdjustment[] {
  const { currency } = payment;
  const money = (minor: bigint) => formatAmount(toDecimal(minor, currency), currency);
  const { amount } = candidate;
  const owed = shares.reduce((sum, { left }) => sum + left, 0n);
  if (amount.percent !== null) {
    const taken = percentAdjustments(candidate, gap, shares, currency);
    const fee = spread(BigInt(amount.fee), largestFirst(shares)).map(({ share, minor }) => ({
      kind: 'bank_fee' as const,
      invoiceId: share.invoice.id,
      amountMinor: minor,
      reason: REASONS.bank_fee(money(minor)),
    }));
    return [...taken, ...fee];
  }
  if (amount.kind === 'partial' && !isKeptBack(candidate, gap, owed, payment)) return [];
  const kind = gapKind(candidate, gap, payment, context);
  return spread(gap, largestFirst(shares)).map(({ share, minor }) => ({
    kind,
    invoiceId: share.invoice.id,
    amountMinor: minor,
    reason: REASONS[kind](money(minor)),
  }));
}

/**
 * Keeps: applications + unapplied = the payment's amount; on no invoice more than it has left, counting applications,
 * credits and adjustments; of no credit more than it has left.
 */
export function placeMoney(candidate: Candidate, payment: MatchPayment, context: RunContext): PlacedMoney {
  const { state } = context;
  const shares: Share[] = candidate.docs.map(({ invoice }) => ({ invoice, left: state.leftMinor(invoice) }));
  const credits: MatchCreditUse[] = candidate.credits.flatMap(({ credit, left }) =>
    spread(least(state.creditLeftMinor(credit), used(left)), shares).map(({ share, minor }) => ({
      creditId: credit.id,
      invoiceId: share.invoice.id,
      amountMinor: minor,
    })),
  );
  if (candidate.amount.kind === 'remittance')
    return { credits, ...placeLines(candidate, payment, shares, context) };
  const owed = shares.reduce((sum, { left }) => sum + left, 0n);
  const instalment = candidate.amount.kind === 'instalment';
  const gap = instalment ? BigInt(Math.max(0, candidate.amount.gap)) : owed - payment.amountMinor;
  const adjustments = gap > 0n ? adjustmentsFor(candidate, gap, shares, payment, context) : [];
  let rest = payment.amountMinor;
  const applications: MatchApplication[] = [];
  for (const share of shares) {
    const part = least(rest, share.left);
    if (part <= 0n) continue;
    rest -= part;
    applications.push({ invoiceId: share.invoice.id, amountMinor: part });
  }
  return { applications, credits, adjustments, unappliedMinor: rest };
}

/** Exact: amounts beyond 2^53 are no candidates. */
const used = (left: number): bigint => BigInt(left);

/** Gives back what `takePlaced` took. */
export function returnPlaced(placed: PlacedMoney, candidate: Candidate, { state }: RunContext): void {
  const invoices = new Map(candidate.docs.map(({ invoice }) => [invoice.id, invoice]));
  const credits = new Map(candidate.credits.map(({ credit }) => [credit.id, credit]));
  const closing = placed.adjustments.filter(({ kind }) => kind !== 'short_pay');
  for (const { invoiceId, amountMinor } of [...placed.applications, ...placed.credits, ...closing])
    state.giveBack(invoices.get(invoiceId)!, amountMinor);
  for (const { creditId, amountMinor } of placed.credits)
    state.giveBackCredit(credits.get(creditId)!, amountMinor);
}

/** Books what was placed in the run, so that nobody else gets it. What stays open (`short_pay`) is not taken. */
export function takePlaced(
  placed: PlacedMoney,
  candidate: Candidate,
  paymentId: number,
  context: RunContext,
): void {
  const invoices = new Map(candidate.docs.map(({ invoice }) => [invoice.id, invoice]));
  const credits = new Map(candidate.credits.map(({ credit }) => [credit.id, credit]));
  for (const { invoiceId, amountMinor } of placed.applications)
    context.state.take(invoices.get(invoiceId)!, amountMinor, paymentId);
  for (const { invoiceId, amountMinor, creditId } of placed.credits) {
    context.state.take(invoices.get(invoiceId)!, amountMinor, paymentId);
    context.state.takeCredit(credits.get(creditId)!, amountMinor);
  }
  for (const { kind, invoiceId, amountMinor } of placed.adjustments)
    if (kind !== 'short_pay') context.state.take(invoices.get(invoiceId)!, amountMinor, paymentId);
}
