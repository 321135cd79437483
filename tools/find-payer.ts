import { findPayerInput, findPayerOutput } from '../src/domain/cash/answers.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Whose money this could be, with what speaks for each; never picks one of several. */
export const createFindPayerTool = ({ findPayer }: Pick<Operations, 'findPayer'>) =>
  defineTool({
    name: 'find_payer',
    effect: 'read',
    description: 'Whose money it could be: by name, account, amount, memo. Never picks one of several.',
    input: findPayerInput,
    output: findPayerOutput,
    run: findPayer,
  });
