/** Puts the values into the prose, each once: a value that looks like a placeholder stays as it is. */
import type { LetterFacts, LetterProse } from '../chase/drafting.ts';
import { InvalidInputError } from '../errors.ts';
import { letterValues, type Placeholder } from './letter-values.ts';

/** `{{name}}`, spaces allowed. */
export const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
export const LONGEST_SUBJECT = 120;

/** One line, cut at a word where it is too long; never within a character, which no database would take. */
export function subjectLine(text: string): string {
  const line = text
    .replace(/\p{Cs}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...line];
  if (characters.length <= LONGEST_SUBJECT) return line;
  const cut = characters.slice(0, LONGEST_SUBJECT - 1);
  const space = cut.lastIndexOf(' ');
  const kept = (space > LONGEST_SUBJECT / 2 ? cut.slice(0, space) : cut).join('');
  return `${kept.replace(/[\s,;:(\u200D]+$/u, '')}…`;
}

/**
 * The finished letter. Its subject is one line of at most 120 characters; its body ends without blank lines.
 * Throws: InvalidInputError for a placeholder without a fact behind it.
 */
export function fillLetter(prose: LetterProse, facts: LetterFacts): LetterProse {
  const values = letterValues(facts);
  const put = (text: string): string =>
    text.replace(PLACEHOLDER, (_, name: string) => {
      const value = values.get(name as Placeholder);
      if (value === undefined) throw new InvalidInputError(`The letter has no fact for {{${name}}}.`);
      return value;
    });
  return {
    subject: subjectLine(put(prose.subject)),
    body: put(prose.body)
      .replace(/[ \t]+$/gm, '')
      .trim(),
  };
}
