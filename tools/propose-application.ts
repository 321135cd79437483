import { z } from 'zod';
import { proposeApplicationInput } from '../src/domain/cash/answers.ts';
import { proposalView } from '../src/domain/chase/proposals.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Proposes where a payment goes, as a person says it; it is applied only when a person approved it. */
export const createProposeApplicationTool = ({
  proposeApplication,
}: Pick<Operations, 'proposeApplication'>) =>
  defineTool({
    name: 'propose_application',
    effect: 'propose',
    description:
      'Propose to put a payment on invoices; the rest stays on account. A second call for the same payment replaces what waits.',
    input: proposeApplicationInput,
    output: z.object({ proposal: proposalView }),
    run: proposeApplication,
  });
