/** From a figure to the rows it was made of, as a ledger question. */
import type { Day } from '../calendar.ts';
import type { LedgerMetricsInput } from './answers.ts';
import type { LedgerQuestion, LedgerQuestionInput } from './question.ts';
import { resolveWindow } from './window.ts';

/** The rows of the same filter: no measures, no groups, nothing compared. A list keeps its order. */
export function rowsOfQuestion(question: LedgerQuestion, asOf: Day, limit?: number): LedgerQuestionInput {
  const listed = question.measures.length === 0 && question.groupBy.length === 0;
  return {
    dataset: question.dataset,
    filters: question.filters,
    ...(listed && question.order && { order: question.order }),
    ...(limit !== undefined && { limit }),
    asOf,
  };
}

/** Months of payment behaviour that habits look back on when nothing is said. */
const HABIT_MONTHS = 12;

/**
 * The invoices a metric looks at on its as-of day: the paid ones of the window for payer habits, else the open ones.
 * A series is made of many days; its rows are those of the last one.
 */
export function rowsOfMetric(input: LedgerMetricsInput, asOf: Day, limit?: number): LedgerQuestionInput {
  const habits = input.metric === 'payer_habits';
  return {
    dataset: 'invoices',
    filters: {
      status: [habits ? 'paid' : 'open'],
      ...(habits && { paid: resolveWindow({ last: input.months ?? HABIT_MONTHS, unit: 'month' }, asOf) }),
      ...(input.customerIds && {
        customer: { ids: input.customerIds, withChildren: input.withChildren },
      }),
      ...(input.currency && { currency: input.currency }),
      ...(input.owner && { owner: input.owner }),
      ...(input.region && { region: input.region }),
      ...(input.segment && { segment: input.segment }),
      ...(input.metric === 'aging' && input.excludeDisputed && { disputed: false }),
    },
    ...(limit !== undefined && { limit }),
    asOf,
  };
}
