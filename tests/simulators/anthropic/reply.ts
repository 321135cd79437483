/** What a test scripts the simulated Messages API to answer: content, stop reasons and faults. */

export type ReplyBlock =
  | { type: 'text'; text: string }
  | { type: 'thinking'; thinking: string; signature: string }
  /** `json` replaces the serialised input, so that a test can send what is no JSON. Needs a stream. */
  | { type: 'tool_use'; id?: string; name: string; input?: unknown; json?: string };

export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'refusal' | 'stop_sequence';

export type Answer = { content: ReplyBlock[]; stopReason: StopReason };

/** An error answered in place of a message, in the API's own shape. */
export type HttpFault = {
  fault: 'http';
  status: number;
  type: string;
  message: string;
  headers?: Record<string, string>;
};

/**
 * What goes wrong on the way, `after` that many server-sent events of the answer:
 * `cut` ends the connection inside an event, `close` ends the stream cleanly without `message_stop`,
 * `stall` sends no more and keeps the connection, `reset` drops it, `error` sends the API's error event.
 */
export type StreamFault = {
  fault: 'cut' | 'close' | 'stall' | 'reset' | 'error';
  after: number;
  answer: Answer;
  errorType?: string;
};

/** `hang`: not even headers come. `drop`: the connection is reset at once. */
export type ConnectionFault = { fault: 'hang' | 'drop' };

export type Reply = Answer | HttpFault | StreamFault | ConnectionFault;

export const says = (text: string): Answer => ({ content: [{ type: 'text', text }], stopReason: 'end_turn' });

export const calls = (tools: { name: string; input: unknown; id?: string }[], text?: string): Answer => ({
  content: [
    ...(text === undefined ? [] : [{ type: 'text' as const, text }]),
    ...tools.map((tool) => ({ type: 'tool_use' as const, ...tool })),
  ],
  stopReason: 'tool_use',
});

/** A tool call whose input is not JSON, or is cut off by the output limit. */
export const callsWithBrokenInput = (
  name: string,
  json: string,
  stopReason: StopReason = 'tool_use',
): Answer => ({ content: [{ type: 'tool_use', name, json }], stopReason });

export const refuses = (text?: string): Answer => ({
  content: text === undefined ? [] : [{ type: 'text', text }],
  stopReason: 'refusal',
});

export const reachesLimit = (text: string): Answer => ({
  content: [{ type: 'text', text }],
  stopReason: 'max_tokens',
});

export const saysNothing = (): Answer => ({ content: [], stopReason: 'end_turn' });

export const thinks = (thinking: string, then: Answer): Answer => ({
  ...then,
  content: [{ type: 'thinking', thinking, signature: `signed-${thinking.length}` }, ...then.content],
});

const http = (
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): HttpFault => ({ fault: 'http', status, type, message, headers });

export const rateLimited = (retryAfterSeconds?: number): HttpFault =>
  http(
    429,
    'rate_limit_error',
    'This request would exceed the rate limit for your organization of 50 requests per minute.',
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  );
export const overloaded = (): HttpFault => http(529, 'overloaded_error', 'Overloaded');
export const serverError = (): HttpFault => http(500, 'api_error', 'Internal server error');
export const gatewayTimeout = (): HttpFault => http(504, 'timeout_error', 'The request timed out');
export const noCredit = (): HttpFault =>
  http(400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.');
export const billingProblem = (): HttpFault => http(402, 'billing_error', 'Payment is required');
export const noPermission = (): HttpFault => http(403, 'permission_error', 'Your API key may not use this');
export const noSuchModel = (model: string): HttpFault => http(404, 'not_found_error', `model: ${model}`);
export const promptTooLong = (): HttpFault =>
  http(400, 'invalid_request_error', 'prompt is too long: 1000001 tokens > 1000000 maximum');
