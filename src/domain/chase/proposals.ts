/** Proposals as people and tools see them. Amounts are decimal text beside their currency; instants are ISO 8601. */
import { z } from 'zod';
import { applicationContent } from '../cash/applications.ts';
import { customerRef } from '../ledger-query/result.ts';
import { day } from '../ledger-query/window.ts';
import { language, letterKind, tone } from './policy.ts';

/** Exactly what leaves: every field is covered by the digest. */
export const emailContent = z.strictObject({
  kind: z.literal('email'),
  customerId: z.int(),
  currency: z.string(),
  letter: letterKind,
  tone,
  language,
  from: z.string(),
  replyTo: z.string().nullable(),
  to: z.array(z.string()).min(1),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  subject: z.string().min(1).max(300),
  /** Plain text, as it leaves. */
  body: z.string().min(1).max(20_000),
  attachments: z.array(
    z.strictObject({ name: z.string(), mime: z.string(), size: z.int(), sha256: z.string() }),
  ),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  listUnsubscribe: z.string().nullable(),
  /** The invoices it is about, with the balance they had. */
  invoices: z.array(z.strictObject({ id: z.int(), number: z.string(), openAmount: z.string(), dueOn: day })),
  totalAmount: z.string(),
  /**
   * The cadence step it takes, or that it was asked for many at once; null for a draft that a person asked for by name.
   * With a step, the cadence's restraints hold until it has left, also when a person has changed its words.
   */
  stepId: z.string().nullable(),
});
export type EmailContent = z.infer<typeof emailContent>;

export const policyChangeContent = z.strictObject({
  kind: z.literal('policy_change'),
  policy: z.enum(['cadence', 'company', 'cash']),
  /** The version it changes; another one in force by then makes the proposal stale. Null: none is stored yet. */
  baseVersion: z.int().nullable(),
  /** Each changed setting: a path such as `approval.limits.approver.USD`, before and after in words. */
  changes: z.array(z.strictObject({ path: z.string(), before: z.string(), after: z.string() })),
  /** The whole document as it would be. */
  after: z.record(z.string(), z.unknown()),
  /** What goes out differently tomorrow, in sentences. */
  effects: z.array(z.string()),
});
export type PolicyChangeContent = z.infer<typeof policyChangeContent>;

export const proposalContent = z.discriminatedUnion('kind', [
  emailContent,
  policyChangeContent,
  applicationContent,
]);
export type ProposalContent = z.infer<typeof proposalContent>;

export const proposalState = z.enum([
  'pending',
  'snoozed',
  'approved',
  'done',
  'rejected',
  'stale',
  'expired',
  'replaced',
  'failed',
]);
export type ProposalState = z.infer<typeof proposalState>;

/** One thing that was looked at before sending. */
export const checkResult = z.object({
  check: z
    .string()
    .describe('e.g. balance, promise, dispute, hold, opt_out, replies, payments, digest, hours'),
  ok: z.boolean(),
  detail: z.string(),
});
export type CheckResult = z.infer<typeof checkResult>;

export const receipt = z.object({
  checkedAt: z.string(),
  checks: z.array(checkResult),
  sources: z.array(z.object({ source: z.string(), syncedAt: z.string() })),
  sentAt: z.string().nullable(),
  messageId: z.string().nullable(),
  /** What the provider said, or how an unknown outcome was found out. */
  provider: z.string().nullable(),
});
export type Receipt = z.infer<typeof receipt>;

export const decisionView = z.object({
  kind: z.enum(['approve', 'reject', 'snooze', 'undo']),
  by: z.string(),
  role: z.string(),
  at: z.string(),
  via: z.string(),
  revision: z.int(),
  digest: z.string(),
  reason: z.string().nullable(),
  untilOn: day.nullable(),
});

export const effectView = z.object({
  id: z.int(),
  proposalId: z.int(),
  kind: z.enum(['email', 'policy_change']),
  state: z.enum(['ready', 'sending', 'unknown', 'sent', 'void', 'cancelled', 'dead']),
  notBefore: z.string(),
  attempts: z.int(),
  messageId: z.string().nullable(),
  error: z.string().nullable(),
  receipt: receipt.nullable(),
});
export type EffectView = z.infer<typeof effectView>;

export const proposalView = z.object({
  id: z.int(),
  revision: z.int(),
  digest: z.string(),
  kind: z.enum(['email', 'policy_change', 'application']),
  origin: z.enum(['matching', 'cadence', 'chat', 'console', 'command_line']),
  state: proposalState,
  stateReason: z.string().nullable(),
  customer: customerRef.nullable(),
  currency: z.string().nullable(),
  amount: z.string().nullable(),
  content: proposalContent,
  madeBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  snoozedUntil: day.nullable(),
  riskFlags: z.array(z.string()),
  approvalsNeeded: z.int(),
  /** Whether the asking person may decide it now; else why not, in words. */
  mayDecide: z.boolean(),
  whyNot: z.string().nullable(),
  /** Whether the asking person may hold it back: edit, snooze, reject, take back. Absent counts as yes. */
  mayStop: z.boolean().optional(),
  model: z.string(),
  decisions: z.array(decisionView),
  effect: effectView.nullable(),
  /** The act that an approved application was done by, and whether it was taken back since. Absent counts as none. */
  match: z
    .object({ matchId: z.int(), reversedOn: day.nullable(), reversedBy: z.string().nullable() })
    .nullable()
    .optional(),
  /** What the person should know before deciding (soft cautions). */
  cautions: z.array(z.string()),
});
export type ProposalView = z.infer<typeof proposalView>;

export const listProposalsInput = z.strictObject({
  state: z
    .enum(['waiting', 'approved', 'done', 'closed', 'all'])
    .default('waiting')
    .describe(
      'waiting: pending or snoozed; approved: on its way; closed: rejected, stale, expired, replaced',
    ),
  customerId: z.int().positive().optional(),
  kind: z.enum(['email', 'policy_change', 'application']).optional(),
  proposalId: z.int().positive().optional(),
  limit: z.int().min(1).max(200).default(20),
});
export type ListProposalsInput = z.infer<typeof listProposalsInput>;

export const listProposalsOutput = z.object({
  total: z.int(),
  totals: z.array(z.object({ currency: z.string(), amount: z.string(), count: z.int() })),
  proposals: z.array(proposalView),
});
export type ListProposalsOutput = z.infer<typeof listProposalsOutput>;

/** What was clicked: the person saw exactly this revision and digest. */
const seen = {
  proposalId: z.int().positive(),
  revision: z.int().positive(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
};
/** What a person may change while approving. */
export const emailEdits = z.strictObject({
  to: z.array(z.email()).min(1).max(10).optional(),
  cc: z.array(z.email()).max(10).optional(),
  subject: z.string().trim().min(1).max(300).optional(),
  body: z.string().trim().min(1).max(20_000).optional(),
});
export type EmailEdits = z.infer<typeof emailEdits>;

export const decideInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('approve'), ...seen }),
  z.strictObject({ kind: z.literal('reject'), ...seen, reason: z.string().trim().min(1).max(500) }),
  z.strictObject({ kind: z.literal('snooze'), ...seen, untilOn: day }),
  /** Takes an approval back while the email has not left. */
  z.strictObject({ kind: z.literal('undo'), proposalId: z.int().positive() }),
]);
export type DecideInput = z.infer<typeof decideInput>;

export const decideOutput = z.object({
  /** False: somebody decided before, or it was overtaken; `proposal` shows how it stands now. */
  applied: z.boolean(),
  /** In words, for the card. */
  message: z.string(),
  proposal: proposalView,
});
export type DecideOutput = z.infer<typeof decideOutput>;

export const bulkPlanInput = z.strictObject({
  /** `approve` those that fit; the rest stays as it is. */
  maxAmount: z.string().optional().describe('decimal; only those up to it'),
  currency: z.string().optional(),
  exceptCustomerIds: z.array(z.int().positive()).max(200).default([]),
  onlyCustomerIds: z.array(z.int().positive()).max(200).optional(),
  /** Exactly these, as picked by hand. */
  onlyProposalIds: z.array(z.int().positive()).max(500).optional(),
});
export type BulkPlanInput = z.infer<typeof bulkPlanInput>;

export const bulkPlan = z.object({
  /** Over the ids, revisions and digests below: the click carries it. */
  planDigest: z.string(),
  count: z.int(),
  totals: z.array(z.object({ currency: z.string(), amount: z.string(), count: z.int() })),
  recipients: z.array(z.string()),
  approve: z.array(
    z.object({
      proposalId: z.int(),
      revision: z.int(),
      digest: z.string(),
      customer: customerRef,
      currency: z.string(),
      amount: z.string(),
      to: z.array(z.string()),
      subject: z.string(),
    }),
  ),
  /** What stays, each with the reason. */
  left: z.array(
    z.object({
      proposalId: z.int(),
      customer: z.string(),
      amount: z.string(),
      currency: z.string(),
      why: z.string(),
    }),
  ),
  /** Waiting emails beyond the most that one plan looks at: they are in neither list. Absent: none. */
  beyond: z.int().optional(),
});
export type BulkPlan = z.infer<typeof bulkPlan>;
