/** Measures as aggregates. All of them are exact: whole minor units, days as numeric, no floating point. */
import type { Measure } from '../../domain/ledger-query/question.ts';
import type { Column } from './datasets.ts';
import type { Draft } from './draft.ts';

/**
 * Mean of the two middle values (of the middle one, twice, where the count is odd), as numeric. `percentile_disc` gives
 * the lower middle from either end; `percentile_cont` would go through a float.
 */
const median = (value: string): string =>
  `(percentile_disc(0.5) within group (order by ${value})
    + percentile_disc(0.5) within group (order by ${value} desc))::numeric / 2`;

/** Day averages keep one decimal; numeric rounds half away from zero. */
const oneDecimal = (value: string): string => `round(${value}, 1)::text`;

const minor = (value: string): string => `round(${value})::text`;

/** The aggregate behind a measure; shares are made of the sums later, where the total of the currency is known. */
export function aggregate(draft: Draft, measure: Measure): string | null {
  const column = (name: Column): string => draft.column(name);
  const days = (from: Column): string => `(${column('paid')} - ${column(from)})`;
  switch (measure) {
    case 'average_open':
      return minor(`sum(${column('open')}) / count(*)`);
    case 'average_amount':
      return minor(`sum(${column('amount')}) / count(*)`);
    case 'median_open':
      return minor(median(column('open')));
    case 'median_amount':
      return minor(median(column('amount')));
    case 'max_days_overdue':
      return `max(greatest(${draft.asOf()} - ${column('due')}, 0)) filter (where ${column('open')} > 0)`;
    case 'oldest_due':
      return `min(${column('due')}) filter (where ${column('open')} > 0)`;
    case 'average_days_to_pay':
      return oneDecimal(`avg(${days('issued')})`);
    case 'average_days_late':
      return oneDecimal(`avg(${days('due')})`);
    case 'median_days_late':
      return oneDecimal(median(days('due')));
    case 'max_age_days':
      return `max(${draft.asOf()} - ${column(ageColumn(draft))})`;
    default:
      return null; // count and sums are always there
  }
}

/** The day that ages are counted from. */
export const ageColumn = (draft: Draft): Column =>
  draft.has('received') ? 'received' : draft.has('issued') ? 'issued' : 'paid';
