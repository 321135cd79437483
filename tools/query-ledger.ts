import { z } from 'zod';
import { ledgerQuestion } from '../src/domain/ledger-query/question.ts';
import { ledgerResult } from '../src/domain/ledger-query/result.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Lists, counts, sums and ranks anything in the ledger. */
export const createQueryLedgerTool = ({ queryLedger }: Pick<Operations, 'queryLedger'>) =>
  defineTool({
    name: 'query_ledger',
    effect: 'read',
    description:
      'Ask the ledger a typed question: rows of a dataset, or measures grouped by something. Amounts are per currency and never converted. `totals` cover everything that fits, `rows`/`groups` what is shown. For aging, DSO, CEI and payer habits use ledger_metrics.',
    input: ledgerQuestion,
    output: ledgerResult.extend({ figureId: z.int() }),
    run: queryLedger,
  });
