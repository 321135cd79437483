import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cashWords } from '../../../agents/offline/cash/words.ts';
import { chaseWords } from '../../../agents/offline/chasing/words.ts';
import { commonWords } from '../../../agents/offline/text/common-words.ts';
import { grammarWords } from '../../../agents/offline/text/grammar-words.ts';
import { foldedWords } from '../../../agents/offline/text/lemmas.ts';

const root = join(import.meta.dirname, '../../../agents/offline');
const folders = ['grammar', 'dates', 'chasing', 'cash'].map((name) => join(root, name));

/** Plain words in the rules' patterns; word parts behind a group ("quick(?:ly)?") are read with what stands before. */
const wordsOfRules = (): Set<string> => {
  const found = new Set<string>();
  for (const folder of folders)
    for (const file of readdirSync(folder)) {
      const code = readFileSync(join(folder, file), 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
      for (const [pattern] of code.matchAll(/\/(?:\\.|[^/\n\\])+\/|`[^`]*`/g))
        for (const [, word] of pattern.matchAll(/(?<=[ |(])([a-z]{4,})(?=[ |)])/g)) found.add(word!);
    }
  return found;
};

test('every word of the rules is known as a word of the grammar, so that it is never taken for a name', () => {
  const missing = [...wordsOfRules()].filter(
    (word) =>
      !grammarWords.has(word) &&
      !commonWords.has(word) &&
      !chaseWords.has(word) &&
      !cashWords.has(word) &&
      !foldedWords.has(word),
  );
  expect(missing).toEqual([]);
});
