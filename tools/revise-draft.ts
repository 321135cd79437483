import { draftEmailOutput, reviseDraftInput } from '../src/domain/chase/drafting.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** A new revision of a waiting draft; an approval of an older one does not count for it. */
export const createReviseDraftTool = ({ reviseDraft }: Pick<Operations, 'reviseDraft'>) =>
  defineTool({
    name: 'revise_draft',
    effect: 'propose',
    description: 'Change a waiting draft: "firmer, cc their controller", "shorter, in German".',
    input: reviseDraftInput,
    output: draftEmailOutput,
    run: reviseDraft,
  });
