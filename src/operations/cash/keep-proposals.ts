/** Proposals of a run of matching: made, kept where nothing changed, replaced where the suggestion is another one. */
import type { ApplicationContent } from '../../domain/cash/applications.ts';
import { contentDigest } from '../../store/digest.ts';
import { closeProposal } from '../../store/proposals/write.ts';
import {
  addPlacings,
  type LivePlacing,
  livePlacings,
  type NewPlacing,
  rejectedPlacings,
} from '../../store/proposals/write-many.ts';
import type { Sql } from '../../store/transaction.ts';

/** A placing waits this long for its decision; the books overtake it sooner. */
export const PLACING_DAYS = 30;

export type Wanted = ApplicationContent & { readonly payment: NonNullable<ApplicationContent['payment']> };

/** Whether what waits stays: it is the same, or a person made it. */
const stays = (live: LivePlacing, digest: string | null): boolean =>
  live.origin !== 'matching' || live.digest === digest;

/**
 * By payment: the proposal that waits afterwards. `paymentIds` are all of the run, so that a suggestion of Remy's own
 * that no longer stands is closed. What a person said no to is not proposed again.
 */
export async function keepProposals(
  sql: Sql,
  wanted: readonly Wanted[],
  paymentIds: readonly number[],
  made: { readonly by: { readonly userId: number; readonly email: string }; readonly now: Date },
): Promise<Map<number, number>> {
  const rejected = await rejectedPlacings(sql, paymentIds);
  const digests = new Map(wanted.map((content) => [content.payment.id, contentDigest(content)]));
  const kept = new Map<number, number>();
  for (const live of await livePlacings(sql, paymentIds)) {
    if (stays(live, digests.get(live.payment_id) ?? null)) kept.set(live.payment_id, live.id);
    else await closeProposal(sql, live.id, 'replaced', 'Matching found another way by now.');
  }
  const expiresAt = new Date(made.now.getTime() + PLACING_DAYS * 86_400_000);
  const fresh = wanted.filter(
    ({ payment }) => !kept.has(payment.id) && !rejected.has(digests.get(payment.id)!),
  );
  const added = await addPlacings(
    sql,
    fresh.map((content): NewPlacing => ({ content, expiresAt })),
    made.by,
  );
  return new Map([...kept, ...added]);
}
