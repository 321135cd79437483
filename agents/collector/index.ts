/** The conversation agent: implements the assistant port over the graph, the tools and a model. */
import type { SystemMessage } from '@langchain/core/messages';
import type { BaseCheckpointSaver } from '@langchain/langgraph';
import { cardsFor } from '../../src/cards/answer-cards.ts';
import { RemyError } from '../../src/domain/errors.ts';
import type { Context } from '../../src/ports/actor.ts';
import type { Assistant } from '../../src/ports/assistant.ts';
import type { Tool } from '../../tools/index.ts';
import { createCollectorGraph } from './graph.ts';
import type { ToolLog } from './run-tools.ts';
import { limits, type Turn, type TurnModel } from './turn.ts';

/** The models and the prompt of one turn; made anew each time since day, asker and vocabulary change. */
export type Preparation = {
  readonly system: SystemMessage;
  readonly model: TurnModel;
  readonly offline: TurnModel;
};

export type CollectorParts = {
  readonly checkpointer: BaseCheckpointSaver & { deleteThread(threadId: string): Promise<void> };
  readonly tools: readonly Tool[];
  readonly prepare: (context: Context) => Promise<Preparation>;
  readonly explain: (error: unknown) => string;
  readonly log?: ToolLog;
  /** Drops what the newest checkpoint of a conversation has made useless. */
  readonly tidy?: (threadId: string) => Promise<void>;
};

/** A thread belongs to its tenant and, until surfaces with audiences exist, to the person who began it. */
const threadIdOf = (context: Context): string =>
  `t${context.actor.tenantId}:u${context.actor.userId}:${context.thread}`;

export function createCollector(parts: CollectorParts): Assistant {
  const turns = new Map<string, Turn>();
  const graph = createCollectorGraph({
    checkpointer: parts.checkpointer,
    tools: parts.tools,
    explain: parts.explain,
    log: parts.log ?? (() => undefined),
    turnOf: (threadId) => {
      const turn = turns.get(threadId);
      if (!turn) throw new Error('no turn is running on this thread');
      return turn;
    },
  });
  return {
    reply: async (question, context, onEvent, signal) => {
      const threadId = threadIdOf(context);
      if (turns.has(threadId)) throw new Error('a turn is already running on this thread');
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(limits.milliseconds)]);
      const prepared = await parts.prepare(context);
      const turn: Turn = {
        question,
        context,
        onEvent,
        signal: bounded,
        ...prepared,
        notice: null,
        uses: [],
        group: 'chase',
        askedBack: null,
        steps: 0,
        toolCalls: 0,
        rewrites: 0,
        retries: 0,
        answer: '',
      };
      turns.set(threadId, turn);
      try {
        await graph.invoke(
          { question },
          { configurable: { thread_id: threadId }, durability: 'exit', recursionLimit: 60, signal: bounded },
        );
        await parts.tidy?.(threadId);
      } catch (cause) {
        if (!signal.aborted && bounded.aborted)
          throw new RemyError(
            'turn_timeout',
            'This took too long and was stopped. Nothing was changed; try a narrower question.',
            {
              cause,
              retryable: true,
            },
          );
        throw cause;
      } finally {
        turns.delete(threadId);
      }
      return { answer: turn.answer, tools: turn.uses, cards: cardsFor(turn.uses), model: turn.model.name };
    },
    forget: async (context) => parts.checkpointer.deleteThread(threadIdOf(context)),
  };
}
