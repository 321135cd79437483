/** What a person can do about a payment, in sentences. Nothing in them is done by itself. */
import type { ExplainPaymentOutput } from '../../domain/cash/answers.ts';
import { formatAmount } from '../../domain/money.ts';

type Known = Omit<ExplainPaymentOutput, 'next'>;

const nothingLeft = ({ payment }: Known): boolean => !/[1-9]/.test(payment.unapplied);

/** Of the two, the one that is on no invoice is the second payment. */
function ofDuplicate({ payment, duplicates }: Known): string[] {
  const spare = [payment, ...duplicates.map((each) => each.payment)].find((each) =>
    /[1-9]/.test(each.unapplied),
  );
  if (duplicates.length === 0) return [];
  if (!spare)
    return ['Both are on invoices. If one bill was paid twice, take the wrong application back first.'];
  const amount = formatAmount(spare.unapplied, spare.currency);
  return [
    `If it was paid twice, ${amount} belongs to the customer: refund it, or leave it on account for the next invoices. Ask the customer which; Remy does neither by itself.`,
  ];
}

function ofSuggestion({ suggestion }: Known): string[] {
  if (!suggestion) return [];
  if (suggestion.decision === 'applied')
    return ['It is certain enough to be applied by the next run: npx remy match'];
  if (suggestion.placing.applications.length > 0)
    return ['Approve the suggestion, take an alternative, or say which invoices it is for.'];
  switch (suggestion.noMatch) {
    case 'unknown_payer':
      return [
        'Ask who the payer is, or say whose it is: "match it to INV-123". Once confirmed it is remembered.',
      ];
    case 'prepayment':
      return ['Leave it on account until the invoice is there, or ask the payer what it is for.'];
    case 'unrelated':
      return ["Set it aside if it is no customer's money."];
    case 'duplicate':
      return [];
    default:
      return ['Ask the customer for a remittance advice, or say which invoices it is for.'];
  }
}

export function nextSteps(known: Known): string[] {
  const { difference, comparedWith } = known;
  const fits = difference?.reasons.find((each) => each.fits && !['exact', 'overpayment'].includes(each.kind));
  const adjust =
    fits && fits.kind !== 'short_pay' && comparedWith
      ? [
          `If that is right, close the rest with it: "it's a ${fits.kind.replaceAll('_', ' ')}, write it off".`,
        ]
      : [];
  if (nothingLeft(known) && known.applied.length > 0)
    return [...adjust, 'To take it off again: "undo that application".', ...ofDuplicate(known)];
  return [...ofSuggestion(known), ...adjust, ...ofDuplicate(known)];
}
