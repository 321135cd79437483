/**
 * Customers' names in a message: the words that the grammar leaves over, looked up with find_customer, never guessed.
 * A name may hold words of the grammar ("Summit Payments"): once one of its words found the customer, the words of
 * the full name beside it are taken out of the grammar's sight and the message is read again.
 */
import { foldName } from '../../src/domain/customer.ts';
import type { FindCustomerOutput } from '../../src/domain/ledger-query/answers.ts';
import { fillerWords } from './grammar/fillers.ts';
import { commonWords } from './text/common-words.ts';
import type { Span } from './text/scanner.ts';
import { type Token, typedText } from './text/tokens.ts';

/** What find_customer said, by the folded text that was looked up. */
export type LookUps = ReadonlyMap<string, FindCustomerOutput>;

export const lookUpKey = (text: string): string => text.trim().toLowerCase();

const connectors = new Set([
  'of',
  'and',
  'the',
  'de',
  'la',
  'el',
  'le',
  'du',
  'von',
  'van',
  'der',
  'et',
  'und',
  'y',
  'or',
]);
const nameLeads = new Set(
  'for of from with at about to on does do did is are has have was against called named customer what about me and or'.split(
    ' ',
  ),
);

const isFree = (token: Token): boolean => token.by === null || token.by === 'name';

/** Runs of free words, joined over "of", "and" and the like between two of them. */
export function freeRuns(tokens: readonly Token[]): Span[] {
  const runs: Span[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (!isFree(tokens[at]!)) continue;
    let end = at + 1;
    for (;;) {
      const next = tokens[end];
      if (!next || (next.breakBefore && !(next.quoted && tokens[end - 1]!.quoted))) break;
      if (isFree(next)) end += 1;
      else if (
        connectors.has(next.word) &&
        tokens[end + 1] &&
        isFree(tokens[end + 1]!) &&
        !tokens[end + 1]!.breakBefore
      )
        end += 2;
      else break;
    }
    runs.push({ from: at, to: end });
    at = end;
  }
  return runs;
}

const doers = new Set(
  'owe open overdue paid pay payment received disputed promised made sent anything money due credit cash settled'.split(
    ' ',
  ),
);

/** May a name stand here at all? "in Texas" and "by product" are no names; "retail customers" is a kind. */
export function mayBeName(tokens: readonly Token[], { from, to }: Span): boolean {
  const lead = tokens[from - 1]?.word === 'the' ? tokens[from - 2] : tokens[from - 1];
  const before = lead?.word;
  const next = tokens[to];
  // what somebody did: "owed by Globex"
  const done = before === 'by' && tokens.slice(0, from - 1).some((token) => doers.has(token.word));
  if (
    before &&
    !done &&
    lead.by !== 'except' &&
    lead.by !== 'except name' &&
    lead.by !== 'not chased' &&
    !(lead.by === 'act' && before === 'excluding') &&
    /^(?:in|by|per|within|near|under|over|using|via|excluding|without|not|no|than)$/.test(before)
  )
    return false;
  return !(next?.word === 'customer' && /s$|ies$/i.test(next.raw) && !tokens[to - 1]!.capital);
}

const isEveryday = (token: Token): boolean =>
  commonWords.has(token.word) || fillerWords.has(token.word) || /^[\d.,]+$/.test(token.word);

/** A place where a name is expected, or words that look like one. */
export function looksLikeName(tokens: readonly Token[], span: Span): boolean {
  const words = tokens.slice(span.from, span.to);
  if (words.some((token) => token.quoted)) return true;
  if (words.every((token) => /^[\d.,$€£¥%]+[a-z]?$/.test(token.word))) return false;
  const known = words.every((token) => isEveryday(token) || connectors.has(token.word));
  const before = tokens[span.from - 1];
  const capital = words.some((token, index) => token.capital && (span.from + index > 0 || !known));
  if (!known) return true;
  return capital && (before === undefined || nameLeads.has(before.word) || before.by !== null);
}

/** What to look up for a run: the whole, its halves around "and", and its firm part. */
export function lookUpTexts(tokens: readonly Token[], span: Span): string[] {
  const words = tokens
    .slice(span.from, span.to)
    .filter((token) => token.raw !== "'s" || span.to - span.from === 1);
  const texts = [typedText(words)];
  const parts = splitAtAnd(words);
  if (parts.length > 1) texts.push(...parts.map(typedText));
  const firm = words.filter((token) => !isEveryday(token) && !connectors.has(token.word));
  if (firm.length > 0 && firm.length < words.length && parts.length === 1) texts.push(typedText(firm));
  if (/^(?:group|family)$/.test(words.at(-1)?.word ?? '') && words.length > 1)
    texts.push(typedText(groupHead(words)));
  return [...new Set(texts.map((text) => text.slice(0, 200)).filter((text) => text !== ''))];
}

/** "the whole Acme group": the name between. */
const groupHead = (words: readonly Token[]): Token[] =>
  words.slice(0, -1).filter((token) => !/^(?:whole|entire|full)$/.test(token.word));

function splitAtAnd(words: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of words) {
    if (token.word === 'and' || token.word === 'or' || (token.breakBefore && parts.at(-1)!.length > 0))
      parts.push([]);
    if (token.word !== 'and' && token.word !== 'or') parts.at(-1)!.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

export type FoundName = { text: string; result: FindCustomerOutput };

const found = (result: FindCustomerOutput | undefined): result is FindCustomerOutput =>
  result !== undefined && result.why !== 'none' && !(result.why === 'several' && result.matches.length === 0);

/**
 * The customers a run names, once everything was looked up: the whole run, or each half around "and", or its firm
 * part; `left` holds the words that are no part of a name. Null when the run names nobody.
 */
export function settleRun(
  tokens: readonly Token[],
  span: Span,
  lookUps: LookUps,
): { names: FoundName[]; left: Token[]; group: boolean } | null {
  const words = tokens.slice(span.from, span.to).filter((token) => token.raw !== "'s");
  const get = (text: string) => lookUps.get(lookUpKey(text));
  const everyday = words.every(isEveryday);
  const accept = (result: FindCustomerOutput | undefined): result is FindCustomerOutput =>
    found(result) &&
    !(everyday && result.why === 'spelling') &&
    !(everyday && result.matches.every((match) => match.how === 'close'));
  const whole = get(typedText(words));
  const close = whole?.matches.every((match) => match.how === 'close');
  if (accept(whole) && !(close && words.length > 1))
    return { names: [{ text: typedText(words), result: whole }], left: [], group: false };
  const parts = splitAtAnd(words);
  if (parts.length > 1) {
    const each = parts.map((part) => ({ text: typedText(part), result: get(typedText(part)) }));
    const good = each.filter((part): part is FoundName => accept(part.result));
    if (good.length === each.length) return { names: good, left: [], group: false };
    return good.length > 0
      ? { names: good, left: parts.filter((_, index) => !accept(each[index]!.result)).flat(), group: false }
      : null;
  }
  if (/^(?:group|family)$/.test(words.at(-1)?.word ?? '')) {
    const head = typedText(groupHead(words));
    const result = get(head);
    if (accept(result)) return { names: [{ text: head, result }], left: [], group: true };
  }
  const firm = words.filter((token) => !isEveryday(token) && !connectors.has(token.word));
  const partial = firm.length > 0 ? get(typedText(firm)) : undefined;
  if (firm.length < words.length && accept(partial))
    return {
      names: [{ text: typedText(firm), result: partial }],
      left: words.filter((token) => !firm.includes(token)),
      group: false,
    };
  const quantity = words.some((token) => /^[\d<>$€£¥]/.test(token.raw));
  return accept(whole) && !(close && quantity)
    ? { names: [{ text: typedText(words), result: whole }], left: [], group: false }
    : null;
}

/** Where the looked-up names stand in the message, widened over the rest of the customer's full name. */
export function nameSpans(tokens: readonly Token[], lookUps: LookUps): Span[] {
  const spans: Span[] = [];
  for (const [key, result] of lookUps) {
    if (!found(result)) continue;
    const wanted = foldName(key);
    for (let from = 0; from < tokens.length; from += 1) {
      for (let to = from + 1; to <= Math.min(tokens.length, from + 8); to += 1) {
        const words = tokens.slice(from, to).filter((token) => token.raw !== "'s");
        // a sign beside the name ("Initech > 5k") folds to nothing and is no part of it
        const edges = [words[0], words.at(-1)].every((word) => word && foldName(word.raw) !== '');
        if (edges && foldName(typedText(words)) === wanted) spans.push(widen(tokens, { from, to }, result));
      }
    }
  }
  return spans.sort((a, b) => b.to - b.from - (a.to - a.from));
}

function widen(tokens: readonly Token[], span: Span, result: FindCustomerOutput): Span {
  const names = result.resolved ? [result.resolved.name] : result.matches.map((match) => match.name);
  const parts = names.map((name) => new Set(foldName(name).split(' ')));
  const inName = (token: Token | undefined): boolean =>
    token !== undefined &&
    token.raw !== "'s" &&
    parts.every((words) => words.has(foldName(token.raw))) &&
    (token.capital || token.raw.length > 3);
  let { from, to } = span;
  while (!tokens[from]!.breakBefore && inName(tokens[from - 1])) from -= 1;
  while (tokens[to] && !tokens[to]!.breakBefore && inName(tokens[to])) to += 1;
  return { from, to };
}
