/** What a message about cash says, as the grammar understood it. Plain JSON; kept in the frame for follow-ups. */
import { z } from 'zod';
import { paymentWish, proposeApplicationInput, reverseReasons } from '../../../src/domain/cash/answers.ts';
import { adjustmentKind } from '../../../src/domain/cash/applications.ts';
import { day } from '../../../src/domain/ledger-query/window.ts';

export const cashActs = [
  'apply',
  'adjust',
  'reverse',
  'explain',
  /** "Did they pay twice", "refund or credit?" */
  'duplicates',
  'find_payer',
  'matches',
  'run',
  /** "Who do you remember paying for acme": the cash page shows it. */
  'memory',
  /** "Any chargebacks this month?" */
  'returns',
  /** "Leave it on account": where it is already. */
  'on_account',
] as const;

const number = z.string().max(100);
const amount = z.string().max(40);
const part = z.strictObject({ invoice: number, amount: amount.optional() });
const adjustment = z.strictObject({
  kind: adjustmentKind,
  invoice: number.optional(),
  amount: amount.optional(),
});

export const cashSlots = z.strictObject({
  act: z.enum(cashActs),
  payment: paymentWish.optional(),
  /** "It", "that payment": the one last spoken of. */
  points: z.boolean().optional(),
  /** "The second one" of those that were shown; -1 is the last. */
  nth: z.int().optional(),
  parts: z.array(part).max(100).optional(),
  credits: z.array(number).max(20).optional(),
  adjustments: z.array(adjustment).max(20).optional(),
  /** "50/50", "half each". */
  evenly: z.boolean().optional(),
  alternative: z.int().min(1).max(2).optional(),
  /** It changes the placing that was proposed last. */
  corrects: z.boolean().optional(),
  dropped: z.array(number).max(20).optional(),
  kind: adjustmentKind.exclude(['short_pay']).optional(),
  amount: amount.optional(),
  currency: z.string().max(3).optional(),
  invoice: number.optional(),
  /** "10%": the words go along as the reason, nothing is computed from them. */
  percent: z.boolean().optional(),
  because: z.enum(reverseReasons).optional(),
  note: z.string().max(500).optional(),
  /** What the payment is short by, as it was said. */
  shortBy: amount.optional(),
  /** What was owed, as it was said: "invoice is 10,000". */
  owed: amount.optional(),
  run: z.boolean().optional(),
  from: day.optional(),
  to: day.optional(),
  origin: z.enum(['auto', 'person']).optional(),
  below: z.number().min(0).max(1).optional(),
  /** Part of the address of the person who applied it. */
  by: z.string().max(200).optional(),
  name: z.string().max(300).optional(),
  account: z.string().max(64).optional(),
  text: z.string().max(500).optional(),
});
export type CashSlots = z.infer<typeof cashSlots>;
export type CashAct = CashSlots['act'];

/** A payment that was shown, with what tells it from others. These never change once it is booked. */
const shownPayment = z.strictObject({
  id: z.int(),
  number: z.string(),
  currency: z.string(),
  amount: z.string(),
  payer: z.string().nullable(),
  receivedOn: z.string(),
  /** What it was compared with, suggested for or put on. */
  invoices: z.array(z.string()).max(20),
});
export type ShownPayment = z.infer<typeof shownPayment>;

/** What of a conversation "it", "the second one" and "no, use 1195" point at. */
export const cashMemory = z.strictObject({
  payments: z.array(shownPayment).max(10).default([]),
  /** Applications that were listed or made, the newest first. */
  matches: z.array(z.int()).max(20).default([]),
  /** The last placing that was proposed, as it was asked for. */
  application: proposeApplicationInput.nullable().default(null),
});
export type CashMemory = z.infer<typeof cashMemory>;

export const noMemory = (): CashMemory => ({ payments: [], matches: [], application: null });
