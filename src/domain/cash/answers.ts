/** What the cash tools take and give. Amounts are decimal text beside their currency. */
import { z } from 'zod';
import { customerRef } from '../ledger-query/result.ts';
import { day } from '../ledger-query/window.ts';
import { adjustmentKind, appliedMatch, matchedPayment, paymentRef } from './applications.ts';

const number = z.string().min(1).max(100);
const decimal = z.string().max(30);

/** Which payment is meant; it has to fit exactly one, else the candidates are asked back. */
export const paymentWish = z.strictObject({
  paymentId: z.int().positive().optional(),
  number: number.optional().describe("the payment's number"),
  amount: decimal.optional(),
  currency: z.string().optional(),
  payer: z.string().max(200).optional(),
  customerId: z.int().positive().optional(),
  method: z.enum(['card', 'ach', 'wire', 'cheque', 'other']).optional(),
  receivedOn: day.optional(),
});
export type PaymentWish = z.infer<typeof paymentWish>;

export const matchPaymentsInput = z.strictObject({
  run: z
    .boolean()
    .default(false)
    .describe('true: apply what is certain and propose the rest; false: only show'),
  payment: paymentWish.optional().describe('none: every unapplied payment'),
  limit: z.int().min(1).max(200).default(20),
});
export type MatchPaymentsInput = z.input<typeof matchPaymentsInput>;

export const listMatchesInput = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  origin: z.enum(['auto', 'person']).optional(),
  belowConfidence: z.number().min(0).max(1).optional().describe('1: all that were not fully sure'),
  customerId: z.int().positive().optional(),
  limit: z.int().min(1).max(200).default(20),
});
export type ListMatchesInput = z.input<typeof listMatchesInput>;
export const listMatchesOutput = z.object({ total: z.int(), matches: z.array(appliedMatch) });
export type ListMatchesOutput = z.infer<typeof listMatchesOutput>;

export const explainPaymentInput = z.strictObject({
  payment: paymentWish,
  invoice: number.optional().describe('the invoice it is compared with'),
  owed: decimal.optional().describe('or the amount it is compared with'),
});
export type ExplainPaymentInput = z.infer<typeof explainPaymentInput>;

export const differenceReason = z.object({
  kind: adjustmentKind.or(z.enum(['exact', 'overpayment', 'miss'])),
  amount: z.string(),
  fits: z.boolean(),
  /** With the arithmetic: "9,975.00 is 10,000.00 less 25.00". */
  text: z.string(),
});

export const explainPaymentOutput = z.object({
  payment: paymentRef,
  /** What became of it: applications that are in force, with who made them. */
  matches: z.array(appliedMatch),
  /** On which invoices its money is now, by whomever. */
  applied: z.array(z.object({ invoice: z.string(), amount: z.string(), on: day })),
  /** How matching sees what is left; null when nothing is left. */
  suggestion: matchedPayment.nullable(),
  /** The gap to the invoice that was asked about, or to the suggestion's: every explanation that fits, then near misses. */
  comparedWith: z.object({ what: z.string(), owed: z.string(), paid: z.string() }).nullable(),
  difference: z.object({ amount: z.string(), reasons: z.array(differenceReason) }).nullable(),
  /** Payments that look like the same money or a second payment of the same invoices. */
  duplicates: z.array(z.object({ payment: paymentRef, why: z.string() })),
  /** What was returned, charged back, refunded or set aside of it. */
  returns: z.array(
    z.object({ kind: z.string(), amount: z.string(), on: day, reason: z.string().nullable() }),
  ),
  /** What can be done next, in sentences. */
  next: z.array(z.string()),
});
export type ExplainPaymentOutput = z.infer<typeof explainPaymentOutput>;

export const proposeApplicationInput = z.strictObject({
  payment: paymentWish,
  /** In this order; without an amount: as much as is open, while the money lasts. */
  parts: z
    .array(z.strictObject({ invoice: number, amount: decimal.optional() }))
    .max(100)
    .default([]),
  credits: z
    .array(z.strictObject({ credit: number, invoice: number.optional(), amount: decimal.optional() }))
    .max(20)
    .default([]),
  adjustments: z
    .array(z.strictObject({ kind: adjustmentKind, invoice: number, amount: decimal.optional() }))
    .max(20)
    .default([])
    .describe('without an amount: what is left open on the invoice'),
  alternative: z.int().min(1).max(2).optional().describe("take the suggestion's alternative 1 or 2 instead"),
});
export type ProposeApplicationInput = z.input<typeof proposeApplicationInput>;

export const proposeAdjustmentInput = z.strictObject({
  kind: adjustmentKind.exclude(['short_pay']),
  invoice: number.optional().describe('none: the one that the payment left short'),
  payment: paymentWish.optional(),
  amount: decimal.optional().describe('default: all that is open'),
  reason: z.string().max(500).optional(),
});
export type ProposeAdjustmentInput = z.input<typeof proposeAdjustmentInput>;

export const reverseReasons = ['mistake', 'returned', 'bounced_cheque', 'chargeback', 'refund'] as const;
export const reverseApplicationInput = z.strictObject({
  matchId: z.int().positive().optional(),
  payment: paymentWish.optional(),
  invoice: number.optional().describe('whatever money was put on it last'),
  /** None of the above: the last application that the asking person made, else the last one at all. */
  because: z.enum(reverseReasons).default('mistake').describe('not a mistake: the money itself left again'),
  amount: decimal.optional().describe('default: all of it'),
  note: z.string().max(500).optional(),
});
export type ReverseApplicationInput = z.input<typeof reverseApplicationInput>;

export const reversedApplication = z.object({
  match: appliedMatch.nullable(),
  payment: paymentRef.nullable(),
  because: z.enum(reverseReasons),
  reopened: z.array(
    z.object({
      invoice: z.string(),
      customer: z.string(),
      amount: z.string(),
      open: z.string(),
      currency: z.string(),
    }),
  ),
  /** Names and accounts that are forgotten again. */
  unlearned: z.array(z.string()),
  summary: z.string(),
});
export type ReversedApplication = z.infer<typeof reversedApplication>;

export const findPayerInput = z.strictObject({
  name: z.string().max(300).optional(),
  account: z.string().max(64).optional(),
  amount: decimal.optional(),
  currency: z.string().optional(),
  text: z.string().max(2000).optional().describe('memo or reference'),
});
export type FindPayerInput = z.infer<typeof findPayerInput>;

export const findPayerOutput = z.object({
  payment: paymentRef.nullable().describe('the payment that fits, where one is booked'),
  candidates: z.array(
    z.object({
      customer: customerRef,
      /** In words: known account, name, amount of an invoice, promise. */
      why: z.array(z.string()),
      invoices: z.array(
        z.object({ invoice: z.string(), open: z.string(), currency: z.string(), dueOn: day }),
      ),
      score: z.number(),
    }),
  ),
  next: z.array(z.string()),
});
export type FindPayerOutput = z.infer<typeof findPayerOutput>;

export const listCashInput = z.strictObject({
  state: z.enum(['waiting', 'applied']).default('waiting'),
  currency: z.string().length(3).optional(),
  customerId: z.int().positive().optional(),
  /** Part of the payer, the text, the number or the amount. */
  text: z.string().max(200).optional(),
  /** Received on that day or before: what waits for long. */
  receivedTo: day.optional(),
  limit: z.int().min(1).max(200).default(50),
  offset: z.int().min(0).default(0),
});
export type ListCashInput = z.input<typeof listCashInput>;
export const listCashOutput = z.object({
  total: z.int(),
  totals: z.array(z.object({ currency: z.string(), amount: z.string(), count: z.int() })),
  payments: z.array(
    z.object({
      payment: paymentRef,
      /** The proposal that waits, with what it would do in words. */
      proposal: z.object({ id: z.int(), text: z.string(), confidence: z.number().nullable() }).nullable(),
    }),
  ),
});
export type ListCashOutput = z.infer<typeof listCashOutput>;

export const openItem = z.object({
  invoiceId: z.int(),
  invoice: z.string(),
  issuedOn: day,
  dueOn: day,
  amount: z.string(),
  open: z.string(),
  disputed: z.boolean(),
});

/** Everything on the desk for placing one payment by hand. */
export const paymentDeskOutput = z.object({
  matched: matchedPayment,
  customer: customerRef.nullable(),
  openInvoices: z.array(openItem),
  credits: z.array(z.object({ creditId: z.int(), credit: z.string(), open: z.string(), issuedOn: day })),
  /** Explanations of the gap between the payment and the suggestion. */
  differences: z.array(differenceReason),
});
export type PaymentDeskOutput = z.infer<typeof paymentDeskOutput>;

export const payerMemoryOutput = z.object({
  total: z.int(),
  payers: z.array(
    z.object({
      kind: z.enum(['name', 'account']),
      key: z.string(),
      customer: customerRef,
      times: z.int(),
      lastOn: day,
      learnedBy: z.string(),
    }),
  ),
});
export type PayerMemoryOutput = z.infer<typeof payerMemoryOutput>;

export const replayInput = z.strictObject({ from: day, to: day });
/** How matching would have done in a past window, held against what people really applied. Shares are 0 to 1. */
export const replayOutput = z.object({
  from: day,
  to: day,
  /** Payments that people applied: those it is judged by. */
  payments: z.int(),
  /** Payments of the window that people did not apply: nobody knows what is right for them. */
  leftOut: z.int(),
  right: z.number(),
  coverage: z.number().describe('applied without asking'),
  precision: z.number().describe('of those applied without asking'),
  wrongAuto: z.number().describe('wrong and applied without asking, of all'),
  applyFrom: z.number().describe('the threshold in force'),
  /** The lowest threshold with 99.9 % precision; null when none reaches it. */
  threshold: z.object({ applyFrom: z.number(), precision: z.number(), coverage: z.number() }).nullable(),
  reliability: z.array(
    z.object({ from: z.number(), to: z.number(), stated: z.number(), right: z.number(), count: z.int() }),
  ),
  /** Wrong ones that would have been applied, the largest first. */
  wrong: z.array(
    z.object({ payment: paymentRef, would: z.string(), did: z.string(), confidence: z.number() }),
  ),
});
export type ReplayOutput = z.infer<typeof replayOutput>;
