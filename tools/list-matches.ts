import { listMatchesInput, listMatchesOutput } from '../src/domain/cash/answers.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Which money was put where, by matching on its own or by people. */
export const createListMatchesTool = ({ listMatches }: Pick<Operations, 'listMatches'>) =>
  defineTool({
    name: 'list_matches',
    effect: 'read',
    description: 'What was applied, by itself (auto) or by people, with its confidence.',
    input: listMatchesInput,
    output: listMatchesOutput,
    run: listMatches,
  });
