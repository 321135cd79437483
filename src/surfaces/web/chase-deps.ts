/** What the console's pages of chasing need from the rest. Everything runs as the user that `as` names. */
import type { DraftEmailOutput } from '../../domain/chase/drafting.ts';
import type {
  BulkPlan,
  BulkPlanInput,
  DecideInput,
  DecideOutput,
  EffectView,
  EmailEdits,
  ListProposalsInput,
  ListProposalsOutput,
  ProposalView,
} from '../../domain/chase/proposals.ts';
import type { DigestContent, TaskView } from '../../domain/chase/reports.ts';
import type { WorklistInput, WorklistOutput } from '../../domain/chase/worklist.ts';
import type { Role } from '../../ports/actor.ts';

/** Address of the user that the console's holder acts as; undefined: the local admin. Resolved by the server alone. */
export type As = string | undefined;

export type ConsoleUser = { email: string; name: string | null; role: Role };

/**
 * What came of approving several. `applied` false without results: what waits has changed since the plan was shown,
 * nothing was approved, and `plan` is the new one.
 */
export type BulkOutcome = {
  readonly applied: boolean;
  readonly message: string;
  readonly plan: BulkPlan;
  readonly results: readonly { proposalId: number; applied: boolean; message: string }[];
};

export type OutboxItem = EffectView & { customer: string | null };

/** Errors are RemyErrors whose message may be shown. */
export type WebChase = {
  proposals(input: ListProposalsInput, as: As): Promise<ListProposalsOutput>;
  decide(input: DecideInput, as: As): Promise<DecideOutput>;
  /** Stores the edited email as a new revision. */
  edit(
    input: { proposalId: number; revision: number; digest: string; edits: EmailEdits },
    as: As,
  ): Promise<ProposalView>;
  /** A new draft to the same customer, as things stand now. */
  redraft(proposalId: number, as: As): Promise<DraftEmailOutput>;
  attachment(
    of: { proposalId: number; revision: number; name: string },
    as: As,
  ): Promise<{ name: string; mime: string; bytes: Uint8Array }>;
  plan(input: BulkPlanInput, as: As): Promise<BulkPlan>;
  approvePlan(click: { planDigest: string; input: BulkPlanInput }, as: As): Promise<BulkOutcome>;
  worklist(input: WorklistInput, as: As): Promise<WorklistOutput>;
  /** Without a letter: the one that the cadence would write. */
  draft(
    input: { customerId: number; currency: string; letter?: 'remittance_request' | undefined },
    as: As,
  ): Promise<DraftEmailOutput>;
  /** Those that could not be sent, and those on their way. */
  outbox(as: As): Promise<OutboxItem[]>;
  retry(effectId: number, as: As): Promise<void>;
  digest(as: As): Promise<DigestContent>;
  tasks(as: As): Promise<TaskView[]>;
  closeTask(
    input: { taskId: number; outcome: 'done' | 'vetoed'; reason: string | null },
    as: As,
  ): Promise<TaskView>;
  /** Those who can be acted as. */
  users(): Promise<ConsoleUser[]>;
  now(): Date;
};
