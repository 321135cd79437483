/** What a ledger question returns: figures as text, so that nothing between here and the reader can round them. */
import { z } from 'zod';
import { ledgerQuestion } from './question.ts';
import { day } from './window.ts';

export const customerRef = z.object({ id: z.int(), code: z.string(), name: z.string() });
export type CustomerRef = z.infer<typeof customerRef>;

/** One row of a dataset. Amounts are decimal text in `currency`; fields a dataset does not have are absent. */
export const ledgerRow = z.object({
  id: z.int(),
  number: z.string().optional().describe('invoice, credit or payment number'),
  customer: customerRef.nullable().optional(),
  parent: z.string().nullable().optional(),
  currency: z.string().optional(),
  amount: z.string().optional(),
  open: z.string().optional(),
  issuedOn: day.optional(),
  dueOn: day.nullable().optional(),
  paidOn: day.nullable().optional(),
  receivedOn: day.optional(),
  daysOverdue: z.int().optional(),
  ageDays: z.int().optional(),
  status: z.string().optional(),
  owner: z.string().nullable().optional().describe('account owner; of a dispute, who works on it'),
  segment: z.string().nullable().optional(),
  region: z.string().nullable().optional(),
  country: z.string().nullable().optional(),
  invoice: z.string().nullable().optional().describe('of an application, dispute, event'),
  payment: z.string().nullable().optional().describe('of an application'),
  payer: z.string().nullable().optional(),
  reference: z.string().nullable().optional(),
  method: z.string().nullable().optional(),
  reason: z.string().nullable().optional(),
  kind: z.string().optional(),
  summary: z.string().optional(),
  poNumber: z.string().nullable().optional(),
});
export type LedgerRow = z.infer<typeof ledgerRow>;

export const groupRow = z.object({
  customer: customerRef.nullable().optional(),
  parent: customerRef.nullable().optional(),
  currency: z.string().optional().describe('always there when money is measured'),
  agingBucket: z.string().optional(),
  owner: z.string().nullable().optional(),
  segment: z.string().nullable().optional(),
  region: z.string().nullable().optional(),
  period: z.string().optional().describe('week: its Monday; month: YYYY-MM'),
  values: z.partialRecord(z.string(), z.union([z.string(), z.int(), z.null()])),
  compared: z.partialRecord(z.string(), z.union([z.string(), z.int(), z.null()])).optional(),
});
export type GroupRow = z.infer<typeof groupRow>;

/** Over ALL rows of the filter, not only those shown. */
export const currencyTotal = z.object({
  currency: z.string(),
  count: z.int(),
  amount: z.string(),
  open: z.string(),
  shownOpen: z.string().optional().describe('sum of what is shown, where a limit cut the list'),
  shownShareOfOpen: z.string().optional().describe('percent with one decimal, e.g. "43.2"'),
});
export type CurrencyTotal = z.infer<typeof currencyTotal>;

export const ledgerResult = z.object({
  question: ledgerQuestion.describe('as it was run, defaults filled in'),
  description: z.string().describe('the filter in words, with resolved days'),
  asOf: day,
  rows: z.array(ledgerRow).optional(),
  groups: z.array(groupRow).optional(),
  rowCount: z.int().describe('rows (or groups) that fit, shown or not'),
  truncated: z.boolean(),
  totals: z.array(currencyTotal),
  comparedTotals: z.array(currencyTotal).optional(),
  comparedDescription: z.string().optional(),
  notes: z.array(z.string()).describe('what the reader must know, e.g. amounts in other currencies left out'),
});
export type LedgerResult = z.infer<typeof ledgerResult>;
