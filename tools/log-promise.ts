import { promiseToolInput, recordedPromise } from '../src/domain/chase/records.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Stores a promise to pay: internal and reversible, so no approval. */
export const createLogPromiseTool = ({ logPromise }: Pick<Operations, 'logPromise'>) =>
  defineTool({
    name: 'log_promise',
    effect: 'record',
    description: 'Record a promise to pay; needs an amount and a day.',
    input: promiseToolInput,
    output: recordedPromise,
    run: (input, context) => logPromise({ ...input, madeOn: context.today }, context),
  });
