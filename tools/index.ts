/** The registry: every tool the conversation agent has. The prompt's tool list is made from it. */
import { createAccountBriefTool } from './account-brief.ts';
import { createDataFreshnessTool } from './data-freshness.ts';
import type { Tool } from './define-tool.ts';
import { createExportTimelineTool } from './export-timeline.ts';
import { createFindCustomerTool } from './find-customer.ts';
import { createLedgerMetricsTool } from './ledger-metrics.ts';
import type { Operations } from './operations.ts';
import { createQueryLedgerTool } from './query-ledger.ts';
import { createShowRowsTool } from './show-rows.ts';

export type { Tool } from './define-tool.ts';
export type { Operations } from './operations.ts';

/** In the order the model reads them. */
export const createTools = (operations: Operations): Tool[] => [
  createFindCustomerTool(operations),
  createQueryLedgerTool(operations),
  createAccountBriefTool(operations),
  createLedgerMetricsTool(operations),
  createShowRowsTool(operations),
  createDataFreshnessTool(operations),
  createExportTimelineTool(operations),
];
