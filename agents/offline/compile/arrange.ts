/** Which amount a question is about, in which order its rows or groups come, and what is measured. */
import type { LedgerQuestionInput } from '../../../src/domain/ledger-query/question.ts';
import type { Slots } from '../slots.ts';

type Dataset = LedgerQuestionInput['dataset'];
export type Filters = NonNullable<LedgerQuestionInput['filters']>;
type Order = NonNullable<LedgerQuestionInput['order']>;
type Measures = NonNullable<LedgerQuestionInput['measures']>;

/** True where the document's own amount counts (billed, received, paid), not what is left open. */
export const flow = (dataset: Dataset, filters: Filters): boolean =>
  dataset === 'invoices'
    ? !filters.status?.some((status) => ['open', 'overdue', 'not_due'].includes(status)) ||
      filters.status.includes('paid')
    : dataset === 'payments' || dataset === 'applications'
      ? !filters.status?.includes('unapplied')
      : dataset === 'credits'
        ? !filters.status?.includes('unapplied')
        : dataset === 'promises' || dataset === 'disputes';

const money = (dataset: Dataset, filters: Filters): 'open' | 'amount' =>
  flow(dataset, filters) ? 'amount' : 'open';

/** The order of single rows: oldest due first unless something else was said (policy P-2). */
export function rowOrder(dataset: Dataset, filters: Filters, slots: Slots): Order | undefined {
  const key = money(dataset, filters);
  const age: Order =
    dataset === 'payments'
      ? { by: 'received', direction: 'asc' }
      : dataset === 'credits'
        ? { by: 'issued', direction: 'asc' }
        : dataset === 'disputes'
          ? { by: 'age', direction: 'desc' }
          : { by: 'due', direction: 'asc' };
  const by = slots.order?.by;
  if (by)
    return {
      by: by === 'open' ? (dataset === 'promises' || dataset === 'disputes' ? 'amount' : key) : by,
      direction: slots.order!.direction,
    };
  switch (slots.superlative) {
    case 'biggest':
      return { by: key, direction: 'desc' };
    case 'smallest':
      return { by: key, direction: 'asc' };
    case 'oldest':
      return age;
    case 'newest':
      return dataset === 'payments'
        ? { by: 'received', direction: 'desc' }
        : dataset === 'promises'
          ? { by: 'due', direction: 'desc' }
          : { by: 'issued', direction: 'desc' };
    case 'worst':
      return dataset === 'promises'
        ? { by: 'open', direction: 'desc' }
        : dataset === 'invoices'
          ? { by: 'days_overdue', direction: 'desc' }
          : age;
  }
  if (dataset === 'customers') return { by: 'name', direction: 'asc' };
  if (dataset === 'payments')
    return filters.status?.includes('unapplied') ? age : { by: 'received', direction: 'desc' };
  if (dataset === 'timeline') return { by: 'issued', direction: 'desc' };
  if (dataset === 'invoices' && flow(dataset, filters))
    return filters.paid ? { by: 'amount', direction: 'desc' } : { by: 'issued', direction: 'desc' };
  return age;
}

/** The order of groups: the biggest first, months in their own order. */
export function groupOrder(
  groupBy: readonly string[],
  dataset: Dataset,
  filters: Filters,
  slots: Slots,
): Order | undefined {
  const key = money(dataset, filters);
  const { order, superlative } = slots;
  if (order?.by) return { by: order.by === 'open' ? key : order.by, direction: order.direction };
  if (superlative === 'smallest') return { by: key, direction: 'asc' };
  if (superlative === 'oldest')
    return dataset === 'invoices'
      ? { by: 'days_overdue', direction: 'desc' }
      : { by: 'age', direction: 'desc' };
  if (superlative === 'worst' && dataset === 'invoices' && slots.ask !== 'total')
    return { by: 'days_overdue', direction: 'desc' };
  if (groupBy.some((each) => each === 'week' || each === 'month')) return { by: 'period', direction: 'asc' };
  if (groupBy.includes('aging_bucket') && groupBy.length === 1) return undefined;
  if (groupBy.includes('currency') && groupBy.length === 1) return undefined;
  return { by: slots.ask === 'count' ? 'count' : key, direction: 'desc' };
}

/** What is measured where no rows are listed. */
export function measuresOf(slots: Slots, dataset: Dataset, filters: Filters): Measures {
  const kind = money(dataset, filters);
  if (slots.ask === 'count') return ['count'];
  if (slots.ask === 'average') return [`average_${kind}`, 'count'];
  if (slots.ask === 'median') return [`median_${kind}`, 'count'];
  if (slots.ask === 'share') return [`sum_${kind}`, `share_of_${kind}`];
  const late =
    dataset === 'invoices' &&
    kind === 'open' &&
    (slots.ask === 'who' ||
      slots.superlative === 'worst' ||
      slots.superlative === 'oldest' ||
      slots.order?.by === 'days_overdue');
  if (dataset === 'payments' && kind === 'open' && slots.superlative === 'oldest')
    return ['sum_open', 'count', 'max_age_days'];
  return late ? ['sum_open', 'count', 'max_days_overdue'] : [`sum_${kind}`, 'count'];
}
