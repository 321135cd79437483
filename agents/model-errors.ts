/** What went wrong with the model, in words for a person in finance, and what still works. */
import type { AIMessage } from '@langchain/core/messages';
import { ModelAnswerError, ModelStalledError } from './guarded-fetch.ts';

export type ModelErrorKind =
  | 'unavailable'
  | 'rate_limited'
  | 'bad_key'
  | 'refused'
  | 'bad_request'
  | 'timeout';
export type ModelProblem = { kind: ModelErrorKind; message: string };

/** The model answered, but with nothing that can be shown. */
export class ModelReplyError extends Error {
  readonly reason: 'refused' | 'cut' | 'empty';

  constructor(reason: 'refused' | 'cut' | 'empty') {
    super(`the model's reply is ${reason}`);
    this.name = 'ModelReplyError';
    this.reason = reason;
  }
}

const STILL_WORKS =
  'I can still answer questions about the ledger without it: overdue lists, aging, totals, accounts, promises and disputes.';
const say = (kind: ModelErrorKind, what: string, works = true): ModelProblem => ({
  kind,
  message: works ? `${what} ${STILL_WORKS}` : what,
});

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** Error and causes, outermost first. */
const chainOf = (error: unknown): unknown[] => {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined && at !== null && chain.length < 8; at = field(at, 'cause'))
    chain.push(at);
  return chain;
};

/** The API's own error type: in the body of the status, or of the error event inside a stream. */
const apiType = (error: unknown): string | undefined => {
  const body = field(error, 'error');
  const type = field(field(body, 'error'), 'type') ?? field(error, 'type');
  return typeof type === 'string' ? type : undefined;
};

const BY_TYPE: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

const MODEL_DOWN = 'The language model is not available right now.';
const TOO_SLOW = 'The language model took too long to answer.';

function explainBadRequest(text: string): ModelProblem {
  if (/credit balance|billing/i.test(text))
    return say(
      'bad_key',
      'The account of ANTHROPIC_API_KEY has no credit left, so the language model does not answer. Ask whoever manages it to add credit.',
    );
  if (/spend(ing)? limit|usage limit/i.test(text))
    return say('rate_limited', 'The language model has reached the spending limit set for its account.');
  if (/prompt is too long/i.test(text))
    return say(
      'bad_request',
      'This conversation has become too long for the language model. Start a new one.',
    );
  return say(
    'bad_request',
    'The language model could not take this conversation. Start a new one and ask again.',
  );
}

function explainStatus(status: number, text: string, retryAfter: string | null): ModelProblem {
  if (status === 400) return explainBadRequest(text);
  if (status === 401)
    return say(
      'bad_key',
      'The language model refused the key in ANTHROPIC_API_KEY. Ask whoever set it up to check it.',
    );
  if (status === 402)
    return say('bad_key', 'There is a billing problem with the account of ANTHROPIC_API_KEY.');
  if (status === 403)
    return say('bad_key', 'The key in ANTHROPIC_API_KEY may not use this language model (REMY_MODEL).');
  if (status === 404)
    return say('bad_request', 'The language model named in REMY_MODEL does not exist. Check the name.');
  if (status === 413)
    return say(
      'bad_request',
      'This conversation has become too long for the language model. Start a new one.',
    );
  if (status === 408 || status === 504) return say('timeout', TOO_SLOW);
  if (status === 429) {
    const seconds = Number(retryAfter);
    const wait = seconds > 0 ? ` It can be asked again in ${Math.ceil(seconds)} seconds.` : '';
    return say('rate_limited', `The language model has had too many questions in a short time.${wait}`);
  }
  return say('unavailable', MODEL_DOWN);
}

const headerOf = (error: unknown, name: string): string | null => {
  const headers = field(error, 'headers');
  return headers instanceof Headers ? headers.get(name) : null;
};

/**
 * Sorts any error of a model call, its retries or its stream. Never throws; what is not known counts as the model
 * being unavailable. The message holds nothing of the conversation and no key.
 */
export function explainModelError(error: unknown): ModelProblem {
  for (const each of chainOf(error)) {
    if (each instanceof ModelReplyError)
      return each.reason === 'refused'
        ? say('refused', 'The language model declined to answer this. Try asking it in another way.')
        : say('unavailable', 'The language model gave no usable answer. Ask again, or more narrowly.');
    if (each instanceof ModelStalledError) return say('timeout', TOO_SLOW);
    if (each instanceof ModelAnswerError)
      return say('unavailable', 'The answer of the language model broke off. Ask again.');
    const name = String(field(each, 'name') ?? '');
    const text = String(field(each, 'message') ?? '');
    const typed = BY_TYPE[apiType(each) ?? ''];
    const status = Number(field(each, 'status')) || typed;
    if (status) return explainStatus(status, text, headerOf(each, 'retry-after'));
    if (/timeout/i.test(name) || /timed? ?out/i.test(text)) return say('timeout', TOO_SLOW);
  }
  return say('unavailable', MODEL_DOWN);
}

const stopReason = (message: AIMessage): unknown =>
  message.additional_kwargs.stop_reason ?? message.response_metadata.stop_reason;

/**
 * Checks a complete reply before anything of it is used. A reply that ran into the output limit may hold a tool call
 * whose input was completed by guess, so it counts as cut also when it looks whole.
 *
 * Throws: ModelReplyError when the model refused, was cut off at the output limit, or said nothing and called nothing.
 */
export function assertUsableReply(message: AIMessage): void {
  const stop = stopReason(message);
  if (stop === 'refusal') throw new ModelReplyError('refused');
  if (stop === 'max_tokens' || stop === 'model_context_window_exceeded') throw new ModelReplyError('cut');
  // an aborted stream ends without a reason and would pass for a whole answer
  if (stop === undefined && message.response_metadata.model_provider === 'anthropic')
    throw new ModelReplyError('cut');
  const calls = (message.tool_calls?.length ?? 0) + (message.invalid_tool_calls?.length ?? 0);
  if (calls === 0 && message.text.trim() === '') throw new ModelReplyError('empty');
}
