/** Works out where payments go, without writing anything. */
import type { MatchedPayment, PaymentRef, Placing } from '../../domain/cash/applications.ts';
import { matchSettings } from '../../domain/cash/default-policy.ts';
import type { CashPolicy } from '../../domain/cash/policy.ts';
import { matchPayments } from '../../domain/matching/match.ts';
import type { MatchPayment, MatchResult, RemittanceLine } from '../../domain/matching/shapes.ts';
import type { PaymentRow } from '../../store/cash/payments.ts';
import type { Sql } from '../../store/transaction.ts';
import { heedPeople, readObjections } from './heed-people.ts';
import { loadPool, matchPaymentOf } from './load-pool.ts';
import { poolNames, presentPayment, presentPlacing } from './present-placing.ts';

/** One payment with what matching says of it. */
export type WorkedOut = {
  readonly row: PaymentRow;
  readonly payment: PaymentRef;
  readonly result: MatchResult;
  readonly placing: Placing;
  readonly alternatives: readonly Placing[];
};

export type RemittanceOf = (row: PaymentRow) => readonly RemittanceLine[];

/** The payments as matching takes them; those with nothing left have nothing to match. */
const matchable = (rows: readonly PaymentRow[], remittanceOf: RemittanceOf): MatchPayment[] =>
  rows.filter((row) => row.unapplied_minor > 0n).map((row) => matchPaymentOf(row, remittanceOf(row)));

/**
 * In the order of the rows; all of them are assigned together, so no invoice is used twice. What people rejected or
 * took back before is not decided over their heads.
 */
export async function workOut(
  sql: Sql,
  rows: readonly PaymentRow[],
  policy: CashPolicy,
  today: string,
  remittanceOf: RemittanceOf,
): Promise<WorkedOut[]> {
  const payments = matchable(rows, remittanceOf);
  if (payments.length === 0) return [];
  const settings = matchSettings(policy);
  const pool = await loadPool(sql, payments, settings, today);
  const names = poolNames(pool);
  const objections = await readObjections(
    sql,
    payments.map(({ id }) => id),
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return matchPayments(payments, pool, settings).map((result) => {
    const row = rowOf.get(result.paymentId)!;
    const found: WorkedOut = {
      row,
      payment: presentPayment(row),
      result,
      placing: presentPlacing(result.solution, row.currency, names),
      alternatives: result.alternatives.slice(0, 2).map((each) => presentPlacing(each, row.currency, names)),
    };
    return heedPeople(found, objections);
  });
}

export const matchedPayment = (
  { payment, result, placing, alternatives }: WorkedOut,
  acts: { readonly matchId: number | null; readonly proposalId: number | null },
): MatchedPayment => ({
  payment,
  decision: result.decision,
  noMatch: result.noMatch,
  placing,
  alternatives: [...alternatives],
  ...acts,
});
