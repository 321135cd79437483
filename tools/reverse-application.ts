import { reverseApplicationInput, reversedApplication } from '../src/domain/cash/answers.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Takes an application back, or records that the money left again; the invoices are open again. No money moves. */
export const createReverseApplicationTool = ({
  reverseApplication,
}: Pick<Operations, 'reverseApplication'>) =>
  defineTool({
    name: 'reverse_application',
    effect: 'record',
    description:
      'Take an application back, or record a chargeback, return, bounced cheque or refund: invoices re-open. Nothing named: the last one.',
    input: reverseApplicationInput,
    output: reversedApplication,
    run: reverseApplication,
  });
