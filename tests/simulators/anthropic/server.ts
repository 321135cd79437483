/**
 * The Messages API on a loopback port: JSON and server-sent events, checks of the request, prompt cache counts and
 * every fault the client must live with. Tests script it and read its journal.
 *
 * Wire format and rules are those of the public documentation, read in November 2026 at platform.claude.com:
 * api/messages, api/errors (statuses, error shape, request-id), build-with-claude/streaming (event order, ping, error
 * events inside a stream), build-with-claude/handling-stop-reasons, build-with-claude/prompt-caching (breakpoints,
 * prefix order, minimum), build-with-claude/thinking, models/sonnet-5/migration-guide (sampling parameters answer 400,
 * thinking is on by default, a tokenizer with about 30 % more tokens), and of the error texts quoted in public issue
 * threads. Consecutive messages of one role are merged, as the API does; it is not an error.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPromptCache } from './cache.ts';
import { asEvents, asJson, errorEvent } from './events.ts';
import type { Answer, Reply, StreamFault } from './reply.ts';
import type { MessagesRequest } from './request.ts';
import { requestProblem } from './validate.ts';

/** One request as it came, and the status it was answered with. */
export type JournalEntry = {
  body: MessagesRequest;
  headers: IncomingMessage['headers'];
  status: number;
  problem: string | null;
  /** Set when the caller went away before the answer was complete. */
  aborted: boolean;
};

/** A list is used up in order and its last entry repeats; a function sees the request and how many came before. */
export type Script = Reply[] | ((request: MessagesRequest, count: number) => Reply);

export type AnthropicSimulator = {
  readonly url: string;
  readonly apiKey: string;
  readonly journal: JournalEntry[];
  script(script: Script): void;
  close(): Promise<void>;
};

const KEY = 'sk-ant-simulated';

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};

const sendError = (
  response: ServerResponse,
  fault: { status: number; type: string; message: string; headers?: Record<string, string> },
  requestId: string,
): void => {
  response.writeHead(fault.status, {
    'content-type': 'application/json',
    'request-id': requestId,
    ...fault.headers,
  });
  response.end(
    JSON.stringify({
      type: 'error',
      error: { type: fault.type, message: fault.message },
      request_id: requestId,
    }),
  );
};

/** "Get a model": every name of the vendor's families exists here. */
const sendModel = (response: ServerResponse, request: IncomingMessage, requestId: string): void => {
  const id = decodeURIComponent(request.url!.slice('/v1/models/'.length));
  const fail = (status: number, type: string, message: string) =>
    sendError(response, { status, type, message }, requestId);
  if (request.headers['x-api-key'] !== KEY) fail(401, 'authentication_error', 'invalid x-api-key');
  else if (!/^claude-(3|opus|sonnet|haiku)/.test(id)) fail(404, 'not_found_error', `model: ${id}`);
  else {
    response.writeHead(200, { 'content-type': 'application/json', 'request-id': requestId });
    response.end(JSON.stringify({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' }));
  }
};

const write = (response: ServerResponse, text: string): Promise<void> =>
  new Promise((done) => {
    if (response.write(text)) return done();
    const go = () => {
      response.off('drain', go).off('close', go);
      done();
    };
    response.on('drain', go).on('close', go);
  });

async function sendEvents(response: ServerResponse, events: string[], fault?: StreamFault): Promise<void> {
  const shown = fault ? events.slice(0, fault.after) : events;
  for (const each of shown) {
    if (response.destroyed) return;
    await write(response, each);
  }
  if (!fault || fault.fault === 'close') response.end();
  else if (fault.fault === 'error') response.end(errorEvent(fault.errorType ?? 'overloaded_error'));
  else if (fault.fault === 'cut') response.end(events[fault.after]?.slice(0, 20) ?? '');
  else if (fault.fault === 'reset') response.destroy();
  // a stall sends nothing more; the caller or close() ends it
}

export async function startAnthropic(first: Script = []): Promise<AnthropicSimulator> {
  let script = first;
  let taken = 0;
  let made = 0;
  const journal: JournalEntry[] = [];
  const countTokens = createPromptCache();

  const nextReply = (body: MessagesRequest): Reply => {
    const index = taken++;
    if (typeof script === 'function') return script(body, index);
    const reply = script[Math.min(index, script.length - 1)];
    if (!reply) throw new Error('the simulator has nothing to answer; give it a script');
    return reply;
  };

  const answerWith = async (response: ServerResponse, body: MessagesRequest, reply: Answer | StreamFault) => {
    const answer = 'fault' in reply ? reply.answer : reply;
    const id = ++made;
    const message = { id: `msg_${id}`, model: body.model, usage: countTokens(body) };
    const ids = answer.content.map((_, index) => `toolu_${id}_${index}`);
    const headers = { 'request-id': `req_${id}` };
    if (!body.stream) {
      response.writeHead(200, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(asJson(answer, message, ids)));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...headers });
    await sendEvents(response, asEvents(answer, message, ids), 'fault' in reply ? reply : undefined);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = `req_sim_${journal.length}`;
    if (request.method === 'GET' && request.url?.startsWith('/v1/models/'))
      return sendModel(response, request, requestId);
    if (request.method !== 'POST' || !request.url?.startsWith('/v1/messages'))
      return sendError(response, { status: 404, type: 'not_found_error', message: 'Not found' }, requestId);
    const body = (await readBody(request)) as MessagesRequest;
    const entry: JournalEntry = {
      body,
      headers: request.headers,
      status: 200,
      problem: null,
      aborted: false,
    };
    journal.push(entry);
    response.on('close', () => {
      entry.aborted = !response.writableFinished;
    });
    const refuse = (status: number, type: string, message: string, headers?: Record<string, string>) => {
      entry.status = status;
      entry.problem = message;
      sendError(response, { status, type, message, ...(headers && { headers }) }, requestId);
    };
    if (request.headers['x-api-key'] !== KEY) return refuse(401, 'authentication_error', 'invalid x-api-key');
    if (!request.headers['anthropic-version'])
      return refuse(400, 'invalid_request_error', 'anthropic-version: header is required');
    const problem = requestProblem(body);
    if (problem) return refuse(400, 'invalid_request_error', problem);
    const reply = nextReply(body);
    if (!('fault' in reply) || 'answer' in reply) return answerWith(response, body, reply);
    if (reply.fault === 'http') return refuse(reply.status, reply.type, reply.message, reply.headers);
    if (reply.fault === 'drop') response.destroy();
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: KEY,
    journal,
    script: (next) => {
      script = next;
      taken = 0;
    },
    close: () =>
      new Promise((done, fail) => {
        server.close((error) => (error ? fail(error) : done()));
        server.closeAllConnections();
      }),
  };
}
