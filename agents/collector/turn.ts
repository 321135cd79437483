/** One turn of a conversation while it runs; it lives in memory only and is gone when the answer is given. */
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { SystemMessage } from '@langchain/core/messages';
import type { Context } from '../../src/ports/actor.ts';
import type { ToolUse, TurnEvent } from '../../src/ports/assistant.ts';
import type { ToolGroup } from '../../tools/index.ts';

/** A chat model for one turn, with the name that answers carry. */
export type TurnModel = { readonly name: string; readonly chat: BaseChatModel };

/** Bounds in code, whatever a model wants (steps are model calls). */
export const limits = {
  steps: 8,
  toolCalls: 12,
  rewrites: 1,
  retries: 1,
  toolOutputCharacters: 60_000,
  answerCharacters: 8_000,
  milliseconds: 90_000,
} as const;

export type Turn = {
  readonly question: string;
  readonly context: Context;
  readonly system: SystemMessage;
  readonly onEvent: (event: TurnEvent) => void;
  readonly signal: AbortSignal;
  /** Changes to the offline model when the chosen one is down. */
  model: TurnModel;
  readonly offline: TurnModel;
  /** What the person must know first, e.g. that the chosen model is down. */
  notice: string | null;
  uses: ToolUse[];
  /** Whose tools a hosted model is given beside those of the ledger. */
  group: ToolGroup;
  /** What the answer before asked back about (customers, payments): names, numbers and amounts may be said again. */
  askedBack: unknown;
  steps: number;
  toolCalls: number;
  rewrites: number;
  /** Replies that could not be used and were asked for again. */
  retries: number;
  answer: string;
};
