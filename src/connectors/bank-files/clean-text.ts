/** Words of a bank as a reader sees them: no control, bidirectional or zero-width characters, single spaces. */
import { withoutInvisible } from '../../domain/visible-text.ts';

/** One field on one line; null when nothing is left of it. */
export function clean(text: string | null | undefined): string | null {
  if (!text) return null;
  const plain = withoutInvisible(text).replace(/\s+/g, ' ').trim();
  return plain === '' ? null : plain;
}

/** Separate fields on separate lines, each once; empty ones are left out. */
export function joinFields(parts: Iterable<string | null | undefined>): string {
  const seen = new Set<string>();
  for (const part of parts) {
    const plain = clean(part);
    if (plain) seen.add(plain);
  }
  return [...seen].join('\n');
}

const NO_ID = /^(NOT[ -]?PROVIDED|NONREF|NOREF|NOTAVAILABLE|N\/?A|NONE|UNKNOWN|\/+|-+)$/i;

/** An id that the bank really gives; null for the words with which banks say that there is none. */
export function realId(text: string | null | undefined): string | null {
  const plain = clean(text);
  return plain && !NO_ID.test(plain) ? plain : null;
}

/** An account in capitals without spaces. */
export function account(text: string | null | undefined): string | null {
  const plain = clean(text)?.replace(/\s/g, '').toUpperCase();
  return plain && !/^0*$/.test(plain) ? plain : null;
}
