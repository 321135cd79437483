/**
 * Zero-width, soft-hyphen, bidirectional, variation and tag characters, lone surrogates, and controls other than tab
 * and line feed. They can split a number, reverse what is shown, steer a terminal, or carry text that no reader sees.
 * A zero-width joiner stays between two pictographs, where it makes one emoji.
 */
const INVISIBLE =
  /(?![\t\n\u200D])[\p{DI}\p{Cf}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?<!\p{ExtPict}\uFE0F?)\u200D|\u200D(?!\p{ExtPict})/gu;

/** Nearly every text of a ledger. */
const PLAIN = /^[\t\n -~]*$/;

/** The text as a reader sees it: what cannot be seen is gone, line breaks are line feeds. */
export const withoutInvisible = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(INVISIBLE, '');

/** JSON of the data with every text in it as a reader sees it: names and notes in it were written by others. */
export const visibleJson = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? withoutInvisible(value) : value));
