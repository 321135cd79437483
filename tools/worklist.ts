import { worklistInput, worklistOutput } from '../src/domain/chase/worklist.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Whom to chase, ranked, and whom not, each with the reasons. */
export const createWorklistTool = ({ worklist }: Pick<Operations, 'worklist'>) =>
  defineTool({
    name: 'worklist',
    effect: 'read',
    description: 'Whom to chase today and why, whom not and why not, what goes out on a day.',
    input: worklistInput,
    output: worklistOutput,
    run: worklist,
  });
