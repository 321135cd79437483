/** What was kept back stays open only as far as no other payment of the run made up for it. */
import type { RunState } from './run-state.ts';
import type { MatchAdjustment, MatchInvoice, MatchResult } from './shapes.ts';

/**
 * Cuts the short payments of the results to what the invoices have left at the end of the run; the latest payment
 * (`order`: by day and id) is the one that is short.
 */
export function withWhatIsStillShort(
  results: readonly MatchResult[],
  order: readonly number[],
  invoices: ReadonlyMap<number, MatchInvoice>,
  state: RunState,
): MatchResult[] {
  const spoken = new Map<number, bigint>();
  const byId = new Map(results.map((result) => [result.paymentId, result]));
  for (const id of [...order].reverse()) {
    const result = byId.get(id)!;
    if (!result.solution.adjustments.some(({ kind }) => kind === 'short_pay')) continue;
    const adjustments = result.solution.adjustments.flatMap((each): MatchAdjustment[] => {
      if (each.kind !== 'short_pay') return [each];
      const before = spoken.get(each.invoiceId) ?? 0n;
      const left = state.leftMinor(invoices.get(each.invoiceId)!) - before;
      const amountMinor = each.amountMinor < left ? each.amountMinor : left;
      spoken.set(each.invoiceId, before + amountMinor);
      return amountMinor > 0n ? [{ ...each, amountMinor }] : [];
    });
    byId.set(id, { ...result, solution: { ...result.solution, adjustments } });
  }
  return results.map(({ paymentId }) => byId.get(paymentId)!);
}
