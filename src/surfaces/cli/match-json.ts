/** A run of matching as JSON for other programs: the contract of `remy match --json`. */
import type { MatchedPayment, MatchRun, Placing } from '../../domain/cash/applications.ts';
import { parseDecimal, toDecimal } from '../../domain/money.ts';

const solutionOf = (placing: Placing) => ({
  confidence: placing.confidence ?? 1,
  customer: placing.customer?.code ?? null,
  applications: placing.applications.map(({ invoice, amount, customer }) => ({ invoice, amount, customer })),
  credits: placing.credits.map(({ credit, amount, invoice }) => ({ credit, amount, invoice })),
  adjustments: placing.adjustments.map(({ kind, amount, invoice, reason }) => ({
    ...{ kind, amount, invoice, reason },
  })),
  unapplied: placing.unapplied,
  reasons: placing.reasons,
});

/** What had been placed of it, or had left, before this run. */
function before({ amount, unapplied, currency }: MatchedPayment['payment']): string {
  return toDecimal(parseDecimal(amount, currency) - parseDecimal(unapplied, currency), currency);
}

const paymentOf = (matched: MatchedPayment) => {
  const { payment, decision, noMatch, placing, alternatives, matchId, proposalId } = matched;
  const { source, bankReference, receivedOn, amount, currency, payerName } = payment;
  return {
    payment: payment.number,
    id: payment.id,
    ...{ source, bankReference, receivedOn, amount, currency, payerName, decision, noMatch },
    ...solutionOf(placing),
    placedBefore: before(payment),
    alternatives: alternatives.map(solutionOf),
    match: matchId,
    proposal: proposalId,
  };
};

/**
 * Amounts are decimal text in the payment's currency. An application is cash only, so that the sum of applications,
 * `unapplied` and `placedBefore` (nearly always zero) is `amount`.
 */
export const matchJson = ({ asOf, dryRun, payments, summary }: MatchRun) => ({
  asOf,
  dryRun,
  payments: payments.map(paymentOf),
  summary,
});
