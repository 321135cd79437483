/** Typing errors: a word that nobody knows is read as the one word of the grammar that it nearly is. */
import { commonWords } from './common-words.ts';
import { grammarWords } from './grammar-words.ts';
import { foldedWords } from './lemmas.ts';

/** Words that are worth finding behind a typing error; all of them mean something to the grammar. */
const targets =
  'invoice invoices customer customers client clients debtors account accounts overdue outstanding unpaid dispute disputes disputed promise promises promised payment payments receipts credit credits unapplied unallocated received receivable receivables paid chased reminded contacted replied responded answered biggest largest highest smallest oldest newest latest average percentage currency currencies region regions segment segments bucket buckets balance amount amounts concentration delinquent aging ageing timeline history export subsidiary subsidiaries contact contacts yesterday tomorrow today monday tuesday wednesday thursday friday saturday sunday january february march april august september october november december month months quarter quarters between before after since compared excluding including except without never broken withdrawn euros dollars pounds calculated computed usually group grouped parent owner owners open total count issued billed invoiced collected median behavior behaviour habits summary breakdown synced'.split(
    ' ',
  );

/** Damerau-Levenshtein distance (optimal string alignment), cut off above `limit`. */
export function typingDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, rows[i - 2]![j - 2]! + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

const sorted = (word: string): string => [...word].sort().join('');

/**
 * The word behind a typing error, or null. One error in words of 4 to 7 letters, two in longer ones; in words of
 * 4 and 5 letters only two swapped letters count, since one changed letter there makes another word.
 * A tie between two different words is no answer. `more`: words that mean something to one kind of message only.
 */
export function correct(
  word: string,
  known: ReadonlySet<string>,
  more: readonly string[] = [],
): string | null {
  if (word.length < 4 || known.has(word) || foldedWords.has(word) || commonWords.has(word)) return null;
  if (grammarWords.has(word)) return null;
  const limit = word.length >= 8 ? 2 : 1;
  let found: string | null = null;
  let best = limit + 1;
  let tied = false;
  for (const target of [...targets, ...more]) {
    if (target[0] !== word[0] && sorted(target) !== sorted(word)) continue;
    if (word.length <= 5 && sorted(target) !== sorted(word) && target.length === word.length) continue;
    if (word.length <= 4 && sorted(target) !== sorted(word)) continue;
    const distance = typingDistance(word, target, limit);
    if (distance < best) {
      best = distance;
      found = target;
      tied = false;
    } else if (distance === best && found !== null && found !== target) {
      tied = tied || !(target.startsWith(found) || found.startsWith(target));
    }
  }
  return tied ? null : found;
}
