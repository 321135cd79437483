/** An attachment of a proposal, byte for byte as it would leave. */
import { NotFoundError } from '../domain/errors.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import type { Database } from '../store/pool.ts';
import { readProposal } from '../store/proposals/read.ts';
import { readAttachments } from '../store/proposals/stored.ts';
import { inTenant } from '../store/transaction.ts';

export type AttachmentInput = {
  readonly proposalId: number;
  readonly revision: number;
  readonly name: string;
};

/** Throws: NotFoundError when the person may not see the proposal, or it is another revision by now. */
export const createReadAttachment =
  (database: Pick<Database, 'pool'>) =>
  ({ proposalId, revision, name }: AttachmentInput, { actor }: Pick<Context, 'actor'>) =>
    inTenant(database.pool, actor.tenantId, async (sql) => {
      const row = await readProposal(sql, proposalId, visibleOwner(actor));
      const content = row?.content.kind === 'email' && row.revision === revision ? row.content : null;
      const named = content?.attachments.find((each) => each.name === name);
      const bytes = named && (await readAttachments(sql, proposalId, revision)).get(name);
      if (!named || !bytes)
        throw new NotFoundError(`There is no such attachment any more. Open proposal ${proposalId} again.`);
      return { name, mime: named.mime, bytes };
    });
