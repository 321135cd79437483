/** What promises stop, and which of them was broken without a word from us since. */
import { addDays, type Day } from '../calendar.ts';
import type { HoldReason } from '../chase/worklist.ts';
import { formatAmount, toDecimal } from '../money.ts';
import type { ChaseFacts, ChaseInvoice, ChasePromise } from './facts.ts';

/** On the given day, which may be later than the day of the facts. */
export const isOpen = (promise: ChasePromise, today: Day): boolean =>
  promise.state === 'open' && today <= promise.deadline;

export function promiseReason(promise: ChasePromise, currency: string): HoldReason {
  const amount = formatAmount(toDecimal(promise.amountMinor, currency), currency);
  return {
    kind: 'promise_open',
    text: `promised ${amount} by ${promise.payOn} (with clearing and a day of grace until ${promise.deadline})`,
    untilOn: addDays(promise.deadline, 1),
  };
}

/**
 * Each invoice that an open promise stops. A promise that names invoices stops those. One that names none stops the
 * oldest ones that were issued by then and are `free` (not stopped by something else), for as long as something of
 * the promised amount is left: an invoice that is promised in part is stopped whole.
 */
export function promisedInvoices(
  facts: Pick<ChaseFacts, 'invoices' | 'promises'>,
  today: Day,
  free: (invoice: ChaseInvoice) => boolean,
): Map<number, ChasePromise> {
  const open = facts.promises.filter((promise) => isOpen(promise, today));
  const stopped = new Map<number, ChasePromise>();
  for (const promise of open) for (const id of promise.invoiceIds) stopped.set(id, promise);
  for (const promise of open.filter((each) => each.invoiceIds.length === 0)) {
    let left = promise.amountMinor - promise.receivedMinor;
    for (const invoice of facts.invoices) {
      if (left <= 0n) break;
      if (stopped.has(invoice.id) || invoice.issuedOn > promise.madeOn || !free(invoice)) continue;
      stopped.set(invoice.id, promise);
      left -= invoice.openMinor;
    }
  }
  return stopped;
}

/**
 * The newest promise that was broken, in whole or in part, about one of these invoices, when nothing was sent since
 * its last day: the next letter is about it.
 */
export function brokenPromise(
  facts: Pick<ChaseFacts, 'promises' | 'chases' | 'currency'>,
  invoices: readonly ChaseInvoice[],
  today: Day,
): ChasePromise | null {
  const ids = new Set(invoices.map((each) => each.id));
  const broken = facts.promises
    .filter((each) => each.deadline < today && each.receivedMinor < each.amountMinor)
    .filter((each) => each.state === 'open' || each.state === 'broken' || each.state === 'partly_kept')
    .filter((each) =>
      each.invoiceIds.length === 0
        ? invoices.some((invoice) => invoice.issuedOn <= each.madeOn)
        : each.invoiceIds.some((id) => ids.has(id)),
    )
    .sort((a, b) => (a.deadline < b.deadline ? 1 : a.deadline > b.deadline ? -1 : b.id - a.id));
  const [newest] = broken;
  if (!newest) return null;
  const answered = facts.chases.some(
    (each) =>
      each.on > newest.deadline &&
      each.on <= today &&
      (each.currency === null || each.currency === facts.currency),
  );
  return answered ? null : newest;
}
