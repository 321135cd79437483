/** Matches payments to what is owed: one assignment over all payments of a run. */
import { type Assigned, assign } from './assignment.ts';
import type { Candidate } from './candidate.ts';
import { confidenceOf, marginOf } from './confidence.ts';
import { viewPayment } from './payment-view.ts';
import { placeMoney, returnPlaced, takePlaced } from './place-money.ts';
import { createPoolIndex } from './pool-index.ts';
import { reasonsFor } from './reasons.ts';
import { createRunContext, type RunContext } from './run-context.ts';
import { createRunState } from './run-state.ts';
import type {
  MatchDecision,
  MatchPayment,
  MatchPool,
  MatchResult,
  MatchSettings,
  MatchSolution,
} from './shapes.ts';
import { withWhatIsStillShort } from './still-short.ts';

const MOST_ALTERNATIVES = 2;

function decisionOf(
  confidence: number,
  { amountMinor, currency }: MatchPayment,
  { applyFrom, proposeFrom, applyUpTo }: MatchSettings,
): MatchDecision {
  if (confidence < proposeFrom) return 'none';
  const bar = applyUpTo?.[currency];
  const within = applyUpTo === null || (bar !== undefined && amountMinor <= bar);
  return confidence >= applyFrom && within ? 'applied' : 'proposed';
}

/** The next best that differ in the invoices; their confidences and the best one's come to at most 1. */
function alternativesOf({ of, chosen }: Assigned, confidence: number, context: RunContext): MatchSolution[] {
  const { view, candidates, nothing } = of;
  const others = candidates.filter(({ key }) => key !== chosen?.candidate.key).slice(0, MOST_ALTERNATIVES);
  const odds = (candidate: Candidate) => Math.exp(Math.min(50, marginOf(candidate, candidates, nothing)));
  const shares = others.map((candidate) => odds(candidate) / (1 + odds(candidate)));
  const together = shares.reduce((sum, share) => sum + share, 0);
  const scale = together === 0 ? 0 : Math.min(1, (1 - confidence) / together);
  // An alternative is placed as if the payment had not been: with what it took itself given back meanwhile.
  if (chosen) returnPlaced(chosen.placed, chosen.candidate, context);
  const placed = others.map((candidate) => placeMoney(candidate, view.payment, context));
  if (chosen) takePlaced(chosen.placed, chosen.candidate, view.payment.id, context);
  return others.flatMap((candidate, at) =>
    placed[at]!.applications.length === 0
      ? []
      : [
          {
            customerId: candidate.customer.id,
            ...placed[at]!,
            confidence: shares[at]! * scale,
            reasons: reasonsFor(candidate, view.payment),
          },
        ],
  );
}

function resultOf(assigned: Assigned, context: RunContext): MatchResult {
  const { of, chosen } = assigned;
  const { payment } = of.view;
  const confidence = chosen ? confidenceOf(chosen.candidate, chosen.margin, of.view.paid) : 0;
  const decision = decisionOf(confidence, payment, context.settings);
  const alternatives = alternativesOf(assigned, confidence, context);
  if (chosen && decision !== 'none')
    return {
      paymentId: payment.id,
      decision,
      solution: {
        customerId: chosen.candidate.customer.id,
        ...chosen.placed,
        confidence,
        reasons: reasonsFor(chosen.candidate, payment),
      },
      noMatch: null,
      alternatives,
    };
  return {
    paymentId: payment.id,
    decision: 'none',
    solution: {
      customerId: of.nothing.customerId,
      applications: [],
      credits: [],
      adjustments: [],
      unappliedMinor: payment.amountMinor,
      confidence: 0,
      reasons: [of.nothing.reason],
    },
    noMatch: of.nothing.kind,
    alternatives,
  };
}

/**
 * Results in the order of the payments. No invoice or credit is used beyond what it has open over the whole run.
 * The same payments and pool give the same results in whatever order they come.
 */
export function matchPayments(
  payments: readonly MatchPayment[],
  pool: MatchPool,
  settings: MatchSettings,
): MatchResult[] {
  const context = createRunContext(createPoolIndex(pool), createRunState(), settings);
  const views = payments.map((payment) => viewPayment(payment, settings));
  const assigned = assign(views, context);
  const results = payments.map(({ id }) => resultOf(assigned.get(id)!, context));
  const chosen = [...assigned.values()].flatMap((each) => each.chosen?.candidate.docs ?? []);
  const order = [...views].sort((a, b) => a.day - b.day || a.payment.id - b.payment.id);
  return withWhatIsStillShort(
    results,
    order.map(({ payment }) => payment.id),
    new Map(chosen.map(({ invoice }) => [invoice.id, invoice])),
    context.state,
  );
}
