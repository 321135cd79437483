import { z } from 'zod';
import { freshnessOutput } from '../src/domain/ledger-query/answers.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** When each source was last read. */
export const createDataFreshnessTool = ({ dataFreshness }: Pick<Operations, 'dataFreshness'>) =>
  defineTool({
    name: 'data_freshness',
    effect: 'read',
    description: 'When each source of the ledger was last synced or imported, and whether that is stale.',
    input: z.strictObject({}),
    output: freshnessOutput,
    run: dataFreshness,
  });
