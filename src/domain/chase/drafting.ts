/** What is asked of the writer, and what the drafting tools take and give. */
import { z } from 'zod';
import { day } from '../ledger-query/window.ts';
import { language, letterKind, tone } from './policy.ts';
import { listProposalsOutput, proposalView } from './proposals.ts';
import { holdReason } from './worklist.ts';

const style = {
  tone: tone.optional(),
  language: language.optional(),
};

export const draftEmailInput = z.strictObject({
  customerId: z.int().positive(),
  invoices: z
    .array(z.string().min(1).max(100))
    .max(100)
    .optional()
    .describe('numbers; default: all that are due'),
  dueMonth: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional()
    .describe('only invoices due or issued in this month'),
  currency: z.string().optional(),
  letter: letterKind.optional().describe('default: by the cadence'),
  ...style,
  cc: z
    .array(z.string().max(200))
    .max(10)
    .default([])
    .describe('addresses of known contacts, or roles such as controller, owner'),
  attach: z.enum(['statement_pdf', 'statement_csv']).optional(),
});
export type DraftEmailInput = z.infer<typeof draftEmailInput>;

export const draftEmailOutput = z.object({
  proposal: proposalView,
  /** Invoices left out of the draft, each with why. */
  leftOut: z.array(z.object({ number: z.string(), reason: holdReason })),
});
export type DraftEmailOutput = z.infer<typeof draftEmailOutput>;

export const draftManyInput = z.strictObject({
  minDaysOverdue: z.int().min(1).max(1000).default(1),
  exceptOwner: z.string().max(200).optional().describe('leave out accounts of this owner (email)'),
  owner: z.string().max(200).optional(),
  exceptCustomerIds: z.array(z.int().positive()).max(200).default([]),
  minAmount: z.string().optional(),
  currency: z.string().optional(),
  ...style,
});
export type DraftManyInput = z.infer<typeof draftManyInput>;

export const draftManyOutput = z.object({
  made: listProposalsOutput,
  notChased: z.array(
    z.object({
      customer: z.string(),
      currency: z.string(),
      amount: z.string(),
      reasons: z.array(z.string()),
    }),
  ),
  notChasedCount: z.int(),
});
export type DraftManyOutput = z.infer<typeof draftManyOutput>;

export const reviseDraftInput = z.strictObject({
  proposalId: z.int().positive().optional().describe('default: the last draft of this conversation'),
  firmer: z.int().min(-3).max(3).optional().describe('rungs up (or down) the tone ladder'),
  ...style,
  letter: letterKind.optional(),
  shorter: z.boolean().optional(),
  mentionPo: z.boolean().optional(),
  addCc: z.array(z.string().max(200)).max(5).default([]),
  removeCc: z.array(z.string().max(200)).max(5).default([]),
  addInvoices: z.array(z.string().max(100)).max(50).default([]),
  removeInvoices: z.array(z.string().max(100)).max(50).default([]),
  attach: z.enum(['statement_pdf', 'statement_csv', 'none']).optional(),
  wish: z.string().max(500).optional().describe("the person's own words"),
});
export type ReviseDraftInput = z.infer<typeof reviseDraftInput>;

/** Typed facts: all that the writer ever sees. No text that came from outside. */
export const letterFacts = z.object({
  letter: letterKind,
  tone,
  language,
  shorter: z.boolean(),
  mentionPo: z.boolean(),
  greetingName: z.string().nullable(),
  customerName: z.string(),
  companyName: z.string(),
  senderName: z.string(),
  currency: z.string(),
  today: day,
  invoices: z.array(
    z.object({
      number: z.string(),
      dueOn: day,
      daysOverdue: z.int().describe('negative: not due yet'),
      openAmount: z.string(),
      amount: z.string(),
      poNumber: z.string().nullable(),
    }),
  ),
  totalAmount: z.string(),
  oldestDaysOverdue: z.int(),
  chasesSoFar: z.int(),
  promise: z.object({ amount: z.string(), payOn: day, madeOn: day }).nullable(),
  payment: z.object({ amount: z.string(), receivedOn: day }).nullable(),
  paymentInstructions: z.string().nullable(),
  paymentLink: z.string().nullable(),
  phone: z.string().nullable(),
  attachment: z.string().nullable().describe('the name of an attached statement'),
  /** The day by which an answer or the payment is asked for. */
  answerBy: day,
});
export type LetterFacts = z.infer<typeof letterFacts>;

/** Prose with placeholders, before code puts the figures in. */
export const letterProse = z.object({ subject: z.string(), body: z.string() });
export type LetterProse = z.infer<typeof letterProse>;
