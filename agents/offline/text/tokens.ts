/** Splits a chat message into tokens that keep what was typed beside what the grammar reads. */
import { foldName } from '../../../src/domain/customer.ts';
import { fold } from './lemmas.ts';
import { correct } from './spelling.ts';

export type Token = {
  /** As typed. */
  raw: string;
  /** What the grammar reads: lower case, folded, corrected. */
  word: string;
  /** What rule explained it; null while nothing did. `name` is kept for a customer's name. */
  by: string | null;
  /** Punctuation stood before it. */
  breakBefore: boolean;
  capital: boolean;
  /** It stands in quotation marks: a name for certain. */
  quoted: boolean;
  /** Set when a typing error was taken for this word. */
  correctedFrom: string | null;
};

/**
 * An amount with its minus sign. The sign begins a word or stands behind a currency sign, so that it is no range
 * (5-10), no hyphen and no part of a number (INV-5); a day behind a dash ("-28 Aug") is no amount either.
 */
const NEGATIVE = [
  String.raw`(?<![^\s(:,;=<>"])(?:-[$€£¥]?|[$€£¥]\s?-)(?:\d+(?:,\d+)*(?:\.\d+)?|\.\d+)`,
  String.raw`(?:\s?(?:k|m|mm|mn|mio|bn|b|thousand|million))?`,
  String.raw`(?![\p{L}\d/-]|\.\d|,\d|\s(?:of\s)?(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]u[nl]|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec))`,
].join('');

const piece = new RegExp(
  [
    String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`, // e-mail address
    NEGATIVE,
    String.raw`\d{4}-\d{2}-\d{2}`,
    String.raw`\d{1,2}\/\d{1,2}(?:\/\d{2,4})?(?![\w/])`,
    String.raw`\d{1,2}\.\d{1,2}\.\d{2,4}`,
    String.raw`#?\p{L}{1,6}-?(?:\d[\w]*-)*\d[\w-]*`, // INV-20418, CN-12, Q3, C0042, 2024-style codes
    String.raw`#\d[\w-]*`,
    String.raw`[$€£¥]\s?\d+(?:,\d+)*(?:\.\d+)?\s?(?:k|m|mm|mn|mio|bn|b|thousand|million)?(?![\p{L}\d])`,
    String.raw`\d+(?:,\d+)*(?:\.\d+)?(?:k|m|mm|mn|mio|bn)?\+?(?![\p{L}\d-])`,
    String.raw`\d+(?:st|nd|rd|th)(?!\p{L})`,
    String.raw`\d+(?:\+)?-?d(?!\p{L})`, // 60d, 60+d
    String.raw`[oO]\/[sS](?!\p{L})|[wW]\/(?:out|o)?(?!\p{L})`,
    String.raw`\p{L}[\p{L}\p{M}\d]*(?:[.'’&-][\p{L}\d]+)*`,
    String.raw`\d[\w-]*`,
    '[%&]|[<>]=?',
    String.raw`[^\s]`,
  ].join('|'),
  'gu',
);

const isWord = (text: string): boolean => /[\p{L}\p{N}%&<>]/u.test(text);
const keepShape = /[@\d]/;

/** Splits what follows a possessive: "Acme's" is "Acme" and "'s". */
function splitPossessive(text: string): string[] {
  const match = /^(.+?)['’]s$/u.exec(text);
  return match?.[1] ? [match[1], "'s"] : [text];
}

function tokensOf(
  typed: string,
  extraWords: ReadonlySet<string>,
  targets: readonly string[],
): Pick<Token, 'raw' | 'word' | 'correctedFrom'>[] {
  const lower = typed.toLowerCase().replaceAll('’', "'");
  const whole = fold(lower);
  if (whole.length > 1 || whole[0] !== lower)
    return whole.map((word) => ({ raw: typed, word, correctedFrom: null }));
  return splitPossessive(typed).map((raw) => {
    if (raw === "'s") return { raw, word: raw, correctedFrom: null };
    const plain = raw.toLowerCase();
    const corrected = keepShape.test(raw) ? null : correct(plain, extraWords, targets);
    return { raw, word: fold(corrected ?? plain)[0] ?? plain, correctedFrom: corrected ? raw : null };
  });
}

/** Whether the token is an amount below zero, which no rule reads as a number. */
export const isNegative = ({ word, quoted }: Token): boolean =>
  !quoted && /^(?:-[$€£¥]?|[$€£¥]\s?-)[\d.]/.test(word);

/** Ranges of the text that stand in quotation marks. */
const quotedRanges = (text: string): [number, number][] =>
  [...text.matchAll(/"([^"]{2,80})"/g)].map((match) => [match.index, match.index + match[0].length]);

/**
 * Reads a message. `extraWords` (owners, segments) are never corrected; `targets` are more words that a typing error
 * may stand for.
 * Keeps order; punctuation is dropped and only remembered as a break before the next word.
 */
export function tokenise(
  message: string,
  extraWords: ReadonlySet<string>,
  targets: readonly string[] = [],
): Token[] {
  const text = message
    .normalize('NFKC')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’`]/g, "'")
    .replace(/[‐–—−]/g, '-');
  const quoted = quotedRanges(text);
  const tokens: Token[] = [];
  let breakBefore = true;
  for (const match of text.matchAll(piece)) {
    const typed = match[0];
    if (!isWord(typed)) {
      breakBefore = true;
      continue;
    }
    const inQuotes = quoted.some(([from, to]) => match.index > from && match.index < to);
    const parts = inQuotes
      ? [{ raw: typed, word: typed.toLowerCase(), correctedFrom: null }]
      : tokensOf(typed, extraWords, targets);
    for (const part of parts) {
      tokens.push({
        ...part,
        by: null,
        breakBefore,
        capital: /^\p{Lu}/u.test(typed),
        quoted: inQuotes,
      });
      breakBefore = false;
    }
  }
  return tokens;
}

/** The typed words of a span as one text, e.g. for a name. */
export const typedText = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => token.raw)
    .filter((raw, index, all) => index === 0 || raw !== all[index - 1] || foldName(raw).length > 0)
    .join(' ')
    .replace(/ 's\b/g, "'s");
