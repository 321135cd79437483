/** Picking from candidates: by name, country, code, number, or place in the group. */
import { foldName } from '../../src/domain/customer.ts';
import type { FindCustomerOutput } from '../../src/domain/ledger-query/answers.ts';
import type { Candidate } from './frame.ts';
import type { Link } from './grammar/context.ts';
import type { ResolvedCustomer } from './slots.ts';

export const candidatesOf = (result: FindCustomerOutput): Candidate[] =>
  result.matches.map((match) => ({
    id: match.id,
    code: match.code,
    name: match.name,
    country: match.country,
    parentId: match.parent?.id ?? null,
  }));

/** The resolved customer, with the members of its group that share the name and are not counted in. */
export function asResolved(result: FindCustomerOutput, typed: string): ResolvedCustomer {
  const { resolved } = result;
  if (!resolved) throw new Error('not resolved');
  const match = result.matches.find((each) => each.id === resolved.id);
  return {
    id: resolved.id,
    code: resolved.code,
    name: resolved.name,
    country: match?.country ?? null,
    others:
      result.why === 'group'
        ? result.matches.filter((each) => each.id !== resolved.id).map((each) => each.name)
        : [],
    typed: result.why === 'spelling' ? typed : null,
  };
}

const fromCandidate = ({ id, code, name, country }: Candidate): ResolvedCustomer => ({
  id,
  code,
  name,
  country,
  others: [],
  typed: null,
});

const byWords = (candidates: readonly Candidate[], words: readonly string[]): Candidate[] => {
  const wanted = foldName(words.join(' ')).split(' ').filter(Boolean);
  if (wanted.length === 0) return [];
  const exact = candidates.filter(
    (each) =>
      foldName(each.name) === wanted.join(' ') || each.code.toLowerCase() === words.join(' ').toLowerCase(),
  );
  if (exact.length === 1) return exact;
  return candidates.filter((each) => {
    const own = foldName(`${each.name} ${each.code}`).split(' ');
    return wanted.every((word) => own.includes(word));
  });
};

/** The picked candidates; null when the words fit none or more than one. */
export function pickFrom(
  candidates: readonly Candidate[],
  { pick, adds }: Link,
  words: readonly string[],
): ResolvedCustomer[] | null {
  if (pick?.all) return candidates.map(fromCandidate);
  if (pick?.nth !== undefined) {
    const one = pick.nth < 0 ? candidates.at(pick.nth) : candidates[pick.nth - 1];
    return one ? [fromCandidate(one)] : null;
  }
  let left = [...candidates];
  if (pick?.country) left = left.filter((each) => each.country === pick.country);
  if (pick?.role === 'child' && left.length > 1) left = left.filter((each) => each.parentId !== null);
  if (pick?.role === 'parent')
    left = left.filter(
      (each) => each.parentId === null || candidates.some((other) => other.parentId === each.id),
    );
  if (words.length > 0) left = byWords(left, words);
  else if (!pick) return null;
  const [one] = left;
  if (!one || left.length > 1) return null;
  const head = adds ? candidates.find((each) => each.id === one.parentId) : undefined;
  return head ? [fromCandidate(head), fromCandidate(one)] : [fromCandidate(one)];
}

/** The children of a looked-up customer that fit what was said of them. */
export function childOf(group: FindCustomerOutput, { pick }: Link): Candidate[] {
  const match = group.matches.find((each) => each.id === group.resolved?.id) ?? group.matches[0];
  if (!match) return [];
  if (pick?.role === 'parent')
    return match.parent ? [{ ...match.parent, country: null, parentId: null }] : [];
  const children = match.children.map((each) => ({
    id: each.id,
    code: each.code,
    name: each.name,
    country: each.country,
    parentId: match.id,
  }));
  return pick?.country ? children.filter((each) => each.country === pick.country) : children;
}
