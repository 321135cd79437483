/** Fills in what a question leaves open, so that what is run, shown and stored is one and the same. */
import type { Day } from '../calendar.ts';
import { InvalidInputError } from '../errors.ts';
import { abilities, type DayField, isMoneyMeasure } from './abilities.ts';
import type { Filters, Grouping, LedgerQuestion, Measure } from './question.ts';
import { type ResolvedWindow, resolveWindow } from './window.ts';

export type SettledFilters = Omit<Filters, DayField | 'lastChased'> & {
  [Field in DayField]?: ResolvedWindow | undefined;
} & { lastChased?: ResolvedWindow | 'never' | { notSince: Day } | undefined };

/** A question without anything relative or implied in it. */
export type SettledQuestion = Omit<LedgerQuestion, 'filters' | 'asOf'> & {
  filters: SettledFilters;
  asOf: Day;
  /** The books as they stood before today, not as they are. */
  past: boolean;
  /** The rows themselves; else measures of groups. */
  listed: boolean;
  /** `groupBy`, and the currency wherever money is measured or ranked (P-1). */
  keys: readonly Grouping[];
  /** Which day weeks and months are of. */
  period?: DayField | undefined;
  /** A limit counts in each currency, because money is ranked (P-11). */
  limitPerCurrency: boolean;
};

/** The most rows or groups of one answer that gives no limit; `totals` cover all that fit in any case. */
export const UNLIMITED_ROWS = 200;

const DAY_FIELDS = ['issued', 'due', 'paid', 'received'] as const;

const resolveFilters = (filters: Filters, today: Day): SettledFilters => {
  const settled = { ...filters } as SettledFilters;
  for (const field of DAY_FIELDS) if (filters[field]) settled[field] = resolveWindow(filters[field], today);
  if (filters.lastChased && filters.lastChased !== 'never' && !('notSince' in filters.lastChased))
    settled.lastChased = resolveWindow(filters.lastChased, today);
  return settled;
};

/**
 * Weeks and months are of the day the question is about: the one with a window (paid before due before issued);
 * else the paid day when payment behaviour is asked, the due day when only open invoices are; else the dataset's own.
 */
function periodOf(question: LedgerQuestion, filters: SettledFilters): DayField | undefined {
  const { dataset, measures } = question;
  const own = abilities[dataset].period;
  const named = (['paid', 'due', 'issued', 'received'] as const).find((field) => filters[field]);
  if (named) return named;
  if (dataset !== 'invoices') return own;
  const status = filters.status ?? [];
  if (
    measures.some((each) => /days_(late|to_pay)$/.test(each)) ||
    (status.length === 1 && status[0] === 'paid')
  )
    return 'paid';
  const openOnly =
    status.length > 0 && status.every((each) => each === 'open' || each === 'overdue' || each === 'not_due');
  return openOnly || filters.daysOverdue ? 'due' : own;
}

/** Days that a row may lack: grouping by their weeks or months leaves such rows out, and the filter says so. */
const MAY_LACK: Partial<Record<LedgerQuestion['dataset'], DayField>> = { invoices: 'paid', disputes: 'due' };

function settleMeasures({ dataset, measures, groupBy }: LedgerQuestion): Measure[] {
  if (measures.length > 0) return [...new Set(measures)];
  if (groupBy.length === 0) return [];
  const { hasOpen, hasAmount } = abilities[dataset];
  return hasOpen ? ['count', 'sum_open'] : hasAmount ? ['count', 'sum_amount'] : ['count'];
}

function settleOrder(
  question: LedgerQuestion,
  measures: readonly Measure[],
): NonNullable<LedgerQuestion['order']> | undefined {
  if (question.order) return question.order;
  if (measures.length === 0) return abilities[question.dataset].rowOrder;
  // buckets and periods have an order of their own
  if (question.groupBy.some((key) => key === 'aging_bucket' || key === 'week' || key === 'month'))
    return undefined;
  const money = measures.find(isMoneyMeasure);
  if (money) return { by: money.endsWith('_open') ? 'open' : 'amount', direction: 'desc' };
  if (measures.includes('count')) return { by: 'count', direction: 'desc' };
  return undefined;
}

/**
 * `today` is the day the question was asked: relative windows are of that day, also when `asOf` is another.
 * Expects a question that passed `checkQuestion`.
 */
export function settle(question: LedgerQuestion, today: Day): SettledQuestion {
  const asOf = question.asOf ?? today;
  const filters = resolveFilters(question.filters, today);
  const groupBy = [...new Set(question.groupBy)];
  const measures = settleMeasures(question);
  const order = settleOrder(question, measures);
  if (groupBy.includes('aging_bucket')) filters.status ??= ['open'];
  let period: DayField | undefined;
  if (groupBy.includes('week') || groupBy.includes('month')) {
    period = periodOf(question, filters);
    if (period && MAY_LACK[question.dataset] === period) filters[period] ??= {};
  }
  const listed = measures.length === 0;
  const ability = abilities[question.dataset];
  const ranksMoney = order?.by === 'open' || order?.by === 'amount';
  const perCurrency = ability.hasAmount && (measures.some(isMoneyMeasure) || ranksMoney);
  const keys: Grouping[] =
    !listed && perCurrency && !groupBy.includes('currency') ? [...groupBy, 'currency'] : groupBy;
  const compareWith =
    question.compareWith && 'field' in question.compareWith
      ? { ...question.compareWith, window: resolveWindow(question.compareWith.window, today) }
      : question.compareWith;
  return {
    ...question,
    compareWith,
    groupBy,
    measures,
    order,
    filters,
    asOf,
    past: asOf < today,
    listed,
    keys,
    period,
    limitPerCurrency: ranksMoney,
  };
}

/** The other side of a comparison: the same question with another day or window; null when none is asked. */
export function settleComparison(settled: SettledQuestion, today: Day): SettledQuestion | null {
  const { compareWith } = settled;
  if (!compareWith) return null;
  const other = { ...settled, compareWith: undefined, limit: undefined };
  if ('field' in compareWith)
    return {
      ...other,
      filters: { ...settled.filters, [compareWith.field]: resolveWindow(compareWith.window, today) },
    };
  if (compareWith.asOf >= settled.asOf)
    throw new InvalidInputError(
      `To compare, give a day before ${settled.asOf}; ${compareWith.asOf} is not earlier.`,
    );
  return { ...other, asOf: compareWith.asOf, past: compareWith.asOf < today };
}

/** The question as it was run, in the form it was asked: what is shown, and stored behind the figure. */
export function asAsked(settled: SettledQuestion, asOf: Day | undefined): LedgerQuestion {
  const { dataset, filters, measures, groupBy, order, limit, compareWith } = settled;
  return {
    dataset,
    filters,
    measures: [...measures],
    groupBy: [...groupBy],
    ...(order && { order }),
    ...(limit !== undefined && { limit }),
    ...(compareWith && { compareWith }),
    ...(asOf !== undefined && { asOf }),
  };
}
