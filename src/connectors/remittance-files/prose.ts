/** Sentences that say which amount is for which document: "please apply 4,300 to 1182 and the rest to 1190". */
import type { Written } from './amount-text.ts';
import { foldWords } from './clean-text.ts';
import { type Pair, pairsOf, type Said } from './pairs.ts';
import { tokensOf } from './prose-tokens.ts';
import { voiceOf } from './says-paid.ts';

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
  const pairs: Pair[] = [];
  let total: Written | null = null;
  let following = false;
  for (const sentence of sentencesOf(paragraph.slice(0, 20_000))) {
    const speaks = speaksOfPayment(sentence, advised);
    const said: Said | null = speaks || following ? pairsOf(tokensOf(sentence)) : null;
    following = speaks && said !== null;
    if (!said || (!speaks && (voiceOf(sentence).asked > 0 || /\?\s*$/.test(sentence)))) continue;
    pairs.push(...said.pairs);
    total ??= said.total;
  }
  return { pairs, total };
}
