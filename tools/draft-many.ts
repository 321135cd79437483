import { draftManyInput, draftManyOutput } from '../src/domain/chase/drafting.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** One proposal for each customer that the cadence lets be chased. */
export const createDraftManyTool = ({ draftMany }: Pick<Operations, 'draftMany'>) =>
  defineTool({
    name: 'draft_many',
    effect: 'propose',
    description:
      'Draft for everyone overdue that fits. Disputed, promised and held are always left out; each draft waits for approval.',
    input: draftManyInput,
    output: draftManyOutput,
    run: draftMany,
  });
