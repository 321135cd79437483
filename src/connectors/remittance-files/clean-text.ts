/** Text of somebody as it is seen on a screen: what cannot be seen is dropped, so that nothing hides in an advice. */

/** Format characters (zero width, bidirectional, soft hyphen, tags), fillers, variation selectors, controls but tab and line feed. */
const UNSEEN =
  /\u034f|[\p{Cf}\p{Co}\p{Cn}\p{Cs}\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0\ufffd]|[\u180b-\u180d\u180f\ufe00-\ufe0f]|(?![\t\n])\p{Cc}/gu;

/** Line ends become line feeds, spaces of every width a space, full-width letters and digits plain ones. */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?|[\v\f\u0085\p{Zl}\p{Zp}]/gu, '\n')
    .replace(UNSEEN, '')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2010-\u2015]/g, '-');

/** For comparing words: small letters without accents, anything else a space. */
export const foldWords = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}%#]+/gu, ' ')
    .trim();
