import { disputeToolInput, recordedDispute } from '../src/domain/chase/records.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Records that an invoice or a line of it is contested; that invoice is not chased any more. */
export const createOpenDisputeTool = ({ openDispute }: Pick<Operations, 'openDispute'>) =>
  defineTool({
    name: 'open_dispute',
    effect: 'record',
    description: 'Record that a customer contests an invoice or one line of it.',
    input: disputeToolInput,
    output: recordedDispute,
    run: (input, context) => openDispute({ ...input, openedOn: context.today }, context),
  });
