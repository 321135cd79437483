/** Reads the message list: the last question, what its tools said so far, and what the turn before left behind. */
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { type Frame, type PlannedCall, readFrame } from './frame.ts';

export type ToolResult = { call: PlannedCall; output: unknown };

export type History = {
  question: string;
  /** Of the running turn only. */
  results: ToolResult[];
  /** Model calls of the running turn so far. */
  steps: number;
  frame: Frame | null;
};

export const textOf = (message: BaseMessage): string =>
  typeof message.content === 'string'
    ? message.content
    : message.content
        .map((part) => ('text' in part && typeof part.text === 'string' ? part.text : ''))
        .join(' ');

function outputIn(message: ToolMessage): unknown {
  try {
    return JSON.parse(textOf(message));
  } catch {
    return { error: { code: 'unreadable', message: 'The tool gave no readable answer.' } };
  }
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
        )
      : value;

const same = (a: PlannedCall, b: PlannedCall): boolean =>
  a.name === b.name && JSON.stringify(sorted(a.args)) === JSON.stringify(sorted(b.args));

/** The output of a call in this turn; undefined while it was not made. */
export const outputOf = (history: History, wanted: PlannedCall): unknown =>
  history.results.find((each) => same(each.call, wanted))?.output;

export function readHistory(messages: readonly BaseMessage[]): History {
  const at = messages.findLastIndex((message) => HumanMessage.isInstance(message));
  const turn = messages.slice(at + 1);
  const made = new Map<string, PlannedCall>();
  for (const message of turn)
    if (AIMessage.isInstance(message))
      for (const each of message.tool_calls ?? [])
        made.set(each.id ?? '', { name: each.name, args: each.args });
  const results = turn.flatMap((message) => {
    if (!ToolMessage.isInstance(message)) return [];
    const call = made.get(message.tool_call_id);
    return call ? [{ call, output: outputIn(message) }] : [];
  });
  const before = messages
    .slice(0, Math.max(at, 0))
    .findLast((message) => AIMessage.isInstance(message) && readFrame(message.additional_kwargs) !== null);
  return {
    question: at < 0 ? '' : textOf(messages[at]!),
    results,
    steps: turn.filter((message) => AIMessage.isInstance(message)).length,
    frame: before ? readFrame(before.additional_kwargs) : null,
  };
}
