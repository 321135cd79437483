/** Names of a message as customers; several candidates are asked back before anything else. */
import type { Parsed } from './leftover.ts';
import { type Outcome, stop } from './outcome.ts';
import * as talk from './phrasing/talk.ts';
import { asResolved, candidatesOf } from './picks.ts';
import type { Slots } from './slots.ts';

export function resolveNames(
  parsed: Parsed,
  slots: Slots,
): Outcome | { customers: NonNullable<Slots['customers']> } {
  const customers: NonNullable<Slots['customers']> = [];
  for (const { text, result } of parsed.names) {
    if (result.resolved) customers.push(asResolved(result, text));
    else if (slots.invoices?.length && slots.brief)
      continue; // the invoice tells whose it is
    else {
      const candidates = candidatesOf(result);
      return stop(
        talk.whichCustomer(text, candidates),
        { ...slots, ...(customers.length > 0 ? { customers } : {}) },
        { kind: 'customer', candidates },
      );
    }
  }
  return { customers };
}
