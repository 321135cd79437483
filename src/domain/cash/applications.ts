/**
 * Money placed on invoices, as people, tools and the command line see it. Amounts are decimal text in the payment's
 * currency; days are `YYYY-MM-DD`.
 */
import { z } from 'zod';
import { customerRef } from '../ledger-query/result.ts';
import { day } from '../ledger-query/window.ts';

export const adjustmentKind = z.enum([
  'bank_fee',
  'early_payment_discount',
  'withholding_tax',
  'write_off',
  'fx',
  'short_pay',
]);

/** What was open on the invoice when this was worked out; what was stored before it was asked for goes without. */
const openThen = z.string().optional();

/**
 * One way to place a payment. An application is cash only; a credit that is used or an adjustment stands beside it.
 * Keeps: the sum of applications and `unapplied` is what there was to place. `short_pay` closes nothing.
 */
export const placing = z.object({
  customer: customerRef.nullable(),
  applications: z.array(
    z.object({
      invoiceId: z.int(),
      invoice: z.string(),
      customer: z.string().describe('whose invoice it is'),
      amount: z.string(),
      /** What was open on it when this was worked out. */
      open: z.string(),
    }),
  ),
  credits: z.array(
    z.object({
      creditId: z.int(),
      credit: z.string(),
      invoiceId: z.int(),
      invoice: z.string(),
      amount: z.string(),
      open: openThen,
    }),
  ),
  adjustments: z.array(
    z.object({
      kind: adjustmentKind,
      invoiceId: z.int(),
      invoice: z.string(),
      amount: z.string(),
      open: openThen,
      reason: z.string(),
    }),
  ),
  unapplied: z.string(),
  /** 0 to 1; null where a person said so. */
  confidence: z.number().nullable(),
  reasons: z.array(z.string()),
});
export type Placing = z.infer<typeof placing>;

export const paymentRef = z.object({
  id: z.int(),
  /** Its number: of the ledger, or made from the bank's booking. */
  number: z.string(),
  source: z.string(),
  receivedOn: day,
  currency: z.string(),
  amount: z.string(),
  /** What is on no invoice. */
  unapplied: z.string(),
  payerName: z.string().nullable(),
  payerAccount: z.string().nullable(),
  reference: z.string().nullable(),
  method: z.string().nullable(),
  bankReference: z.string().nullable(),
  customer: customerRef.nullable(),
});
export type PaymentRef = z.infer<typeof paymentRef>;

/** Exactly what is approved: every field is covered by the digest. */
export const applicationContent = z.strictObject({
  kind: z.literal('application'),
  /** Null: adjustments only, such as the write-off of a rest. */
  payment: paymentRef.nullable(),
  currency: z.string(),
  placing,
  /** The next best; choosing one is a revision of the proposal. */
  alternatives: z.array(placing).max(2),
});
export type ApplicationContent = z.infer<typeof applicationContent>;

export const matchDecision = z.enum(['applied', 'proposed', 'none']);
export const noMatchKind = z.enum([
  'unrelated',
  'unknown_payer',
  'duplicate',
  'prepayment',
  'ambiguous',
  'unclear',
]);

/** What became of one payment in a run. */
export const matchedPayment = z.object({
  payment: paymentRef,
  decision: matchDecision,
  noMatch: noMatchKind.nullable(),
  placing,
  alternatives: z.array(placing),
  /** The act that applied it, and the proposal that waits. */
  matchId: z.int().nullable(),
  proposalId: z.int().nullable(),
});
export type MatchedPayment = z.infer<typeof matchedPayment>;

export const matchRun = z.object({
  asOf: day,
  dryRun: z.boolean(),
  payments: z.array(matchedPayment),
  /** All payments of the run, also where `payments` holds only the first of them. */
  summary: z.object({
    payments: z.int(),
    applied: z.int(),
    proposed: z.int(),
    none: z.int(),
    amounts: z.array(
      z.object({
        currency: z.string(),
        received: z.string(),
        applied: z.string(),
        proposed: z.string(),
        none: z.string(),
      }),
    ),
  }),
});
export type MatchRun = z.infer<typeof matchRun>;

/** An act of applying that was done: by matching on its own or by a person. */
export const appliedMatch = z.object({
  matchId: z.int(),
  origin: z.enum(['auto', 'person']),
  madeBy: z.string(),
  matchedOn: day,
  payment: paymentRef.nullable(),
  placing,
  /** Also where there is no payment, so no money; absent where it is not on record. */
  currency: z.string().optional(),
  reversedOn: day.nullable(),
  reversedBy: z.string().nullable(),
  reversedReason: z.string().nullable(),
});
export type AppliedMatch = z.infer<typeof appliedMatch>;
