/** Drives the offline model through a conversation: model, tool answers from a function, model, until it says something. */
import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages';
import { createOfflineModel, type OfflineContext } from '../../../agents/offline/index.ts';

export type Made = { name: string; args: Record<string, unknown> };
export type Turn = { text: string; calls: Made[]; message: AIMessage };
export type Answers = (name: string, args: Record<string, unknown>) => unknown;

/** A thread with a memory; every `ask` is one turn with a model made anew, as in the product. */
export function conversation(context: OfflineContext, answers: Answers) {
  const messages: BaseMessage[] = [new SystemMessage('You are Remy.')];
  return async (text: string): Promise<Turn> => {
    messages.push(new HumanMessage(text));
    const calls: Made[] = [];
    const model = createOfflineModel(context);
    for (let step = 0; step < 8; step += 1) {
      const message = await model.invoke(messages);
      if (!AIMessage.isInstance(message)) throw new Error('not a message of the model');
      messages.push(message);
      const wanted = message.tool_calls ?? [];
      if (wanted.length === 0) return { text: String(message.content), calls, message };
      for (const call of wanted) {
        calls.push({ name: call.name, args: call.args });
        const content = JSON.stringify(answers(call.name, call.args));
        messages.push(new ToolMessage({ content, tool_call_id: call.id ?? '' }));
      }
    }
    throw new Error(`no answer within eight steps to: ${text}`);
  };
}
