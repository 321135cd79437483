/** The ledger voids or lessens an invoice on which Remy had put money: the money is unapplied again. */
import { adjustmentsOn, ownApplicationsOn } from '../../store/cash/live-rows.ts';
import { emptiedMatches, markReversed } from '../../store/cash/matches.ts';
import type { Sql } from '../../store/transaction.ts';
import { type Reopened, takeOff } from './take-off.ts';

/**
 * Takes everything off the invoices that Remy put on them or let off; what the ledger applied stays. An act of which
 * nothing is left counts as taken back.
 */
export async function giveWay(
  sql: Sql,
  invoiceIds: readonly number[],
  made: { readonly by: string; readonly today: string; readonly because: string },
): Promise<Reopened[]> {
  if (invoiceIds.length === 0) return [];
  const applications = await ownApplicationsOn(sql, invoiceIds);
  const adjustments = await adjustmentsOn(sql, invoiceIds);
  if (applications.length + adjustments.length === 0) return [];
  const { by, today, because } = made;
  const reopened = await takeOff(sql, { applications, adjustments, on: null, today, actor: by, because });
  const matches = [...applications, ...adjustments].flatMap(({ match_id }) =>
    match_id === null ? [] : [match_id],
  );
  for (const matchId of await emptiedMatches(sql, [...new Set(matches)]))
    await markReversed(sql, matchId, { on: today, by, reason: because });
  return reopened;
}
