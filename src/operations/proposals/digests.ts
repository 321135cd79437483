/** The digest of what is stored, computed anew. */
import { type EmailContent, type ProposalContent, proposalContent } from '../../domain/chase/proposals.ts';
import { contentDigest } from '../../store/digest.ts';
import type { StoredRevision } from '../../store/proposals/stored.ts';

/** Null when it is not plain data any more. */
export function recomputed({ content }: Pick<StoredRevision, 'content'>): string | null {
  try {
    return contentDigest(content as ProposalContent);
  } catch {
    return null;
  }
}

/** The attachments that the content names. */
export function namedFiles({ content }: Pick<StoredRevision, 'content'>): EmailContent['attachments'] {
  const parsed = proposalContent.safeParse(content);
  return parsed.success && parsed.data.kind === 'email' ? parsed.data.attachments : [];
}
