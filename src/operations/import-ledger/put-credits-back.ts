/** The ledger makes a credit smaller of which Remy had used more: what does not fit is taken off its invoices again. */
import { formatAmount, toDecimal } from '../../domain/money.ts';
import { type LiveApplication, ownApplicationsOn } from '../../store/cash/live-rows.ts';
import { emptiedMatches, markReversed } from '../../store/cash/matches.ts';
import { invoicesOfCredits, lockInvoiceIds } from '../../store/ledger-import/documents.ts';
import type { Sql } from '../../store/transaction.ts';
import { takeOff } from '../cash/take-off.ts';

export type OverusedCredit = {
  readonly id: number;
  readonly number: string;
  /** Minor units used beyond what it is over now. */
  readonly excess: bigint;
};

/** Whole applications, the newest first, until what is left fits. */
function tooMany(own: readonly LiveApplication[], excess: bigint): LiveApplication[] {
  const taken: LiveApplication[] = [];
  let left = excess;
  for (const row of [...own].sort((a, b) => b.id - a.id)) {
    if (left <= 0n) break;
    taken.push(row);
    left -= row.amount_minor;
  }
  return taken;
}

/**
 * What the ledger itself used of the credit stays. An act of which nothing is left counts as taken back. Gives what was
 * done in words, one sentence a credit and invoice; empty when nothing of Remy's was there.
 */
export async function putCreditsBack(
  sql: Sql,
  credits: readonly OverusedCredit[],
  { by, today }: { readonly by: string; readonly today: string },
): Promise<string[]> {
  if (credits.length === 0) return [];
  const invoices = await invoicesOfCredits(
    sql,
    credits.map(({ id }) => id),
  );
  const own = await ownApplicationsOn(sql, await lockInvoiceIds(sql, invoices));
  const taken = credits.flatMap(({ id, number, excess }) =>
    tooMany(
      own.filter((row) => row.credit_id === id),
      excess,
    ).map((row) => ({ row, number })),
  );
  if (taken.length === 0) return [];
  const reason = 'the ledger made the credit smaller';
  const applications = taken.map(({ row }) => row);
  await takeOff(sql, { applications, adjustments: [], on: null, today, actor: by, because: reason });
  const matches = applications.flatMap(({ match_id }) => (match_id === null ? [] : [match_id]));
  for (const matchId of await emptiedMatches(sql, [...new Set(matches)]))
    await markReversed(sql, matchId, { on: today, by, reason });
  return taken.map(({ row, number }) => {
    const amount = formatAmount(toDecimal(row.amount_minor, row.currency), row.currency);
    return `credit "${number}" is smaller now: ${amount} of it that was put on invoice "${row.invoice}" here was taken off again`;
  });
}
