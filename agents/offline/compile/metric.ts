/** From slots to a ledger metric; filters that the metric does not take are refused by name, or asked as a query. */

import { resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import type { OfflineContext } from '../grammar/context.ts';
import type { Slots } from '../slots.ts';
import { call, calls, type Plan, say } from './plan.ts';
import { planQuery } from './query.ts';

const names: Readonly<Record<NonNullable<Slots['metric']>, string>> = {
  aging: 'Aging',
  dso: 'DSO',
  best_possible_dso: 'Best possible DSO',
  average_days_delinquent: 'Average days delinquent',
  cei: 'CEI',
  concentration: 'Concentration',
  payer_habits: 'Payer habits',
};

const taken = new Set(['currency', 'owner', 'region', 'segment']);

/** Aging that is grouped, or filtered by what the metric does not take, is a query by aging bucket. */
function agingQuery(slots: Slots, context: OfflineContext): Plan {
  const { metric: _, explain: __, months: ___, ...rest } = slots;
  const groupBy = [
    ...(slots.groupBy ?? []).filter((each) => each !== 'aging_bucket'),
    'aging_bucket' as const,
  ].slice(-3);
  return planQuery(
    {
      ...rest,
      ask: 'total',
      dataset: 'invoices',
      groupBy,
      filters: { ...rest.filters, status: rest.filters.status ?? ['open'] },
    },
    context,
  );
}

/** The metric call, or what has to be said instead. */
export function planMetric(slots: Slots, context: OfflineContext): Plan {
  const metric = slots.metric!;
  const { filters } = slots;
  const asOf = slots.asOf ?? asOfWindow(slots, context.today);
  if (asOf === null)
    return say(
      `${names[metric]} can be asked as of a day or over months: "${names[metric]} this year", "${names[metric]} as of" and a day.`,
    );
  const disputedOut = metric === 'aging' && filters.disputed === false;
  const other = Object.keys(filters).filter(
    (key) =>
      !taken.has(key) &&
      !(key === 'disputed' && disputedOut) &&
      !(key === 'status' && plainOpen(filters.status)),
  );
  const arranged = (slots.groupBy ?? []).some(
    (each) =>
      each !== 'aging_bucket' &&
      !(each === 'currency') &&
      !(each === 'customer' && (metric === 'concentration' || metric === 'payer_habits')),
  );
  if (
    metric === 'aging' &&
    (other.length > 0 ||
      arranged ||
      slots.groupBy?.includes('customer') ||
      slots.money ||
      slots.days ||
      slots.invoices ||
      slots.exceptCustomers ||
      slots.compare)
  )
    return agingQuery(slots, context);
  if (other.length > 0 || arranged || slots.money || slots.days || slots.invoices || slots.exceptCustomers)
    return say(
      `${names[metric]} cannot be narrowed that way. It takes currency, owner, region, segment and customer.`,
    );
  const owner = slots.mine && slots.customers?.length ? undefined : filters.owner;
  return calls(
    call('ledger_metrics', {
      metric,
      method: slots.method,
      months:
        slots.compare && slots.months === undefined
          ? 2
          : (slots.months ?? (metric === 'payer_habits' ? 12 : undefined)),
      currency: filters.currency,
      customerIds: slots.customers?.length ? slots.customers.map((each) => each.id) : undefined,
      withChildren: slots.customers?.length && slots.group ? true : undefined,
      owner,
      region: filters.region,
      segment: filters.segment,
      excludeDisputed: disputedOut ? true : undefined,
      asOf,
    }),
  );
}

const plainOpen = (status: Slots['filters']['status']): boolean =>
  status === undefined || (status.length === 1 && status[0] === 'open');

/** "DSO last month" is DSO at the end of last month. Null when the window cannot be one. */
function asOfWindow({ when, metric }: Slots, today: string): string | undefined | null {
  if (!when) return undefined;
  if (metric === 'payer_habits') return null;
  const { to } = resolveWindow(when, today);
  if (!to) return null;
  return to < today ? to : undefined;
}
