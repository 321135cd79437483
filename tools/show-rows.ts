import { z } from 'zod';
import { ledgerResult } from '../src/domain/ledger-query/result.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

export const showRowsInput = z.strictObject({
  figureId: z.int().positive().optional().describe('default: the last figure of this conversation'),
  limit: z.int().min(1).max(500).default(100),
});

/** The rows behind a figure that was given before. */
export const createShowRowsTool = ({ showRows }: Pick<Operations, 'showRows'>) =>
  defineTool({
    name: 'show_rows',
    effect: 'read',
    description: 'The ledger rows behind a figure given earlier in this conversation.',
    input: showRowsInput,
    output: z.object({ figureId: z.int(), of: z.string(), result: ledgerResult }),
    run: showRows,
  });
