import { z } from 'zod';
import { ledgerMetricsInput, ledgerMetricsOutput } from '../src/domain/ledger-query/answers.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Aging, DSO, best possible DSO, average days delinquent, CEI, concentration, payer habits. */
export const createLedgerMetricsTool = ({ ledgerMetrics }: Pick<Operations, 'ledgerMetrics'>) =>
  defineTool({
    name: 'ledger_metrics',
    effect: 'read',
    description:
      'Standard receivables metrics per currency, with the method in words. `months` gives a series over month ends. Always name the method in the answer.',
    input: ledgerMetricsInput,
    output: ledgerMetricsOutput.extend({ figureId: z.int() }),
    run: ledgerMetrics,
  });
