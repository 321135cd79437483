import { addDays } from '../src/domain/calendar.ts';
import { holdToolInput, holdToolOutput } from '../src/domain/chase/records.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Stops chasing from today on; "until the 20th" ends it with the 19th. */
export const createSetHoldTool = ({ setHold }: Pick<Operations, 'setHold'>) =>
  defineTool({
    name: 'set_hold',
    effect: 'record',
    description: 'Stop chasing a customer or an invoice from today on.',
    input: holdToolInput,
    output: holdToolOutput,
    run: async ({ resumeOn, ...input }, context) => {
      const untilOn = resumeOn === undefined ? null : addDays(resumeOn, -1);
      const hold = await setHold({ ...input, fromOn: context.today, untilOn }, context);
      return { ...hold, resumeOn: resumeOn ?? null };
    },
  });
