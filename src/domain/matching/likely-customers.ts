/** Whose payment it may be: the customers behind names, accounts, numbers and amounts, the likeliest first. */
import type { NamedDocuments } from './named-documents.ts';
import type { PayerEvidence } from './payer-evidence.ts';
import type { PaymentView } from './payment-view.ts';
import type { RunContext } from './run-context.ts';
import type { MatchCustomer, MatchInvoice } from './shapes.ts';

export type LikelyCustomer = {
  readonly customer: MatchCustomer;
  readonly payer: PayerEvidence;
  /** Strength of the best number of its documents. */
  readonly named: number;
};

const MOST = 10;
const ENOUGH_FOR_ALIKE = 3;
const AMOUNT_HINT = 3;
const CLEARLY_NAMED = 12;

/** Found by the payer alone. */
function byPayer(view: PaymentView, { index, state }: RunContext): MatchCustomer[] {
  const { byId, named, paidFrom, coded, family } = index.customers;
  const ids = [...view.keys.customerIds, ...state.learned.customersOf(view.payer, view.account)];
  const known = new Set([
    ...ids.flatMap((id) => byId.get(id) ?? []),
    ...view.keys.accounts.flatMap((account) => paidFrom(account)),
    ...view.codes.flatMap((code) => coded(code)),
    ...[view.payer, ...view.payerBases].flatMap((name) => (name === '' ? [] : named(name))),
  ]);
  return [...new Set([...known].flatMap((each) => [each, ...family(each.id)]))];
}

/** Found by words and initials of the payer's name. */
const alikeNames = (view: PaymentView, { index }: RunContext): MatchCustomer[] =>
  [view.payer, ...view.payerBases].flatMap((name) => (name === '' ? [] : index.customers.alike(name)));

/** The likeliest customers with what speaks for the payer, at most ten. */
export function likelyCustomers(
  view: PaymentView,
  documents: NamedDocuments,
  ofAmount: ReadonlySet<MatchInvoice>,
  context: RunContext,
): LikelyCustomer[] {
  const named = new Map<number, number>();
  for (const group of [documents.open, documents.closed, documents.credits])
    for (const [{ customerId }, { nats }] of group)
      named.set(customerId, Math.max(nats, named.get(customerId) ?? 0));
  const { byId } = context.index.customers;
  const known = byPayer(view, context);
  const clear = [...named.values()].some((nats) => nats >= CLEARLY_NAMED);
  // Whose amount it is matters only where nothing else tells whose money it is.
  const wanted = known.length > 0 || clear ? [] : [...ofAmount];
  const amounts = new Set(wanted.map(({ customerId }) => customerId));
  const like = known.length > 0 || clear ? [] : alikeNames(view, context);
  const all = new Set([
    ...known,
    ...like,
    ...[...named.keys(), ...amounts].flatMap((id) => byId.get(id) ?? []),
  ]);
  return [...all]
    .map((customer) => ({
      customer,
      payer: context.payer(view, customer),
      named: named.get(customer.id) ?? 0,
    }))
    .filter(
      ({ customer, payer, named: best }) =>
        best > 0 || amounts.has(customer.id) || payer.nats >= ENOUGH_FOR_ALIKE,
    )
    .map((each) => ({
      each,
      rank: each.payer.nats + each.named + (amounts.has(each.customer.id) ? AMOUNT_HINT : 0),
    }))
    .sort((a, b) => b.rank - a.rank || a.each.customer.id - b.each.customer.id)
    .slice(0, MOST)
    .map(({ each }) => each);
}
