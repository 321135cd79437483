/** Names of mail files. */
import { createHash } from 'node:crypto';

const OURS = /-[0-9a-f]{16}\.eml$/;

/**
 * The file of a sent mail, from its Message-ID alone: the same mail can only ever be one file. The readable part is
 * for people, the hash tells ids apart whose readable parts are equal.
 */
export function fileNameOf(messageId: string): string {
  const readable = messageId
    .replace(/^<|@.*$/g, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 60);
  const hash = createHash('sha256').update(messageId).digest('hex').slice(0, 16);
  return `${readable === '' ? 'mail' : readable}-${hash}.eml`;
}

/** False for files that somebody else put there: their Message-ID is only inside. */
export const isOurName = (file: string): boolean => OURS.test(file);
