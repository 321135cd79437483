/** Merges a message into the last question of the thread, when it hangs on it; else the message stands alone. */

import type { Frame } from './frame.ts';
import type { Draft, Link } from './grammar/context.ts';
import type { Slots } from './slots.ts';

/** True when the message asks something by itself. */
export const isComplete = ({ slots }: Draft): boolean =>
  slots.talk !== undefined ||
  slots.chase !== undefined ||
  slots.cash !== undefined ||
  slots.brief !== undefined ||
  slots.metric !== undefined ||
  slots.noun === true ||
  (slots.ask !== undefined &&
    slots.ask !== 'list' &&
    !(slots.ask === 'share' && slots.filters.status === undefined)) ||
  (slots.ask === 'list' && Object.keys(slots.filters).length > 0) ||
  (slots.ask === 'list' && (slots.dataset !== undefined || slots.days !== undefined)) ||
  // "top 10 overdue" asks for a list of its own, whatever was asked before
  (slots.limit !== undefined && slots.filters.status !== undefined) ||
  (slots.invoices !== undefined && slots.invoices.length > 0);

/** True when nothing in the message narrows, arranges or asks: a lone name, or a pick. */
export const isBare = ({ slots }: Draft): boolean => {
  const { filters, readAs: _, ...rest } = slots;
  return Object.keys(filters).length === 0 && Object.keys(rest).length === 0;
};

const scopeOf = ({ filters }: Slots): Slots['filters'] => {
  const { currency, region, owner, segment, country } = filters;
  return Object.fromEntries(
    Object.entries({ currency, region, owner, segment, country }).filter(([, value]) => value !== undefined),
  );
};

const scopeKeys = new Set(['currency', 'region', 'owner', 'segment', 'country']);

const windowFields = ['issued', 'due', 'paid', 'received'] as const;

/** The last question with what the message says in its place. */
function overlay(base: Slots, change: Slots, link: Link): Slots {
  const filters = { ...base.filters, ...change.filters };
  for (const key of link.drop) delete filters[key as keyof typeof filters];
  const merged: Slots = { ...base, ...change, filters };
  delete merged.readAs;
  if (change.readAs) merged.readAs = change.readAs;
  if (change.when && !change.metric) {
    const held = windowFields.filter((field) => base.filters[field] !== undefined);
    if (held.length === 1) {
      merged.filters[held[0]!] = change.when;
      delete merged.when;
    }
  }
  const rolling = change.when && 'last' in change.when ? change.when : null;
  if (base.metric && rolling && rolling.unit !== 'day' && rolling.unit !== 'week') {
    merged.months = Math.min(
      36,
      rolling.last * (rolling.unit === 'year' ? 12 : rolling.unit === 'quarter' ? 3 : 1),
    );
    delete merged.when;
  }
  if (change.groupBy) {
    delete merged.limit;
    delete merged.order;
    if (!change.superlative) delete merged.superlative;
    if (change.limit) merged.limit = change.limit;
    if (change.order) merged.order = change.order;
    if (merged.ask === 'list' || merged.ask === 'who') merged.ask = 'total';
  } else if (change.ask === 'list' || change.ask === 'who') delete merged.groupBy;
  if (change.order) delete merged.superlative;
  if (change.superlative && !change.order) delete merged.order;
  return merged;
}

/** Only who and where of the last question. */
const carried = (base: Slots, change: Slots): Slots => ({
  ...change,
  filters: { ...scopeOf(base), ...change.filters },
  ...(base.customers && !change.customers ? { customers: base.customers } : {}),
  ...(base.group !== undefined && change.group === undefined ? { group: base.group } : {}),
});

/**
 * The question that the message asks, given the last one. `names` tells whether the message names a customer.
 * Null when the message only makes sense after a question and there is none.
 */
export function resolveFollowUp(draft: Draft, last: Frame | null, names: boolean): Slots | null {
  const { slots, link } = draft;
  const base = last?.slots;
  const complete = isComplete(draft);
  if (!base || base.talk !== undefined) {
    if (complete || names) return slots;
    const narrowed = Object.keys(slots.filters).some((key) => !scopeKeys.has(key));
    return narrowed || slots.days !== undefined || slots.superlative !== undefined || slots.ask === 'list'
      ? slots
      : null;
  }
  if (slots.talk === 'rows' || slots.talk === 'how') return slots;
  if (slots.talk === 'export') return names || slots.invoices ? slots : { ...slots, ...pointed(base) };
  if (slots.talk) return slots;
  if (!complete) return overlay(base, slots, link);
  if (slots.metric || slots.brief) {
    if (names || slots.invoices) return slots;
    if (link.follows || link.pronoun || needsCustomer(slots)) {
      const from = pointed(base);
      return slots.metric
        ? link.follows || link.pronoun
          ? carried(base, slots)
          : slots
        : { ...slots, ...from };
    }
    return slots;
  }
  if (link.follows || (link.pronoun && !names)) {
    const sameThing =
      slots.dataset === undefined ||
      slots.dataset === (base.dataset ?? 'invoices') ||
      slots.dataset === 'customers';
    if (base.metric || base.brief || !sameThing) return carried(base, slots);
    return overlay(base, slots, link);
  }
  return slots;
}

const needsCustomer = (slots: Slots): boolean => slots.brief !== undefined;

/** What "it" and "they" point at. */
const pointed = (base: Slots): Partial<Slots> => ({
  ...(base.customers ? { customers: base.customers } : {}),
  ...(base.invoices && !base.customers ? { invoices: base.invoices } : {}),
});
