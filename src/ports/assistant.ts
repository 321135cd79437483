/** The conversation agent behind one port: one message in, one checked answer out. */
import { z } from 'zod';
import { card } from '../cards/card.ts';
import type { Context } from './actor.ts';

export const toolUse = z.object({ name: z.string(), input: z.unknown(), output: z.unknown() });
export type ToolUse = z.infer<typeof toolUse>;

export const sourceFreshness = z.object({ source: z.string(), syncedAt: z.string() });

export const answer = z.object({
  thread: z.string(),
  answer: z.string(),
  tools: z.array(toolUse),
  cards: z.array(card),
  /** The model that wrote the answer: `offline` or a vendor's name. */
  model: z.string(),
  asOf: z.string(),
  sources: z.array(sourceFreshness),
});
export type Answer = z.infer<typeof answer>;

/** What happens while a turn runs. Text comes in pieces; `replace` drops what came before. */
export type TurnEvent =
  | { type: 'progress'; text: string }
  | { type: 'text'; text: string }
  | { type: 'replace' };

/** What the agent itself gives back; freshness is added by the operation. */
export type AssistantReply = Pick<Answer, 'answer' | 'tools' | 'cards' | 'model'>;

export type Assistant = {
  /**
   * One turn of the thread. Never throws for a model's fault: it answers what is wrong and what still works.
   * Turns of one thread must not run at the same time; the caller sees to that.
   */
  reply(
    text: string,
    context: Context,
    onEvent: (event: TurnEvent) => void,
    signal: AbortSignal,
  ): Promise<AssistantReply>;
  /** Forgets the conversation. */
  forget(context: Context): Promise<void>;
};
