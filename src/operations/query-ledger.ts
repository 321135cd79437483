/** Answers a typed question over the ledger and keeps it as a figure. */
import { InvalidInputError } from '../domain/errors.ts';
import { type LedgerQuestionInput, ledgerQuestion } from '../domain/ledger-query/question.ts';
import type { LedgerResult } from '../domain/ledger-query/result.ts';
import type { Context } from '../ports/actor.ts';
import { saveFigure } from '../store/figures.ts';
import { answerQuestion } from '../store/ledger-query/answer.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';

/**
 * Runs the question and stores it, with days resolved, as the figure that show_rows goes back to.
 *
 * Amounts are decimal text per currency; nothing is summed over currencies (P-1).
 * Throws: InvalidInputError, NotFoundError, NotAllowedError as `answerQuestion` does.
 */
export const createQueryLedger =
  (database: Database) =>
  async (input: LedgerQuestionInput, context: Context): Promise<LedgerResult & { figureId: number }> => {
    const parsed = ledgerQuestion.safeParse(input);
    if (!parsed.success)
      throw new InvalidInputError(
        `The question cannot be read: ${parsed.error.issues.map((each) => `${each.path.join('.')}: ${each.message}`).join('; ')}`,
        { cause: parsed.error },
      );
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const result = await answerQuestion(sql, parsed.data, context);
      const figureId = await saveFigure(sql, context, {
        tool: 'query_ledger',
        input: result.question,
        asOf: result.asOf,
      });
      return { ...result, figureId };
    });
  };
