/** Anthropic's model behind LangChain's interface, set up for short, checked answers over tools. */
import { ChatAnthropic } from '@langchain/anthropic';
import { type AIMessage, SystemMessage } from '@langchain/core/messages';
import { guardedFetch, ModelStalledError } from './guarded-fetch.ts';

export { assertUsableReply, explainModelError, type ModelProblem, ModelReplyError } from './model-errors.ts';

export type AnthropicModelOptions = {
  model: string;
  apiKey: string;
  /** Another host with the same API; the vendor's own when absent. */
  baseUrl?: string | undefined;
  /** How often a failed call is tried again, with a growing pause; default 2. */
  maxRetries?: number;
  /** The longest silence in milliseconds, before the first byte and between two pieces; default 45 seconds. */
  timeoutMs?: number;
  /** Output tokens of one reply; default 4096. */
  maxTokens?: number;
};

const DEFAULT_URL = 'https://api.anthropic.com';
/** A reply of 4096 tokens streams as about 1 MB of events; nothing sane is longer than this. */
const MAX_BYTES = 6_000_000;
/** A person waits: a longer pause is told to them, not sat out. */
const MAX_WAIT_MS = 10_000;

/** Models of the 3 and 4 families up to 4.6 take a temperature; later ones answer 400 to any but the default. */
const takesTemperature = /^claude-(3|(opus|sonnet|haiku)-4(-[0-6])?(-\d{8})?$)/;
/**
 * These think before each answer unless told not to. Here thinking only costs time: the figures come from tools.
 * Their successors cannot be told; they get the lowest effort instead.
 */
const mayStopThinking = /^claude-(opus-4-[78]|opus-5|sonnet-5)(-\d{8})?$/;

const thinkingSettings = (model: string) => {
  if (takesTemperature.test(model)) return { temperature: 0 };
  if (mayStopThinking.test(model)) return { thinking: { type: 'disabled' as const } };
  return { outputConfig: { effort: 'low' as const } };
};

const retryAfterMs = (error: { headers?: unknown }): number | undefined => {
  const header = error.headers instanceof Headers ? error.headers.get('retry-after') : null;
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isNaN(seconds) ? undefined : seconds * 1000;
};

/** Throws what trying again cannot mend, or not while a person waits. */
function onFailedAttempt(error: unknown): void {
  const failed = error as {
    status?: number;
    name?: string;
    message?: string;
    headers?: unknown;
    retryAfterMs?: number;
  };
  const { status, name = '' } = failed;
  if (
    error instanceof ModelStalledError ||
    /abort/i.test(name) ||
    /timed? ?out|aborted/i.test(failed.message ?? '')
  )
    throw error;
  if (status !== undefined && status < 500 && status !== 408 && status !== 429) throw error;
  const wait = retryAfterMs(failed);
  if (wait !== undefined) {
    if (wait > MAX_WAIT_MS) throw error;
    failed.retryAfterMs = wait;
  }
}

/**
 * A streaming chat model. Failed calls are tried again before the first byte only; a stream that breaks is an error.
 * Every request asks for the conversation to be cached up to its last block; `systemMessage` adds a second mark after
 * the part of the prompt that never changes, which by the order of the cache covers the tools too.
 *
 * Errors are the vendor's; `explainModelError` puts them into words. The address is always given, so that no
 * environment variable can send the conversation to another host.
 */
export const createAnthropicModel = (options: AnthropicModelOptions): ChatAnthropic => {
  const timeoutMs = options.timeoutMs ?? 45_000;
  return new ChatAnthropic({
    model: options.model,
    apiKey: options.apiKey,
    anthropicApiUrl: options.baseUrl ?? DEFAULT_URL,
    streaming: true,
    maxTokens: options.maxTokens ?? 4096,
    maxRetries: options.maxRetries ?? 2,
    onFailedAttempt,
    invocationKwargs: { cache_control: { type: 'ephemeral' } },
    clientOptions: {
      timeout: timeoutMs,
      fetch: guardedFetch({ silentMs: timeoutMs, maxBytes: MAX_BYTES }),
    },
    ...thinkingSettings(options.model),
  });
};

/** The prompt as one system message; all before its variable part is cached, with the tools. */
export const systemMessage = (prompt: { stable: string; variable: string }): SystemMessage =>
  new SystemMessage({
    content: [
      { type: 'text', text: prompt.stable, cache_control: { type: 'ephemeral' } },
      { type: 'text', text: prompt.variable },
    ],
  });

/**
 * The reply as it is kept in the thread, without thinking blocks: the API binds them to the exact prompt before them,
 * and a thread's prompt changes with the day. Tool calls and text stay as they are.
 */
export function withoutThinking(message: AIMessage): AIMessage {
  if (typeof message.content === 'string') return message;
  const kept = message.content.filter((block) => !['thinking', 'redacted_thinking'].includes(block.type));
  if (kept.length === message.content.length) return message;
  message.content = kept;
  return message;
}
