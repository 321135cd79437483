/** An advice in plain text: a mail's body, a text file. Pure. */
import type { Advice } from '../../ports/remittance-files.ts';
import { advicesOfRows } from './advice-rows.ts';
import { cleanText } from './clean-text.ts';
import { asOne } from './payments.ts';
import { ownWords } from './quoted-mail.ts';
import { textRows } from './text-rows.ts';

/** As much as anybody writes; an advice with ten thousand lines fits. */
const MOST_TEXT = 2_000_000;

/**
 * Reads tables (aligned by spaces, pipes or tabs), items one a line, and sentences such as "please apply 4,300 to 1182
 * and the rest to 1190". The mail that it answers is left out. Null when there is no advice in it; nothing that it says
 * has any other effect.
 */
export function readAdviceText(text: string): Advice | null {
  const own = ownWords(cleanText(text.slice(0, MOST_TEXT)));
  return asOne(advicesOfRows({ rows: textRows(own), kind: 'text' }));
}
