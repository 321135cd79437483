/** The operations that tools call; the composition root makes them. */
import type { z } from 'zod';
import type {
  ExplainPaymentInput,
  ExplainPaymentOutput,
  FindPayerInput,
  FindPayerOutput,
  ListMatchesInput,
  ListMatchesOutput,
  MatchPaymentsInput,
  ProposeAdjustmentInput,
  ProposeApplicationInput,
  ReverseApplicationInput,
  ReversedApplication,
} from '../src/domain/cash/answers.ts';
import type { MatchRun } from '../src/domain/cash/applications.ts';
import type {
  DraftEmailInput,
  DraftEmailOutput,
  DraftManyInput,
  DraftManyOutput,
  ReviseDraftInput,
} from '../src/domain/chase/drafting.ts';
import type { ListProposalsInput, ListProposalsOutput, ProposalView } from '../src/domain/chase/proposals.ts';
import type {
  DisputeToolInput,
  LiftedHolds,
  PromiseToolInput,
  RecordedDispute,
  RecordedHold,
  RecordedPromise,
} from '../src/domain/chase/records.ts';
import type { AuditTrailInput, AuditTrailOutput, PolicyWish } from '../src/domain/chase/reports.ts';
import type { WorklistInput, WorklistOutput } from '../src/domain/chase/worklist.ts';
import type {
  AccountBrief,
  accountBriefInput,
  exportTimelineOutput,
  FindCustomerOutput,
  FreshnessOutput,
  findCustomerInput,
  LedgerMetricsInput,
  LedgerMetricsOutput,
} from '../src/domain/ledger-query/answers.ts';
import type { LedgerQuestion } from '../src/domain/ledger-query/question.ts';
import type { LedgerResult } from '../src/domain/ledger-query/result.ts';
import type { Context } from '../src/ports/actor.ts';

type Operation<Input, Output> = (input: Input, context: Context) => Promise<Output>;

/** What the tools call that answer from the ledger. */
type LedgerOperations = {
  findCustomer: Operation<z.output<typeof findCustomerInput>, FindCustomerOutput>;
  queryLedger: Operation<LedgerQuestion, LedgerResult & { figureId: number }>;
  accountBrief: Operation<z.output<typeof accountBriefInput>, AccountBrief>;
  ledgerMetrics: Operation<LedgerMetricsInput, LedgerMetricsOutput & { figureId: number }>;
  showRows: Operation<
    { figureId?: number | undefined; limit?: number | undefined },
    { figureId: number; of: string; result: LedgerResult }
  >;
  dataFreshness: Operation<Record<string, never>, FreshnessOutput>;
  exportTimeline: Operation<z.output<typeof accountBriefInput>, z.output<typeof exportTimelineOutput>>;
};

/** Which customer a record is about; an invoice alone tells whose it is. */
type About = { customerId?: number | undefined };

/** What the chasing tools call. */
export type ChaseOperations = {
  worklist: Operation<WorklistInput, WorklistOutput>;
  draftEmail: Operation<DraftEmailInput, DraftEmailOutput>;
  draftMany: Operation<DraftManyInput, DraftManyOutput>;
  reviseDraft: Operation<ReviseDraftInput, DraftEmailOutput>;
  listProposals: Operation<ListProposalsInput, ListProposalsOutput>;
  proposePolicyChange: Operation<PolicyWish, { proposal: ProposalView }>;
  auditTrail: Operation<AuditTrailInput, AuditTrailOutput>;
  setHold: Operation<
    About & { invoice?: string | undefined; reason: string; fromOn: string; untilOn: string | null },
    RecordedHold
  >;
  liftHolds: Operation<About & { invoice?: string | undefined; on: string }, LiftedHolds>;
  logPromise: Operation<PromiseToolInput & { madeOn: string }, RecordedPromise>;
  openDispute: Operation<DisputeToolInput & { openedOn: string }, RecordedDispute>;
};

/** What the cash tools call. */
export type CashOperations = {
  matchPayments: Operation<MatchPaymentsInput, MatchRun>;
  listMatches: Operation<ListMatchesInput, ListMatchesOutput>;
  explainPayment: Operation<ExplainPaymentInput, ExplainPaymentOutput>;
  proposeApplication: Operation<ProposeApplicationInput, { proposal: ProposalView }>;
  proposeAdjustment: Operation<ProposeAdjustmentInput, { proposal: ProposalView }>;
  reverseApplication: Operation<ReverseApplicationInput, ReversedApplication>;
  findPayer: Operation<FindPayerInput, FindPayerOutput>;
};

export type Operations = LedgerOperations & ChaseOperations & CashOperations;
