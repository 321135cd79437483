import { findCustomerInput, findCustomerOutput } from '../src/domain/ledger-query/answers.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Turns a name as people write it into customers; never picks one of several (P-5). */
export const createFindCustomerTool = ({ findCustomer }: Pick<Operations, 'findCustomer'>) =>
  defineTool({
    name: 'find_customer',
    effect: 'read',
    description:
      'Find a customer by name, code or alias. Use it before any tool that takes a customer id. If `resolved` is null, ask the person which of `matches` is meant; never pick one yourself.',
    input: findCustomerInput,
    output: findCustomerOutput,
    run: findCustomer,
  });
