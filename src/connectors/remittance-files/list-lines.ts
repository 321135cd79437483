/** A line that is one item: a document, then its amounts: "INV-1071  1,200.00", "Invoice 7: 100.00 less 2 % 2.00 = 98.00". */
import type { Written } from './amount-text.ts';
import { amountsInText, type FoundAmount } from './amounts-in-text.ts';
import { foldWords } from './clean-text.ts';
import { isDocumentWord, KEYWORD } from './document-text.ts';
import { totalRow } from './total-words.ts';

export type Item = {
  readonly document: string;
  readonly gross: Written | null;
  readonly paid: Written | null;
  readonly deductions: readonly { readonly written: Written; readonly word: string }[];
  /** Amounts in a row that no word explains. */
  readonly bare: readonly Written[];
  /** Words in it that say nothing about its amounts. */
  readonly words: number;
};

const LESS =
  /(?:^| )(?:less|minus|discount|deduct\p{L}*|disc|abzgl|abzuglich|skonto|abzug|moins|escompte|retenue|menos|descuento|retencion|minder|korting|aftrek|withh\p{L}*|wht|tds|short\p{L}*|fee|fees|charges?|allowance)(?: |$)/u;
const RESULT =
  /=|(?:^| )(?:net|netto|paid|pay|pays|paying|payment|leaves|makes|is|zahlbetrag|bezahlt|gezahlt|uberwiesen|paye|regle|soit|pagado|neto|betaald|ergibt)(?: |$)/u;
const START = /^[\s>*•·▪◦+-]*(?:\(?\d{1,2}[.)]\s+)?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[\s,:|]+)?/u;

/** A word in front of what is taken off: "less credit CN-12 50.00". */
const TAKEN_OFF =
  /^(?:less|minus|abzgl\.?|abzüglich|moins|menos|minder|netted|verrechnet(?:e)?)\s+(?:(?:the|our|your|die|der|le|la|el)\s+)?(?:(?:credits?|gutschrift|avoir|abono)\s+(?=\p{L}+[-\s]?\d))?/iu;

/** The document at the beginning, and how much of the line it takes. */
function leadingDocument(line: string): { document: string; to: number; off: boolean } | null {
  const bullet = START.exec(line)?.[0].length ?? 0;
  const less = TAKEN_OFF.exec(line.slice(bullet))?.[0].length ?? 0;
  const start = bullet + less;
  const rest = line.slice(start);
  const keyword = KEYWORD.exec(rest)?.[0] ?? '';
  const token =
    /^[\p{L}\d#][\p{L}\d._\-/#]*/u.exec(rest.slice(keyword.length))?.[0].replace(/[._\-/]+$/, '') ?? '';
  if (token === '' || !/\d/.test(token)) return null;
  const keyed = keyword !== '' && /^\d{1,20}$/.test(token);
  const lettered =
    isDocumentWord(token) &&
    (/\p{L}/u.test(token) || keyword !== '' || (token.length >= 4 && !/[.,]/.test(token)));
  if (!keyed && !lettered) return null;
  const prefix = /^\p{L}{2,3}[ ]$/u.exec(keyword)?.[0] ?? ''; // "RE 2026/104", "CN 12"
  return {
    document: `${prefix}${token.replace(/^#/, '')}`,
    to: start + keyword.length + token.length,
    off: less > 0,
  };
}

/** "Payment for: INV-1 100.00", "Bezahlt wurden: RE 7 ...". */
function behindLabel(line: string): ReturnType<typeof leadingDocument> {
  const label = /^[\p{L} ]{3,40}:\s+(?=\S)/u.exec(line)?.[0].length ?? 0;
  const found = label > 0 ? leadingDocument(line.slice(label)) : null;
  return found && { ...found, to: found.to + label };
}

const between = (text: string, amounts: readonly FoundAmount[], i: number): string =>
  text.slice(i === 0 ? 0 : amounts[i - 1]!.to, amounts[i]!.from);

const reasonOf = (words: string): string =>
  words
    .replace(/^[\s,;:(\-=]*(?:less|minus|abzgl\.?|abzüglich|moins|menos|minder)\s+/iu, '')
    .replace(/[\s,:;=(-]+$/, '')
    .replace(/^[\s,;(-]+/, '')
    .slice(0, 80);

const KNOWN = new RegExp(
  `${LESS.source}|${RESULT.source}|^ (?:usd|eur|gbp|chf|cad|aud|for|of|on|amount|date|dated|fur|von|pour|de|por|van|voor) $`,
  'u',
);

/** A second document on the line: it is no single item. */
function namesAnother(rest: string, amounts: readonly FoundAmount[]): boolean {
  for (const found of rest.matchAll(/[\p{L}\d#][\p{L}\d._\-/#]*[\p{L}\d]/gu)) {
    const inAmount = amounts.some(({ from, to }) => found.index < to && found.index + found[0].length > from);
    if (!inAmount && /\p{L}/u.test(found[0]) && isDocumentWord(found[0])) return true;
    const behind = KEYWORD.exec(rest.slice(found.index, found.index + 60))?.[0] ?? '';
    if (
      behind !== '' &&
      /^\d{2,}(?![.,]?\d)/.test(rest.slice(found.index + behind.length)) &&
      !/^(?:re|ref|doc|po|order)/i.test(behind)
    )
      return true;
  }
  return false;
}

/** True for a line that begins with a document. */
export const startsWithDocument = (line: string): boolean =>
  leadingDocument(line) !== null || behindLabel(line) !== null;

/** Reads one line; null when it does not begin with a document, has no amount, or is a sentence. */
export function itemOf(line: string): Item | null {
  if (line.length > 300) return null;
  const found = leadingDocument(line) ?? behindLabel(line);
  if (!found) return null;
  const rest = line.slice(found.to);
  if (totalRow([found.document])) return null;
  const all = amountsInText(rest);
  const sure = all.filter((each) => each.sure);
  const amounts = sure.length > 0 ? sure : all;
  if (amounts.length === 0 || amounts.length > 6) return null;
  const after = rest.slice(amounts.at(-1)!.to);
  // a bare number is an amount only where nothing else stands there
  if (
    sure.length === 0 &&
    (all.length > 1 || !/^[\s:=]+$/.test(between(rest, all, 0)) || after.trim() !== '')
  )
    return null;
  if (namesAnother(rest, amounts)) return null;
  const spoken = foldWords(`${amounts.map((_, i) => between(rest, amounts, i)).join(' ')} ${after}`).split(
    ' ',
  );
  if (spoken.length > 12 || /\?/.test(after)) return null;
  const item = {
    document: found.document,
    gross: null as Written | null,
    paid: null as Written | null,
    deductions: [] as { written: Written; word: string }[],
    bare: [] as Written[],
    words: spoken.filter((word) => /\p{L}{2}/u.test(word) && !KNOWN.test(` ${word} `)).length,
  };
  amounts.forEach(({ written }, i) => {
    const words = between(rest, amounts, i);
    const folded = foldWords(words);
    const taken = item.gross !== null || item.bare.length > 0;
    if (taken && (/=/.test(words) || (RESULT.test(folded) && !LESS.test(folded)))) item.paid = written;
    else if (taken && (LESS.test(folded) || /^\s*-\s*$/.test(words))) {
      if (item.bare.length === 1 && item.gross === null) item.gross = item.bare.pop()!;
      const named =
        reasonOf(words) || (i === amounts.length - 1 ? reasonOf(after.replace(/\)\s*$/, '')) : '');
      item.deductions.push({ written: { ...written, negative: false }, word: named });
    } else item.bare.push(found.off ? { ...written, negative: true } : written);
  });
  const behind = foldWords(after);
  // "1,176.00 after 2 % discount" names no amount of the discount; nothing is invented for it
  if (
    item.deductions.length === 0 &&
    item.paid === null &&
    item.bare.length === 2 &&
    /^(?:discount|skonto|escompte|descuento|korting|wht|tds|withholding)/.test(behind)
  )
    return {
      ...item,
      gross: item.bare[0]!,
      bare: [],
      deductions: [{ written: item.bare[1]!, word: behind }],
    };
  return item;
}

/** Words and one amount among items: a fee, a claim. What is taken off has a minus or says so. */
export function unnamedOf(line: string): { words: string; written: Written } | null {
  const amounts = amountsInText(line).filter(({ sure }) => sure);
  const [amount] = amounts;
  if (!amount || amounts.length > 1 || line.length > 120 || line.slice(amount.to).trim() !== '') return null;
  const words = line
    .slice(0, amount.from)
    .replace(/[\s:;,.=-]+$/, '')
    .trim();
  if (!/\p{L}{3}/u.test(words) || words.split(/\s+/).length > 7) return null;
  const off = TAKEN_OFF.test(words) || LESS.test(foldWords(words));
  return { words, written: off ? { ...amount.written, negative: true } : amount.written };
}
