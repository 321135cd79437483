/** What a text may hide from the person who approves it: characters nobody sees, letters that look like others. */
import { withoutInvisible } from '../domain/visible-text.ts';

/** How many characters of the text no reader sees; line breaks of any kind are not counted. */
export function unseenCharacters(text: string): number {
  const plain = text.replace(/\r\n?|[\u2028\u2029]/g, '\n');
  return [...plain].length - [...withoutInvisible(plain)].length;
}

const code = (letter: string): string =>
  `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** The address as mail servers read it, where that differs from what is seen: "acme.com" with a Cyrillic a. */
function wireDomain(address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : domain;
}

/** A sentence for an address with letters outside plain Latin; null for one without. */
export function addressWarning(address: string): string | null {
  const odd = [...new Set(address.match(/[^\x20-\x7e]/gu) ?? [])];
  if (odd.length === 0) return null;
  const letters = odd.map((letter) => `"${withoutInvisible(letter)}" (${code(letter)})`).join(', ');
  return `The address ${address} has letters that can look like others: ${letters}. Its domain is ${wireDomain(address)}.`;
}

const WORD = /[\p{L}\p{N}]+/gu;

/** Words that mix Latin letters with Cyrillic or Greek ones, which no language does. */
export const mixedWords = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(WORD)]
      .map(([word]) => word)
      .filter(
        (word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word),
      ),
  ),
];

/** The hosts that links in a text lead to, each once, as a browser reads them. */
export const linkHosts = (text: string): string[] => [
  ...new Set(
    [...withoutInvisible(text).matchAll(/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"')\]]+/gi)].map(([link]) =>
      URL.canParse(link) && new URL(link).host !== '' ? new URL(link).host : link,
    ),
  ),
];
