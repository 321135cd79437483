/** Shares of a total: of the aging buckets, of the biggest debtors, of named customers. */
import type { Slots } from '../slots.ts';
import type { Filters } from './arrange.ts';
import { call, calls, type Plan, say } from './plan.ts';

/** All customers' shares, of which the named ones are told. */
function shareOfCustomer({ customer: _, daysOverdue: __, ...filters }: Filters): Plan {
  return calls(
    call('query_ledger', {
      dataset: 'invoices',
      filters,
      measures: ['sum_open', 'share_of_open'],
      groupBy: ['customer'],
      order: { by: 'open', direction: 'desc' },
      limit: 500,
    }),
  );
}

/** A share of the open amount: by aging bucket when it is about lateness, else of a named customer. */
export function planShare(slots: Slots, filters: Filters): Plan {
  const narrow = { ...filters };
  const lateness =
    narrow.status?.includes('overdue') ||
    narrow.daysOverdue !== undefined ||
    narrow.status?.includes('not_due');
  const named = narrow.customer?.except ? undefined : narrow.customer;
  if (slots.shareOfOverdue && named) return shareOfCustomer({ ...narrow, status: ['overdue'] });
  const { min, max } = narrow.daysOverdue ?? {};
  const bounds = (value: number | undefined, ends: readonly number[]): boolean =>
    value === undefined || ends.includes(value);
  if (!bounds(min, [1, 31, 61, 91]) || !bounds(max, [30, 60, 90]))
    return say(
      'I can give shares by aging bucket only. Its limits are in the aging: ask for "aging", or for the amount over those days.',
    );
  const others = Object.keys(narrow).filter(
    (key) =>
      !['status', 'daysOverdue', 'currency', 'region', 'owner', 'segment', 'country', 'customer'].includes(
        key,
      ),
  );
  if (others.length > 0 || (named && lateness && slots.group))
    return say(
      'I cannot give that as a share. I can give the share of each aging bucket, or of the biggest customers: "what % of overdue is our biggest debtors".',
    );
  delete narrow.daysOverdue;
  if (lateness)
    return calls(
      call('query_ledger', {
        dataset: 'invoices',
        filters: { ...narrow, status: ['open'] },
        measures: ['sum_open', 'share_of_open'],
        groupBy: ['aging_bucket'],
      }),
    );
  if (named) return shareOfCustomer(narrow);
  return say(
    'A share of what? Try "what % of overdue is our biggest debtors", "what % is overdue", or "share by region".',
  );
}
