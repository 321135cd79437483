/** Books after payments were booked as they were meant. */
import type { PaymentTruth } from './truth.ts';

/** Invoices or credits with what was taken of them; `close` makes a closed one of what has nothing left. */
export function settled<Item extends { readonly id: number; readonly openMinor: bigint }>(
  items: readonly Item[],
  takenOf: ReadonlyMap<number, bigint>,
  close: (item: Item) => Item,
): Item[] {
  return items.map((each) => {
    const taken = takenOf.get(each.id) ?? 0n;
    const left = { ...each, openMinor: each.openMinor - taken };
    return taken > 0n && left.openMinor <= 0n ? close({ ...left, openMinor: 0n }) : left;
  });
}

/** What truths take of each invoice and of each credit. */
export function takenBy(truths: Iterable<Pick<PaymentTruth, 'applications' | 'credits' | 'adjustments'>>): {
  invoices: Map<number, bigint>;
  credits: Map<number, bigint>;
} {
  const taken = { invoices: new Map<number, bigint>(), credits: new Map<number, bigint>() };
  const add = (to: Map<number, bigint>, id: number, minor: bigint) => to.set(id, (to.get(id) ?? 0n) + minor);
  for (const truth of truths) {
    const closing = truth.adjustments.filter((each) => each.kind !== 'short_pay');
    for (const part of [...truth.applications, ...truth.credits, ...closing])
      add(taken.invoices, part.invoiceId, part.amountMinor);
    for (const part of truth.credits) add(taken.credits, part.creditId, part.amountMinor);
  }
  return taken;
}
