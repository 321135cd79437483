/** The documents, amounts and deductions of a sentence, in their order. */
import type { Written } from './amount-text.ts';
import { amountsInText, type FoundAmount, withoutDays } from './amounts-in-text.ts';
import { DOCUMENT_WORDS, isDocumentWord } from './document-text.ts';

type Place = { readonly from: number; readonly to: number };
export type Token =
  | (Place & { readonly kind: 'amount'; readonly written: Written; readonly sure: boolean })
  | (Place & { readonly kind: 'document'; readonly text: string })
  | (Place & {
      readonly kind: 'deduction';
      readonly written: Written;
      readonly reason: string | null;
      /** "10,000 less 200": taken off the amount in front of it. */
      readonly offAmount: boolean;
    })
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
export function tokensOf(sentence: string): Token[] {
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
    const digits = /^\d{3,12}$/.test(text);
    const gap: string | null = last === null ? null : blank.slice(last.to, from);
    // "inv 1182 1190 and 1201": numbers of one length beside each other are of one kind
    const alike: boolean = digits && gap === ' ' && text.length === last!.length;
    const chained: boolean = gap !== null && (alike || CHAIN.test(gap));
    const named = NAMED.test(before) && (/^\d{1,12}$/.test(text) || isDocumentWord(text));
    // "INV 1071 USD 1,200.00": the currency is that of the next number
    const money = amount?.sure === true && !(named && /^\d+$/.test(text));
    const lettered = /\p{L}/u.test(text) && isDocumentWord(text) && /\d{2}|^\p{L}{2,}[-_/#]\d$/u.test(text);
    if (!money && (named || lettered || (digits && (chained || TOWARDS.test(before))))) {
      last = { to: from + text.length, length: text.length };
      tokens.push({ kind: 'document', from, to: last.to, text: text.replace(/^#/, '') });
    }
  }
  for (const amount of amounts) {
    const { from, to, sure } = amount;
    if (
      tokens.some((each) => each.from < to && each.to > from) ||
      !(sure || amount.written.digits.length >= 2)
    )
      continue;
    const written = insideBrackets(sentence, from, to)
      ? { ...amount.written, negative: false }
      : amount.written;
    tokens.push(deductionOf(sentence, amount) ?? { kind: 'amount', from, to, written, sure });
  }
  return tokens.sort((a, b) => a.from - b.from);
}

const OFF_BEFORE =
  /(?:deduct(?:ed|ing|ion(?: of)?)|withh(?:eld|olding)|kept back|held back|short(?:ed|[- ]?pa(?:id|y(?:ment)?))?(?: by| of)?|less|minus|abzüglich|abzgl\.?|skonto|discount|déduit|retenu|moins|escompte|menos|descontado|retenido|descuento|minder|ingehouden|korting)\s*(?:of|von|de|um|by|van)?\s*(?:an?\s+|the\s+)?(?:\d+(?:[.,]\d+)?\s*%\s*[\p{L} ]{0,30})?[:(]?\s*$/iu;
const OFF_BEHIND =
  /^[^.,;:()\d]{0,60}\b(?:abgezogen|einbehalten|gekürzt|deducted|withheld|ingehouden|retenus?|déduits?)\b/iu;
const OFF_AMOUNT = /(?:less|minus|abzüglich|abzgl|moins|menos|minder)/iu;
const BECAUSE =
  /^\s*(?:[A-Z]{3}\s+)?(?:for|due to|because of|wegen|wg\.|für|pour|por|voor|wegens)\s+(?:the\s+)?([^.,;:()]{3,60}?)(?=\s+(?:on|from|and|to|auf|von|und|bei|abgezogen|einbehalten|sur|et|y|en|op)\s|\s+(?:abgezogen|einbehalten)|[.,;:()]|$)/iu;

/** An amount that was kept back, by the words around it; null when it was paid. */
function deductionOf(sentence: string, { written, from, to }: FoundAmount): Token | null {
  const before = sentence.slice(Math.max(0, from - 70), from);
  const behind = sentence.slice(to, to + 90);
  const word = OFF_BEFORE.exec(before)?.[0] ?? null;
  if (word === null && !OFF_BEHIND.test(behind)) return null;
  const percent = /\d+(?:[.,]\d+)?\s*%\s*[\p{L} ]{0,30}/u.exec(word ?? '')?.[0].trim();
  const named = /skonto|discount|escompte|descuento|korting/iu.exec(word ?? '')?.[0];
  return {
    kind: 'deduction',
    from,
    to,
    written: { ...written, negative: false },
    reason: BECAUSE.exec(behind)?.[1]?.trim() ?? percent ?? named ?? null,
    offAmount: OFF_AMOUNT.test(word ?? ''),
  };
}

/** "INV-1 (1,200.00)" in a sentence is a remark, no credit. */
const insideBrackets = (text: string, from: number, to: number): boolean =>
  /\(\s{0,3}$/.test(text.slice(Math.max(0, from - 5), from)) || text[from] === '(' || text[to] === ')';
