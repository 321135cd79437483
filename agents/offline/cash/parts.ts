/** On which invoices money goes, how much on each, and what a correction changes of the placing before. */

import { currencyOf } from '../chasing/words.ts';
import { plainAmount } from '../grammar/quantities.ts';
import type { Scanner } from '../text/scanner.ts';
import type { Token } from '../text/tokens.ts';
import { wishOf } from './payment.ts';
import type { CashSlots } from './slots.ts';

type Part = NonNullable<CashSlots['parts']>[number];

const upper = (raw: string): string => {
  const typed = raw.replace(/^#/, '');
  return /[a-z]/i.test(typed) ? typed.toUpperCase() : typed;
};

/** Two ways to write one number: "1190" and "INV-1190". */
export const sameNumber = (a: string, b: string): boolean => {
  const tail = (text: string) => /(\d[\w-]*)$/.exec(text)?.[1]?.replace(/^0+/, '').toLowerCase();
  return (
    a.toLowerCase() === b.toLowerCase() ||
    (tail(a) !== undefined && tail(a) === tail(b) && (/^\d/.test(a) || /^\d/.test(b)))
  );
};

const explicit = (token: Token): boolean => token.by === 'number' && /\d/.test(token.raw);
const free = (token: Token | undefined): token is Token => token !== undefined && token.by === null;
const bareNumber = (token: Token): boolean => free(token) && /^\d{3,}(?:-\d+)?$/.test(token.raw);

const wordsAfter = (tokens: readonly Token[], index: number): string =>
  tokens
    .slice(index + 1, index + 12)
    .filter(({ by }) => by !== 'payer' && by !== 'method')
    .map((token) =>
      explicit(token) || bareNumber(token) ? '@' : token.breakBefore ? `, ${token.word}` : token.word,
    )
    .join(' ');

const ON_INVOICE =
  /^(?:(?:of|from) (?:(?:it|that|this|the|payment|wire|money) ?)+)?(?:goes |go )?(?:to|on|onto|against|for|towards?) (?:(?:the|invoice) )*@/;

/** An amount with its currency; null for an invoice's number. */
function moneyAt(tokens: readonly Token[], index: number): string | null {
  const token = tokens[index]!;
  if (!free(token) || !/\d/.test(token.raw)) return null;
  const amount = plainAmount(token.raw.toLowerCase());
  if (amount === null) return null;
  const beside = [tokens[index - 1], tokens[index + 1]].some(
    (each) => free(each) && !/^(?:all|and|for|try|top)$/.test(each.word) && currencyOf(each.word) !== null,
  );
  const written = /^[$€£¥]|[.,]|[kKmM]$/.test(token.raw);
  return written || beside || ON_INVOICE.test(wordsAfter(tokens, index)) ? amount : null;
}

const DROPS = /^(?:not|no|without|drop|remove|excluding|except|minus|skip|exclude|replace|swap|change)$/;
const ADDS = /^(?:use|with|add|also|plus|take|including|include|to|by|on|make|then)$/;
const ALREADY =
  /^(?:(?:was|is|has|were|got|already|been|be|had) )*(?:already |been )*(?:credited|paid|cancelled|canceled|void|voided|wrong|closed|settled|cleared|disputed|not theirs|gone)/;

/** Whether an invoice is taken out of the placing: by the word before it or by what is said of it. */
function isDropped(tokens: readonly Token[], index: number): boolean {
  if (ALREADY.test(wordsAfter(tokens, index))) return true;
  for (let at = index - 1; at >= 0; at -= 1) {
    const { word } = tokens[at]!;
    if (word === 'of' && /^(?:instead|rather|place)$/.test(tokens[at - 1]?.word ?? '')) return true;
    // "no wait, 1190": the no is an answer
    if (/^(?:no|wait)$/.test(word) && (at === 0 || tokens[at - 1]!.word === 'no')) return false;
    if (DROPS.test(word)) return true;
    if (ADDS.test(word) || tokens[at + 1]!.breakBefore) return false;
    if (!/^(?:the|invoice|and|or)$/.test(word) && !explicit(tokens[at]!) && !bareNumber(tokens[at]!))
      return false;
  }
  return false;
}

type Found = { parts: Part[]; dropped: string[]; loose: { amount: string; index: number }[] };

function walk(tokens: readonly Token[], corrects: boolean): Found {
  const found: Found = { parts: [], dropped: [], loose: [] };
  let pending: string | undefined;
  let lastAt = -10;
  tokens.forEach((token, index) => {
    const amount = moneyAt(tokens, index);
    if (amount !== null) {
      const last = found.parts.at(-1);
      const between = tokens.slice(lastAt + 1, index).map((each) => each.word);
      if (ON_INVOICE.test(wordsAfter(tokens, index))) pending = amount;
      else if (
        last &&
        last.amount === undefined &&
        between.every((word) => /^(?:with|gets?|takes?|at|is|for)$/.test(word))
      )
        last.amount = amount;
      else {
        found.loose.push({ amount, index });
        return;
      }
      token.by = 'part';
      return;
    }
    if (!explicit(token) && !bareNumber(token)) return;
    const invoice = upper(token.raw);
    if (corrects && isDropped(tokens, index)) found.dropped.push(invoice);
    else found.parts.push(pending === undefined ? { invoice } : { invoice, amount: pending });
    pending = undefined;
    lastAt = index;
    token.by = 'number';
  });
  return found;
}

/** Currency words beside the amounts of the parts. */
function takeCurrencies(tokens: readonly Token[]): void {
  tokens.forEach((token, index) => {
    const beside = [tokens[index - 1], tokens[index + 1]].some((each) => each?.by === 'part');
    if (free(token) && beside && currencyOf(token.word) !== null) token.by = 'part';
  });
}

/** `parts`, `dropped`, `evenly`; an amount that stands beside no invoice is that of the payment. */
export function takeParts(scan: Scanner, cash: CashSlots): void {
  const { tokens } = scan;
  scan.take(
    'evenly',
    /(?:it |that )?(?:50 ?\/ ?50|50-50|evenly|equally|half (?:and|each|on each)(?: half)?|in half|in 2(?: equal parts)?|half)/,
    () => {
      cash.evenly = true;
    },
  );
  const { parts, dropped, loose } = walk(tokens, cash.corrects === true);
  takeCurrencies(tokens);
  if (parts.length > 0) cash.parts = parts;
  if (dropped.length > 0) cash.dropped = dropped;
  const [only, second] = loose;
  if (only && !second && cash.payment?.amount === undefined && !cash.corrects) {
    const currency = [tokens[only.index - 1], tokens[only.index + 1]]
      .map((each) => (free(each) ? currencyOf(each.word) : null))
      .find(Boolean);
    wishOf(cash, { amount: only.amount, ...(currency ? { currency } : {}) });
    tokens[only.index]!.by = 'payment';
    takeCurrencies(tokens.map((each, at) => (at === only.index ? { ...each, by: 'part' } : each)));
  }
}
