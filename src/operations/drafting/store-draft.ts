/** Puts a composed draft where people decide on it: as a proposal of its own, or as the next revision of one. */
import { InvalidInputError } from '../../domain/errors.ts';
import type { Context } from '../../ports/actor.ts';
import { contentDigest } from '../../store/digest.ts';
import { nameReplacement } from '../../store/drafting/drafts.ts';
import { addProposal, addRevision, closeProposal, type NewRevision } from '../../store/proposals/write.ts';
import type { Sql } from '../../store/transaction.ts';
import { audit } from '../recording.ts';
import type { Origin } from './request.ts';

export const onItsWay = (id: number): InvalidInputError =>
  new InvalidInputError(
    `Email ${id} to them is approved and on its way. Take its approval back first, or wait until it has left.`,
  );

/**
 * Stores the first revision; a draft that waits for the same customer and currency is replaced by it (`live`).
 * Throws: InvalidInputError when that one was approved meanwhile, or somebody else drafted at the same time.
 */
export async function storeDraft(
  sql: Sql,
  revision: NewRevision,
  how: { readonly origin: Origin; readonly context: Context; readonly live: number | null },
): Promise<number> {
  const { context, live, origin } = how;
  if (live !== null && !(await closeProposal(sql, live, 'replaced', 'a newer draft took its place')))
    throw onItsWay(live);
  const thread = origin === 'cadence' ? null : context.thread;
  const id = await addProposal(sql, { ...revision, origin, thread });
  if (id === null)
    throw new InvalidInputError('Somebody else drafted to this customer just now. Look at that draft first.');
  if (live !== null) await nameReplacement(sql, live, id);
  await audit(sql, context, 'draft_email', {
    proposalId: id,
    revision: 1,
    digest: contentDigest(revision.content),
    model: revision.model,
    promptVersion: revision.promptVersion,
    riskFlags: revision.riskFlags,
    ...(live === null ? {} : { replaces: live }),
  });
  return id;
}

/** Throws: InvalidInputError when the draft was decided on or changed meanwhile. */
export async function storeRevision(
  sql: Sql,
  of: { readonly proposalId: number; readonly from: number },
  revision: NewRevision,
  context: Context,
  act: 'revise_draft' | 'edit_draft',
): Promise<number> {
  const next = await addRevision(sql, of.proposalId, of.from, revision);
  if (next === null)
    throw new InvalidInputError(
      `Draft ${of.proposalId} was decided on or changed meanwhile, so nothing was changed. Open it again.`,
    );
  await audit(sql, context, act, {
    proposalId: of.proposalId,
    revision: next,
    digest: contentDigest(revision.content),
    model: revision.model,
    promptVersion: revision.promptVersion,
    riskFlags: revision.riskFlags,
  });
  return next;
}
