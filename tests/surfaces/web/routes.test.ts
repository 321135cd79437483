import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RemyError } from '../../../src/domain/errors.ts';
import type { Listening } from '../../../src/surfaces/web/listen.ts';
import { scriptedDeps, startConsole } from './console.ts';
import { eventsOf, http, post } from './http.ts';

const deps = scriptedDeps();
let server: Listening;
beforeAll(async () => {
  server = await startConsole(deps);
});
afterAll(() => server.close());
const get = (path: string) => http(server.url + path);

describe('asking', () => {
  test('a turn is a stream of what happens, ended by the answer with its Adaptive Cards', async () => {
    const reply = await post(server.url, { text: "What's our aging look like?", thread: 't-1' });
    expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const events = eventsOf(reply.text);
    expect(events[0]).toEqual({ event: 'thread', data: { thread: 't-1' } });
    expect(events[1]).toEqual({ event: 'progress', data: { text: 'Looking in the ledger' } });
    const kinds = events.map((each) => each.event);
    expect(kinds.indexOf('replace')).toBeGreaterThan(kinds.indexOf('text'));
    const answer = events.at(-1)!;
    expect(answer.event).toBe('answer');
    expect(answer.data).toMatchObject({ thread: 't-1', model: 'offline', asOf: '2026-03-31' });
    expect(answer.data.adaptive).toMatchObject([{ type: 'AdaptiveCard', version: '1.5' }]);
    expect(answer.data.cards).toHaveLength(1);
  });

  test('a question without a thread gets a new one each time', async () => {
    const threads = await Promise.all(
      ['a', 'b'].map(async (text) => eventsOf((await post(server.url, { text })).text)[0]!.data.thread),
    );
    expect(threads[0]).toMatch(/^[\w-]{36}$/);
    expect(threads[0]).not.toBe(threads[1]);
  });

  test('what is asked and answered is there when the conversation is opened again', async () => {
    await post(server.url, { text: 'Who owes us the most?', thread: 't-2' });
    const { messages } = (await get('api/threads/t-2')).json() as { messages: Record<string, unknown>[] };
    expect(messages).toMatchObject([
      { role: 'user', text: 'Who owes us the most?' },
      { role: 'remy', adaptive: [{ type: 'AdaptiveCard' }] },
    ]);
  });

  test('a failure inside is logged under a number and shows nothing of the inside', async () => {
    const reply = await post(server.url, { text: 'fail please' });
    const last = eventsOf(reply.text).at(-1)!;
    expect(last.event).toBe('error');
    expect(last.data).toMatchObject({ code: 'internal', retryable: true });
    expect(reply.text).not.toMatch(/secret detail|TypeError|\.ts:/);
    const number = /as (\w{8})\./.exec(String(last.data.message))![1];
    expect(deps.logged).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ number }) }),
    );
  });

  test('an error of ours says what to do', async () => {
    const busy = await startConsole(
      scriptedDeps({
        ask: () =>
          Promise.reject(new RemyError('thread_busy', 'Ask again in a moment.', { retryable: true })),
      }),
    );
    const reply = await post(busy.url, { text: 'hello' });
    expect(eventsOf(reply.text).at(-1)!.data).toEqual({
      code: 'thread_busy',
      message: 'Ask again in a moment.',
      retryable: true,
    });
    await busy.close();
  });

  test('a client that goes away stops the turn, and nothing is logged as failed', async () => {
    let stopped!: (reason: unknown) => void;
    const aborted = new Promise((done) => {
      stopped = done;
    });
    const own = scriptedDeps({
      ask: (_text, _thread, onEvent, signal) => {
        onEvent({ type: 'progress', text: 'working' });
        return new Promise((_, fail) => {
          signal.addEventListener('abort', () => {
            stopped(true);
            fail(signal.reason);
          });
        });
      },
    });
    const slow = await startConsole(own);
    const sent = request(`${slow.url}api/ask`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
    });
    sent.on('error', () => undefined);
    sent.on('response', (response) => response.once('data', () => sent.destroy()));
    sent.end('{"text":"wait"}');
    expect(await aborted).toBe(true);
    await slow.close();
    expect(own.logged).toEqual([]);
  });

  test('closing waits for a running answer', async () => {
    const closing = await startConsole();
    const reply = post(closing.url, { text: 'Who owes us the most?' });
    await new Promise((done) => setTimeout(done, 20));
    await closing.close();
    expect(eventsOf((await reply).text).at(-1)!.event).toBe('answer');
  });

  test.each([
    ['malformed JSON', '{"text": ', 400, 'malformed'],
    ['no text', '{}', 400, 'invalid_input'],
    ['an empty question', '{"text":"   "}', 400, 'invalid_input'],
    ['a text that is no text', '{"text":7}', 400, 'invalid_input'],
    ['a list', '[]', 400, 'invalid_input'],
    ['2,001 characters', JSON.stringify({ text: 'x'.repeat(2001) }), 400, 'invalid_input'],
    ['a thread that could be a path', '{"text":"hi","thread":"../x"}', 400, 'invalid_input'],
    ['more than 64 kB', JSON.stringify({ text: 'x'.repeat(66_000) }), 413, 'too_large'],
  ])('%s is refused as JSON that says what is wrong', async (_name, body, status, code) => {
    const reply = await post(server.url, body);
    expect(reply.status).toBe(status);
    expect(reply.json()).toMatchObject({ error: { code, message: expect.stringMatching(/\.$/) } });
    expect(reply.text).not.toMatch(/node_modules|\.ts:|at \w+/);
  });

  test('2,000 characters are read', async () => {
    expect((await post(server.url, { text: 'x'.repeat(2000) })).status).toBe(200);
  });

  test('a question that is not sent as JSON is refused', async () => {
    const reply = await post(server.url, '{"text":"hi"}', { 'Content-Type': 'text/plain' });
    expect(reply.status).toBe(400);
  });
});

describe('reading', () => {
  test('an account comes with its summary and sections as cards', async () => {
    const account = (await get('api/accounts/11')).json();
    expect(account).toMatchObject({
      customer: { name: 'Northwind Traders' },
      summary: { adaptive: { type: 'AdaptiveCard' } },
    });
    expect((account as { sections: unknown[] }).sections.length).toBeGreaterThan(5);
  });

  test('an account that is not there or not theirs is 404, a bad number 400', async () => {
    expect(await get('api/accounts/99')).toMatchObject({ status: 404 });
    expect(await get('api/accounts/abc')).toMatchObject({ status: 400 });
    expect(await get('api/accounts/1e999')).toMatchObject({ status: 400 });
    expect(await get('api/accounts/%zz')).toMatchObject({ status: 400 });
  });

  test('the rows behind a figure come as a card', async () => {
    const reply = await get('api/figures/7/rows');
    expect(reply.json()).toMatchObject({ figureId: 7, of: 'open invoices', card: { allRows: true } });
  });

  test('customers are found by name', async () => {
    expect((await get('api/customers?name=acme')).json()).toMatchObject({ asked: 'acme', why: 'several' });
    expect(await get('api/customers')).toMatchObject({ status: 400 });
  });

  test('a timeline is saved as a file whose name cannot break the header', async () => {
    const reply = await get('api/timeline.csv?customer=11');
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(reply.headers['content-disposition']).toBe('attachment; filename="a \\"b\\".csv"');
    expect(await get('api/timeline.csv?invoice=INV-1')).toMatchObject({ status: 200 });
    expect(await get('api/timeline.csv')).toMatchObject({ status: 400 });
  });

  test('status, health, readiness and metrics answer', async () => {
    expect((await get('api/status')).json()).toMatchObject({ tenant: 'Bluebird Supplies', isDemo: true });
    expect((await get('healthz')).json()).toEqual({ ok: true });
    expect((await get('readyz')).json()).toEqual({ ok: true, problems: [] });
    const metrics = await get('metrics');
    expect(metrics.headers['content-type']).toContain('text/plain');
    expect(metrics.text).toBe('remy_up 1\n');
  });

  test('not ready is 503 with the reason, and a check that throws is not ready', async () => {
    const down = await startConsole(
      scriptedDeps({ health: async () => ({ ok: false, problems: ['The database does not answer.'] }) }),
    );
    const broken = await startConsole(
      scriptedDeps({ health: () => Promise.reject(new Error('password=1')) }),
    );
    expect(await http(`${down.url}readyz`)).toMatchObject({ status: 503 });
    const reply = await http(`${broken.url}readyz`);
    expect(reply.status).toBe(503);
    expect(reply.text).not.toContain('password');
    expect(await http(`${broken.url}healthz`)).toMatchObject({ status: 200 });
    await down.close();
    await broken.close();
  });

  test('what is not there is 404 as JSON, in the API and beside the page', async () => {
    expect((await get('api/nothing')).json()).toMatchObject({ error: { code: 'not_found' } });
    expect(await get('api/ask')).toMatchObject({ status: 404 });
    expect(await get('nothing.html')).toMatchObject({ status: 404 });
    expect(await get('..%2f..%2fserver.ts')).toMatchObject({ status: 404 });
  });

  test('the page and its files are served, the files for ever, the page afresh', async () => {
    const page = await get('');
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-cache');
    const script = /src="\/(assets\/[^"]+\.js)"/.exec(page.text)![1]!;
    expect((await get(script)).headers['cache-control']).toContain('immutable');
    expect(page.text).not.toMatch(/<script(?![^>]* src=)|<style|style="/);
  });
});
