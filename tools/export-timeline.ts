import { accountBriefInput, exportTimelineOutput } from '../src/domain/ledger-query/answers.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** The timeline of an invoice or account as a CSV file. */
export const createExportTimelineTool = ({ exportTimeline }: Pick<Operations, 'exportTimeline'>) =>
  defineTool({
    name: 'export_timeline',
    effect: 'read',
    description: 'Export the timeline of one invoice or one customer as a CSV file that the person can save.',
    input: accountBriefInput,
    output: exportTimelineOutput,
    run: exportTimeline,
  });
