/** Takes one act of placing back, whole: its applications, credits and adjustments, and what it taught. */
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import { appendAudit } from '../../store/audit.ts';
import { forgetCustomer } from '../../store/cash/documents.ts';
import { adjustmentsOfMatch, applicationsOfMatch } from '../../store/cash/live-rows.ts';
import { lockMatch, type MatchRow, markReversed } from '../../store/cash/matches.ts';
import { unlearnMatch } from '../../store/cash/memory.ts';
import { lockPayments } from '../../store/cash/payments.ts';
import type { Sql } from '../../store/transaction.ts';
import { type Reopened, takeOff } from './take-off.ts';

export type ReversedMatch = {
  readonly match: MatchRow;
  readonly reopened: Reopened[];
  readonly unlearned: string[];
};

/**
 * A mistake is put right on the days it was booked, as if it had never been: a payment whose customer nobody knew before
 * is nobody's again.
 * Throws: NotFoundError; InvalidInputError when it was taken back before.
 */
export async function reverseMatch(
  sql: Sql,
  matchId: number,
  made: { readonly by: string; readonly today: string; readonly reason: string },
): Promise<ReversedMatch> {
  const match = await lockMatch(sql, matchId);
  if (!match) throw new NotFoundError(`There is no application ${matchId}.`);
  if (match.reversed_on !== null)
    throw new InvalidInputError(
      `Application ${matchId} was taken back on ${match.reversed_on} by ${match.reversed_by} already.`,
    );
  await lockPayments(sql, match.payment_id === null ? [] : [match.payment_id]);
  const applications = await applicationsOfMatch(sql, matchId);
  const adjustments = await adjustmentsOfMatch(sql, matchId);
  const reopened = await takeOff(sql, {
    ...{ applications, adjustments, on: null, today: made.today, actor: made.by },
    because: made.reason,
  });
  await markReversed(sql, matchId, { on: made.today, by: made.by, reason: made.reason });
  const { payment_id: paymentId, customer_id: customerId, matched_on: matchedOn } = match;
  if (paymentId !== null && customerId !== null)
    await forgetCustomer(sql, { paymentId, customerId, matchId, matchedOn });
  const unlearned = await unlearnMatch(sql, matchId, made.by);
  await appendAudit(sql, {
    actor: made.by,
    act: 'reverse_application',
    detail: {
      matchId,
      paymentId: match.payment_id,
      customerId: match.customer_id,
      reason: made.reason,
      reopened: reopened.map(({ invoice }) => invoice),
      unlearned,
    },
  });
  return { match: { ...match, ...REVERSED(made) }, reopened, unlearned };
}

const REVERSED = ({ by, today, reason }: { by: string; today: string; reason: string }) => ({
  reversed_on: today,
  reversed_by: by,
  reversed_reason: reason,
});
