/** What a conversation keeps from one turn to the next. */
import { type BaseMessage, isAIMessage, isHumanMessage, isToolMessage } from '@langchain/core/messages';

const TURNS_KEPT = 10;
const TURNS_WITH_TOOLS = 2;

/** Splits at each message of the person. */
const turnsOf = (messages: readonly BaseMessage[]): BaseMessage[][] => {
  const turns: BaseMessage[][] = [];
  for (const message of messages) {
    if (isHumanMessage(message)) turns.push([message]);
    else turns.at(-1)?.push(message);
  }
  return turns;
};

const withoutTools = (turn: BaseMessage[]): BaseMessage[] =>
  turn.filter((message) => !isToolMessage(message) && !(isAIMessage(message) && message.tool_calls?.length));

/** A turn that failed half-way has no closing words; it would leave a question or a tool call without an answer. */
const isComplete = (turn: BaseMessage[]): boolean => {
  const last = turn.at(-1);
  return last !== undefined && isAIMessage(last) && !last.tool_calls?.length;
};

/**
 * Keeps the last ten turns, and tool outputs of the last two only: a thread may go on for months, and every message
 * is stored and sent again with each turn. Whole turns go, so no tool call is left without its result.
 */
export function pruneHistory(messages: readonly BaseMessage[]): BaseMessage[] {
  const turns = turnsOf(messages).filter(isComplete).slice(-TURNS_KEPT);
  return turns.flatMap((turn, index) =>
    index < turns.length - TURNS_WITH_TOOLS ? withoutTools(turn) : turn,
  );
}

/** Up to and with the person's own question of this turn; notes to the model that followed it are not kept. */
export function rewindToQuestion(messages: readonly BaseMessage[], question: string): BaseMessage[] {
  const at = messages.findLastIndex((message) => isHumanMessage(message) && message.content === question);
  return messages.slice(0, at + 1);
}
