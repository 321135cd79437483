/** Proposals of a run of matching: made, kept where nothing changed, replaced where the suggestion is another one. */
import type { ApplicationContent, Placing } from '../../domain/cash/applications.ts';
import { bookedText } from '../../domain/cash/same-placing.ts';
import {
  addPlacings,
  closeProposals,
  type NewPlacing,
  waitingPlacings,
} from '../../store/proposals/write-many.ts';
import type { Sql } from '../../store/transaction.ts';

/** A placing waits this long for its decision; the books overtake it sooner. */
export const PLACING_DAYS = 30;

export type Wanted = ApplicationContent & { readonly payment: NonNullable<ApplicationContent['payment']> };

/**
 * What a person decides on: what is booked, for whom, and on which balances (another balance makes the decision
 * stale). How sure and why may be told differently each day; that alone replaces nothing.
 */
const decidedOn = (placing: Placing): string =>
  JSON.stringify([
    bookedText(placing),
    placing.customer?.id ?? null,
    [...placing.applications, ...placing.credits, ...placing.adjustments]
      .map(({ invoiceId, open }) => `${invoiceId}:${open}`)
      .sort(),
  ]);

/**
 * By payment: the proposal that waits afterwards. `paymentIds` are all of the run, so that a suggestion of Remy's own
 * that no longer stands is closed; what a person made stays.
 */
export async function keepProposals(
  sql: Sql,
  wanted: readonly Wanted[],
  paymentIds: readonly number[],
  made: { readonly by: { readonly userId: number; readonly email: string }; readonly now: Date },
): Promise<Map<number, number>> {
  const wants = new Map(wanted.map(({ payment, placing }) => [payment.id, decidedOn(placing)]));
  const waiting = await waitingPlacings(sql, paymentIds);
  const stays = waiting.filter(
    ({ origin, payment_id, content }) =>
      origin !== 'matching' || wants.get(payment_id) === decidedOn(content.placing),
  );
  const kept = new Map(stays.map(({ payment_id, id }) => [payment_id, id]));
  await closeProposals(
    sql,
    waiting.filter(({ payment_id }) => !kept.has(payment_id)).map(({ id }) => id),
    'replaced',
    'Matching found another way by now.',
  );
  const expiresAt = new Date(made.now.getTime() + PLACING_DAYS * 86_400_000);
  const fresh = wanted.filter(({ payment }) => !kept.has(payment.id));
  const added = await addPlacings(
    sql,
    fresh.map((content): NewPlacing => ({ content, expiresAt })),
    made.by,
  );
  return new Map([...kept, ...added]);
}
