import { matchPaymentsInput } from '../src/domain/cash/answers.ts';
import { matchRun } from '../src/domain/cash/applications.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Applies what is certain (internal, taken back with one word), proposes what is likely, says why not for the rest. */
export const createMatchPaymentsTool = ({ matchPayments }: Pick<Operations, 'matchPayments'>) =>
  defineTool({
    name: 'match_payments',
    effect: 'record',
    description:
      'Match unapplied payments to invoices. Questions ("what is unmatched") never set `run`; only an order to match does.',
    input: matchPaymentsInput,
    output: matchRun,
    run: matchPayments,
  });
