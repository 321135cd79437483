/**
 * What one message says, as the grammar understood it: every word of it ended in one of these slots, is a name, or
 * is harmless. Follow-ups are merged into the last question's slots, so they are plain JSON and checked when read.
 */
import { z } from 'zod';
import { metricNames } from '../../src/domain/ledger-query/answers.ts';
import { datasets, filters, groupings, measures, orderKeys } from '../../src/domain/ledger-query/question.ts';
import { customerRef } from '../../src/domain/ledger-query/result.ts';
import { day, dayWindow } from '../../src/domain/ledger-query/window.ts';
import { cashSlots } from './cash/slots.ts';
import { chaseSlots } from './chasing/slots.ts';

/** What is asked of one account or invoice; answered from its brief. */
export const briefAsks = [
  'story',
  'contact',
  'owner',
  'replied',
  'changed',
  'terms',
  'po',
  'paid_yet',
  'past_due',
  'due_day',
  'invoice',
  'promises',
  'disputes',
  'holds',
  'parent',
  'last_chase',
] as const;

/** What is asked of the ledger as a whole. */
export const ledgerAsks = ['list', 'who', 'total', 'count', 'average', 'median', 'share', 'yes_no'] as const;

/** Questions about the conversation or the program itself. */
export const talkAsks = [
  'rows',
  'how',
  'freshness',
  'export',
  'help',
  'greeting',
  'thanks',
  'viewer_scope',
] as const;

export const resolvedCustomer = customerRef.extend({
  country: z.string().nullable().default(null),
  /** Members of the same group that are not counted in. */
  others: z.array(z.string()).max(20).default([]),
  /** What was typed, where it was a guess by spelling. */
  typed: z.string().nullable().default(null),
});
export type ResolvedCustomer = z.infer<typeof resolvedCustomer>;

export const slots = z.strictObject({
  talk: z.enum(talkAsks).optional(),
  /** Set when the message is about chasing; it then asks nothing of the ledger. */
  chase: chaseSlots.optional(),
  /** Set when it is about where payments go. */
  cash: cashSlots.optional(),
  brief: z.enum(briefAsks).optional(),
  /** "Terms and contact": a second thing asked of the same account. */
  alsoBrief: z.enum(briefAsks).optional(),
  ask: z.enum(ledgerAsks).optional(),
  metric: z.enum(metricNames).optional(),
  method: z.enum(['count_back', 'simple']).optional(),
  explain: z.boolean().optional(),
  dataset: z.enum(datasets).optional(),
  /** The dataset was named by its noun ("invoices"), not only implied by a verb. */
  noun: z.boolean().optional(),
  filters: filters.default({}),
  /** Days without a word that says which: decided by the dataset. */
  when: dayWindow.optional(),
  days: z
    .strictObject({
      min: z.int().optional(),
      max: z.int().optional(),
      kind: z.enum(['overdue', 'age', 'any']),
      bucket: z.boolean().optional(),
    })
    .optional(),
  money: z.strictObject({ min: z.string().optional(), max: z.string().optional() }).optional(),
  /** "went overdue": the window is of the day it became late. */
  became: z.boolean().optional(),
  groupBy: z.array(z.enum(groupings)).max(3).optional(),
  order: z.strictObject({ by: z.enum(orderKeys).optional(), direction: z.enum(['asc', 'desc']) }).optional(),
  superlative: z.enum(['biggest', 'smallest', 'oldest', 'newest', 'worst', 'best']).optional(),
  limit: z.int().min(1).max(500).optional(),
  measures: z.array(z.enum(measures)).max(6).optional(),
  compare: z.union([z.strictObject({ asOf: day }), z.strictObject({ window: dayWindow })]).optional(),
  asOf: day.optional(),
  months: z.int().min(1).max(36).optional(),
  mine: z.boolean().optional(),
  /** A share of what is overdue, not of all that is open. */
  shareOfOverdue: z.boolean().optional(),
  /** Ranked within each group ("top 5 per region"), which the ledger does not do. */
  withinEach: z.boolean().optional(),
  /** The whole group below the customer. */
  group: z.boolean().optional(),
  customers: z.array(resolvedCustomer).max(20).optional(),
  /** All but these. */
  exceptCustomers: z.array(resolvedCustomer).max(20).optional(),
  invoices: z.array(z.string().max(100)).max(50).optional(),
  contactRole: z.string().max(40).optional(),
  /** Typing errors that were read as another word: "invocies" as "invoices". */
  readAs: z.array(z.string()).max(10).optional(),
});
export type Slots = z.infer<typeof slots>;
