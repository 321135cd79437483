/**
 * What the read operations of the ledger take and give: the same shapes are the typed inputs and outputs of the
 * agent's tools. Amounts are decimal text beside their currency; days are `YYYY-MM-DD`.
 */
import { z } from 'zod';
import { customerRef } from './result.ts';
import { day } from './window.ts';

const money = z.object({ currency: z.string(), amount: z.string() });

export const findCustomerInput = z.strictObject({
  name: z.string().min(1).max(200).describe('the name as the person wrote it, or a customer code'),
});

export const customerMatch = customerRef.extend({
  how: z
    .enum(['code', 'exact', 'alias', 'part', 'close'])
    .describe('part: has all the words; close: similar spelling'),
  parent: customerRef.nullable(),
  children: z.array(customerRef.extend({ country: z.string().nullable() })),
  country: z.string().nullable(),
  owner: z.string().nullable(),
  open: z.array(money.extend({ count: z.int() })).describe('open invoices, without children'),
});
export type CustomerMatch = z.infer<typeof customerMatch>;

export const findCustomerOutput = z.object({
  asked: z.string(),
  /** Set only when the name fits one customer, or one group's head (P-5); else the person is asked. */
  resolved: customerRef.nullable(),
  /** `one`: certain. `group`: the head of a group whose members share the name. `spelling`: the only close spelling; say so. */
  why: z.enum(['one', 'group', 'spelling', 'several', 'none']),
  matches: z.array(customerMatch).max(10),
});
export type FindCustomerOutput = z.infer<typeof findCustomerOutput>;

export const accountBriefInput = z
  .strictObject({
    customerId: z.int().positive().optional(),
    invoice: z.string().min(1).max(100).optional().describe('an invoice number'),
  })
  .refine(
    (value) => (value.customerId === undefined) !== (value.invoice === undefined),
    'give a customer or an invoice',
  );

const timelineEvent = z.object({
  day,
  kind: z.string(),
  summary: z.string(),
  actor: z.string().nullable(),
  invoice: z.string().nullable(),
});

const invoiceLine = z.object({
  number: z.string(),
  customer: customerRef,
  issuedOn: day,
  dueOn: day,
  currency: z.string(),
  amount: z.string(),
  open: z.string(),
  status: z.enum(['open', 'overdue', 'not_due', 'paid', 'void']),
  daysOverdue: z.int().describe('0 when not due or paid'),
  paidOn: day.nullable(),
  daysLate: z.int().nullable().describe('days from due to paid, for a paid one; negative = early'),
  poNumber: z.string().nullable(),
  disputed: z.boolean(),
});

export const accountBrief = z.object({
  asOf: day,
  customer: customerRef.extend({
    parent: customerRef.nullable(),
    children: z.array(customerRef),
    owner: z.string().nullable(),
    segment: z.string().nullable(),
    region: z.string().nullable(),
    country: z.string().nullable(),
    termsDays: z.int().nullable(),
  }),
  /** Only when an invoice was asked for. */
  invoice: invoiceLine
    .extend({
      applications: z.array(
        z.object({
          appliedOn: day,
          amount: z.string(),
          source: z.enum(['payment', 'credit', 'adjustment']),
          number: z.string(),
        }),
      ),
    })
    .nullable(),
  open: z.array(
    z.object({
      currency: z.string(),
      count: z.int(),
      open: z.string(),
      overdueCount: z.int(),
      overdue: z.string(),
      maxDaysOverdue: z.int(),
      unapplied: z.string(),
      credits: z.string(),
    }),
  ),
  openInvoices: z.array(invoiceLine).describe('oldest due first, at most 25'),
  habits: z
    .object({
      paidInvoices: z.int(),
      averageDaysToPay: z.string().nullable(),
      averageDaysLate: z.string().nullable(),
      medianDaysLate: z.string().nullable(),
      onTimeShare: z.string().nullable().describe('percent'),
      window: z.object({ from: day, to: day }),
    })
    .describe('last 12 months'),
  contacts: z.array(
    z.object({
      name: z.string().nullable(),
      email: z.string().nullable(),
      role: z.string().nullable(),
      primary: z.boolean(),
    }),
  ),
  promises: z.array(
    z.object({
      id: z.int(),
      currency: z.string(),
      amount: z.string(),
      payOn: day,
      madeOn: day,
      status: z.enum(['open', 'kept', 'partly_kept', 'broken', 'withdrawn']),
      received: z.string(),
      invoices: z.array(z.string()),
      quote: z.string().nullable(),
    }),
  ),
  disputes: z.array(
    z.object({
      id: z.int(),
      invoice: z.string(),
      reason: z.string(),
      currency: z.string(),
      amount: z.string(),
      owner: z.string().nullable(),
      openedOn: day,
      ageDays: z.int(),
      resolvedOn: day.nullable(),
    }),
  ),
  holds: z.array(
    z.object({ reason: z.string(), from: day, until: day.nullable(), invoice: z.string().nullable() }),
  ),
  messages: z.array(
    z.object({
      day,
      direction: z.enum(['in', 'out']),
      from: z.string(),
      subject: z.string().nullable(),
      excerpt: z.string(),
    }),
  ),
  timeline: z.array(timelineEvent).describe('newest first, at most 50'),
});
export type AccountBrief = z.infer<typeof accountBrief>;

export const metricNames = [
  'aging',
  'dso',
  'best_possible_dso',
  'average_days_delinquent',
  'cei',
  'concentration',
  'payer_habits',
] as const;

export const ledgerMetricsInput = z.strictObject({
  metric: z.enum(metricNames),
  method: z.enum(['count_back', 'simple']).optional().describe('DSO only; default count_back'),
  months: z
    .int()
    .min(1)
    .max(36)
    .optional()
    .describe('how many month ends (dso, cei), or the window of habits; default 1, habits 12'),
  currency: z
    .array(z.string().regex(/^[A-Z]{3}$/))
    .min(1)
    .optional(),
  customerIds: z.array(z.int().positive()).min(1).max(200).optional(),
  withChildren: z.boolean().default(false),
  owner: z.array(z.string().max(200)).min(1).optional(),
  region: z
    .array(z.enum(['AMER', 'EMEA', 'APAC']))
    .min(1)
    .optional(),
  segment: z.array(z.string().max(100)).min(1).optional(),
  excludeDisputed: z.boolean().default(false).describe('aging only'),
  asOf: day.optional(),
});
export type LedgerMetricsInput = z.infer<typeof ledgerMetricsInput>;

export const metricFigure = z.object({
  currency: z.string(),
  /** The headline value, e.g. "43.2" days or percent, or the total for aging; null when it cannot be computed. */
  value: z.string().nullable(),
  unit: z.enum(['days', '%', 'money']),
  /** Month ends, oldest first. */
  series: z
    .array(
      z.object({
        period: z.string(),
        value: z.string().nullable(),
        receivable: z.string(),
        billed: z.string(),
      }),
    )
    .optional(),
  buckets: z
    .array(z.object({ bucket: z.string(), count: z.int(), open: z.string(), share: z.string() }))
    .optional(),
  /** concentration: largest first; payer_habits: one row a customer. */
  customers: z
    .array(
      z.object({
        customer: customerRef,
        open: z.string().optional(),
        share: z.string().optional(),
        paidInvoices: z.int().optional(),
        averageDaysToPay: z.string().nullable().optional(),
        medianDaysToPay: z.string().nullable().optional(),
        averageDaysLate: z.string().nullable().optional(),
        medianDaysLate: z.string().nullable().optional(),
        onTimeShare: z.string().nullable().optional(),
      }),
    )
    .optional(),
  inputs: z.record(z.string(), z.string()).describe('the figures that went in, by name'),
});

export const ledgerMetricsOutput = z.object({
  metric: z.enum(metricNames),
  title: z.string().describe('e.g. "DSO (count-back)"'),
  method: z.string().describe('how it is calculated, in one or two sentences'),
  description: z.string().describe('the filter in words'),
  asOf: day,
  figures: z.array(metricFigure),
  notes: z.array(z.string()),
});
export type LedgerMetricsOutput = z.infer<typeof ledgerMetricsOutput>;

export const freshnessOutput = z.object({
  asOf: day,
  sources: z.array(
    z.object({ source: z.string(), syncedAt: z.string(), hoursAgo: z.int(), stale: z.boolean() }),
  ),
});
export type FreshnessOutput = z.infer<typeof freshnessOutput>;

export const exportTimelineOutput = z.object({
  subject: z.string(),
  fileName: z.string(),
  csv: z.string(),
  events: z.array(timelineEvent),
});
