/** `POST /api/ask`: one turn as a stream of server-sent events, ended by `answer` or `error`. */
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { InvalidInputError } from '../../domain/errors.ts';
import type { TurnEvent } from '../../ports/assistant.ts';
import type { WebDeps } from './deps.ts';
import { describeError } from './error-response.ts';
import { renderAdaptive } from './render-adaptive.ts';
import { actingAs } from './request-parts.ts';

export const QUESTION_CHARACTERS = 2000;
const KEEP_ALIVE_MS = 15_000;

export const threadId = z.string().regex(/^[\w.:-]{1,100}$/, 'a thread is letters, digits and . : - _');

const question = z.object({
  text: z
    .string({ error: 'text must be there: the question' })
    .trim()
    .min(1, 'the question is empty')
    .max(QUESTION_CHARACTERS, `the question is longer than ${QUESTION_CHARACTERS} characters; shorten it`),
  thread: threadId.optional(),
});

function readQuestion(request: Request): { text: string; thread: string } {
  if (!request.is('application/json'))
    throw new InvalidInputError('Send the question as JSON: {"text": "who owes us the most?"}');
  const parsed = question.safeParse(request.body);
  if (!parsed.success)
    throw new InvalidInputError(
      `The request is not right: ${parsed.error.issues.map((i) => i.message).join('; ')}.`,
    );
  return { text: parsed.data.text, thread: parsed.data.thread ?? randomUUID() };
}

type Send = (event: string, data: unknown) => void;

/** Opens the stream; a comment now and then keeps proxies from closing it while the model thinks. */
function openStream(response: Response): { send: Send; close: () => void } {
  response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  const write = (text: string) => {
    if (!response.writableEnded && !response.destroyed) response.write(text);
  };
  const beat = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS);
  return {
    send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    close: () => {
      clearInterval(beat);
      response.end();
    },
  };
}

/**
 * Events: `thread {thread}`, then `progress {text}`, `text {text}`, `replace {}` while the turn runs, and last
 * `answer` (the Answer plus `adaptive`, one Adaptive Card for each of its cards) or `error {code, message, retryable}`.
 * A client that goes away aborts the turn.
 */
export const askRoute =
  ({ ask, logger }: Pick<WebDeps, 'ask' | 'logger'>): RequestHandler =>
  async (request, response) => {
    const { text, thread } = readQuestion(request);
    const as = actingAs(request);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const stream = openStream(response);
    stream.send('thread', { thread });
    try {
      const onEvent = ({ type, ...event }: TurnEvent) => stream.send(type, event);
      const answer = await ask(text, thread, onEvent, gone.signal, as);
      stream.send('answer', { ...answer, adaptive: await Promise.all(answer.cards.map(renderAdaptive)) });
    } catch (error) {
      if (!gone.signal.aborted) {
        const { status: _, ...shown } = describeError(error, logger);
        stream.send('error', shown);
      }
    } finally {
      stream.close();
    }
  };
