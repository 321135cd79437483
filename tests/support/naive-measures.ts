/** Measures, keys and ranks of items, written from the definitions alone. */
import { type Day, daysBetween, startOf } from '../../src/domain/calendar.ts';
import type { Grouping, LedgerQuestion, Measure } from '../../src/domain/ledger-query/question.ts';
import { divideRounded, toDecimal } from '../../src/domain/money.ts';
import type { Books, Item } from './naive-items.ts';
import type { Customer, Ledger } from './random-ledger.ts';

export type Sortable = string | number | bigint | null;
export const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
const compareValues = (a: Sortable, b: Sortable, descending: boolean): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a === b ? 0 : a < b !== descending ? -1 : 1;
};
export const byAll = (a: readonly [Sortable, boolean][], b: readonly [Sortable, boolean][]): number => {
  for (const [index, [value, descending]] of a.entries()) {
    const order = compareValues(value, b[index]![0], descending);
    if (order !== 0) return order;
  }
  return 0;
};
export const tenths = (value: bigint): string => {
  const text = (value < 0n ? -value : value).toString().padStart(2, '0');
  return `${value < 0n ? '-' : ''}${text.slice(0, -1)}.${text.slice(-1)}`;
};
export const isMoney = (measure: Measure): boolean =>
  measure.includes('_open') || measure.includes('_amount');

/** Twice the median, so that it stays whole. */
const doubleMedian = (values: readonly bigint[]): bigint => {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : 1));
  return sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!;
};

export function measure(name: Measure, items: readonly Item[], all: readonly Item[], day: Day): unknown {
  const currency = items[0]?.currency ?? '';
  const minor = (of: 'open' | 'amount', from = items) => from.map((each) => each[of] ?? 0n);
  const same = all.filter((each) => each.currency === currency);
  const share = (of: 'open' | 'amount') => {
    const whole = sum(minor(of, same));
    return whole === 0n ? null : tenths(divideRounded(sum(minor(of)) * 1000n, whole));
  };
  const owed = items.filter((each) => (each.open ?? 0n) > 0n);
  const paid = items.filter((each) => each.paid);
  const late = items
    .filter((each) => each.paid && each.due)
    .map((each) => BigInt(daysBetween(each.due!, each.paid!)));
  const count = BigInt(items.length);
  switch (name) {
    case 'count':
      return items.length;
    case 'sum_open':
      return toDecimal(sum(minor('open')), currency);
    case 'sum_amount':
      return toDecimal(sum(minor('amount')), currency);
    case 'average_open':
      return toDecimal(divideRounded(sum(minor('open')), count), currency);
    case 'average_amount':
      return toDecimal(divideRounded(sum(minor('amount')), count), currency);
    case 'median_open':
      return toDecimal(divideRounded(doubleMedian(minor('open')), 2n), currency);
    case 'median_amount':
      return toDecimal(divideRounded(doubleMedian(minor('amount')), 2n), currency);
    case 'share_of_open':
      return share('open');
    case 'share_of_amount':
      return share('amount');
    case 'max_days_overdue':
      return owed.length === 0 ? null : Math.max(0, ...owed.map((each) => daysBetween(each.due!, day)));
    case 'oldest_due':
      return owed.map((each) => each.due!).sort()[0] ?? null;
    case 'average_days_to_pay': {
      const days = paid.map((each) => BigInt(daysBetween(each.issued!, each.paid!)));
      return days.length === 0 ? null : tenths(divideRounded(sum(days) * 10n, BigInt(days.length)));
    }
    case 'average_days_late':
      return late.length === 0 ? null : tenths(divideRounded(sum(late) * 10n, BigInt(late.length)));
    case 'median_days_late':
      return late.length === 0 ? null : tenths(doubleMedian(late) * 5n);
    case 'max_age_days':
      return items.length === 0 ? null : Math.max(...items.map((each) => daysBetween(each.born!, day)));
  }
}

/** The day of weeks and months: what has a window, else what the question is about. */
export function periodField({
  dataset,
  filters,
  measures,
}: LedgerQuestion): 'issued' | 'due' | 'paid' | 'received' {
  for (const field of ['paid', 'due', 'issued', 'received'] as const) if (filters[field]) return field;
  if (dataset === 'payments') return 'received';
  if (dataset === 'applications') return 'paid';
  if (dataset === 'promises') return 'due';
  if (dataset !== 'invoices') return 'issued';
  const behaviour = ['average_days_to_pay', 'average_days_late', 'median_days_late'];
  if (measures.some((each) => behaviour.includes(each)) || filters.status?.join() === 'paid') return 'paid';
  const open = filters.status?.every((each) => ['open', 'overdue', 'not_due'].includes(each));
  return open || filters.daysOverdue ? 'due' : 'issued';
}

function headOf(ledger: Ledger, customer: Customer, viewer: string | null): Customer {
  const parent = ledger.customers.find((each) => each.id === customer.parent_id);
  if (!parent || (viewer !== null && parent.owner_email !== viewer)) return customer;
  return headOf(ledger, parent, viewer);
}

export type KeyValue = { name: string; shown: unknown; identity: string; order: readonly Sortable[] };

export function keyValue(
  grouping: Grouping,
  item: Item,
  question: LedgerQuestion,
  books: Books,
  viewer: string | null,
): KeyValue {
  const ref = (each: Customer | null) => each && { id: each.id, code: each.external_id, name: each.name };
  const text = (
    name: string,
    value: string | null | undefined,
    shown: unknown = value ?? null,
  ): KeyValue => ({
    name,
    shown,
    identity: String(value?.toLowerCase()),
    order: [value?.toLowerCase() ?? null],
  });
  switch (grouping) {
    case 'customer':
    case 'parent': {
      const who =
        grouping === 'customer' || item.customer === null
          ? item.customer
          : headOf(books.ledger, item.customer, viewer);
      return {
        name: grouping,
        shown: ref(who),
        identity: String(who?.id),
        order: [who?.name.toLowerCase() ?? null, who?.id ?? null],
      };
    }
    case 'currency':
      return { ...text('currency', item.currency), shown: item.currency ?? undefined };
    case 'aging_bucket': {
      const late = daysBetween(item.due!, books.day);
      const place = late <= 0 ? 0 : late <= 30 ? 1 : late <= 60 ? 2 : late <= 90 ? 3 : 4;
      const name = ['not_due', '1-30', '31-60', '61-90', '90+'][place]!;
      return { name: 'agingBucket', shown: name, identity: name, order: [place] };
    }
    case 'owner':
      return text('owner', item.owner);
    case 'segment':
      return text('segment', item.customer?.segment);
    case 'region':
      return text('region', item.customer?.region);
    case 'week':
    case 'month': {
      const day = startOf(grouping, item[periodField(question)]!);
      return {
        name: 'period',
        shown: grouping === 'month' ? day.slice(0, 7) : day,
        identity: day,
        order: [day],
      };
    }
  }
}

export function groupRank(question: LedgerQuestion, items: readonly Item[], day: Day): Sortable {
  const { order, measures, dataset } = question;
  if (!order || order.by === 'name' || order.by === 'period') return null;
  const days = (of: 'issued' | 'due' | 'received') =>
    items
      .map((each) => each[of]!)
      .filter(Boolean)
      .sort()[0] ?? null;
  const decimal = (value: unknown) => (value === null ? null : Number(value));
  if (order.by === 'open' || order.by === 'amount') {
    const of = order.by;
    const asked = measures.filter((each) => each.endsWith(`_${of}`));
    const summed = asked.length === 0 || asked.some((each) => /^(sum|share)/.test(each));
    return summed
      ? sum(items.map((each) => each[of]!))
      : BigInt(String(measure(asked[0]!, items, items, day)).replace('.', ''));
  }
  if (order.by === 'count') return items.length;
  if (order.by === 'days_overdue') return measure('max_days_overdue', items, items, day) as Sortable;
  if (order.by === 'age') return measure('max_age_days', items, items, day) as Sortable;
  if (order.by === 'due' && dataset === 'invoices')
    return measure('oldest_due', items, items, day) as Sortable;
  if (order.by === 'days_to_pay') return decimal(measure('average_days_to_pay', items, items, day));
  if (order.by === 'days_late') {
    const median = measures.includes('median_days_late') && !measures.includes('average_days_late');
    return decimal(measure(median ? 'median_days_late' : 'average_days_late', items, items, day));
  }
  return days(order.by as 'issued' | 'due' | 'received');
}

export function rowRank(question: LedgerQuestion, item: Item, day: Day): Sortable {
  const fallback: Record<string, LedgerQuestion['order']> = {
    customers: { by: 'name', direction: 'asc' },
    applications: { by: 'age', direction: 'asc' },
  };
  const { by } = question.order ?? fallback[question.dataset] ?? { by: 'due' };
  const owed = (item.open ?? 0n) > 0n;
  if (by === 'open' || by === 'amount') return item[by]!;
  if (by === 'due' || by === 'issued' || by === 'received') return item[by] ?? null;
  if (by === 'age') return daysBetween(item.born!, day);
  if (by === 'name') return item.customer?.name.toLowerCase() ?? null;
  if (by === 'days_overdue') return owed ? daysBetween(item.due!, day) : null;
  return item.paid ? daysBetween(by === 'days_late' ? item.due! : item.issued!, item.paid) : null;
}
