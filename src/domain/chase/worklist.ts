/** Today's ranked work and what is not chased, as people and tools see it. */
import { z } from 'zod';
import { customerRef } from '../ledger-query/result.ts';
import { day } from '../ledger-query/window.ts';
import { letterKind, tone } from './policy.ts';

/** Why a customer or an invoice is not chased now. */
export const holdReasonKinds = [
  'promise_open',
  'disputed',
  'hold',
  'unanswered_reply',
  'opted_out',
  'contact_opted_out',
  'written_today',
  'just_paid',
  'payment_unmatched',
  'bounced',
  'no_contact',
  'cap_reached',
  'gap',
  'below_minimum',
  'draft_waiting',
  'on_its_way',
  'no_step_due',
  'not_working_day',
  'handed_over',
] as const;
export const holdReason = z.object({
  kind: z.enum(holdReasonKinds),
  /** In words, with the facts: "promised 12,000.00 USD by 2026-08-28 (day of grace until 2026-09-01)". */
  text: z.string(),
  /** The first day on which this reason is gone by itself; null when only an act ends it. */
  untilOn: day.nullable(),
});
export type HoldReason = z.infer<typeof holdReason>;

export const worklistInput = z.strictObject({
  on: day.optional().describe('default today; a later day shows what would go out then'),
  customerId: z.int().positive().optional().describe('"why this account today?"'),
  owner: z.string().max(200).optional(),
  notChased: z.boolean().default(false).describe('list what is not chased and why instead'),
  minUnanswered: z.int().min(1).max(50).optional().describe('only accounts chased so often with no reply'),
  limit: z.int().min(1).max(200).default(20),
});
export type WorklistInput = z.infer<typeof worklistInput>;

const worklistInvoice = z.object({
  number: z.string(),
  dueOn: day,
  daysOverdue: z.int(),
  openAmount: z.string(),
});

export const worklistItem = z.object({
  rank: z.int(),
  customer: customerRef,
  currency: z.string(),
  /** Sum of the invoices the step is about. */
  dueAmount: z.string(),
  overdueAmount: z.string(),
  maxDaysOverdue: z.int(),
  owner: z.string().nullable(),
  /** What to do now. */
  step: z.object({
    id: z.string(),
    channel: z.enum(['email', 'call', 'hand_over']),
    letter: letterKind,
    tone,
    to: z.array(z.string()),
    handOverTo: z.string().nullable(),
    text: z.string().describe('in words: "second reminder by email to ap@acme.example"'),
  }),
  /** Expected cash gained by acting today, per currency; the rank follows it. */
  expectedGain: z.string(),
  slipPercent: z.int().describe('probability that it slips further if nobody acts'),
  reasons: z.array(z.string()),
  /** What would move it up or down. */
  wouldChange: z.array(z.string()),
  unanswered: z.int().describe('chases since the last reply'),
  invoices: z.array(worklistInvoice),
  /** Invoices of the same customer that are left out, each with the reason. */
  leftOut: z.array(z.object({ number: z.string(), reason: holdReason })),
  proposalId: z.int().nullable().describe('the draft that waits for a decision'),
});
export type WorklistItem = z.infer<typeof worklistItem>;

export const notChasedItem = z.object({
  customer: customerRef,
  currency: z.string(),
  overdueAmount: z.string(),
  maxDaysOverdue: z.int(),
  owner: z.string().nullable(),
  reasons: z.array(holdReason),
  unanswered: z.int(),
  /** The first day on which it could be chased again; null when only an act ends it. */
  nextOn: day.nullable(),
});
export type NotChasedItem = z.infer<typeof notChasedItem>;

export const worklistOutput = z.object({
  on: day,
  /** True when the day is not a working day of the company. */
  dayOff: z.string().nullable(),
  count: z.int(),
  totals: z.array(z.object({ currency: z.string(), amount: z.string(), count: z.int() })),
  items: z.array(worklistItem),
  notChasedCount: z.int(),
  notChased: z.array(notChasedItem),
  method: z.string(),
});
export type WorklistOutput = z.infer<typeof worklistOutput>;
