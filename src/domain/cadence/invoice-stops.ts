/** Invoices that are not chased while others of the same customer are, each with the reason. */
import { addDays, type Day } from '../calendar.ts';
import type { HoldReason } from '../chase/worklist.ts';
import type { ChaseFacts, ChaseHold, ChaseInvoice } from './facts.ts';
import { maybePaid } from './maybe-paid.ts';
import { promisedInvoices, promiseReason } from './promised.ts';

export const isHeld = (hold: ChaseHold | null, today: Day): hold is ChaseHold =>
  hold !== null && (hold.untilOn === null || today <= hold.untilOn);

export const holdReasonOf = ({ reason, untilOn }: ChaseHold): HoldReason => ({
  kind: 'hold',
  text: untilOn === null ? `on hold until lifted: ${reason}` : `on hold until ${untilOn}: ${reason}`,
  untilOn: untilOn === null ? null : addDays(untilOn, 1),
});

/** Oldest due day first: promises and money at hand go to the oldest, whatever order the facts came in. */
export const oldestFirst = (invoices: readonly ChaseInvoice[]): ChaseInvoice[] =>
  [...invoices].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id - b.id));

/**
 * Each open invoice that is disputed, held, promised, or may be paid by money that is on no invoice yet; by id.
 * Money counts for invoices that are due first and stopped by nothing else.
 */
export function invoiceStops(given: ChaseFacts, today: Day): Map<number, HoldReason> {
  const facts = { ...given, invoices: oldestFirst(given.invoices) };
  const stops = new Map<number, HoldReason>();
  for (const { id, disputed, hold } of facts.invoices) {
    if (disputed !== null) stops.set(id, { kind: 'disputed', text: `disputed: ${disputed}`, untilOn: null });
    else if (isHeld(hold, today)) stops.set(id, holdReasonOf(hold));
  }
  const free = (invoice: ChaseInvoice) => !stops.has(invoice.id);
  for (const [id, promise] of promisedInvoices(facts, today, free))
    if (!stops.has(id)) stops.set(id, promiseReason(promise, facts.currency));
  for (const [id, reason] of maybePaid(facts, facts.invoices.filter(free))) stops.set(id, reason);
  return stops;
}
