/** Payments, placings and answers of the cash tools as operations give them, for tests of what shows them. */
import type { ExplainPaymentOutput } from '../../src/domain/cash/answers.ts';
import type {
  ApplicationContent,
  AppliedMatch,
  MatchedPayment,
  MatchRun,
  PaymentRef,
  Placing,
} from '../../src/domain/cash/applications.ts';
import type { ProposalView } from '../../src/domain/chase/proposals.ts';
import { acme, aProposal } from './proposal-builders.ts';

export const aPayment = (change: Partial<PaymentRef> = {}): PaymentRef => ({
  id: 501,
  number: 'B-2026-11-20-1',
  source: 'bank',
  receivedOn: '2026-11-20',
  currency: 'USD',
  amount: '9975.00',
  unapplied: '9975.00',
  payerName: 'ACME LOGISTICS LLC',
  payerAccount: 'US64SVBKUS6S3300958879',
  reference: 'INV-5501 less wire fee',
  method: 'wire',
  bankReference: 'FT26325-0001',
  customer: acme,
  ...change,
});

export const aPlacing = (change: Partial<Placing> = {}): Placing => ({
  customer: acme,
  applications: [
    { invoiceId: 71, invoice: 'INV-5501', customer: acme.name, amount: '9975.00', open: '10000.00' },
  ],
  credits: [],
  adjustments: [
    {
      kind: 'bank_fee',
      invoiceId: 71,
      invoice: 'INV-5501',
      amount: '25.00',
      reason: '9,975.00 is 10,000.00 less 25.00, which banks keep of a wire',
    },
  ],
  unapplied: '0.00',
  confidence: 0.9871,
  reasons: ['The text names INV-5501.', 'A bank fee of 25.00 USD explains the rest.'],
  ...change,
});

/** All of it on another invoice. */
export const another = aPlacing({
  applications: [
    { invoiceId: 72, invoice: 'INV-5502', customer: acme.name, amount: '9975.00', open: '12000.00' },
  ],
  adjustments: [],
  confidence: 0.211,
  reasons: ['A part payment of the oldest invoice.'],
});

export const anApplication = (change: Partial<ApplicationContent> = {}): ApplicationContent => ({
  kind: 'application',
  payment: aPayment(),
  currency: 'USD',
  placing: aPlacing(),
  alternatives: [another],
  ...change,
});

export const aCashProposal = (change: Partial<ProposalView> = {}): ProposalView =>
  aProposal({
    id: 61,
    origin: 'matching',
    madeBy: 'remy@remy.invalid',
    content: anApplication(),
    customer: acme,
    currency: 'USD',
    amount: '9975.00',
    model: 'matching',
    ...change,
  });

export const aMatched = (change: Partial<MatchedPayment> = {}): MatchedPayment => ({
  payment: aPayment(),
  decision: 'proposed',
  noMatch: null,
  placing: aPlacing(),
  alternatives: [another],
  matchId: null,
  proposalId: 61,
  ...change,
});

/** Left alone: nobody knows whose it is. */
export const unknown = (change: Partial<PaymentRef> = {}): MatchedPayment =>
  aMatched({
    payment: aPayment({
      id: 502,
      number: 'B-2026-11-21-7',
      amount: '48212.50',
      unapplied: '48212.50',
      payerName: 'BRT HOLDINGS LLC',
      payerAccount: null,
      reference: null,
      customer: null,
      ...change,
    }),
    decision: 'none',
    noMatch: 'unknown_payer',
    placing: aPlacing({
      customer: null,
      applications: [],
      adjustments: [],
      unapplied: change.unapplied ?? '48212.50',
      confidence: 0,
      reasons: ['Nothing written on it names an invoice or a customer.'],
    }),
    alternatives: [],
    proposalId: null,
  });

export const aMatch = (change: Partial<AppliedMatch> = {}): AppliedMatch => ({
  matchId: 31,
  origin: 'auto',
  madeBy: 'remy',
  matchedOn: '2026-11-24',
  payment: aPayment(),
  placing: aPlacing(),
  currency: 'USD',
  reversedOn: null,
  reversedBy: null,
  reversedReason: null,
  ...change,
});

/** By currency and decision, summed as the operation does; for payments of two-digit currencies. */
export function aRun(payments: MatchedPayment[], change: Partial<MatchRun> = {}): MatchRun {
  const count = (decision: MatchedPayment['decision']) =>
    payments.filter((each) => each.decision === decision).length;
  const currencies = [...new Set(payments.map(({ payment }) => payment.currency))];
  const sum = (currency: string, decision?: MatchedPayment['decision']): string => {
    const cents = payments
      .filter((each) => each.payment.currency === currency && (!decision || each.decision === decision))
      .reduce((total, { payment }) => total + BigInt(payment.unapplied.replace('.', '')), 0n);
    return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
  };
  return {
    asOf: '2026-11-25',
    dryRun: false,
    payments,
    summary: {
      payments: payments.length,
      applied: count('applied'),
      proposed: count('proposed'),
      none: count('none'),
      amounts: currencies.map((currency) => ({
        currency,
        received: sum(currency),
        applied: sum(currency, 'applied'),
        proposed: sum(currency, 'proposed'),
        none: sum(currency, 'none'),
      })),
    },
    ...change,
  };
}

export const anExplanation = (change: Partial<ExplainPaymentOutput> = {}): ExplainPaymentOutput => ({
  payment: aPayment(),
  applied: [],
  matches: [],
  suggestion: aMatched(),
  comparedWith: { what: 'INV-5501', owed: '10000.00', paid: '9975.00' },
  difference: {
    amount: '25.00',
    reasons: [
      {
        kind: 'bank_fee',
        amount: '25.00',
        fits: true,
        text: '9,975.00 is 10,000.00 less 25.00, within the 50.00 USD that banks keep',
      },
      {
        kind: 'early_payment_discount',
        amount: '25.00',
        fits: false,
        text: '2 % of 10,000.00 would be 200.00',
      },
    ],
  },
  duplicates: [],
  returns: [],
  next: ['Approve proposal 61, which books the fee.'],
  ...change,
});
