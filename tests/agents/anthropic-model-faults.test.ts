import { HumanMessage } from '@langchain/core/messages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAnthropicModel, explainModelError, ModelReplyError } from '../../agents/anthropic-model.ts';
import {
  billingProblem,
  gatewayTimeout,
  noCredit,
  noPermission,
  noSuchModel,
  overloaded,
  promptTooLong,
  type Reply,
  rateLimited,
  refuses,
  says,
  serverError,
} from '../simulators/anthropic/reply.ts';
import { type AnthropicSimulator, startAnthropic } from '../simulators/anthropic/server.ts';

let simulator: AnthropicSimulator;
beforeEach(async () => {
  simulator = await startAnthropic();
});
afterEach(() => simulator.close());

const ask = (
  options: { maxRetries?: number; timeoutMs?: number; apiKey?: string; signal?: AbortSignal } = {},
) =>
  createAnthropicModel({
    model: 'claude-sonnet-5',
    apiKey: options.apiKey ?? simulator.apiKey,
    baseUrl: simulator.url,
    maxRetries: options.maxRetries ?? 0,
    timeoutMs: options.timeoutMs ?? 5_000,
  }).invoke([new HumanMessage('who owes us the most?')], options.signal && { signal: options.signal });

const problem = async (promise: Promise<unknown>) =>
  explainModelError(
    await promise.then(
      () => expect.unreachable('the call must fail'),
      (error: unknown) => error,
    ),
  );

const long = says('Northwind owes 12,500.00 USD. '.repeat(20));

describe('a fault of the API is put into words', () => {
  const statuses: [string, Reply, string, RegExp][] = [
    ['too many requests', rateLimited(), 'rate_limited', /too many questions/],
    ['too many requests, with a time', rateLimited(40), 'rate_limited', /again in 40 seconds/],
    ['overload', overloaded(), 'unavailable', /not available right now/],
    ['a server error', serverError(), 'unavailable', /not available right now/],
    ['a gateway timeout', gatewayTimeout(), 'timeout', /too long/],
    ['no credit', noCredit(), 'bad_key', /ANTHROPIC_API_KEY has no credit/],
    ['a billing problem', billingProblem(), 'bad_key', /ANTHROPIC_API_KEY/],
    ['no permission', noPermission(), 'bad_key', /REMY_MODEL/],
    ['an unknown model', noSuchModel('claude-x'), 'bad_request', /REMY_MODEL/],
    ['a conversation that is too long', promptTooLong(), 'bad_request', /Start a new one/],
  ];
  test.each(statuses)('%s', async (_, reply, kind, words) => {
    simulator.script([reply]);
    const found = await problem(ask());
    expect(found.kind).toBe(kind);
    expect(found.message).toMatch(words);
    expect(found.message).toMatch(/I can still answer questions about the ledger/);
  });

  test('a wrong key names its variable, is not tried again and is not repeated in the message', async () => {
    const found = await problem(ask({ apiKey: 'sk-ant-wrong', maxRetries: 2 }));
    expect(found).toMatchObject({ kind: 'bad_key', message: expect.stringContaining('ANTHROPIC_API_KEY') });
    expect(found.message).not.toContain('sk-ant');
    expect(simulator.journal.length).toBe(1);
  });

  test('a refusal and an empty reply have their own words', () => {
    expect(explainModelError(new ModelReplyError('refused')).kind).toBe('refused');
    expect(explainModelError(new ModelReplyError('empty')).kind).toBe('unavailable');
  });

  test('anything unknown counts as unavailable', () => {
    for (const thrown of [undefined, null, 'x', {}, new Error('?'), { cause: { cause: null } }])
      expect(explainModelError(thrown).kind).toBe('unavailable');
  });
});

describe('a broken connection is an error, never half an answer', () => {
  const broken: [string, Reply, string][] = [
    ['a stream cut inside an event', { fault: 'cut', after: 8, answer: long }, 'unavailable'],
    ['a stream closed before its end', { fault: 'close', after: 8, answer: long }, 'unavailable'],
    [
      'a stream closed just before the last event',
      { fault: 'close', after: 28, answer: long },
      'unavailable',
    ],
    ['a reset inside the stream', { fault: 'reset', after: 8, answer: long }, 'unavailable'],
    ['an overload inside the stream', { fault: 'error', after: 8, answer: long }, 'unavailable'],
    [
      'a rate limit inside the stream',
      { fault: 'error', after: 8, answer: long, errorType: 'rate_limit_error' },
      'rate_limited',
    ],
    ['a reset before the answer', { fault: 'drop' }, 'unavailable'],
  ];
  test.each(broken)('%s', async (_, reply, kind) => {
    simulator.script([reply]);
    expect((await problem(ask())).kind).toBe(kind);
  });

  test('a stream that stalls ends after the agreed silence and lets the connection go', async () => {
    simulator.script([{ fault: 'stall', after: 8, answer: long }]);
    const started = Date.now();
    expect((await problem(ask({ timeoutMs: 300, maxRetries: 2 }))).kind).toBe('timeout');
    expect(Date.now() - started).toBeLessThan(2_500);
    await expect.poll(() => simulator.journal[0]?.aborted).toBe(true);
  });

  test('a server that never answers is a timeout, tried once', async () => {
    simulator.script([{ fault: 'hang' }]);
    expect((await problem(ask({ timeoutMs: 300, maxRetries: 2 }))).kind).toBe('timeout');
    expect(simulator.journal.length).toBe(1);
  });

  test('a closed port is unavailable', async () => {
    const { url } = simulator;
    const model = createAnthropicModel({
      model: 'claude-sonnet-5',
      apiKey: 'k',
      baseUrl: url.replace(/:\d+$/, ':9'),
      maxRetries: 0,
    });
    expect((await problem(model.invoke('hi'))).kind).toBe('unavailable');
  });

  test('ten megabytes of text are stopped', async () => {
    simulator.script([says('owes a lot '.repeat(950_000))]);
    expect((await problem(ask())).message).toMatch(/broke off/);
  });

  test('an abort by the caller ends the call and the connection', async () => {
    simulator.script([{ fault: 'stall', after: 8, answer: long }]);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    await expect(ask({ signal: abort.signal })).rejects.toThrow(/abort/i);
    await expect.poll(() => simulator.journal[0]?.aborted).toBe(true);
  });
});

describe('what may pass is tried again', () => {
  test('an overload and a server error are tried twice more, then answered', async () => {
    simulator.script([overloaded(), serverError(), says('All well.')]);
    expect((await ask({ maxRetries: 2 })).text).toBe('All well.');
    expect(simulator.journal.map((entry) => entry.status)).toEqual([529, 500, 200]);
  });

  test('a short retry-after is waited for, a long one is told at once', async () => {
    simulator.script([rateLimited(1), says('All well.')]);
    const started = Date.now();
    expect((await ask({ maxRetries: 2 })).text).toBe('All well.');
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
    simulator.script([rateLimited(40), says('never reached')]);
    expect((await problem(ask({ maxRetries: 2 }))).kind).toBe('rate_limited');
    expect(simulator.journal.length).toBe(3);
  });

  test('a refusal is an answer, not a fault: it is not tried again', async () => {
    simulator.script([refuses('No.')]);
    await ask({ maxRetries: 2 });
    expect(simulator.journal.length).toBe(1);
  });
});
