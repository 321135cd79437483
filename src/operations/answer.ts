/** One turn of a conversation: queued, answered, stored with how fresh its sources are. */
import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidInputError, RemyError } from '../domain/errors.ts';
import type { Actor, Context } from '../ports/actor.ts';
import type { Answer, Assistant, AssistantReply, TurnEvent } from '../ports/assistant.ts';
import type { Clock } from '../ports/clock.ts';
import { claimTurn, enqueueTurn, finishTurn, renewTurn } from '../store/chat-turns.ts';
import { sourceFreshness } from '../store/freshness.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { createTenantDay } from './local-day.ts';

export const QUESTION_CHARACTERS = 2000;
const EMPTY_LEDGER =
  'The ledger is empty, so there is nothing to answer from yet. Import your files (npx remy import customers.csv invoices.csv), or start with the demo company (npm start).';
const LEASE_MS = 30_000;
const WAIT_MS = 120_000;

export type Ask = { text: string; thread: string; actor: Actor };
export type AskOptions = { onEvent?: (event: TurnEvent) => void; signal?: AbortSignal };
export type AnswerQuestion = (ask: Ask, options?: AskOptions) => Promise<Answer>;

type Parts = { database: Database; assistant: Assistant; clock: Clock; leaseMs?: number };

/** This process was taken for dead, and another may be answering on the thread. */
const turnLost = (): RemyError =>
  new RemyError('turn_lost', 'This question was dropped; ask it again.', { retryable: true });

function checkQuestion(text: string): string {
  const question = text.trim();
  if (question === '')
    throw new InvalidInputError('The question is empty. Ask something like "who owes us the most?"');
  if (question.length > QUESTION_CHARACTERS)
    throw new InvalidInputError(
      `The question has ${question.length} characters; at most ${QUESTION_CHARACTERS} can be read. Shorten it.`,
    );
  return question;
}

/** Waits until the thread is ours; gives the place up when the caller goes away or after two minutes. */
async function waitForTurn(
  { database, leaseMs = LEASE_MS }: Parts,
  ask: Ask,
  question: string,
  signal: AbortSignal,
) {
  const { tenantId, userId } = ask.actor;
  const place = await inTenant(database.pool, tenantId, (sql) =>
    enqueueTurn(sql, { thread: ask.thread, userId, text: question, leaseMs }),
  );
  const until = performance.now() + WAIT_MS;
  let running = place.running;
  for (let pause = 20; !running; pause = Math.min(pause * 2, 500, leaseMs / 4)) {
    if (signal.aborted || performance.now() > until) {
      await inTenant(database.pool, tenantId, (sql) => finishTurn(sql, place.id, null));
      signal.throwIfAborted();
      throw new RemyError(
        'thread_busy',
        'The question before this one is still being answered. Ask again in a moment.',
        {
          retryable: true,
        },
      );
    }
    await sleep(pause);
    const now = await inTenant(database.pool, tenantId, (sql) =>
      claimTurn(sql, ask.thread, place.id, leaseMs),
    );
    if (now === null) throw turnLost();
    running = now.running;
  }
  return place.id;
}

/** An empty ledger makes every figure an empty one: what to do next is said instead, help and refusals stay. */
const overNothing = (reply: AssistantReply): AssistantReply =>
  reply.tools.length > 0
    ? { ...reply, answer: EMPTY_LEDGER, cards: [] }
    : { ...reply, answer: `${EMPTY_LEDGER}\n\n${reply.answer}` };

/**
 * Answers one message. Messages of one thread are answered one at a time and in order, over any number of processes.
 *
 * Throws: InvalidInputError (empty or too long), RemyError `thread_busy`, `turn_lost`, `turn_timeout`; an AbortError
 * when the caller stopped it.
 */
export function createAnswer(parts: Parts): AnswerQuestion {
  const { database, assistant, clock, leaseMs = LEASE_MS } = parts;
  const tenantDay = createTenantDay(database, clock);
  return async (ask, options = {}) => {
    const question = checkQuestion(ask.text);
    const signal = options.signal ?? new AbortController().signal;
    const { tenantId } = ask.actor;
    const id = await waitForTurn(parts, ask, question, signal);
    const lost = new AbortController();
    const heartbeat = setInterval(() => {
      inTenant(database.pool, tenantId, (sql) => renewTurn(sql, id, leaseMs)).then(
        (kept) => kept || lost.abort(turnLost()),
        () => undefined, // the database may be back before the lease is over
      );
    }, leaseMs / 3);
    try {
      const context: Context = { actor: ask.actor, thread: ask.thread, today: await tenantDay(tenantId) };
      const reply = await assistant.reply(
        question,
        context,
        options.onEvent ?? (() => undefined),
        AbortSignal.any([signal, lost.signal]),
      );
      return await inTenant(database.pool, tenantId, async (sql) => {
        const sources = await sourceFreshness(sql);
        const answer: Answer = {
          thread: ask.thread,
          ...(sources.length === 0 ? overNothing(reply) : reply),
          asOf: context.today,
          sources,
        };
        if (!(await finishTurn(sql, id, answer))) throw turnLost();
        return answer;
      });
    } catch (error) {
      await inTenant(database.pool, tenantId, (sql) => finishTurn(sql, id, null)).catch(() => undefined);
      throw lost.signal.aborted ? lost.signal.reason : error;
    } finally {
      clearInterval(heartbeat);
    }
  };
}
