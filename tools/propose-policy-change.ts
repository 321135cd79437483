import { z } from 'zod';
import { proposalView } from '../src/domain/chase/proposals.ts';
import { policyWish } from '../src/domain/chase/reports.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** A change of the cadence as a proposal, with what goes out differently tomorrow. */
export const createProposePolicyChangeTool = ({
  proposePolicyChange,
}: Pick<Operations, 'proposePolicyChange'>) =>
  defineTool({
    name: 'propose_policy_change',
    effect: 'propose',
    description: 'Propose one change of the chasing policy; it counts once approved.',
    input: policyWish,
    output: z.object({ proposal: proposalView }),
    run: proposePolicyChange,
  });
