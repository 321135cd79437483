/** "the subsidiary", "the german one": companies around the customer at hand. */
import type { PlannedCall } from './frame.ts';
import type { Link } from './grammar/context.ts';
import { lookUpKey } from './names.ts';
import { type LookUp, lookUpCalls, type Outcome, stop } from './outcome.ts';
import * as talk from './phrasing/talk.ts';
import { childOf } from './picks.ts';
import type { Slots } from './slots.ts';

/** Looks the group up by the code of the customer at hand; several that fit are asked back. */
export function pickAround(
  slots: Slots,
  link: Link,
  lookUps: ReadonlyMap<string, LookUp>,
): Outcome | PlannedCall[] | { slots: Slots } {
  const [head] = slots.customers ?? [];
  if (!head) return stop('Which one do you mean? Name the customer.', slots, { kind: 'name' });
  const group = lookUps.get(lookUpKey(head.code));
  if (!group) return lookUpCalls([head.code]);
  const children = childOf(group, link);
  if (children.length === 0) return stop(`I found no such company in the group of ${head.name}.`, slots);
  if (children.length > 1 && !link.pick?.all)
    return stop(
      talk.whichCustomer(`the subsidiary of ${head.name}`, children),
      link.adds ? slots : { ...slots, customers: [] },
      { kind: 'customer', candidates: children },
    );
  const picked = children.map((each) => ({
    id: each.id,
    code: each.code,
    name: each.name,
    country: each.country,
    others: [],
    typed: null,
  }));
  return { slots: { ...slots, customers: link.adds ? [{ ...head, others: [] }, ...picked] : picked } };
}
