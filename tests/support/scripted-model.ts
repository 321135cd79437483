/** Stands in for a vendor's chat model: answers with what the test's function makes of the messages so far. */
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import type { ChatResult } from '@langchain/core/outputs';

type Reply = AIMessage | string | Error;

export class ScriptedModel extends BaseChatModel {
  private readonly next: (messages: BaseMessage[], call: number) => Reply | Promise<Reply>;
  /** The message lists it was called with. */
  readonly calls: BaseMessage[][] = [];

  constructor(next: (messages: BaseMessage[], call: number) => Reply | Promise<Reply>) {
    super({ maxRetries: 0 });
    this.next = next;
  }

  override _llmType(): string {
    return 'scripted';
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(
    messages: BaseMessage[],
    _options: this['ParsedCallOptions'],
    _manager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    this.calls.push(messages);
    const reply = await this.next(messages, this.calls.length);
    if (reply instanceof Error) throw reply;
    const message = typeof reply === 'string' ? new AIMessage(reply) : reply;
    return { generations: [{ text: message.text, message }] };
  }
}

let calls = 0;

/** A message that calls one tool. */
export const callTool = (name: string, args: Record<string, unknown>): AIMessage =>
  new AIMessage({ content: '', tool_calls: [{ name, args, id: `call_${++calls}`, type: 'tool_call' }] });
