import { setTimeout as sleep } from 'node:timers/promises';
import { SystemMessage } from '@langchain/core/messages';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckpoints } from '../../agents/collector/checkpoints.ts';
import { createCollector } from '../../agents/collector/index.ts';
import { type AnswerQuestion, createAnswer } from '../../src/operations/answer.ts';
import { createThreadHistory } from '../../src/operations/thread-history.ts';
import type { Actor } from '../../src/ports/actor.ts';
import { enqueueTurn, threadHistory } from '../../src/store/chat-turns.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { ScriptedModel } from '../support/scripted-model.ts';

const clock = { today: () => '2026-11-24', now: () => new Date('2026-11-24T09:00:00Z') };

describe('answering a message', () => {
  let database: Database;
  let actor: Actor;
  let running = 0;
  /** How many model calls ever ran at the same time. */
  let most = 0;

  /** One replica: its own agent over the shared database. The model tells what it was asked before. */
  const replica = async (pauseMs = 5, leaseMs = 30_000): Promise<AnswerQuestion> => {
    const model = new ScriptedModel(async (messages) => {
      most = Math.max(most, ++running);
      await sleep(pauseMs);
      running--;
      const asked = messages
        .filter((message) => message.getType() === 'human')
        .map((message) => message.content);
      if (asked.at(-1) === 'fail') return new Error('the model broke');
      return `heard ${asked.join(' then ')}`;
    });
    const assistant = createCollector({
      checkpointer: await openCheckpoints(database.pool),
      tools: [],
      explain: () => 'down',
      prepare: async () => ({
        system: new SystemMessage('You are Remy.'),
        model: { name: 'scripted', chat: model },
        offline: { name: 'offline', chat: new ScriptedModel(() => new Error('down too')) },
      }),
    });
    return createAnswer({ database, assistant, clock, leaseMs });
  };

  beforeAll(async () => {
    database = await testDatabase();
    const tenantId = await aTenant(database);
    const { rows } = await database.pool.query<{ id: string }>(
      `insert into app_user (tenant_id, email, role) values ($1, 'ana@example.com', 'admin') returning id`,
      [tenantId],
    );
    actor = { tenantId, userId: Number(rows[0]!.id), email: 'ana@example.com', name: 'Ana', role: 'admin' };
    await database.pool.query(
      `insert into source_sync (tenant_id, source, synced_at) values ($1, 'csv', $2)`,
      [tenantId, '2026-11-24T08:00:00Z'],
    );
  });
  afterAll(() => database.close());

  test('an answer carries its day and how fresh each source is, and is kept', async () => {
    const answer = await (await replica())({ text: ' hello ', thread: 'fresh', actor });
    expect(answer).toMatchObject({
      thread: 'fresh',
      answer: 'heard hello',
      asOf: '2026-11-24',
      sources: [{ source: 'csv', syncedAt: '2026-11-24T08:00:00.000Z' }],
    });
    const history = await inTenant(database.pool, actor.tenantId, (sql) =>
      threadHistory(sql, 'fresh', actor.userId),
    );
    expect(history).toMatchObject([{ text: 'hello', state: 'done', answer: { answer: 'heard hello' } }]);
  });

  test('a thread of the same name tells another person nothing of what was said in it', async () => {
    await (await replica())({ text: 'mine', thread: 'shared', actor });
    const { rows } = await database.pool.query<{ id: string }>(
      `insert into app_user (tenant_id, email, role) values ($1, 'bo@example.com', 'admin') returning id`,
      [actor.tenantId],
    );
    const other: Actor = { ...actor, userId: Number(rows[0]!.id), email: 'bo@example.com' };
    const read = createThreadHistory(database);
    expect(await read('shared', other)).toEqual([]);
    const answer = await (await replica())({ text: 'theirs', thread: 'shared', actor: other });
    expect(answer.answer).toBe('heard theirs');
    expect((await read('shared', actor)).map((past) => past.question)).toEqual(['mine']);
  });

  test('messages that come at once over two replicas are all answered, one at a time and in order', async () => {
    const replicas = [await replica(), await replica()];
    for (let round = 0; round < 5; round++) {
      const thread = `at-once-${round}`;
      const words = ['one', 'two', 'three', 'four'];
      const answers = await Promise.all(words.map((text, at) => replicas[at % 2]!({ text, thread, actor })));
      const history = await inTenant(database.pool, actor.tenantId, (sql) =>
        threadHistory(sql, thread, actor.userId),
      );
      const order = history.map((turn) => turn.text);
      expect([...order].sort()).toEqual([...words].sort());
      expect(history.every((turn) => turn.state === 'done')).toBe(true);
      const last = answers.find((answer) => answer.answer.split(' then ').length === words.length);
      expect(last?.answer).toBe(`heard ${order.join(' then ')}`);
    }
  });

  test('threads do not wait for each other', async () => {
    const ask = await replica(150);
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => ask({ text: 'hi', thread: `own-${n}`, actor })));
    expect(most).toBeGreaterThan(1);
  });

  test('a turn left by a process that died does not block its thread', async () => {
    await inTenant(database.pool, actor.tenantId, (sql) =>
      enqueueTurn(sql, { thread: 'dead', userId: actor.userId, text: 'lost', leaseMs: 30 }),
    );
    const answer = await (await replica())({ text: 'next', thread: 'dead', actor });
    expect(answer.answer).toBe('heard next');
    const history = await inTenant(database.pool, actor.tenantId, (sql) =>
      threadHistory(sql, 'dead', actor.userId),
    );
    expect(history.map((turn) => turn.state)).toEqual(['failed', 'done']);
  });

  test('a turn longer than its lease keeps it alive', async () => {
    const slow = await replica(400, 120);
    const quick = await replica(5, 120);
    const first = slow({ text: 'slow', thread: 'lease', actor });
    await sleep(50);
    const second = await quick({ text: 'quick', thread: 'lease', actor });
    expect((await first).answer).toBe('heard slow');
    expect(second.answer).toBe('heard slow then quick');
  });

  test('a turn that was taken for dead stops, and gives no answer beside the one that took its place', async () => {
    const slow = await replica(600, 120);
    const first = slow({ text: 'slow', thread: 'fenced', actor });
    const refused = expect(first).rejects.toMatchObject({ code: 'turn_lost', retryable: true });
    await sleep(60);
    await database.pool.query(
      `update chat_turn set state = 'failed', lease_until = null where thread = 'fenced'`,
    );
    expect((await (await replica())({ text: 'next', thread: 'fenced', actor })).answer).toBe('heard next');
    await refused;
  });

  test('a failed turn is marked, and the thread goes on', async () => {
    const ask = await replica();
    await expect(ask({ text: 'fail', thread: 'failing', actor })).rejects.toThrow(/down too/);
    expect((await ask({ text: 'ok', thread: 'failing', actor })).answer).toBe('heard ok');
  });

  test('who waits and goes away leaves the queue', async () => {
    const ask = await replica(200);
    const stop = new AbortController();
    const first = ask({ text: 'first', thread: 'leaving', actor });
    await sleep(30);
    const second = ask({ text: 'second', thread: 'leaving', actor }, { signal: stop.signal });
    stop.abort();
    await expect(second).rejects.toThrow();
    await first;
    expect((await ask({ text: 'third', thread: 'leaving', actor })).answer).toBe('heard first then third');
  });

  test('over an empty ledger it is said what to do, before help and refusals', async () => {
    const tenantId = await aTenant(database);
    const { rows } = await database.pool.query<{ id: string }>(
      `insert into app_user (tenant_id, email, role) values ($1, 'new@example.com', 'admin') returning id`,
      [tenantId],
    );
    const newcomer: Actor = { ...actor, tenantId, userId: Number(rows[0]!.id) };
    const { answer } = await (await replica())({ text: 'hello', thread: 'empty', actor: newcomer });
    expect(answer).toMatch(/^The ledger is empty.*npx remy import.*heard hello$/s);
  });

  test('an empty and an endless question are refused with what to do', async () => {
    const ask = await replica();
    await expect(ask({ text: '  ', thread: 'x', actor })).rejects.toThrow(/empty/);
    await expect(ask({ text: 'x'.repeat(2001), thread: 'x', actor })).rejects.toThrow(/at most 2000/);
  });
});
