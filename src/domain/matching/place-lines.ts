/** Places money as a remittance advice says: to each document what its line has, and what was kept back of it. */
import { formatAmount, toDecimal } from '../money.ts';
import { amountEvidence, type GapKind } from './amount-evidence.ts';
import type { Candidate, Doc } from './candidate.ts';
import { dayNumber } from './day-number.ts';
import { paymentText } from './lookup-keys.ts';
import { payerWords, withholdsAtHome } from './payer-words.ts';
import { exactNumber } from './payment-view.ts';
import type { RunContext } from './run-context.ts';
import type { MatchAdjustment, MatchApplication, MatchPayment } from './shapes.ts';
import { type Kind, least, type Share, spread } from './shares.ts';

const WORDS: readonly (readonly [RegExp, GapKind])[] = [
  [/discount|skonto|escompte|sconto|korting|early/i, 'early_payment_discount'],
  [/withh|tax|tds|wht|quellen|ritenuta|retenci|retenue/i, 'withholding_tax'],
  [/fee|charge|gebühr|gebuehr|frais|spese|bank/i, 'bank_fee'],
];

type Kept = { readonly kind: Kind; readonly why: string };

/** What was kept back is booked by what it amounts to; the payer's word for it decides where the amount does not. */
function keptBack(
  doc: Doc,
  paid: number,
  payment: MatchPayment,
  country: string | null,
  context: RunContext,
): Kept {
  const { currency } = payment;
  const money = (minor: number) => formatAmount(toDecimal(BigInt(minor), currency), currency);
  const reason = doc.line?.deductionReason ?? null;
  const withholds =
    payerWords(`${paymentText(payment)} ${reason?.toUpperCase() ?? ''}`).tax || withholdsAtHome(country);
  const fits = amountEvidence(
    paid,
    [doc],
    0,
    dayNumber(payment.receivedOn),
    context.tolerances(currency, withholds),
  );
  const said = reason === null ? null : (WORDS.find(([pattern]) => pattern.test(reason))?.[1] ?? 'stated');
  const word = reason === null ? '' : `; the advice says "${reason.slice(0, 60)}"`;
  const percent = fits.percent === null ? '' : `${fits.percent.text} % of ${money(doc.left)}`;
  if (said === null || said === fits.kind) {
    if (fits.kind === 'early_payment_discount')
      return { kind: fits.kind, why: `${percent} within ${fits.percent!.days} days${word}` };
    if (fits.kind === 'withholding_tax') return { kind: fits.kind, why: `${percent} withheld as tax${word}` };
    if (fits.kind === 'bank_fee') return { kind: fits.kind, why: `within the usual bank fee${word}` };
    if (fits.kind === 'write_off' && BigInt(fits.gap) <= (context.settings.writeOffUpTo[currency] ?? 0n))
      return { kind: 'write_off', why: `within the write-off tolerance${word}` };
  }
  return { kind: 'short_pay', why: `kept back, stays open${word}` };
}

/** Keeps what `placeMoney` keeps. A line never takes more than its document has left, nor more than came in. */
export function placeLines(
  { customer, docs, amount }: Candidate,
  payment: MatchPayment,
  shares: readonly Share[],
  context: RunContext,
): { applications: MatchApplication[]; adjustments: MatchAdjustment[]; unappliedMinor: bigint } {
  const applications: MatchApplication[] = [];
  const adjustments: MatchAdjustment[] = [];
  let rest = payment.amountMinor;
  let fee = BigInt(amount.fee);
  const push = (share: Share, kind: Kind, minor: bigint, reason: string) => {
    adjustments.push({ kind, invoiceId: share.invoice.id, amountMinor: minor, reason });
    share.left -= minor;
  };
  docs.forEach((doc, at) => {
    const share = shares[at]!;
    const credited = BigInt(doc.left) - share.left;
    const listed = (doc.line?.paidMinor ?? 0n) - credited;
    const taken = fee > 0n && listed > fee && share.left > fee ? fee : 0n;
    if (taken > 0n) {
      push(share, 'bank_fee', taken, 'the advice lists so much more than came in');
      fee = 0n;
    }
    const part = least(least(listed - taken, share.left), rest);
    if (part > 0n) {
      applications.push({ invoiceId: share.invoice.id, amountMinor: part });
      share.left -= part;
      rest -= part;
    }
    const paid = exactNumber(doc.line?.paidMinor ?? 0n);
    const isKept =
      share.left > 0n &&
      paid > 0 &&
      (doc.line?.deductionMinor === share.left || share.left * 2n <= BigInt(doc.left));
    if (isKept) {
      const kept = keptBack(doc, paid, payment, customer.country, context);
      push(share, kept.kind, share.left, kept.why);
    }
  });
  // What lines and credits left over goes to the same documents, so that no money is lost sight of.
  for (const { share, minor } of spread(rest, shares)) {
    const held = applications.findIndex(({ invoiceId }) => invoiceId === share.invoice.id);
    if (held >= 0)
      applications[held] = {
        invoiceId: share.invoice.id,
        amountMinor: applications[held]!.amountMinor + minor,
      };
    else applications.push({ invoiceId: share.invoice.id, amountMinor: minor });
    rest -= minor;
  }
  return { applications, adjustments, unappliedMinor: rest };
}
