/** From slots to one typed question of the ledger. Defaults that a reader must know are in the answer's description. */

import { InvalidInputError } from '../../../src/domain/errors.ts';
import { checkQuestion } from '../../../src/domain/ledger-query/check.ts';
import { type LedgerQuestionInput, ledgerQuestion } from '../../../src/domain/ledger-query/question.ts';
import { resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import type { OfflineContext } from '../grammar/context.ts';
import type { Slots } from '../slots.ts';
import { type Filters, flow, groupOrder, measuresOf, rowOrder } from './arrange.ts';
import { call, calls, type Plan, say } from './plan.ts';
import { planShare } from './share.ts';

type Dataset = LedgerQuestionInput['dataset'];

/** Rows shown when nobody said how many; the totals are over all rows anyway. */
const LIST_LIMIT = 50;
const RANK_LIMIT = 10;

const oneCustomerOnly = ['onHold', 'lastChased', 'chasedTimes', 'replied'] as const;

/** Customers are counted through their invoices, unless the question is about the customers alone. */
function datasetOf(slots: Slots): Dataset {
  const { filters, dataset } = slots;
  if (dataset && dataset !== 'customers') return dataset;
  if (slots.ask === 'who' && filters.paid && !filters.status) return 'payments';
  const aboutMoney =
    filters.status ||
    slots.days ||
    slots.money ||
    filters.due ||
    filters.issued ||
    filters.paid ||
    filters.disputed !== undefined ||
    filters.promised !== undefined ||
    filters.firstTimeLate ||
    slots.superlative;
  if (aboutMoney) return 'invoices';
  if (filters.received) return 'payments';
  const customerOnly = oneCustomerOnly.some((key) => filters[key] !== undefined);
  if (dataset === 'customers' || (slots.ask === 'who' && customerOnly)) return 'customers';
  return 'invoices';
}

/** Which day a window without a word is about; null when it has to be asked back. */
function fieldOfWhen(
  dataset: Dataset,
  slots: Slots,
  filters: Filters,
): 'issued' | 'due' | 'paid' | 'received' | null {
  if (dataset === 'payments') return 'received';
  if (dataset === 'applications') return 'paid';
  if (dataset === 'promises') return 'due';
  if (dataset !== 'invoices') return 'issued';
  if (filters.status?.includes('paid') && !filters.status.includes('open')) return 'paid';
  const stock =
    (filters.status?.includes('open') || filters.status?.includes('overdue')) &&
    slots.ask !== 'list' &&
    slots.ask !== 'who' &&
    slots.ask !== undefined &&
    !filters.status.includes('paid');
  if (stock) return null;
  return filters.status?.includes('overdue') ? 'due' : 'issued';
}

function filtersOf(slots: Slots, dataset: Dataset): Filters | string {
  const filters: Filters = { ...slots.filters };
  if (slots.customers?.length)
    filters.customer = {
      ids: slots.customers.map((each) => each.id),
      ...(slots.group ? { withChildren: true } : {}),
    };
  else if (slots.exceptCustomers?.length)
    filters.customer = { ids: slots.exceptCustomers.map((each) => each.id), except: true };
  if (slots.customers?.length && slots.mine) delete filters.owner;
  if (slots.invoices?.length) filters.number = slots.invoices;
  if (dataset === 'payments' && filters.paid && !filters.received) {
    filters.received = filters.paid;
    delete filters.paid;
  }
  if (slots.when) {
    const field = fieldOfWhen(dataset, slots, filters);
    if (field === null) return 'field';
    if (filters[field]) return 'two windows';
    filters[field] = slots.when;
  }
  if (slots.days) {
    const { min, max, kind } = slots.days;
    const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
    const overdue = dataset === 'invoices' && (kind !== 'age' || filters.status?.includes('overdue'));
    if (dataset === 'customers') return 'days';
    filters[overdue ? 'daysOverdue' : 'ageDays'] = range;
  }
  if (dataset === 'invoices' && !filters.status && !filters.number)
    filters.status = statusDefault(slots, filters);
  if (dataset === 'disputes' && !filters.status) filters.status = ['open'];
  if (dataset === 'credits' && !filters.status && !filters.issued)
    filters.status = ['unapplied', 'partly_applied'];
  if (dataset === 'promises' && !filters.status && !filters.due && !filters.issued)
    filters.status =
      slots.customers?.length && (slots.ask === undefined || slots.ask === 'list')
        ? ['open', 'kept', 'partly_kept', 'broken', 'withdrawn']
        : ['open'];
  if (slots.money) filters[flow(dataset, filters) ? 'amount' : 'open'] = slots.money;
  return filters;
}

function statusDefault(slots: Slots, filters: Filters): NonNullable<Filters['status']> {
  if (filters.paid) return ['paid'];
  if (filters.firstTimeLate || (filters.daysOverdue?.min ?? 0) > 0)
    return filters.firstTimeLate ? ['overdue'] : ['open'];
  if (
    filters.issued ||
    slots.ask === 'average' ||
    slots.ask === 'median' ||
    (slots.ask === 'count' && slots.noun && slots.customers?.length)
  )
    return ['open', 'paid'];
  return ['open'];
}

function groupsOf(slots: Slots, dataset: Dataset): NonNullable<LedgerQuestionInput['groupBy']> {
  const ranked = slots.ask === 'who' && slots.dataset === 'customers' && slots.noun && dataset === 'invoices';
  if (slots.groupBy?.length)
    return ranked && !slots.groupBy.includes('customer') && slots.groupBy.length < 3
      ? [...slots.groupBy, 'customer']
      : slots.groupBy;
  const whole = slots.ask === 'total' || slots.ask === 'average' || slots.ask === 'median';
  const who =
    slots.ask === 'who' ||
    (slots.dataset === 'customers' &&
      (!whole || slots.superlative !== undefined || slots.limit !== undefined)) ||
    (slots.ask === 'share' && slots.superlative !== undefined);
  if (who && (dataset === 'invoices' || dataset === 'payments' || dataset === 'credits')) return ['customer'];
  return [];
}

const fieldQuestion = (slots: Slots): Plan =>
  say(
    'For those days, do you mean invoices issued, due or paid in them? Say "issued", "due" or "paid", or "as of" and a day for the books as they stood then.',
    slots.when ? { kind: 'field' } : null,
  );

function compareOf(
  slots: Slots,
  filters: Filters,
  dataset: Dataset,
  today: string,
): LedgerQuestionInput['compareWith'] | string {
  const { compare } = slots;
  if (!compare) return undefined;
  const field = (['received', 'paid', 'issued', 'due'] as const).find((each) => filters[each] !== undefined);
  if (flow(dataset, filters) && field && 'window' in compare) return { field, window: compare.window };
  if ('asOf' in compare) return { asOf: compare.asOf };
  const to = resolveWindow(compare.window, today).to;
  return to && to < today && !field ? { asOf: to } : 'compare';
}

/** The call, or why the ledger cannot be asked that: nothing is ever left out of a question silently. */
function asked(input: LedgerQuestionInput, today: string): Plan {
  const planned = call('query_ledger', input);
  try {
    checkQuestion(ledgerQuestion.parse(planned.args), today);
    return calls(planned);
  } catch (error) {
    if (error instanceof InvalidInputError) return say(`I cannot ask the ledger that: ${error.message}`);
    throw error;
  }
}

/** Why groups and limits cannot be had that way; null when they can. */
function notGrouped(
  slots: Slots,
  dataset: Dataset,
  filters: Filters,
  groupBy: readonly string[],
): string | null {
  if (slots.money && groupBy.length > 0)
    return 'I can filter single invoices by amount, not totals of a group. Try "customers by open amount", or "open invoices over" and an amount.';
  if (dataset === 'disputes' && filters.status?.includes('resolved') && slots.when)
    return 'I can filter disputes by the day they were opened, not by the day they were resolved.';
  if (slots.withinEach && slots.limit && groupBy.length > 1)
    return 'I rank over all groups together, not within each of them. Ask for a single group, e.g. the top customers in EMEA, or leave the limit out.';
  if (slots.ask === 'count' && slots.dataset === 'customers' && groupBy.length > 0 && dataset !== 'customers')
    if (groupBy.length > 1 || groupBy[0] !== 'customer')
      return 'I can count customers in all, or list them; not count them by group.';
  if (
    slots.ask === 'share' &&
    filters.status?.includes('overdue') &&
    slots.groupBy &&
    !slots.shareOfOverdue &&
    !slots.superlative
  )
    return 'I can give the share of each group in a total, not what share of each group is overdue. Try "share of overdue by region".';
  return null;
}

/** The question behind the slots, or what has to be said instead. */
export function planQuery(slots: Slots, context: OfflineContext): Plan {
  if (slots.customers?.length && slots.exceptCustomers?.length)
    return say('I can show the customers that you name, or all but those; not both at once.');
  const dataset = datasetOf(slots);
  const filters = filtersOf(slots, dataset);
  if (filters === 'field') return fieldQuestion(slots);
  if (filters === 'two windows')
    return say(
      'That names several stretches of days for the same thing. Name a single stretch, e.g. "invoices issued in June" or "invoices due next week".',
    );
  if (filters === 'days')
    return say('I cannot filter customers by days alone. Ask e.g. "who is overdue", with a number of days.');
  if (typeof filters === 'string') return say('I cannot read those days.');
  const groupBy = groupsOf(slots, dataset);
  const refused = notGrouped(slots, dataset, filters, groupBy);
  if (refused) return say(refused);
  if (slots.ask === 'share' && groupBy.length === 0) return planShare(slots, filters);
  const compareWith = compareOf(slots, filters, dataset, context.today);
  if (typeof compareWith === 'string')
    return say(
      'I can compare a total with an earlier day or month. Try "overdue compared with last month", or "payments received this month compared with last month".',
    );
  const lists =
    groupBy.length === 0 &&
    !compareWith &&
    ((slots.ask === 'total' && (slots.limit !== undefined || slots.superlative !== undefined)) ||
      slots.ask === undefined ||
      slots.ask === 'list' ||
      slots.ask === 'who' ||
      slots.ask === 'yes_no');
  const cutOff = groupBy.includes('customer') || groupBy.includes('parent');
  const question: LedgerQuestionInput = {
    dataset,
    filters,
    measures: lists ? [] : measuresOf(slots, dataset, filters),
    groupBy,
    order: lists
      ? rowOrder(dataset, filters, slots)
      : groupBy.length > 0
        ? groupOrder(groupBy, dataset, filters, slots)
        : undefined,
    limit:
      slots.limit && (lists || groupBy.length > 0)
        ? slots.limit
        : lists
          ? LIST_LIMIT
          : cutOff
            ? slots.superlative && !slots.groupBy
              ? RANK_LIMIT
              : LIST_LIMIT
            : undefined,
    compareWith,
    asOf: slots.asOf,
  };
  return asked(question, context.today);
}
