/** What was said in a conversation before, for a surface that shows it again. */

import type { Actor } from '../ports/actor.ts';
import { type Answer, answer } from '../ports/assistant.ts';
import { threadHistory } from '../store/chat-turns.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';

export type PastExchange = { question: string; answer: Answer | null };

/** The user's own turns, oldest first; `answer` is null where the turn failed or still runs. */
export const createThreadHistory =
  (database: Database) =>
  async (thread: string, actor: Actor): Promise<PastExchange[]> => {
    const turns = await inTenant(database.pool, actor.tenantId, (sql) =>
      threadHistory(sql, thread, actor.userId),
    );
    return turns.map(({ text, answer: stored }) => ({
      question: text,
      answer: answer.safeParse(stored).data ?? null,
    }));
  };
