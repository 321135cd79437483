/** What each dataset can be asked: everything else is refused by name, never ignored. */
import type { Dataset, Filters, Grouping, LedgerQuestion, Measure, orderKeys } from './question.ts';

export type FilterName = keyof Filters;
export type OrderKey = (typeof orderKeys)[number];
export type Status = NonNullable<Filters['status']>[number];
/** The days a window can be about. */
export type DayField = 'issued' | 'due' | 'paid' | 'received';

export type Ability = {
  readonly filters: readonly FilterName[];
  readonly statuses: readonly Status[];
  readonly measures: readonly Measure[];
  readonly groupings: readonly Grouping[];
  readonly rowOrders: readonly OrderKey[];
  readonly groupOrders: readonly OrderKey[];
  /** How rows are listed when nothing is said: the oldest first where there is an age (P-2). */
  readonly rowOrder: NonNullable<LedgerQuestion['order']>;
  /** Which day weeks and months are of when nothing points to another one. */
  readonly period?: DayField;
  /** Which day the age is counted from. */
  readonly ageFrom?: 'issued' | 'received' | 'paid';
  readonly hasAmount: boolean;
  readonly hasOpen: boolean;
};

const account = ['customer', 'owner', 'segment', 'region', 'country'] as const;
const accountGroups = ['customer', 'parent', 'owner', 'segment', 'region'] as const;
const contact = ['lastChased', 'chasedTimes', 'replied'] as const;
const standing = ['disputed', 'promised', 'onHold', 'firstTimeLate'] as const;
const ofAmount = ['sum_amount', 'average_amount', 'median_amount', 'share_of_amount'] as const;
const ofOpen = ['sum_open', 'average_open', 'median_open', 'share_of_open'] as const;
const documents = ['currency', 'amount', 'open', 'number', 'status', 'ageDays'] as const;
const periods = ['week', 'month'] as const;

const payables = {
  statuses: ['unapplied', 'partly_applied', 'applied'],
  measures: ['count', ...ofOpen, ...ofAmount, 'max_age_days'],
  groupings: [...accountGroups, 'currency', ...periods],
  hasAmount: true,
  hasOpen: true,
} as const;

export const abilities: Readonly<Record<Dataset, Ability>> = {
  customers: {
    filters: [...account, 'currency', ...contact, ...standing],
    statuses: [],
    measures: ['count'],
    groupings: [...accountGroups, 'currency'],
    rowOrders: ['name'],
    groupOrders: ['count', 'name'],
    rowOrder: { by: 'name', direction: 'asc' },
    hasAmount: false,
    hasOpen: false,
  },
  invoices: {
    filters: [...account, ...documents, 'issued', 'due', 'paid', 'daysOverdue', ...contact, ...standing],
    statuses: ['open', 'overdue', 'not_due', 'paid', 'void'],
    measures: [
      'count',
      ...ofOpen,
      ...ofAmount,
      'max_days_overdue',
      'oldest_due',
      'average_days_to_pay',
      'average_days_late',
      'median_days_late',
      'max_age_days',
    ],
    groupings: [...accountGroups, 'currency', 'aging_bucket', ...periods],
    rowOrders: ['open', 'amount', 'days_overdue', 'due', 'issued', 'age', 'name', 'days_late', 'days_to_pay'],
    groupOrders: [
      'open',
      'amount',
      'count',
      'days_overdue',
      'due',
      'issued',
      'age',
      'name',
      'days_late',
      'days_to_pay',
      'period',
    ],
    rowOrder: { by: 'due', direction: 'asc' },
    period: 'issued',
    ageFrom: 'issued',
    hasAmount: true,
    hasOpen: true,
  },
  credits: {
    ...payables,
    filters: [...account, ...documents, 'issued'],
    rowOrders: ['open', 'amount', 'issued', 'age', 'name'],
    groupOrders: ['open', 'amount', 'count', 'issued', 'age', 'name', 'period'],
    rowOrder: { by: 'issued', direction: 'asc' },
    period: 'issued',
    ageFrom: 'issued',
  },
  payments: {
    ...payables,
    filters: [...account, ...documents, 'received'],
    rowOrders: ['open', 'amount', 'received', 'age', 'name'],
    groupOrders: ['open', 'amount', 'count', 'received', 'age', 'name', 'period'],
    rowOrder: { by: 'received', direction: 'asc' },
    period: 'received',
    ageFrom: 'received',
  },
  applications: {
    filters: [...account, 'number', 'currency', 'amount', 'paid', 'ageDays'],
    statuses: [],
    measures: ['count', ...ofAmount, 'max_age_days'],
    groupings: [...accountGroups, 'currency', ...periods],
    rowOrders: ['age', 'amount', 'name'],
    groupOrders: ['amount', 'count', 'age', 'name', 'period'],
    rowOrder: { by: 'age', direction: 'asc' },
    period: 'paid',
    ageFrom: 'paid',
    hasAmount: true,
    hasOpen: false,
  },
  promises: {
    filters: [...account, ...documents, 'issued', 'due', ...contact],
    statuses: ['open', 'kept', 'partly_kept', 'broken', 'withdrawn'],
    measures: ['count', ...ofOpen, ...ofAmount, 'max_age_days'],
    groupings: [...accountGroups, 'currency', ...periods],
    rowOrders: ['open', 'amount', 'due', 'issued', 'age', 'name'],
    groupOrders: ['open', 'amount', 'count', 'due', 'issued', 'age', 'name', 'period'],
    rowOrder: { by: 'due', direction: 'asc' },
    period: 'due',
    ageFrom: 'issued',
    hasAmount: true,
    hasOpen: true,
  },
  disputes: {
    filters: [...account, ...documents, 'issued', 'due', ...contact],
    statuses: ['open', 'resolved'],
    measures: ['count', ...ofOpen, ...ofAmount, 'max_age_days'],
    groupings: [...accountGroups, 'currency', ...periods],
    rowOrders: ['open', 'amount', 'due', 'issued', 'age', 'name'],
    groupOrders: ['open', 'amount', 'count', 'due', 'issued', 'age', 'name', 'period'],
    rowOrder: { by: 'issued', direction: 'asc' },
    period: 'issued',
    ageFrom: 'issued',
    hasAmount: true,
    hasOpen: true,
  },
  timeline: {
    filters: [...account, 'number', 'issued', 'ageDays', 'kind'],
    statuses: [],
    measures: ['count', 'max_age_days'],
    groupings: [...accountGroups, ...periods],
    rowOrders: ['issued', 'age', 'name'],
    groupOrders: ['count', 'issued', 'age', 'name', 'period'],
    rowOrder: { by: 'issued', direction: 'desc' },
    period: 'issued',
    ageFrom: 'issued',
    hasAmount: false,
    hasOpen: false,
  },
};

/** What can stand on a timeline. */
export const eventKinds = [
  'issued',
  'delivered',
  'viewed',
  'chased',
  'replied',
  'called',
  'promised',
  'promise_withdrawn',
  'disputed',
  'dispute_resolved',
  'held',
  'hold_lifted',
  'paid',
  'partly_paid',
  'credited',
  'refunded',
  'reversed',
  'voided',
  'escalated',
  'note',
] as const;

/** Measures that are money, and so never leave the currency. */
export const isMoneyMeasure = (measure: Measure): boolean => /_(open|amount)$/.test(measure);
