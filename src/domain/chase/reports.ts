/** The digest, the tasks, the policy change and the audit trail, as people and tools see them. */
import { z } from 'zod';
import { customerRef } from '../ledger-query/result.ts';
import { day } from '../ledger-query/window.ts';
import { proposalView, receipt } from './proposals.ts';

const money = z.object({ currency: z.string(), amount: z.string(), count: z.int() });
const line = z.object({ customer: customerRef, currency: z.string(), amount: z.string(), text: z.string() });

export const digestContent = z.object({
  day,
  audience: z.string(),
  /** The first day it tells of: that of the last digest, which ended with the day before it. It ends yesterday. */
  since: day,
  cashIn: z.object({ totals: z.array(money), biggest: z.array(line) }),
  decisions: z.object({
    waiting: z.int(),
    totals: z.array(money),
    oldest: z.array(z.object({ proposalId: z.int(), text: z.string() })),
  }),
  brokenPromises: z.array(line),
  duePromises: z.array(line),
  newDisputes: z.array(line),
  movements: z.array(line),
  tasks: z.array(z.object({ taskId: z.int(), text: z.string() })),
  /** What Remy did by itself since the last digest, in sentences. */
  done: z.array(z.string()),
  /** Null until there is a forecast. */
  forecast: z.string().nullable(),
  sources: z.array(z.object({ source: z.string(), syncedAt: z.string(), stale: z.boolean() })),
});
export type DigestContent = z.infer<typeof digestContent>;

export const taskView = z.object({
  id: z.int(),
  customer: customerRef,
  kind: z.enum(['call', 'owner', 'sales', 'manager', 'legal']),
  assignee: z.string().nullable(),
  title: z.string(),
  dueOn: day,
  state: z.enum(['veto_window', 'open', 'done', 'vetoed']),
  vetoUntil: z.string().nullable(),
  currency: z.string().nullable(),
  amount: z.string().nullable(),
  context: z.array(z.string()),
});
export type TaskView = z.infer<typeof taskView>;

/** A change of the cadence in the words of a person; exactly one part is given. */
export const policyWish = z.strictObject({
  approvalLimit: z
    .strictObject({ amount: z.string(), currency: z.string().optional().describe('default: all of them') })
    .optional()
    .describe('only controllers and admins approve above it'),
  minGapDays: z.int().min(1).max(60).optional(),
  weeklyCap: z.int().min(1).max(7).optional(),
  contactHours: z.strictObject({ from: z.string(), to: z.string() }).optional(),
  minimumBalance: z.strictObject({ amount: z.string(), currency: z.string().optional() }).optional(),
  sendingDelaySeconds: z.int().min(0).max(3600).optional(),
  addStep: z
    .strictObject({
      segment: z.string().default('default'),
      day: z.int().min(-60).max(365),
      tone: z.string(),
    })
    .optional(),
  removeStep: z
    .strictObject({ segment: z.string().default('default'), day: z.int().min(-60).max(365) })
    .optional(),
});
export type PolicyWish = z.infer<typeof policyWish>;

export const auditTrailInput = z.strictObject({
  customerId: z.int().positive().optional(),
  proposalId: z.int().positive().optional(),
  from: day.optional(),
  to: day.optional(),
  by: z.enum(['remy', 'people', 'all']).default('all').describe('remy: what it did by itself'),
  sent: z.boolean().default(false).describe('only emails that left, with their whole text and who approved'),
  limit: z.int().min(1).max(200).default(50),
});
export type AuditTrailInput = z.infer<typeof auditTrailInput>;

export const auditTrailOutput = z.object({
  total: z.int(),
  entries: z.array(
    z.object({ id: z.int(), at: z.string(), actor: z.string(), act: z.string(), text: z.string() }),
  ),
  /** Emails that left, newest first: approved by whom, on which evidence, written by which model. */
  sent: z.array(
    z.object({
      proposal: proposalView,
      approvedBy: z.array(z.string()),
      sentAt: z.string(),
      receipt: receipt.nullable(),
      promptVersion: z.string(),
    }),
  ),
  chainIntact: z.boolean(),
});
export type AuditTrailOutput = z.infer<typeof auditTrailOutput>;
