/**
 * What is recorded from a conversation (holds, promises, disputes), as tools take it and give it back: the days default
 * to today, and the outputs say what was recorded. Amounts are decimal text beside their currency.
 */
import { z } from 'zod';
import { customerRef } from '../ledger-query/result.ts';
import { day } from '../ledger-query/window.ts';

export const disputeReasons = [
  'price',
  'quantity',
  'quality',
  'not_received',
  'wrong_po',
  'duplicate',
  'tax',
  'already_credited',
  'contract',
  'other',
] as const;

export const paymentMethods = ['card', 'ach', 'wire', 'cheque', 'other'] as const;

const customerId = z.int().positive();
const number = z.string().min(1).max(100);
const quote = z.string().max(500).optional().describe("the customer's own words");

export const holdToolInput = z.strictObject({
  customerId: customerId.optional(),
  invoice: number.optional().describe('none: the whole customer'),
  reason: z.string().min(1).max(500),
  resumeOn: day
    .optional()
    .describe('"until the 20th" is the 20th: the first day it may be chased again; none: until lifted'),
});
export type HoldToolInput = z.infer<typeof holdToolInput>;

export const liftHoldToolInput = z.strictObject({
  customerId: customerId.optional(),
  invoice: number.optional(),
});
export type LiftHoldToolInput = z.infer<typeof liftHoldToolInput>;

export const promiseToolInput = z.strictObject({
  customerId: customerId.optional(),
  invoices: z.array(number).max(100).default([]).describe('none: any'),
  amount: z.string().describe('"40000.00"'),
  currency: z.string().optional().describe("default: the customer's"),
  payOn: day,
  method: z.enum(paymentMethods).optional(),
  quote,
});
export type PromiseToolInput = z.infer<typeof promiseToolInput>;

export const disputeToolInput = z.strictObject({
  invoice: number,
  customerId: customerId.optional(),
  lineNumber: z.int().positive().optional(),
  reason: z.enum(disputeReasons),
  amount: z.string().optional().describe('default: all that is open'),
  owner: z.string().max(200).optional().describe('who has to answer it'),
  dueOn: day.optional(),
  quote,
});
export type DisputeToolInput = z.infer<typeof disputeToolInput>;

export const recordedHold = z.object({
  holdId: z.int(),
  customer: customerRef,
  /** Null: the whole customer. */
  invoice: z.string().nullable(),
  reason: z.string(),
  fromOn: day,
  /** The last day of it; null: until lifted. */
  untilOn: day.nullable(),
});
export type RecordedHold = z.infer<typeof recordedHold>;

export const holdToolOutput = recordedHold.extend({
  /** The first day on which chasing may go on; null: when it is lifted. */
  resumeOn: day.nullable(),
});
export type HoldToolOutput = z.infer<typeof holdToolOutput>;

export const liftedHolds = z.object({
  customer: customerRef,
  liftedOn: day,
  lifted: z.array(recordedHold),
  /** Holds of the customer that still stop the invoice that was named. */
  stillHeld: z.array(recordedHold),
});
export type LiftedHolds = z.infer<typeof liftedHolds>;

export const recordedPromise = z.object({
  promiseId: z.int(),
  customer: customerRef,
  invoices: z.array(z.string()),
  amount: z.string(),
  currency: z.string(),
  madeOn: day,
  payOn: day,
  method: z.string().nullable(),
  /** What a person should know: more than is owed. */
  caution: z.string().nullable(),
});
export type RecordedPromise = z.infer<typeof recordedPromise>;

export const recordedDispute = z.object({
  disputeId: z.int(),
  customer: customerRef,
  invoice: z.string(),
  lineNumber: z.int().nullable(),
  reason: z.enum(disputeReasons),
  amount: z.string(),
  currency: z.string(),
  owner: z.string().nullable(),
  openedOn: day,
  dueOn: day.nullable(),
});
export type RecordedDispute = z.infer<typeof recordedDispute>;
