/** Takes from a text what cannot be seen or only decorates, so that nothing can hide a figure from the check. */
import { withoutInvisible } from '../../src/domain/visible-text.ts';

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
