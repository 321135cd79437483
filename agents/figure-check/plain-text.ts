/** Takes from a text what cannot be seen or only decorates, so that nothing can hide a figure from the check. */

/**
 * Zero-width, soft-hyphen, bidirectional, variation and tag characters, lone surrogates, and controls other than tab
 * and line feed. They can split a number, reverse what is shown, or carry text that no reader sees. A zero-width
 * joiner stays between two pictographs, where it makes one emoji.
 */
const INVISIBLE =
  /(?![\t\n\u200D])[\p{DI}\p{Cf}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?<!\p{ExtPict}\uFE0F?)\u200D|\u200D(?!\p{ExtPict})/gu;

export const withoutInvisible = (text: string): string =>
  text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(INVISIBLE, '');

/** Most fields of a tool output need no cleaning. */
const PLAIN = /^[\n !-)+-^a-}]*$/;

/** One form for spaces, minus signs, full-width digits and emphasis marks. Line feeds stay. */
export const plainText = (text: string): string =>
  PLAIN.test(text) && !text.includes('__') ? text : cleaned(text);

const cleaned = (text: string): string =>
  withoutInvisible(text)
    .normalize('NFKC')
    .replace(/[^\S\n]/gu, ' ')
    .replace(/[\u2212\uFF0D]/g, '-')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u2019\u02BC]/g, "'")
    .replace(/\*\*|__|~~|`/g, '')
    .replace(/(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])/g, '');
