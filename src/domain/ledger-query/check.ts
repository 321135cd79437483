/** Refuses what makes no sense for a dataset, and says what does. */
import { InvalidInputError } from '../errors.ts';
import { abilities, eventKinds, type FilterName } from './abilities.ts';
import type { Filters, LedgerQuestion } from './question.ts';
import { resolveWindow } from './window.ts';

type Question = Pick<
  LedgerQuestion,
  'dataset' | 'filters' | 'measures' | 'groupBy' | 'order' | 'compareWith'
>;

const list = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));

const refuse = (what: string, allowed: readonly string[]): never => {
  throw new InvalidInputError(`${what} Possible: ${list(allowed)}.`);
};

const MONEY_HINT = ' For money per customer ask the dataset invoices, grouped by customer.';

function checkFilters({ dataset, filters }: Question): void {
  const ability = abilities[dataset];
  for (const [name, value] of Object.entries(filters)) {
    if (value === undefined) continue;
    if (!ability.filters.includes(name as FilterName))
      refuse(`The dataset ${dataset} cannot be filtered by "${name}".`, ability.filters);
    if (Array.isArray(value) && value.length === 0)
      refuse(`The filter "${name}" is empty: leave it out or give values.`, ability.filters);
  }
  for (const status of filters.status ?? [])
    if (!ability.statuses.includes(status))
      refuse(`The dataset ${dataset} has no status "${status}".`, ability.statuses);
  for (const kind of filters.kind ?? [])
    if (!eventKinds.some((each) => each === kind))
      refuse(`The timeline has no events of the kind "${kind}".`, eventKinds);
}

function checkRanges(filters: Filters, today: string): void {
  for (const name of ['amount', 'open', 'daysOverdue', 'ageDays', 'chasedTimes'] as const) {
    const range = filters[name];
    if (range === undefined) continue;
    if (range.min === undefined && range.max === undefined)
      throw new InvalidInputError(`The filter "${name}" needs "min", "max" or both.`);
    if (range.min !== undefined && range.max !== undefined && Number(range.min) > Number(range.max))
      throw new InvalidInputError(`The filter "${name}" has its min above its max.`);
  }
  for (const name of ['issued', 'due', 'paid', 'received', 'lastChased'] as const) {
    const window = filters[name];
    if (window === undefined || window === 'never' || 'notSince' in window) continue;
    const { from, to } = resolveWindow(window, today);
    if (from !== undefined && to !== undefined && from > to)
      throw new InvalidInputError(`The window "${name}" ends (${to}) before it begins (${from}).`);
  }
}

const closed = (filters: Filters): boolean =>
  filters.status?.some((status) => status === 'paid' || status === 'void') ?? false;

function checkShape(question: Question): void {
  const { dataset, filters, measures, groupBy, order, compareWith } = question;
  const ability = abilities[dataset];
  for (const measure of measures)
    if (!ability.measures.includes(measure))
      refuse(
        `The dataset ${dataset} has no measure "${measure}".${dataset === 'customers' ? MONEY_HINT : ''}`,
        ability.measures,
      );
  for (const key of groupBy)
    if (!ability.groupings.includes(key))
      refuse(`The dataset ${dataset} cannot be grouped by "${key}".`, ability.groupings);
  if (groupBy.includes('week') && groupBy.includes('month'))
    throw new InvalidInputError('Group by week or by month, not by both.');
  if (order) {
    const grouped = measures.length > 0 || groupBy.length > 0;
    const orders = grouped ? ability.groupOrders : ability.rowOrders;
    if (!orders.includes(order.by))
      refuse(
        `${grouped ? 'Groups' : 'Rows'} of the dataset ${dataset} cannot be ordered by "${order.by}".`,
        orders,
      );
    if (grouped && order.by === 'period' && !groupBy.some((key) => key === 'week' || key === 'month'))
      throw new InvalidInputError('To order by period, group by week or month.');
    if (grouped && order.by === 'name' && !groupBy.some((key) => key !== 'week' && key !== 'month'))
      throw new InvalidInputError('To order by name, group by something that has one, such as customer.');
  }
  if (compareWith && 'field' in compareWith && !ability.filters.includes(compareWith.field))
    refuse(
      `The dataset ${dataset} has no day "${compareWith.field}" to compare by.`,
      ability.filters.filter((name) => ['issued', 'due', 'paid', 'received'].includes(name)),
    );
  if (closed(filters) && groupBy.includes('aging_bucket'))
    throw new InvalidInputError(
      'Only open invoices have an aging bucket: use the status open, overdue or not_due.',
    );
  if (closed(filters) && filters.daysOverdue)
    throw new InvalidInputError(
      'Only open invoices have days overdue: use the status open, overdue or not_due.',
    );
}

/**
 * Throws: InvalidInputError for a filter, status, measure, grouping or order that the dataset does not have, an
 * empty list, a range or window that is upside down; the message lists what is possible.
 */
export function checkQuestion(question: Question, today: string): void {
  checkFilters(question);
  checkRanges(question.filters, today);
  if (question.compareWith && 'field' in question.compareWith)
    checkRanges({ [question.compareWith.field]: question.compareWith.window }, today);
  checkShape(question);
}
