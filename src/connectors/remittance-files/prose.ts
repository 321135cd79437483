/** Sentences that say which amount is for which document: "please apply 4,300 to 1182 and the rest to 1190". */
import type { Written } from './amount-text.ts';
import { amountsInText, withoutDays } from './amounts-in-text.ts';
import { foldWords } from './clean-text.ts';
import { DOCUMENT_WORDS, isDocumentWord } from './document-text.ts';
import { voiceOf } from './says-paid.ts';

export type Said = {
  readonly pairs: readonly {
    readonly document: string;
    readonly amount: Written | null;
    readonly rest: boolean;
  }[];
  /** The amount of the whole payment, where a sentence names one. */
  readonly total: Written | null;
};

type Place = { readonly from: number; readonly to: number };
type Token =
  | (Place & { readonly kind: 'amount'; readonly written: Written; readonly sure: boolean })
  | (Place & { readonly kind: 'document'; readonly text: string })
  | (Place & { readonly kind: 'rest' });

const REST =
  /\b(?:the\s+)?(?:rest|remainder|balance|remaining(?:\s+amount)?|difference)\b|\bden\s+rest\b|\brest\b|\ble\s+reste\b|\bel\s+resto\b|\bde\s+rest\b/giu;
const WORD = /[\p{L}\d#][\p{L}\d._\-/#]*[\p{L}\d]/gu;
const NAMED = new RegExp(
  String.raw`(?:^|[^\p{L}])(?:${DOCUMENT_WORDS})\b\.?(?:\s*(?:no|nos|number|numbers|nr|n°|nº|nummern?)\b\.?)?[\s.:#°º]*$`,
  'iu',
);
const TOWARDS =
  /(?:^|[^\p{L}])(?:to|against|on|towards?|for|auf|für|zu|gegen|pour|sur|aux?|à|para|a|contra|voor|op|aan|inv|invoices?)\s+(?:the\s+)?#?$/iu;
const CHAIN = /^\s*(?:,|;|&|\+|and|und|et|y|e|en|plus|sowie|\/)\s*(?:(?:and|und|et|y|en)\s+)?#?$/iu;

/** The documents and amounts of a sentence in their order. A bare number is what the words in front of it make it. */
function tokensOf(sentence: string): Token[] {
  const blank = withoutDays(sentence);
  const amounts = amountsInText(sentence);
  const tokens: Token[] = [...blank.matchAll(REST)].map((found) => ({
    kind: 'rest',
    from: found.index,
    to: found.index + found[0].length,
  }));
  let last: { to: number; length: number } | null = null;
  for (const found of blank.matchAll(WORD)) {
    const text = found[0];
    if (!/\d/.test(text)) continue;
    const from = found.index;
    const before = blank.slice(Math.max(0, from - 60), from);
    const amount = amounts.find((each) => each.from < from + text.length && each.to > from);
    const money = amount?.sure === true;
    const digits = /^\d{3,12}$/.test(text);
    const gap: string | null = last === null ? null : blank.slice(last.to, from);
    // "inv 1182 1190 and 1201": numbers of one length beside each other are of one kind
    const alike: boolean = digits && gap === ' ' && text.length === last!.length;
    const chained: boolean = gap !== null && (alike || CHAIN.test(gap));
    const named = NAMED.test(before) && (/^\d{1,12}$/.test(text) || isDocumentWord(text));
    const lettered = /\p{L}/u.test(text) && isDocumentWord(text) && /\d{2}/.test(text);
    if (!money && (named || lettered || (digits && (chained || TOWARDS.test(before))))) {
      last = { to: from + text.length, length: text.length };
      tokens.push({ kind: 'document', from, to: last.to, text: text.replace(/^#/, '') });
    }
  }
  const taken = (from: number, to: number) => tokens.some((each) => each.from < to && each.to > from);
  for (const { from, to, written, sure } of amounts)
    if (!taken(from, to) && (sure || written.digits.length >= 2))
      tokens.push({
        kind: 'amount',
        from,
        to,
        written: insideBrackets(sentence, from, to) ? { ...written, negative: false } : written,
        sure,
      });
  return tokens.sort((a, b) => a.from - b.from);
}

/** "INV-1 (1,200.00)" in a sentence is a remark, no credit. */
const insideBrackets = (text: string, from: number, to: number): boolean =>
  /\(\s*$/.test(text.slice(0, from)) || text[from] === '(' || text[to] === ')';

type Pair = { document: string; amount: Written | null; rest: boolean };

function pair(tokens: readonly Token[]): Said {
  const documents = tokens.filter((token) => token.kind === 'document');
  const amounts = tokens.filter((token) => token.kind === 'amount');
  if (documents.length === 0)
    return { pairs: [], total: amounts.length === 1 && amounts[0]!.sure ? amounts[0]!.written : null };
  const firstDocument = tokens.findIndex(({ kind }) => kind === 'document');
  const ahead = tokens.slice(0, firstDocument).filter(({ kind }) => kind !== 'document');
  const alone = (total: Written | null): Said => ({
    pairs: documents.map(({ text }) => ({ document: text, amount: null, rest: false })),
    total,
  });
  if (amounts.length === 0) return alone(null);
  const rests = tokens.filter(({ kind }) => kind === 'rest').length;
  if (amounts.length === 1 && documents.length > 1 && rests === 0) return alone(amounts[0]!.written);
  // "we paid 5,000 for A (3,000) and B (2,000)": the amount in front that has no document of its own is the whole
  const whole =
    amounts.length === documents.length + 1 - rests &&
    ahead.length > 0 &&
    (ahead.length > 1 || tokens.at(-1)?.kind !== 'document')
      ? amounts[0]!
      : null;
  const rest = tokens.filter((token) => token !== whole);
  const forward = rest[0]?.kind !== 'document';
  const pairs: Pair[] = [];
  let held: Token | null = null;
  for (const token of rest)
    if (token.kind !== 'document') {
      const open: Pair | undefined = forward
        ? undefined
        : pairs.findLast((each) => each.amount === null && !each.rest);
      if (open && pairs.at(-1) === open) {
        if (token.kind === 'amount') open.amount = token.written;
        else open.rest = true;
      } else held = token;
    } else {
      pairs.push({
        document: token.text,
        amount: held?.kind === 'amount' ? held.written : null,
        rest: held?.kind === 'rest',
      });
      held = null;
    }
  return { pairs, total: whole?.kind === 'amount' ? whole.written : null };
}

/** True for a sentence that speaks of a payment that is made, or says how to place it; questions and plans do not. */
function speaksOfPayment(sentence: string, advised: boolean): boolean {
  const { made, apply, title, asked, notYet } = voiceOf(sentence);
  if (/\?\s*$/.test(sentence)) return false;
  if (/ (?:already|bereits|schon|deja|ya|al|reeds) /u.test(` ${foldWords(sentence)} `) && apply === 0)
    return false;
  return made + apply + (advised ? title : 0) > 0 && asked === 0 && notYet === 0;
}

/** Sentences of a paragraph; a point inside of an amount or a number ends none. */
const sentencesOf = (text: string): string[] =>
  text.match(/(?:[^.!?;\n]|[.!?;](?!\s|$))+(?:[.!?;]+|$)/g) ?? [];

/** What the sentences of a paragraph say. `advised`: a title or another sentence says that it is an advice. */
export function saidIn(paragraph: string, advised: boolean): Said {
  const pairs: Said['pairs'][number][] = [];
  let total: Written | null = null;
  let following = false;
  for (const sentence of sentencesOf(paragraph.slice(0, 20_000))) {
    const speaks = speaksOfPayment(sentence, advised);
    const said: Said | null = speaks || following ? pair(tokensOf(sentence)) : null;
    following = speaks && said !== null;
    if (!said || (!speaks && (voiceOf(sentence).asked > 0 || /\?\s*$/.test(sentence)))) continue;
    pairs.push(...said.pairs);
    total ??= said.total;
  }
  return { pairs, total };
}
