/** Calls the model and passes its words on only as far as every figure in them is backed by this turn's tools. */
import { AIMessage, type AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { checkFigures } from '../figure-check/index.ts';
import { stripUnsafe } from '../figure-check/strip-unsafe.ts';
import type { Turn } from './turn.ts';

/** The text of a message, whatever form its content has. */
export const textOf = (message: BaseMessage): string =>
  typeof message.content === 'string'
    ? message.content
    : message.content.map((part) => (part.type === 'text' ? String(part.text) : '')).join('');

/** The figures of a text that no tool of this turn gave and that the person did not write. */
export const unsupportedFigures = (turn: Turn, text: string): string[] =>
  checkFigures(text, {
    toolOutputs: [...turn.uses.map((use) => use.output), turn.askedBack],
    question: turn.question,
    today: turn.context.today,
  }).unsupported;

/** Lets whole lines through as they are finished, and stops at the first one that is not backed. */
class CheckedStream {
  private readonly turn: Turn;
  private text = '';
  private sent = 0;
  private stopped = false;

  constructor(turn: Turn) {
    this.turn = turn;
  }

  add(piece: string): void {
    this.text += piece;
    if (this.stopped || !piece.includes('\n')) return;
    const end = this.text.lastIndexOf('\n') + 1;
    const line = stripUnsafe(this.text.slice(this.sent, end));
    if (unsupportedFigures(this.turn, line).length > 0) {
      this.stopped = true;
      return;
    }
    this.turn.onEvent({ type: 'text', text: line });
    this.sent = end;
  }

  /** Takes back what was shown: it was a remark before a tool call, or is to be written anew. */
  takeBack(): void {
    if (this.sent > 0) this.turn.onEvent({ type: 'replace' });
  }

  /** Characters of the raw text that were shown. */
  get shown(): number {
    return this.sent;
  }
}

export type Spoken = { message: AIMessage; stream: { takeBack(): void; readonly shown: number } };

/**
 * One model call. The messages go in as they are, the system prompt first.
 * Throws: what the model's client throws; an AbortError when the turn was stopped.
 */
export async function speak(
  turn: Turn,
  messages: readonly BaseMessage[],
  tools: readonly object[],
): Promise<Spoken> {
  const checked = new CheckedStream(turn);
  const bound = turn.model.chat.bindTools?.([...tools]) ?? turn.model.chat;
  const chunks = await bound.stream([turn.system, ...messages], {
    signal: turn.signal,
  });
  let whole: AIMessageChunk | undefined;
  for await (const chunk of chunks) {
    turn.signal.throwIfAborted();
    whole = whole === undefined ? (chunk as AIMessageChunk) : whole.concat(chunk as AIMessageChunk);
    const text = textOf(chunk);
    if (text) checked.add(text);
  }
  if (!whole) throw new Error('the model sent nothing');
  const message = new AIMessage({
    content: whole.content,
    tool_calls: whole.tool_calls ?? [],
    invalid_tool_calls: whole.invalid_tool_calls ?? [],
    additional_kwargs: whole.additional_kwargs,
    response_metadata: whole.response_metadata,
    ...(whole.usage_metadata ? { usage_metadata: whole.usage_metadata } : {}),
  });
  return { message, stream: checked };
}
