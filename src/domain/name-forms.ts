/** The forms a typed customer name can be read in, and how far two spellings are apart. No lookup happens here. */
import { baseName, foldName } from './customer.ts';

/** One reading of what was typed. `folded` keeps legal forms, `base` leaves them out (see `foldName`, `baseName`). */
export type NameForm = { readonly raw: string; readonly folded: string; readonly base: string };

const QUOTES = /^["'“”„«»‘’`\s]+|["“”«»‘’`\s?!.,;:]+$/g;
const POSSESSIVE = /(?<=\p{L})(?:['’]s|(?<=s)['’])$/iu;
const ACCOUNT_WORDS = /\b(?:the|our|my|account|accounts|customer|client)\b/gi;

/**
 * What was typed, then without a possessive ("acme's" may be Acme, or a firm called Acme's), then without words such
 * as "account"; each reading once, none empty.
 */
export function nameForms(asked: string): NameForm[] {
  const typed = asked.replace(QUOTES, '').trim();
  const owned = typed.replace(POSSESSIVE, '').trim();
  const bare = owned.replace(ACCOUNT_WORDS, ' ').replace(/\s+/g, ' ').trim();
  const forms = [typed, owned, bare]
    .map((raw) => ({ raw, folded: foldName(raw), base: baseName(raw) }))
    .filter((form) => form.folded !== '');
  return forms.filter((form, i) => forms.findIndex((other) => other.folded === form.folded) === i);
}

/** How legal forms are written; two names with different ones are different companies. */
const SAME_FORM = new Map([
  ['incorporated', 'inc'],
  ['corporation', 'corp'],
  ['company', 'co'],
  ['limited', 'ltd'],
]);

const legalForms = (name: NameForm): string[] => {
  if (name.base === name.folded) return [];
  const kept = new Set(name.base.split(' '));
  return name.folded
    .split(' ')
    .filter((word) => word !== 'the' && !kept.has(word))
    .map((word) => SAME_FORM.get(word) ?? word);
};

/** True when both names carry a legal form and none is shared ("Acme GmbH" and "Acme Corp"). */
export function legalFormsConflict(one: NameForm, other: NameForm): boolean {
  const forms = legalForms(one);
  const others = legalForms(other);
  return forms.length > 0 && others.length > 0 && !forms.some((form) => others.includes(form));
}

/** Misspellings that are still taken for the same word: none below four letters, one for every four, at most three. */
const allowedEdits = (letters: number): number => Math.min(3, Math.floor(letters / 4));

/**
 * Letters to insert, delete, replace or swap with their neighbour (each place once) to get from one word to the
 * other; null when more than `most`.
 * Source: optimal string alignment, Damerau 1964 with Boytsov's restriction.
 */
export function spellingDistance(one: string, other: string, most: number): number | null {
  if (Math.abs(one.length - other.length) > most) return null;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  const distance = last[other.length]!;
  return distance <= most ? distance : null;
}

/** How a name is misspelled: `edits` in all, and the words of the full name that were not typed. */
export type Closeness = { readonly edits: number; readonly wordsLeft: number };

/**
 * Compares what was typed with a name, both folded: every typed word must be close to a word of the name, or the
 * whole must be close when spaces are taken out ("piedpiper"). Null when it is another name.
 */
export function closeness(asked: string, name: string): Closeness | null {
  const whole = spellingDistance(
    asked.replaceAll(' ', ''),
    name.replaceAll(' ', ''),
    allowedEdits(asked.replaceAll(' ', '').length),
  );
  if (whole !== null) return { edits: whole, wordsLeft: 0 };
  const words = name.split(' ');
  const askedWords = asked.split(' ');
  let edits = 0;
  for (const word of askedWords) {
    const distances = words
      .map((each) => spellingDistance(word, each, allowedEdits(word.length)))
      .filter((each) => each !== null);
    if (distances.length === 0) return null;
    edits += Math.min(...distances);
  }
  return { edits, wordsLeft: Math.max(0, words.length - askedWords.length) };
}
