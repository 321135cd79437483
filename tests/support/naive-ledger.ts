/** Answers a ledger question by looking at every row in memory: slow, plain, and sharing nothing with the compiler. */
import { type Day, daysBetween } from '../../src/domain/calendar.ts';
import type { Grouping, LedgerQuestion } from '../../src/domain/ledger-query/question.ts';
import { divideRounded, toDecimal } from '../../src/domain/money.ts';
import { fits } from './naive-filters.ts';
import { type Books, type Item, itemsOf } from './naive-items.ts';
import {
  byAll,
  groupRank,
  isMoney,
  type KeyValue,
  keyValue,
  measure,
  periodField,
  rowRank,
  type Sortable,
  sum,
  tenths,
} from './naive-measures.ts';
import type { Ledger } from './random-ledger.ts';

type NaiveGroup = Record<string, unknown> & {
  values: Record<string, unknown>;
  compared?: Record<string, unknown>;
};
type NaiveTotal = Record<string, unknown> & { currency: string; count: number };

export type NaiveAnswer = {
  rows?: Record<string, unknown>[];
  groups?: NaiveGroup[];
  rowCount: number;
  truncated: boolean;
  totals: NaiveTotal[];
  comparedTotals?: NaiveTotal[];
};

const CAP = 200;
const totalsOf = (
  items: readonly Item[],
  question: LedgerQuestion,
  shown: readonly Item[],
  cut: boolean,
): NaiveTotal[] => {
  if (['customers', 'timeline'].includes(question.dataset)) return [];
  const currencies = [...new Set(items.map((each) => each.currency!))];
  const hasOpen = question.dataset !== 'applications';
  return currencies
    .map((currency) => {
      const own = items.filter((each) => each.currency === currency);
      const visible = shown.filter((each) => each.currency === currency);
      const open = sum(own.map((each) => each.open ?? 0n));
      const part = sum(visible.map((each) => each.open ?? 0n));
      return {
        currency,
        count: own.length,
        amount: toDecimal(sum(own.map((each) => each.amount!)), currency),
        open: toDecimal(open, currency),
        ...(cut && hasOpen && visible.length > 0 && { shownOpen: toDecimal(part, currency) }),
        ...(cut &&
          hasOpen &&
          visible.length > 0 &&
          open > 0n && { shownShareOfOpen: tenths(divideRounded(part * 1000n, open)) }),
      };
    })
    .sort((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1));
};

/** Keeps the first `limit`, in each currency where money is ranked; the currencies with most rows come first. */
function cutList<T>(
  sorted: readonly T[],
  currency: (each: T) => string,
  blocks: readonly string[] | null,
  limit: number,
): T[] {
  if (blocks === null) return sorted.slice(0, limit);
  return blocks.flatMap((block) => sorted.filter((each) => currency(each) === block).slice(0, limit));
}

const DEFAULT_ORDERS: Record<
  string,
  { by: 'due' | 'issued' | 'received' | 'name' | 'age'; direction: 'asc' | 'desc' }
> = {
  customers: { by: 'name', direction: 'asc' },
  invoices: { by: 'due', direction: 'asc' },
  credits: { by: 'issued', direction: 'asc' },
  payments: { by: 'received', direction: 'asc' },
  applications: { by: 'age', direction: 'asc' },
  promises: { by: 'due', direction: 'asc' },
  disputes: { by: 'issued', direction: 'asc' },
  timeline: { by: 'issued', direction: 'desc' },
};

function completed(question: LedgerQuestion): LedgerQuestion {
  const { dataset, groupBy } = question;
  let { measures, filters, order } = question;
  if (groupBy.length > 0 && measures.length === 0)
    measures = ['customers', 'timeline'].includes(dataset)
      ? ['count']
      : ['count', dataset === 'applications' ? 'sum_amount' : 'sum_open'];
  if (groupBy.includes('aging_bucket') && !filters.status) filters = { ...filters, status: ['open'] };
  if (!order && measures.length === 0) order = DEFAULT_ORDERS[dataset];
  const ownOrder = groupBy.some((each) => each === 'aging_bucket' || each === 'week' || each === 'month');
  if (!order && !ownOrder) {
    const money = measures.find(isMoney);
    if (money) order = { by: money.endsWith('_open') ? 'open' : 'amount', direction: 'desc' };
    else if (measures.includes('count')) order = { by: 'count', direction: 'desc' };
  }
  return { ...question, measures, filters, order };
}

function itemsFor(
  asked: LedgerQuestion,
  ledger: Ledger,
  today: Day,
  viewer: string | null,
  asOf = asked.asOf ?? today,
) {
  const books: Books = { ledger, day: asOf, past: asOf < today };
  // the period is that of the question as asked, also where a comparison brings another window
  const items = itemsOf(asked.dataset, books)
    .filter((item) => viewer === null || item.customer?.owner_email === viewer)
    .filter((item) => fits(books, item, asked, today));
  return { books, items };
}

function rowsAnswer(question: LedgerQuestion, items: readonly Item[], day: Day): NaiveAnswer {
  const { order } = question;
  const descending = order!.direction === 'desc';
  const sorted = [...items].sort((a, b) =>
    byAll(
      [
        [rowRank(question, a, day), descending],
        [a.id, false],
      ],
      [
        [rowRank(question, b, day), descending],
        [b.id, false],
      ],
    ),
  );
  const money = order!.by === 'open' || order!.by === 'amount';
  const blocks = money ? totalsOf(items, question, [], false).map((each) => each.currency) : null;
  const shown = cutList(sorted, (each) => each.currency!, blocks, question.limit ?? CAP);
  const cut = shown.length < sorted.length;
  return {
    rows: shown.map((item) => {
      const text = (minor: bigint | undefined) =>
        minor === undefined ? undefined : toDecimal(minor, item.currency!);
      return {
        id: item.id,
        customer: item.customer?.id ?? null,
        amount: text(item.amount),
        open: text(item.open),
        status: item.shownStatus,
        paidOn: item.paid,
        daysOverdue:
          question.dataset === 'invoices' && item.status.includes('open')
            ? Math.max(0, daysBetween(item.due!, day))
            : undefined,
        ageDays: item.born === undefined ? undefined : daysBetween(item.born, day),
      };
    }),
    rowCount: items.length,
    truncated: cut,
    totals: totalsOf(items, question, shown, cut),
  };
}

type Bucket = { keys: KeyValue[]; items: Item[]; identity: string };

function bucketsOf(
  question: LedgerQuestion,
  items: readonly Item[],
  books: Books,
  viewer: string | null,
): Bucket[] {
  const ranked = question.order?.by === 'open' || question.order?.by === 'amount';
  const money = question.measures.some(isMoney) || ranked;
  const groupings: Grouping[] = [
    ...new Set([...question.groupBy, ...(money ? (['currency'] as const) : [])]),
  ];
  const period = groupings.some((each) => each === 'week' || each === 'month');
  const buckets = new Map<string, Bucket>();
  if (groupings.length === 0) buckets.set('[]', { keys: [], items: [], identity: '[]' });
  for (const item of items) {
    if (period && !item[periodField(question)]) continue;
    const keys = groupings.map((grouping) => keyValue(grouping, item, question, books, viewer));
    const identity = JSON.stringify(keys.map((key) => key.identity));
    const bucket = buckets.get(identity) ?? { keys, items: [], identity };
    // one spelling of a segment stands for all
    for (const [index, key] of keys.entries())
      if (
        key.shown !== null &&
        String(key.shown) < String(bucket.keys[index]!.shown) &&
        key.name === 'segment'
      )
        bucket.keys[index] = key;
    bucket.items.push(item);
    buckets.set(identity, bucket);
  }
  return [...buckets.values()];
}

function groupsAnswer(
  question: LedgerQuestion,
  all: readonly Item[],
  books: Books,
  viewer: string | null,
): NaiveAnswer & { buckets: Bucket[]; items: Item[] } {
  const buckets = bucketsOf(question, all, books, viewer);
  const items = buckets.flatMap((each) => each.items);
  const { order } = question;
  // equal ranks: customers by id; without a rank they come by name
  const ranked = order !== undefined && order.by !== 'name';
  const orderOf = (key: KeyValue) =>
    ranked && (key.name === 'customer' || key.name === 'parent') ? key.order.slice(1) : key.order;
  const rank = (bucket: Bucket): [Sortable, boolean][] => {
    const descending = order?.direction === 'desc';
    const named = order?.by === 'name' && descending;
    const first =
      order?.by === 'period'
        ? (bucket.keys.find((key) => key.name === 'period')!.order[0] ?? null)
        : groupRank(question, bucket.items, books.day);
    return [
      [first, descending],
      ...bucket.keys.flatMap((key) =>
        orderOf(key).map((value, index): [Sortable, boolean] => [
          value,
          named && index === 0 && !['period', 'agingBucket'].includes(key.name),
        ]),
      ),
    ];
  };
  const sorted = [...buckets].sort((a, b) => byAll(rank(a), rank(b)));
  const money = order?.by === 'open' || order?.by === 'amount';
  const blocks = money ? totalsOf(items, question, [], false).map((each) => each.currency) : null;
  const shown = cutList(sorted, (each) => each.items[0]!.currency!, blocks, question.limit ?? CAP);
  const cut = shown.length < sorted.length;
  const byCurrency = shown.every((each) => each.keys.some((key) => key.name === 'currency'));
  return {
    groups: shown.map((bucket) => ({
      ...Object.fromEntries(bucket.keys.map((key) => [key.name, key.shown])),
      values: Object.fromEntries(
        question.measures.map((each) => [each, measure(each, bucket.items, items, books.day)]),
      ),
    })),
    rowCount: buckets.length,
    truncated: cut,
    totals: totalsOf(items, question, byCurrency ? shown.flatMap((each) => each.items) : [], cut),
    buckets: shown,
    items,
  };
}

/** Expects a question that makes sense for its dataset. `viewer`: the owner whose accounts alone are seen. */
export function naiveAnswer(
  asked: LedgerQuestion,
  ledger: Ledger,
  today: Day,
  viewer: string | null = null,
): NaiveAnswer {
  const question = completed(asked);
  const { books, items } = itemsFor(question, ledger, today, viewer);
  const listed = question.measures.length === 0;
  const {
    buckets,
    items: _,
    ...answer
  } = listed
    ? { ...rowsAnswer(question, items, books.day), buckets: [], items }
    : groupsAnswer(question, items, books, viewer);
  const { compareWith } = question;
  if (!compareWith) return answer;
  const filters =
    'field' in compareWith
      ? { ...question.filters, [compareWith.field]: compareWith.window }
      : question.filters;
  const before = 'asOf' in compareWith ? compareWith.asOf : undefined;
  const other = itemsFor({ ...question, filters }, ledger, today, viewer, before);
  if (listed) return { ...answer, comparedTotals: totalsOf(other.items, question, [], false) };
  // each shown group beside the same group of the other side
  const theirs = groupsAnswer({ ...question, limit: 1_000_000 }, other.items, other.books, viewer);
  for (const [index, group] of (answer.groups ?? []).entries()) {
    const same = theirs.buckets.findIndex((each) => each.identity === buckets[index]!.identity);
    if (same >= 0) group.compared = theirs.groups![same]!.values;
  }
  return { ...answer, comparedTotals: theirs.totals };
}
