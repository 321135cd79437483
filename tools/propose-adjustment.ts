import { z } from 'zod';
import { proposeAdjustmentInput } from '../src/domain/cash/answers.ts';
import { proposalView } from '../src/domain/chase/proposals.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Proposes to close the rest of an invoice without money; who may approve it depends on the amount. */
export const createProposeAdjustmentTool = ({ proposeAdjustment }: Pick<Operations, 'proposeAdjustment'>) =>
  defineTool({
    name: 'propose_adjustment',
    effect: 'propose',
    description:
      'Propose to let off what a payment left open: fee, discount, withheld tax, exchange, write-off.',
    input: proposeAdjustmentInput,
    output: z.object({ proposal: proposalView }),
    run: proposeAdjustment,
  });
