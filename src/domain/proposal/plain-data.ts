/**
 * Names, numbers and notes from the ledger as they may stand in mail: one visible line, no link, no markup, no
 * placeholder. Whoever can choose such a name must not be able to write a letter with it.
 */
import { withoutInvisible } from '../visible-text.ts';

const SCHEME = /\b[a-z][a-z0-9+.-]{0,20}:\/\/\S*|\b(?:mailto|tel|data|javascript|file):\S+/gi;
const LINK_TO = /\]\([^)\s]*\)/g;
const WWW = /\bwww\.(?=\S)/gi;
/** "evil.com" is made a link by most mail programs; "evil .com" is not, and "A. Smith" and "No.5" stay as they are. */
const HOST_DOT = /(?<=[\p{L}\p{N}-]{2})\.(?=\p{L}{2,24}(?![\p{L}\p{N}]))/gu;
const MARKUP = /[<>[\]{}`|\\*~]/g;

/** At most `longest` characters, on one line; "…" where it was cut. Applied twice it gives the same. */
export function plainData(text: string, longest = 80): string {
  const line = withoutInvisible(text)
    .replace(SCHEME, '')
    .replace(LINK_TO, ']')
    .replace(MARKUP, '')
    .replace(WWW, 'www ')
    .replace(HOST_DOT, ' .')
    .replace(/\/{2,}/g, '/')
    .replace(/\s+/gu, ' ')
    .trim();
  const letters = [...line];
  return letters.length > longest
    ? `${letters
        .slice(0, longest - 1)
        .join('')
        .replace(/[\s\u200D]+$/u, '')}…`
    : line;
}
