/** SHA-256 over the canonical text of what leaves. */
import { createHash } from 'node:crypto';
import type { ProposalContent } from '../domain/chase/proposals.ts';
import { canonicalText } from '../domain/proposal/canonical.ts';

/** In hex, over every field of the content; attachments count through their own hashes in it. */
export const contentDigest = (content: ProposalContent): string =>
  createHash('sha256').update(canonicalText(content), 'utf8').digest('hex');

export const bytesDigest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const textDigest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
