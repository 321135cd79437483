/** A payment of an own account may be for somebody else's invoice: sales do not see that one. */
import type { AppliedMatch, MatchedPayment, Placing } from '../../domain/cash/applications.ts';
import { visibleInvoices } from '../../store/cash/visible.ts';
import type { Sql } from '../../store/transaction.ts';

const invoicesOf = ({ applications, credits, adjustments }: Placing): number[] =>
  [...applications, ...credits, ...adjustments].map(({ invoiceId }) => invoiceId);

const HIDDEN = 'it concerns an account that you may not see';

const hidden = (placing: Placing, unapplied: string): Placing => ({
  ...{ customer: null, applications: [], credits: [], adjustments: [] },
  ...{ unapplied, confidence: placing.confidence, reasons: [HIDDEN] },
});

async function seen(
  sql: Sql,
  placings: readonly Placing[],
  owner: string,
): Promise<(each: Placing) => boolean> {
  const visible = await visibleInvoices(sql, placings.flatMap(invoicesOf), owner);
  return (each) => invoicesOf(each).every((id) => visible.has(id));
}

/** With an owner, placings that touch an invoice of another's account are hidden, with their reasons. */
export async function hideForeignOfAll(
  sql: Sql,
  all: readonly MatchedPayment[],
  owner: string | null,
): Promise<MatchedPayment[]> {
  if (owner === null) return [...all];
  const placings = all.flatMap(({ placing, alternatives }) => [placing, ...alternatives]);
  const isSeen = await seen(sql, placings, owner);
  return all.map((matched) => ({
    ...matched,
    proposalId: null,
    placing: isSeen(matched.placing) ? matched.placing : hidden(matched.placing, matched.payment.unapplied),
    alternatives: matched.alternatives.filter(isSeen),
  }));
}

export const hideForeign = async (
  sql: Sql,
  matched: MatchedPayment,
  owner: string | null,
): Promise<MatchedPayment> => (await hideForeignOfAll(sql, [matched], owner))[0]!;

/** Acts that touched other accounts are left out. */
export async function withoutForeign(
  sql: Sql,
  matches: readonly AppliedMatch[],
  owner: string | null,
): Promise<AppliedMatch[]> {
  if (owner === null) return [...matches];
  const isSeen = await seen(
    sql,
    matches.map(({ placing }) => placing),
    owner,
  );
  return matches.filter(({ placing }) => isSeen(placing));
}
