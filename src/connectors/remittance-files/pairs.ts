/** Which amount of a sentence is for which document. */
import type { Written } from './amount-text.ts';
import type { Token } from './prose-tokens.ts';

export type Pair = {
  readonly document: string;
  readonly paid: Written | null;
  readonly gross: Written | null;
  readonly deduction: Written | null;
  readonly reason: string | null;
  /** It gets what is left of the payment. */
  readonly rest: boolean;
};
export type Said = {
  readonly pairs: readonly Pair[];
  /** The amount of the whole payment, where a sentence names one. */
  readonly total: Written | null;
};

type Draft = { -readonly [key in keyof Pair]: Pair[key] };
const draft = (document: string): Draft => ({
  document,
  paid: null,
  gross: null,
  deduction: null,
  reason: null,
  rest: false,
});

/** Puts one amount, deduction or rest to a document. */
function give(to: Draft, token: Token): void {
  if (token.kind === 'rest') to.rest = true;
  else if (token.kind === 'amount') to.paid = token.written;
  else if (token.kind === 'deduction') {
    to.deduction = token.written;
    to.reason = token.reason;
    if (token.offAmount && to.paid) {
      to.gross = to.paid;
      to.paid = null;
    }
  }
}

/** "we paid 5,000 for A (3,000) and B (2,000)": the amount in front that has no document of its own is the whole. */
function wholeOf(tokens: readonly Token[], documents: number): Token | null {
  const amounts = tokens.filter(({ kind }) => kind === 'amount');
  const rests = tokens.filter(({ kind }) => kind === 'rest').length;
  const first = tokens.findIndex(({ kind }) => kind === 'document');
  const ahead = tokens.slice(0, first).filter(({ kind }) => kind === 'amount' || kind === 'rest').length;
  const one =
    amounts.length === documents + 1 - rests &&
    ahead > 0 &&
    (ahead > 1 || tokens.at(-1)?.kind !== 'document');
  return one || (amounts.length === 1 && documents > 1 && rests === 0) ? amounts[0]! : null;
}

const openPairs = (tokens: readonly Token[]): Pair[] =>
  tokens.flatMap((token) => (token.kind === 'document' ? [draft(token.text)] : []));

function isBetween(tokens: readonly Token[], documents: number, amounts: number): boolean {
  const at = tokens.findIndex(({ kind }) => kind === 'amount');
  const first = tokens.findIndex(({ kind }) => kind === 'document');
  const last = tokens.findLastIndex(({ kind }) => kind === 'document');
  const others = tokens.some(({ kind }) => kind === 'rest' || kind === 'deduction');
  return amounts === 1 && documents > 1 && !others && at > first && at < last;
}

/** Pairs documents with amounts by their order: amounts before documents, or behind them. */
export function pairsOf(tokens: readonly Token[]): Said {
  const documents = tokens.filter(({ kind }) => kind === 'document').length;
  const amounts = tokens.filter((token) => token.kind === 'amount');
  if (documents === 0)
    return { pairs: [], total: amounts.length === 1 && amounts[0]!.sure ? amounts[0]!.written : null };
  // one amount between several documents: whose it is stays open
  if (isBetween(tokens, documents, amounts.length)) return { pairs: openPairs(tokens), total: null };
  const whole = wholeOf(tokens, documents);
  const rest = tokens.filter((token) => token !== whole);
  const forward = rest[0]?.kind !== 'document';
  const pairs: Draft[] = [];
  let held: Token[] = [];
  for (const token of rest) {
    const last = pairs.at(-1);
    if (token.kind === 'document') {
      const next = draft(token.text);
      for (const each of held) give(next, each);
      held = [];
      pairs.push(next);
    } else if (token.kind === 'deduction' && last && held.length === 0) give(last, token);
    else if (last && last.paid === null && !last.rest && (!forward || documents === 1)) give(last, token);
    else held.push(token);
  }
  // what no document follows belongs to the last one that has none
  for (const token of held) {
    const open = pairs.findLast(({ paid, rest: takesRest }) => paid === null && !takesRest);
    if (open && token.kind !== 'rest') give(open, token);
  }
  return { pairs, total: whole?.kind === 'amount' ? whole.written : null };
}
