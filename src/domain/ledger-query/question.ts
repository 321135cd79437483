/**
 * The typed question over the ledger: what the agent asks, what the compiler turns into SQL,
 * and what "how was this computed" shows. It never holds free text for the database.
 */
import { z } from 'zod';
import { day, dayWindow } from './window.ts';

export const datasets = [
  'customers',
  'invoices',
  'credits',
  'payments',
  'applications',
  'promises',
  'disputes',
  'timeline',
] as const;
export type Dataset = (typeof datasets)[number];

/** `amount` is the document's own; `open` is what is left: owed on an invoice, unapplied on a payment or credit, missing on a promise, the invoice's open amount on a dispute. */
export const measures = [
  'count',
  'sum_open',
  'sum_amount',
  'average_open',
  'average_amount',
  'median_open',
  'median_amount',
  'share_of_open',
  'share_of_amount',
  'max_days_overdue',
  'oldest_due',
  'average_days_to_pay',
  'average_days_late',
  'median_days_late',
  'max_age_days',
] as const;
export type Measure = (typeof measures)[number];

export const groupings = [
  'customer',
  'parent',
  'currency',
  'aging_bucket',
  'owner',
  'segment',
  'region',
  'week',
  'month',
] as const;
export type Grouping = (typeof groupings)[number];

const decimal = z.string().regex(/^\d{1,15}(\.\d{1,4})?$/, 'a plain decimal such as "5000.00"');
const decimalRange = z
  .strictObject({ min: decimal.optional(), max: decimal.optional() })
  .describe('in major units of each row\'s own currency, both ends count: {"min":"5000"}');
const intRange = z.strictObject({ min: z.int().optional(), max: z.int().optional() });

export const customerFilter = z.strictObject({
  ids: z.array(z.int().positive()).min(1).max(200).describe('ids from find_customer'),
  withChildren: z.boolean().default(false).describe('also all customers below them in the group'),
  except: z.boolean().optional().describe('all but these'),
});

export const filters = z.strictObject({
  customer: customerFilter.optional(),
  number: z
    .array(z.string().min(1).max(100))
    .max(50)
    .optional()
    .describe('invoice, credit or payment numbers'),
  status: z
    .array(
      z.enum([
        'open',
        'overdue',
        'not_due',
        'paid',
        'void',
        'kept',
        'partly_kept',
        'broken',
        'withdrawn',
        'resolved',
        'unapplied',
        'partly_applied',
        'applied',
      ]),
    )
    .min(1)
    .optional()
    .describe(
      'invoices: open (anything owed), overdue, not_due, paid, void; credits/payments: unapplied (anything left), partly_applied, applied; promises: open, kept, partly_kept, broken, withdrawn; disputes: open, resolved',
    ),
  currency: z
    .array(z.string().regex(/^[A-Z]{3}$/))
    .min(1)
    .optional(),
  amount: decimalRange.optional(),
  open: decimalRange.optional(),
  issued: dayWindow
    .optional()
    .describe('invoices, credits: issue day; disputes: opened; promises: made; timeline: happened'),
  due: dayWindow.optional().describe('invoices: due day; promises: the promised day; disputes: answer due'),
  paid: dayWindow.optional().describe('invoices: day it was fully paid; applications: day applied'),
  received: dayWindow.optional().describe('payments: day received'),
  daysOverdue: intRange
    .optional()
    .describe('invoices: days past due on the as-of day (open ones only); negative = not due yet'),
  ageDays: intRange
    .optional()
    .describe('days since issued / opened / made / received / applied on the as-of day'),
  owner: z
    .array(z.string().max(200))
    .min(1)
    .optional()
    .describe('account owner: email or name; of disputes, who works on it'),
  segment: z.array(z.string().max(100)).min(1).optional(),
  region: z
    .array(z.enum(['AMER', 'EMEA', 'APAC']))
    .min(1)
    .optional(),
  country: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .optional(),
  lastChased: z
    .union([dayWindow, z.literal('never'), z.strictObject({ notSince: day })])
    .optional()
    .describe(
      'day of the last chase of the customer (of the invoice, where the chase named it); notSince: last chased before that day, or never',
    ),
  chasedTimes: intRange
    .optional()
    .describe('how often the customer was chased since its last reply or payment'),
  replied: z
    .boolean()
    .optional()
    .describe('true: answered after the last chase; false: chased and not answered since'),
  disputed: z.boolean().optional(),
  promised: z.boolean().optional().describe('has an open promise'),
  onHold: z.boolean().optional(),
  firstTimeLate: z.boolean().optional().describe('customer is late now and never was before'),
  kind: z
    .array(z.string().max(40))
    .min(1)
    .optional()
    .describe('timeline: event kinds such as chased, paid, promised'),
});
export type Filters = z.infer<typeof filters>;

export const orderKeys = [
  'open',
  'amount',
  'count',
  'days_overdue',
  'due',
  'issued',
  'received',
  'age',
  'name',
  'days_late',
  'days_to_pay',
  'period',
] as const;

export const comparison = z.union([
  z
    .strictObject({ asOf: day })
    .describe('the same question as the books stood on an earlier day (open amounts of that day)'),
  z
    .strictObject({ field: z.enum(['issued', 'due', 'paid', 'received']), window: dayWindow })
    .describe('the same question with that window instead'),
]);

export const ledgerQuestion = z.strictObject({
  dataset: z.enum(datasets),
  filters: filters.default({}),
  measures: z.array(z.enum(measures)).max(6).default([]).describe('none = list the rows themselves'),
  groupBy: z.array(z.enum(groupings)).max(3).default([]),
  order: z
    .strictObject({ by: z.enum(orderKeys), direction: z.enum(['asc', 'desc']).default('desc') })
    .optional(),
  limit: z.int().min(1).max(500).optional().describe('per currency where money is ranked'),
  compareWith: comparison.optional(),
  asOf: day.optional().describe('default: today'),
});
export type LedgerQuestion = z.infer<typeof ledgerQuestion>;
export type LedgerQuestionInput = z.input<typeof ledgerQuestion>;

/** Standard aging buckets by days past due (policy P-3). */
export const agingBuckets = ['not_due', '1-30', '31-60', '61-90', '90+'] as const;
export type AgingBucket = (typeof agingBuckets)[number];
