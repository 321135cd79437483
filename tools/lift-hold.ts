import { liftedHolds, liftHoldToolInput } from '../src/domain/chase/records.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Lets chasing go on from today. */
export const createLiftHoldTool = ({ liftHolds }: Pick<Operations, 'liftHolds'>) =>
  defineTool({
    name: 'lift_hold',
    effect: 'record',
    description: 'Let chasing of a customer or an invoice go on: lifts what holds it.',
    input: liftHoldToolInput,
    output: liftedHolds,
    run: (input, context) => liftHolds({ ...input, on: context.today }, context),
  });
