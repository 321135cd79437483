/** From slots to the brief of one account or invoice. */
import type { OfflineContext } from '../grammar/context.ts';
import type { Slots } from '../slots.ts';
import { call, calls, type Plan, say } from './plan.ts';
import { planQuery } from './query.ts';

const needs: Readonly<Record<string, string>> = {
  contact: 'Whose contact do you need?',
  owner: 'Whose account owner do you need?',
  story: 'Which customer or invoice do you mean?',
};

/** Filters that a brief cannot honour: the question is refused rather than answered without them. */
function extraFilters(slots: Slots): boolean {
  const { status: _, owner: __, ...others } = slots.filters;
  return (
    Object.keys(others).length > 0 ||
    Boolean(slots.exceptCustomers?.length) ||
    Boolean(slots.when ?? slots.days ?? slots.money ?? slots.groupBy ?? slots.compare ?? slots.asOf) ||
    (Boolean(slots.filters.owner) && !slots.mine)
  );
}

function timelineOf(slots: Slots, context: OfflineContext): Plan {
  const { brief: _, ...rest } = slots;
  return planQuery({ ...rest, dataset: 'timeline', ask: 'list' }, context);
}

/** As a question of figures: windows, days, several customers or the whole group. */
function asQuery(slots: Slots, context: OfflineContext): Plan | null {
  const { brief, ...rest } = slots;
  const several = (slots.customers?.length ?? 0) > 1 || slots.group === true;
  if (brief === 'changed' && slots.when) return timelineOf(slots, context);
  if (brief === 'past_due' && (several || extraFilters(slots)))
    return planQuery(
      {
        ...rest,
        dataset: 'invoices',
        ask: several ? 'total' : 'list',
        filters: { ...rest.filters, status: ['overdue'] },
      },
      context,
    );
  if (brief === 'paid_yet' && (several || extraFilters(slots)) && !slots.invoices?.length) {
    const { paid, ...filters } = rest.filters;
    delete filters.status;
    return planQuery(
      {
        ...rest,
        dataset: 'payments',
        ask: 'list',
        filters: { ...filters, ...(paid && !filters.received ? { received: paid } : {}) },
      },
      context,
    );
  }
  if (brief === 'promises' && !slots.invoices?.length)
    return planQuery(
      {
        ...rest,
        dataset: 'promises',
        ask: 'list',
        filters: {
          ...rest.filters,
          status: rest.filters.status ?? ['open', 'kept', 'partly_kept', 'broken', 'withdrawn'],
        },
      },
      context,
    );
  return null;
}

/** The brief of one account or one invoice. */
export function planAccount(slots: Slots, context: OfflineContext): Plan {
  const customers = slots.customers ?? [];
  const invoices = slots.invoices ?? [];
  if (customers.length === 0 && invoices.length === 0)
    return say(needs[slots.brief ?? ''] ?? 'Which customer or invoice do you mean?', { kind: 'name' });
  const query = asQuery(slots, context);
  if (query) return query;
  if (extraFilters(slots))
    return say(
      'I can tell that of an account or an invoice as it stands, without further filters. Ask for a list, e.g. "open invoices due next week" and the customer.',
    );
  if (invoices.length > 4 || (invoices.length === 0 && customers.length > 3))
    return say('That is more than I can tell at once. Ask for fewer of them.');
  const briefs =
    invoices.length > 0
      ? invoices.map((invoice) => call('account_brief', { invoice }))
      : customers.map((each) => call('account_brief', { customerId: each.id }));
  if (slots.brief === 'paid_yet' && invoices.length === 0)
    briefs.push(
      call('query_ledger', {
        dataset: 'payments',
        filters: { customer: { ids: customers.map((each) => each.id) } },
        measures: [],
        groupBy: [],
        order: { by: 'received', direction: 'desc' },
        limit: 1,
      }),
    );
  return calls(...briefs);
}

/** The timeline as a file. */
export function planExport(slots: Slots): Plan {
  const [invoice] = slots.invoices ?? [];
  if ((slots.invoices?.length ?? 0) > 1 || (slots.customers?.length ?? 0) > 1)
    return say('I can export a single timeline at a time. Name an invoice or a customer.');
  if (invoice) return calls(call('export_timeline', { invoice }));
  const [customer] = slots.customers ?? [];
  if (customer) return calls(call('export_timeline', { customerId: customer.id }));
  return say(
    'Which timeline shall I export? Name an invoice or a customer, e.g. "export the timeline of" and the invoice.',
    { kind: 'name' },
  );
}
