/**
 * Which customer a typed name means. Source: policy P-5 in README: code or exact name first, then all words, then
 * spelling; several that fit are asked back, unless they are one group and one of them is its head.
 */
import { baseName, foldName } from './customer.ts';
import { type Closeness, closeness, legalFormsConflict, type NameForm, nameForms } from './name-forms.ts';

/** A customer that may be meant. `ancestors` are the ids of its parent, that one's parent, and so on. */
export type NameCandidate = {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** Folded like `baseName`. */
  readonly aliases: readonly string[];
  readonly ancestors: readonly number[];
};

export type HowFound = 'code' | 'exact' | 'alias' | 'part' | 'close';
export type Fit = { readonly id: number; readonly how: HowFound };
export type NameDecision = {
  readonly why: 'one' | 'group' | 'spelling' | 'several' | 'none';
  readonly resolved: number | null;
  /** The one that was taken comes first. */
  readonly fits: readonly Fit[];
};

const nameForm = (candidate: NameCandidate): NameForm => ({
  raw: candidate.name,
  folded: foldName(candidate.name),
  base: baseName(candidate.name),
});

/** The one among them that stands above all others. */
const headOf = (candidates: readonly NameCandidate[]): NameCandidate | undefined =>
  candidates.find((head) =>
    candidates.every((other) => other.id === head.id || other.ancestors.includes(head.id)),
  );

function decide(fits: readonly Fit[], candidates: readonly NameCandidate[], sure: boolean): NameDecision {
  const fitting = candidates.filter((candidate) => fits.some((fit) => fit.id === candidate.id));
  const head = headOf(fitting);
  if (!head) return { why: 'several', resolved: null, fits };
  const ordered = [...fits].sort((a, b) => Number(b.id === head.id) - Number(a.id === head.id));
  const why = !sure ? 'spelling' : fits.length === 1 ? 'one' : 'group';
  return { why, resolved: head.id, fits: ordered };
}

/** By code, name or alias. The same full name wins over names that differ in their legal form. */
function exactFits(form: NameForm, candidates: readonly NameCandidate[]): Fit[] {
  const byCode = candidates.filter((each) => each.code.toLowerCase() === form.raw.toLowerCase());
  const full = candidates.filter((each) => foldName(each.name) === form.folded);
  const base = candidates.filter((each) => {
    const own = nameForm(each);
    return own.base === form.base && !legalFormsConflict(form, own);
  });
  const alias = candidates.filter((each) =>
    each.aliases.some((known) => known === form.base || known === form.folded),
  );
  const found = new Map<number, HowFound>();
  for (const each of full.length > 0 ? [] : alias) found.set(each.id, 'alias');
  for (const each of full.length > 0 ? full : base) found.set(each.id, 'exact');
  for (const each of byCode) found.set(each.id, 'code');
  return [...found].map(([id, how]) => ({ id, how }));
}

const holdsAll = (words: string, name: string): boolean => {
  const known = new Set(name.split(' '));
  return words.split(' ').every((word) => known.has(word));
};

/** Every typed word is in the name, legal form included. */
const partFits = (form: NameForm, candidates: readonly NameCandidate[]): Fit[] =>
  candidates
    .filter((each) => {
      const own = nameForm(each);
      return (
        holdsAll(form.folded, own.folded) || (holdsAll(form.base, own.base) && !legalFormsConflict(form, own))
      );
    })
    .map(({ id }) => ({ id, how: 'part' }));

/** The name is right but the legal form is another one ("Acme GmbH" for Acme Corp): said aloud, never just taken. */
const otherFormFits = (form: NameForm, candidates: readonly NameCandidate[]): Fit[] => {
  const same = candidates.filter((each) => baseName(each.name) === form.base);
  const holding = candidates.filter((each) => holdsAll(form.base, baseName(each.name)));
  return (same.length > 0 ? same : holding).map(({ id }) => ({ id, how: 'close' }));
};

const rank = (close: Closeness): number => close.edits * 2 + (close.wordsLeft > 0 ? 1 : 0);

function bySpelling(form: NameForm, candidates: readonly NameCandidate[]): NameDecision | null {
  const close = candidates
    .flatMap((candidate) => {
      const found = [baseName(candidate.name), ...candidate.aliases]
        .map((name) => closeness(form.base, name))
        .filter((each) => each !== null)
        .map(rank);
      return found.length === 0 ? [] : [{ candidate, rank: Math.min(...found) }];
    })
    .sort((a, b) => a.rank - b.rank);
  const best = close.filter((each) => each.rank === close[0]!.rank);
  if (best.length === 0) return null;
  const fits = best.map(({ candidate }) => ({ id: candidate.id, how: 'close' }) as const);
  return decide(fits, candidates, false);
}

/**
 * Decides which of the candidates is meant. The candidates must hold every customer that could fit; what else they
 * hold does no harm. A misspelled name is taken only when exactly one spelling (or one group) is nearest.
 */
export function resolveName(asked: string, candidates: readonly NameCandidate[]): NameDecision {
  const forms = nameForms(asked);
  for (const find of [exactFits, partFits])
    for (const form of forms) {
      const fits = find(form, candidates);
      if (fits.length > 0) return decide(fits, candidates, true);
    }
  for (const form of forms) {
    const fits = otherFormFits(form, candidates);
    if (fits.length > 0) return decide(fits, candidates, false);
  }
  for (const form of forms) {
    const found = bySpelling(form, candidates);
    if (found) return found;
  }
  return { why: 'none', resolved: null, fits: [] };
}
