import { AIMessage, SystemMessage } from '@langchain/core/messages';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openCheckpoints } from '../../agents/collector/checkpoints.ts';
import { createCollector } from '../../agents/collector/index.ts';
import { limits } from '../../agents/collector/turn.ts';
import type { Context } from '../../src/ports/actor.ts';
import type { Assistant, TurnEvent } from '../../src/ports/assistant.ts';
import { keepNewestCheckpoint } from '../../src/store/checkpoints.ts';
import type { Database } from '../../src/store/pool.ts';
import { defineTool, type Tool } from '../../tools/define-tool.ts';
import { emptyDatabase } from '../support/database.ts';
import { callTool, ScriptedModel } from '../support/scripted-model.ts';

const recorded: string[] = [];
/** Writes something: it must never run a second time for the same wish. */
const note: Tool = defineTool({
  name: 'note',
  effect: 'record',
  description: 'A note',
  input: z.strictObject({ text: z.string() }),
  output: z.object({ text: z.string() }),
  run: async ({ text }) => {
    recorded.push(text);
    return { text };
  },
});

/** A tool of the test's own: what it returns is what an answer may say. */
const balance: Tool = defineTool({
  name: 'balance',
  effect: 'read',
  description: 'The balance',
  input: z.strictObject({ lines: z.int().max(100_000).default(1) }),
  output: z.object({ currency: z.string(), open: z.string(), lines: z.array(z.string()) }),
  run: async ({ lines }) => ({
    currency: 'USD',
    open: '1250.00',
    lines: Array.from({ length: lines }, (_, index) => `line number ${index}`),
  }),
});

describe('the conversation graph', () => {
  let database: Database;
  let thread = 0;
  const context = (): Context => ({
    actor: { tenantId: 1, userId: 1, email: 'a@example.com', name: null, role: 'admin' },
    thread: `thread-${thread}`,
    today: '2026-11-24',
  });

  const collector = async (
    primary: ScriptedModel,
    offline = new ScriptedModel(() => 'I can list what is open.'),
  ): Promise<Assistant> =>
    createCollector({
      checkpointer: await openCheckpoints(database.pool),
      tools: [balance, note],
      explain: () => 'The language model is not available right now.',
      tidy: (threadId) => keepNewestCheckpoint(database.pool, threadId),
      prepare: async () => ({
        system: new SystemMessage('You are Remy.'),
        model: { name: 'scripted', chat: primary },
        offline: { name: 'offline', chat: offline },
      }),
    });

  const ask = async (assistant: Assistant, text: string, events: TurnEvent[] = []) =>
    assistant.reply(text, context(), (event) => events.push(event), new AbortController().signal);

  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(() => database.close());

  test('several starters open the checkpoint tables at once', async () => {
    await expect(Promise.all([1, 2, 3, 4].map(() => openCheckpoints(database.pool)))).resolves.toHaveLength(
      4,
    );
  });

  test('an answer whose figures the tools gave is shown, with the tool use', async () => {
    thread++;
    const model = new ScriptedModel((_, call) =>
      call === 1 ? callTool('balance', {}) : 'They owe 1,250.00 USD.',
    );
    const reply = await ask(await collector(model), 'what is owed?');
    expect(reply.answer).toBe('They owe 1,250.00 USD.');
    expect(reply.tools).toMatchObject([{ name: 'balance', output: { open: '1250.00' } }]);
    expect(reply.model).toBe('scripted');
  });

  test('a figure that no tool gave is asked to be rewritten once, and then not shown at all', async () => {
    thread++;
    const model = new ScriptedModel((_, call) =>
      call === 1 ? callTool('balance', {}) : 'They owe 1,350.00 USD.',
    );
    const reply = await ask(await collector(model), 'what is owed?');
    expect(model.calls).toHaveLength(3);
    expect(reply.answer).not.toContain('1,350');
    expect(reply.answer).toMatch(/results themselves/);
  });

  test('the rewritten answer is shown when it holds', async () => {
    thread++;
    const answers = ['They owe 1,350.00 USD.', 'They owe 1,250.00 USD.'];
    const model = new ScriptedModel((_, call) => (call === 1 ? callTool('balance', {}) : answers[call - 2]!));
    expect((await ask(await collector(model), 'what is owed?')).answer).toBe('They owe 1,250.00 USD.');
  });

  test('figures of an earlier turn do not back an answer that called no tool', async () => {
    thread++;
    const model = new ScriptedModel((_, call) =>
      call === 1 ? callTool('balance', {}) : call === 2 ? 'It is 1,250.00 USD.' : 'As said, 1,250.00 USD.',
    );
    const assistant = await collector(model);
    await ask(assistant, 'what is owed?');
    expect((await ask(assistant, 'say it again')).answer).not.toContain('1,250');
  });

  test('a follow-up sees the conversation, tool results included, and every tool call has its result', async () => {
    thread++;
    const model = new ScriptedModel((_, call) => (call === 1 ? callTool('balance', {}) : 'Nothing more.'));
    const assistant = await collector(model);
    for (let turn = 0; turn < 14; turn++) await ask(assistant, `question ${turn}`);
    const seen = model.calls.at(-1)!.map((message) => message.getType());
    expect(seen.filter((type) => type === 'human').length).toBeLessThanOrEqual(12);
    const second = model.calls[2]!;
    expect(second.map((message) => message.getType())).toEqual([
      'system',
      'human',
      'ai',
      'tool',
      'ai',
      'human',
    ]);
    expect(second.at(-1)!.content).toBe('question 1');
  });

  test('a conversation keeps one checkpoint, however long it gets', async () => {
    thread++;
    const assistant = await collector(new ScriptedModel((messages) => `${messages.length} messages`));
    for (let turn = 0; turn < 5; turn++) await ask(assistant, `question ${turn}`);
    const { rows } = await database.pool.query(
      `select (select count(*) from agent.checkpoints where thread_id = $1)::int as checkpoints,
              (select count(*) from agent.checkpoint_blobs where thread_id = $1 and channel = 'messages')::int as messages`,
      [`t1:u1:thread-${thread}`],
    );
    expect(rows).toEqual([{ checkpoints: 1, messages: 1 }]);
  });

  test('endless tool calls end with a clear message within the bounds', async () => {
    thread++;
    const model = new ScriptedModel(
      () =>
        new AIMessage({
          content: '',
          tool_calls: Array.from({ length: 4 }, (_, at) => ({
            name: 'balance',
            args: {},
            id: `x${Math.random()}${at}`,
          })),
        }),
    );
    const reply = await ask(await collector(model), 'loop');
    expect(reply.answer).toMatch(/within the steps/);
    expect(model.calls.length).toBeLessThanOrEqual(limits.steps);
    expect(reply.tools.filter((use) => !('error' in (use.output as object))).length).toBeLessThanOrEqual(
      limits.toolCalls,
    );
  });

  test('an unknown tool, a wrong input and a huge output are answered, not thrown', async () => {
    thread++;
    const script = [
      callTool('approve_everything', {}),
      callTool('balance', { lines: 'many' }),
      callTool('balance', { lines: 100_000 }),
      'Done.',
    ];
    const model = new ScriptedModel((_, call) => script[call - 1]!);
    const reply = await ask(await collector(model), 'try');
    expect(reply.tools.map((use) => (use.output as { error?: { code: string } }).error?.code)).toEqual([
      'unknown_tool',
      'invalid_input',
      undefined,
    ]);
    const sent = model.calls.at(-1)!.at(-1)!.content as string;
    expect(sent.length).toBeLessThanOrEqual(limits.toolOutputCharacters);
    expect(JSON.parse(sent)).toMatchObject({ open: '1250.00', cut: expect.any(String) });
  });

  test('a model that is down: the offline one answers and the person is told', async () => {
    thread++;
    const events: TurnEvent[] = [];
    const down = new ScriptedModel(() => new Error('529 overloaded'));
    const offline = new ScriptedModel((_, call) =>
      call === 1 ? callTool('balance', {}) : 'Open: 1,250.00 USD.',
    );
    const reply = await ask(await collector(down, offline), 'what is owed?', events);
    expect(reply.answer).toBe('The language model is not available right now.\n\nOpen: 1,250.00 USD.');
    expect(reply.model).toBe('offline');
    expect(events).toContainEqual({ type: 'replace' });
  });

  test('a model that goes down after it recorded something: nothing is recorded a second time', async () => {
    thread++;
    recorded.length = 0;
    const goesDown = new ScriptedModel((_, call) =>
      call === 1 ? callTool('note', { text: 'on hold' }) : new Error('529 overloaded'),
    );
    const offline = new ScriptedModel(() => callTool('note', { text: 'on hold' }));
    const reply = await ask(await collector(goesDown, offline), 'hold it');
    expect(recorded).toEqual(['on hold']);
    expect(reply.tools).toMatchObject([{ name: 'note', output: { text: 'on hold' } }]);
    expect(reply.answer).toMatch(/not available right now\.\n\nIt stopped after it had done this: note\./);
  });

  test('an empty reply is asked for once more', async () => {
    thread++;
    const model = new ScriptedModel((_, call) => (call === 1 ? '' : 'Here I am.'));
    expect((await ask(await collector(model), 'hello')).answer).toBe('Here I am.');
  });

  test('links, hidden characters and endless text do not get through', async () => {
    thread++;
    const model = new ScriptedModel(
      () => `See [this](https://evil.example/x) now\u202e${' word'.repeat(10_000)}`,
    );
    const { answer } = await ask(await collector(model), 'hello');
    expect(answer).not.toMatch(/https?:|\u202e/);
    expect(answer.length).toBeLessThanOrEqual(limits.answerCharacters);
  });

  test('a stopped turn throws, keeps nothing, and the thread goes on', async () => {
    thread++;
    const model = new ScriptedModel((messages) => (messages.length > 2 ? 'I see more than one.' : 'Fine.'));
    const assistant = await collector(model);
    const stop = new AbortController();
    stop.abort();
    await expect(assistant.reply('first', context(), () => undefined, stop.signal)).rejects.toThrow();
    expect((await ask(assistant, 'second')).answer).toBe('Fine.');
  });

  test('what was forgotten is gone', async () => {
    thread++;
    const model = new ScriptedModel((messages) => `${messages.length > 2 ? 'again' : 'new'}`);
    const assistant = await collector(model);
    expect((await ask(assistant, 'one')).answer).toBe('new');
    expect((await ask(assistant, 'two')).answer).toBe('again');
    await assistant.forget(context());
    expect((await ask(assistant, 'three')).answer).toBe('new');
  });
});
