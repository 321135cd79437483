/** What a message about chasing says, as the grammar understood it. Plain JSON; kept in the frame for follow-ups. */
import { z } from 'zod';
import { language, letterKind, tone } from '../../../src/domain/chase/policy.ts';
import { disputeReasons, paymentMethods } from '../../../src/domain/chase/records.ts';
import { policyWish } from '../../../src/domain/chase/reports.ts';
import { day } from '../../../src/domain/ledger-query/window.ts';

export const chaseActs = [
  'worklist',
  'draft_email',
  'draft_many',
  'revise_draft',
  'set_hold',
  'lift_hold',
  'log_promise',
  'open_dispute',
  'policy',
  'proposals',
  /** "approve it": no tool decides; what waits is shown. */
  'decide',
  'audit',
] as const;

const names = z.array(z.string().max(200)).max(10);

export const chaseSlots = z.strictObject({
  act: z.enum(chaseActs),
  /** The draft that is meant, where it is not the last one. */
  proposalId: z.int().optional(),
  letter: letterKind.optional(),
  tone: tone.optional(),
  language: language.optional(),
  /** Rungs up or down the ladder of tones. */
  firmer: z.int().min(-3).max(3).optional(),
  shorter: z.boolean().optional(),
  mentionPo: z.boolean().optional(),
  cc: names.optional(),
  removeCc: names.optional(),
  /** Who was put in copy so far in this conversation: what "remove the cc" takes out. */
  copied: names.optional(),
  removeAllCc: z.boolean().optional(),
  attach: z.enum(['statement_pdf', 'statement_csv', 'none']).optional(),
  /** `YYYY-MM`: invoices due or issued in it. */
  dueMonth: z.string().max(7).optional(),
  /** "the two invoices": how many were meant, and how it was typed. */
  expected: z.strictObject({ count: z.int(), typed: z.string().max(40) }).optional(),
  addInvoices: names.optional(),
  removeInvoices: names.optional(),
  minDaysOverdue: z.int().optional(),
  minAmount: z.string().max(40).optional(),
  owner: z.string().max(200).optional(),
  exceptOwner: z.string().max(200).optional(),
  /** The names are left out, not chased. */
  except: z.boolean().optional(),
  /** The days as they were said, for the answer: "more than 30 days". */
  daysSaid: z.string().max(60).optional(),
  reason: z.string().max(500).optional(),
  resumeOn: day.optional(),
  amount: z.string().max(40).optional(),
  currency: z.string().max(3).optional(),
  payOn: day.optional(),
  method: z.enum(paymentMethods).optional(),
  line: z.int().positive().optional(),
  disputeReason: z.enum(disputeReasons).optional(),
  /** Who has to answer a dispute. */
  handler: z.string().max(200).optional(),
  answerBy: day.optional(),
  on: day.optional(),
  /** "why acme today", "why not acme". */
  why: z.boolean().optional(),
  notChased: z.boolean().optional(),
  minUnanswered: z.int().optional(),
  limit: z.int().min(1).max(200).optional(),
  /** "Approve it": the draft at hand, not all that waits. */
  single: z.boolean().optional(),
  decision: z.enum(['approve', 'reject', 'snooze', 'undo', 'send']).optional(),
  state: z.enum(['waiting', 'approved', 'done', 'closed', 'all']).optional(),
  from: day.optional(),
  to: day.optional(),
  by: z.enum(['remy', 'people']).optional(),
  sent: z.boolean().optional(),
  wish: policyWish.optional(),
});
export type ChaseSlots = z.infer<typeof chaseSlots>;
export type ChaseAct = ChaseSlots['act'];

/** Acts about one customer that may be said again of another: "and globex too". */
export const repeatable: ReadonlySet<ChaseAct> = new Set([
  'worklist',
  'draft_email',
  'set_hold',
  'lift_hold',
  'audit',
  'proposals',
]);

/** After these a short wish ("firmer", "in german") is about the draft. */
export const isDrafting = (act: ChaseAct | undefined): boolean =>
  act === 'draft_email' || act === 'revise_draft' || act === 'draft_many';
