import { listProposalsInput, listProposalsOutput } from '../src/domain/chase/proposals.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** What waits for a decision, and what became of the rest. Deciding is a click of a person, never a tool. */
export const createListProposalsTool = ({ listProposals }: Pick<Operations, 'listProposals'>) =>
  defineTool({
    name: 'list_proposals',
    effect: 'read',
    description: 'Drafts and policy changes that wait for a decision, or were decided.',
    input: listProposalsInput,
    output: listProposalsOutput,
    run: listProposals,
  });
