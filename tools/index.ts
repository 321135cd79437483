/** The registry: every tool the conversation agent has. The prompt's tool list is made from it. */
import { createAccountBriefTool } from './account-brief.ts';
import { createAuditTrailTool } from './audit-trail.ts';
import { createDataFreshnessTool } from './data-freshness.ts';
import type { Tool } from './define-tool.ts';
import { createDraftEmailTool } from './draft-email.ts';
import { createDraftManyTool } from './draft-many.ts';
import { createExplainPaymentTool } from './explain-payment.ts';
import { createExportTimelineTool } from './export-timeline.ts';
import { createFindCustomerTool } from './find-customer.ts';
import { createFindPayerTool } from './find-payer.ts';
import { createLedgerMetricsTool } from './ledger-metrics.ts';
import { createLiftHoldTool } from './lift-hold.ts';
import { createListMatchesTool } from './list-matches.ts';
import { createListProposalsTool } from './list-proposals.ts';
import { createLogPromiseTool } from './log-promise.ts';
import { createMatchPaymentsTool } from './match-payments.ts';
import { createOpenDisputeTool } from './open-dispute.ts';
import type { Operations } from './operations.ts';
import { createProposeAdjustmentTool } from './propose-adjustment.ts';
import { createProposeApplicationTool } from './propose-application.ts';
import { createProposePolicyChangeTool } from './propose-policy-change.ts';
import { createQueryLedgerTool } from './query-ledger.ts';
import { createReverseApplicationTool } from './reverse-application.ts';
import { createReviseDraftTool } from './revise-draft.ts';
import { createSetHoldTool } from './set-hold.ts';
import { createShowRowsTool } from './show-rows.ts';
import { createWorklistTool } from './worklist.ts';

export type { Tool } from './define-tool.ts';
export { groupOf, type ToolGroup, toolGroups, toolsWith } from './groups.ts';
export type { CashOperations, ChaseOperations, Operations } from './operations.ts';

/** In the order the model reads them: what answers from the ledger, what is about chasing, what is about cash. */
export const createTools = (operations: Operations): Tool[] => [
  createFindCustomerTool(operations),
  createQueryLedgerTool(operations),
  createAccountBriefTool(operations),
  createLedgerMetricsTool(operations),
  createShowRowsTool(operations),
  createDataFreshnessTool(operations),
  createExportTimelineTool(operations),
  createWorklistTool(operations),
  createDraftEmailTool(operations),
  createDraftManyTool(operations),
  createReviseDraftTool(operations),
  createListProposalsTool(operations),
  createSetHoldTool(operations),
  createLiftHoldTool(operations),
  createLogPromiseTool(operations),
  createOpenDisputeTool(operations),
  createProposePolicyChangeTool(operations),
  createAuditTrailTool(operations),
  createMatchPaymentsTool(operations),
  createExplainPaymentTool(operations),
  createFindPayerTool(operations),
  createProposeApplicationTool(operations),
  createProposeAdjustmentTool(operations),
  createReverseApplicationTool(operations),
  createListMatchesTool(operations),
];
