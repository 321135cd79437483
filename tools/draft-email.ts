import { draftEmailInput, draftEmailOutput } from '../src/domain/chase/drafting.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Writes one email to one customer as a proposal; it leaves only when a person approved it. */
export const createDraftEmailTool = ({ draftEmail }: Pick<Operations, 'draftEmail'>) =>
  defineTool({
    name: 'draft_email',
    effect: 'propose',
    description:
      'Draft an email to one customer. It waits for approval; nothing is sent. One waiting draft per customer and currency.',
    input: draftEmailInput,
    output: draftEmailOutput,
    run: draftEmail,
  });
