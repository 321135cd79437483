/** The operations that tools call; the composition root makes them. */
import type { z } from 'zod';
import type {
  AccountBrief,
  accountBriefInput,
  exportTimelineOutput,
  FindCustomerOutput,
  FreshnessOutput,
  findCustomerInput,
  LedgerMetricsInput,
  LedgerMetricsOutput,
} from '../src/domain/ledger-query/answers.ts';
import type { LedgerQuestion } from '../src/domain/ledger-query/question.ts';
import type { LedgerResult } from '../src/domain/ledger-query/result.ts';
import type { Context } from '../src/ports/actor.ts';

type Operation<Input, Output> = (input: Input, context: Context) => Promise<Output>;

export type Operations = {
  findCustomer: Operation<z.output<typeof findCustomerInput>, FindCustomerOutput>;
  queryLedger: Operation<LedgerQuestion, LedgerResult & { figureId: number }>;
  accountBrief: Operation<z.output<typeof accountBriefInput>, AccountBrief>;
  ledgerMetrics: Operation<LedgerMetricsInput, LedgerMetricsOutput & { figureId: number }>;
  showRows: Operation<
    { figureId?: number | undefined; limit?: number | undefined },
    { figureId: number; of: string; result: LedgerResult }
  >;
  dataFreshness: Operation<Record<string, never>, FreshnessOutput>;
  exportTimeline: Operation<z.output<typeof accountBriefInput>, z.output<typeof exportTimelineOutput>>;
};
