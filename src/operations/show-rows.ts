/** Shows the rows behind a figure that was answered before. */
import { NotFoundError } from '../domain/errors.ts';
import { ledgerMetricsInput } from '../domain/ledger-query/answers.ts';
import { type LedgerQuestionInput, ledgerQuestion } from '../domain/ledger-query/question.ts';
import type { LedgerResult } from '../domain/ledger-query/result.ts';
import { rowsOfMetric, rowsOfQuestion } from '../domain/ledger-query/rows-behind.ts';
import type { Context } from '../ports/actor.ts';
import { type Figure, findFigure } from '../store/figures.ts';
import { answerQuestion } from '../store/ledger-query/answer.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';

function rowsBehind(figure: Figure, limit: number | undefined): LedgerQuestionInput {
  if (figure.tool === 'query_ledger')
    return rowsOfQuestion(ledgerQuestion.parse(figure.input), figure.as_of, limit);
  if (figure.tool === 'ledger_metrics')
    return rowsOfMetric(ledgerMetricsInput.parse(figure.input), figure.as_of, limit);
  throw new NotFoundError(
    `Figure ${figure.id} (${figure.tool}) has no ledger rows behind it. Ask for invoices, payments or a metric, then for its rows.`,
  );
}

/**
 * The dataset's rows of the same filter and the same as-of day; of a metric, the invoices it looked at.
 *
 * Throws: NotFoundError when there is no such figure among the user's own, or the thread has none yet.
 */
export const createShowRows =
  (database: Database) =>
  (
    { figureId, limit }: { figureId?: number | undefined; limit?: number | undefined },
    context: Context,
  ): Promise<{ figureId: number; of: string; result: LedgerResult }> =>
    inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const figure = await findFigure(sql, context, figureId);
      if (!figure)
        throw new NotFoundError(
          figureId === undefined
            ? 'No figure was given in this conversation yet. Ask something about the ledger first, then for its rows.'
            : `There is no figure ${figureId} among those you asked for. Ask the question again, then for its rows.`,
        );
      const result = await answerQuestion(sql, ledgerQuestion.parse(rowsBehind(figure, limit)), context);
      return { figureId: figure.id, of: result.description, result };
    });
