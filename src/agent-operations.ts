/** The operations that the agent's tools call, put together over one database. */
import { createTemplateWriter } from '../agents/writer/index.ts';
import type { Operations } from '../tools/index.ts';
import { createStatementFiles } from './connectors/statement-files/index.ts';
import { createAccountBrief } from './operations/account-brief.ts';
import { createAuditTrail } from './operations/audit-trail.ts';
import { createDataFreshness } from './operations/data-freshness.ts';
import { createDraftEmail } from './operations/draft-email.ts';
import { createDraftMany } from './operations/draft-many.ts';
import type { DraftParts } from './operations/drafting/compose.ts';
import { createExplainPayment } from './operations/explain-payment.ts';
import { createExportTimeline } from './operations/export-timeline.ts';
import { createFindCustomer } from './operations/find-customer.ts';
import { createFindPayer } from './operations/find-payer.ts';
import { createLedgerMetrics } from './operations/ledger-metrics.ts';
import { createLiftHolds } from './operations/lift-holds.ts';
import { createListMatches } from './operations/list-matches.ts';
import { createListProposals } from './operations/list-proposals.ts';
import { createLogPromise } from './operations/log-promise.ts';
import { createMatchPayments } from './operations/match-payments.ts';
import { createOpenDispute } from './operations/open-dispute.ts';
import { createProposeAdjustment } from './operations/propose-adjustment.ts';
import { createProposeApplication } from './operations/propose-application.ts';
import { createProposePolicyChange } from './operations/propose-policy-change.ts';
import { createQueryLedger } from './operations/query-ledger.ts';
import { createReverseApplication } from './operations/reverse-application.ts';
import { createReviseDraft } from './operations/revise-draft.ts';
import { createSetHold } from './operations/set-hold.ts';
import { createShowRows } from './operations/show-rows.ts';
import { createWorklist } from './operations/worklist.ts';
import type { Clock } from './ports/clock.ts';
import type { Writer } from './ports/writer.ts';
import type { Database } from './store/pool.ts';

export const draftParts = (
  database: Database,
  clock: Clock,
  writer: Writer = createTemplateWriter(),
): DraftParts => ({ database, clock, writer, statements: createStatementFiles() });

export function createOperations(database: Database, clock: Clock, writer?: Writer): Operations {
  const drafting = draftParts(database, clock, writer);
  return {
    findCustomer: createFindCustomer(database),
    queryLedger: createQueryLedger(database),
    accountBrief: createAccountBrief(database),
    ledgerMetrics: createLedgerMetrics(database),
    showRows: createShowRows(database),
    dataFreshness: createDataFreshness(database, clock),
    exportTimeline: createExportTimeline(database),
    worklist: createWorklist(database),
    draftEmail: createDraftEmail(drafting),
    // a hundred letters in a row are the templates'
    draftMany: createDraftMany(draftParts(database, clock)),
    reviseDraft: createReviseDraft(drafting),
    listProposals: createListProposals(database, clock),
    proposePolicyChange: createProposePolicyChange(database, clock),
    auditTrail: createAuditTrail(database, clock),
    setHold: createSetHold(database),
    liftHolds: createLiftHolds(database),
    logPromise: createLogPromise(database),
    openDispute: createOpenDispute(database),
    matchPayments: createMatchPayments(database, clock),
    listMatches: createListMatches(database),
    explainPayment: createExplainPayment(database),
    proposeApplication: createProposeApplication(database, clock),
    proposeAdjustment: createProposeAdjustment(database, clock),
    reverseApplication: createReverseApplication(database),
    findPayer: createFindPayer(database),
  };
}
