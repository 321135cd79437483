/** In which order groups come: what they are ranked by, then their keys, so that the order is always the same. */
import type { OrderKey } from '../../domain/ledger-query/abilities.ts';
import type { Measure } from '../../domain/ledger-query/question.ts';
import type { SettledQuestion } from '../../domain/ledger-query/settle.ts';
import type { Column } from './datasets.ts';
import type { Key } from './grouping.ts';

type Direction = 'asc' | 'desc';

/** Names sort alike on every database: by their lower-case letters, not by a server's locale. */
export const byName = (expression: string): string => `lower(${expression}) collate "C"`;

const measureOf: Partial<Record<OrderKey, Measure>> = {
  days_overdue: 'max_days_overdue',
  age: 'max_age_days',
  days_to_pay: 'average_days_to_pay',
};

/** Currency codes compare by their letters: cheaper than by a locale, where thousands of rows are sorted. */
export const byCurrency = (expression: string): string => `${expression} collate "C"`;

/** The measure that groups are ranked by; it is computed whether it was asked for or not. */
export function rankingMeasure({ order, measures, dataset }: SettledQuestion): Measure | undefined {
  if (order?.by === 'due' && dataset === 'invoices') return 'oldest_due';
  if (order?.by === 'days_late')
    return measures.includes('median_days_late') && !measures.includes('average_days_late')
      ? 'median_days_late'
      : 'average_days_late';
  return order && measureOf[order.by];
}

/** The day whose first one in the group ranks it; null where a measure does. */
export function rankingDay(question: SettledQuestion): Column | null {
  const by = question.order?.by;
  if (by === 'issued' || by === 'received') return by;
  return by === 'due' && question.dataset !== 'invoices' ? 'due' : null;
}

/** Money is ranked by its sum, unless only its average or median is asked for. */
function moneyRank(of: 'open' | 'amount', measures: readonly Measure[]): string {
  const asked = measures.filter((each) => each.endsWith(`_${of}`));
  const other = asked.find((each) => each.startsWith('average_') || each.startsWith('median_'));
  return other && asked.every((each) => each.startsWith('average_') || each.startsWith('median_'))
    ? `g.m_${other}::numeric`
    : `g.${of}`;
}

/**
 * A key in order: by its name where it has one, then by id. `gc` and `gp` are the group's customer and parent; equal
 * ranks do without names, so that thousands of groups need not be joined and sorted by text.
 */
function keyOrder({ grouping, name }: Key, direction: Direction, ranked: boolean): string[] {
  const id = `g.${name}`;
  if (ranked && (grouping === 'customer' || grouping === 'parent')) return [`${id} nulls last`];
  if (grouping === 'customer') return [`${byName('gc.name')} ${direction} nulls last`, `${id} nulls last`];
  if (grouping === 'parent') return [`${byName('gp.name')} ${direction} nulls last`, `${id} nulls last`];
  if (grouping === 'aging_bucket' || grouping === 'week' || grouping === 'month') return [`${id} nulls last`];
  return [`${byName(id)} ${direction} nulls last`];
}

function rankedBy(question: SettledQuestion): string | null {
  const { order, measures } = question;
  if (!order || order.by === 'name') return null;
  if (order.by === 'open' || order.by === 'amount') return moneyRank(order.by, measures);
  if (order.by === 'count') return 'g.n';
  if (order.by === 'period') return 'g.period';
  const measure = rankingMeasure(question);
  if (!measure) return 'g.first_day';
  return measure.startsWith('average_') || measure.startsWith('median_')
    ? `g.m_${measure}::numeric`
    : `g.m_${measure}`;
}

/** The whole `order by` of groups (table `g`). */
export function ranking(question: SettledQuestion, keys: readonly Key[]): string {
  const { order } = question;
  const first = rankedBy(question);
  const named = keys.flatMap((key) =>
    keyOrder(key, order?.by === 'name' ? order.direction : 'asc', first !== null),
  );
  const terms = first ? [`${first} ${order?.direction ?? 'asc'} nulls last`, ...named] : named;
  return terms.length === 0 ? 'g.n' : terms.join(', ');
}
