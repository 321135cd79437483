import { AIMessage, type AIMessageChunk, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  assertUsableReply,
  createAnthropicModel,
  systemMessage,
  withoutThinking,
} from '../../agents/anthropic-model.ts';
import {
  calls,
  callsWithBrokenInput,
  reachesLimit,
  refuses,
  says,
  saysNothing,
  thinks,
} from '../simulators/anthropic/reply.ts';
import { type AnthropicSimulator, startAnthropic } from '../simulators/anthropic/server.ts';

let simulator: AnthropicSimulator;
beforeEach(async () => {
  simulator = await startAnthropic();
});
afterEach(() => simulator.close());

const aModel = (model = 'claude-sonnet-5') =>
  createAnthropicModel({ model, apiKey: simulator.apiKey, baseUrl: simulator.url, maxRetries: 0 });

const findCustomer = tool(() => 'never run here', {
  name: 'find_customer',
  description: 'Find a customer by name.',
  schema: z.strictObject({ name: z.string() }),
});
const aggregate = tool(() => 'never run here', {
  name: 'query_ledger',
  description: 'Query the ledger.',
  schema: z.strictObject({ dataset: z.enum(['invoices', 'payments']) }),
});
const prompt = systemMessage({ stable: 'You are Remy. '.repeat(400), variable: 'Today is 2026-09-15.' });
const hello = new HumanMessage('who owes us the most?');

describe('the Anthropic model on the wire', () => {
  test('text streams in pieces and arrives whole, with its usage', async () => {
    const text = 'Northwind owes most: 12,500.00 USD, then Globex with 9,000.00 USD.';
    simulator.script([says(text)]);
    const pieces: string[] = [];
    let whole: AIMessageChunk | undefined;
    for await (const chunk of await aModel().stream([prompt, hello])) {
      if (chunk.text) pieces.push(chunk.text);
      whole = whole?.concat(chunk) ?? chunk;
    }
    expect(pieces.length).toBeGreaterThan(1);
    expect(whole?.text).toBe(text);
    expect(whole?.usage_metadata?.output_tokens).toBeGreaterThan(1);
  });

  test('the default model gets no temperature and no thinking, an older one temperature 0, a later one low effort', async () => {
    simulator.script([says('ok')]);
    await aModel('claude-sonnet-5').invoke([hello]);
    await aModel('claude-sonnet-4-5-20250929').invoke([hello]);
    await aModel('claude-haiku-4-5').invoke([hello]);
    await aModel('claude-sonnet-5-5').invoke([hello]);
    const settings = simulator.journal.map(({ body }) => ({
      temperature: body.temperature,
      thinking: body.thinking?.type,
      effort: body.output_config?.effort,
    }));
    expect(settings).toEqual([
      { temperature: undefined, thinking: 'disabled', effort: undefined },
      { temperature: 0, thinking: undefined, effort: undefined },
      { temperature: 0, thinking: undefined, effort: undefined },
      { temperature: undefined, thinking: undefined, effort: 'low' },
    ]);
    expect(simulator.journal.every((entry) => entry.body.max_tokens === 4096 && entry.body.stream)).toBe(
      true,
    );
  });

  test('text and several tool calls come back with their inputs, and the next turn is a right request', async () => {
    simulator.script([
      calls(
        [
          { name: 'find_customer', input: { name: 'Acme "GmbH" ünïcode' } },
          { name: 'query_ledger', input: { dataset: 'invoices' } },
        ],
        'Let me look.',
      ),
      says('Done.'),
    ]);
    const model = aModel().bindTools([findCustomer, aggregate]);
    const first = await model.invoke([prompt, hello]);
    expect(first.text).toBe('Let me look.');
    expect(first.tool_calls?.map(({ name, args }) => ({ name, args }))).toEqual([
      { name: 'find_customer', args: { name: 'Acme "GmbH" ünïcode' } },
      { name: 'query_ledger', args: { dataset: 'invoices' } },
    ]);
    const results = first.tool_calls!.map(
      (call) => new ToolMessage({ tool_call_id: call.id!, content: '{}' }),
    );
    const second = await model.invoke([prompt, hello, first, ...results]);
    expect(second.text).toBe('Done.');
    expect(simulator.journal.map((entry) => entry.status)).toEqual([200, 200]);
  });

  test('a thread read back from its stored form is still a right request', async () => {
    simulator.script([calls([{ name: 'find_customer', input: { name: 'Acme' } }]), says('Done.')]);
    const model = aModel().bindTools([findCustomer]);
    const first = await model.invoke([prompt, hello]);
    const stored = JSON.parse(JSON.stringify(first.toDict().data)) as ConstructorParameters<
      typeof AIMessage
    >[0];
    const result = new ToolMessage({ tool_call_id: first.tool_calls![0]!.id!, content: '{}' });
    await model.invoke([prompt, hello, new AIMessage(stored), result]);
    expect(simulator.journal[1]?.problem).toBeNull();
  });

  test('tools and the unchanging prompt are read from the cache when day and user change', async () => {
    simulator.script([says('ok')]);
    const model = aModel().bindTools([findCustomer]);
    const stable = 'You are Remy. '.repeat(400);
    await model.invoke([systemMessage({ stable, variable: 'Today is 2026-09-15.' }), hello]);
    const other = await model.invoke([systemMessage({ stable, variable: 'Today is 2026-09-16.' }), hello]);
    const { system, cache_control } = simulator.journal[0]!.body;
    expect(system).toEqual([
      { type: 'text', text: stable, cache_control: { type: 'ephemeral' } },
      { type: 'text', text: 'Today is 2026-09-15.' },
    ]);
    expect(cache_control).toEqual({ type: 'ephemeral' });
    expect(other.usage_metadata?.input_token_details?.cache_read).toBeGreaterThan(1024);
  });

  test('a longer thread reads all of its earlier part from the cache', async () => {
    simulator.script([says('First.'), says('Second.')]);
    const model = aModel();
    const first = await model.invoke([prompt, hello]);
    const before = first.usage_metadata!.input_tokens;
    const second = await model.invoke([prompt, hello, first, new HumanMessage('and in EUR?')]);
    expect(second.usage_metadata?.input_token_details?.cache_read).toBeGreaterThanOrEqual(before - 1);
  });

  test('thinking blocks are dropped from what is kept, and the thread goes on', async () => {
    simulator.script([
      thinks('the largest one', calls([{ name: 'find_customer', input: { name: 'A' } }])),
      says('Ok'),
    ]);
    const model = aModel('claude-sonnet-5-5').bindTools([findCustomer]);
    const first = await model.invoke([prompt, hello]);
    const kept = withoutThinking(first);
    const result = new ToolMessage({ tool_call_id: kept.tool_calls![0]!.id!, content: '{}' });
    await model.invoke([prompt, hello, kept, result]);
    expect(JSON.stringify(simulator.journal[1]!.body.messages)).not.toContain('the largest one');
    expect(simulator.journal[1]?.problem).toBeNull();
  });

  test('a tool call without its result is refused by the API, as the real one does', async () => {
    simulator.script([calls([{ name: 'find_customer', input: { name: 'A' } }])]);
    const model = aModel().bindTools([findCustomer]);
    const first = await model.invoke([hello]);
    await expect(model.invoke([hello, first, new HumanMessage('never mind')])).rejects.toThrow(/tool_result/);
  });
});

describe('a reply is checked before use', () => {
  const reply = (script: Parameters<AnthropicSimulator['script']>[0]) => {
    simulator.script(script);
    return aModel().bindTools([findCustomer]).invoke([hello]);
  };

  test('refusal, output limit and emptiness are told apart', async () => {
    expect(() => assertUsableReply(new AIMessage('fine'))).not.toThrow();
    for (const [script, reason] of [
      [refuses('I cannot help with that.'), 'refused'],
      [refuses(), 'refused'],
      [reachesLimit('Northwind owes'), 'cut'],
      [callsWithBrokenInput('find_customer', '{"name":"Nort', 'max_tokens'), 'cut'],
      [saysNothing(), 'empty'],
    ] as const) {
      const message = await reply([script]);
      expect(() => assertUsableReply(message)).toThrow(expect.objectContaining({ reason }));
    }
  });

  test('a tool call with broken input never becomes a guessed call', async () => {
    const message = await reply([callsWithBrokenInput('find_customer', 'name: Acme}')]);
    expect(message.tool_calls).toEqual([]);
    expect(message.invalid_tool_calls?.map((call) => call.name)).toEqual(['find_customer']);
    expect(() => assertUsableReply(message)).not.toThrow();
  });
});
