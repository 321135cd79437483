/**
 * The queue of each chat thread: one turn runs at a time, in the order the messages came, over any number of
 * processes. Time is the database's own, so that processes need not agree on a clock.
 */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

export type Place = { readonly id: number; readonly running: boolean };
const placeRow = z.object({ id: z.coerce.number(), running: z.boolean() });
const lease = "now() + $3 * interval '1 millisecond'";

/** A process that died leaves turns behind; the next message of the thread clears them away. */
const dropAbandoned = (sql: Sql, thread: string, own: number | null): Promise<number> =>
  sql.run(
    `update chat_turn set state = 'failed', lease_until = null, finished_at = now()
      where tenant_id = $1 and thread = $2 and id is distinct from $3::bigint
        and state in ('waiting', 'running') and lease_until < now()`,
    [sql.tenantId, thread, own],
  );

/** Two claims of one thread at once are decided here, not by the unique key failing. */
const lockThread = (sql: Sql, thread: string): Promise<number> =>
  sql.run(`select pg_advisory_xact_lock(hashtextextended($2, $1::int))`, [sql.tenantId, thread]);

/** Stores the message and claims the thread when nobody is before it. */
export async function enqueueTurn(
  sql: Sql,
  turn: { thread: string; userId: number; text: string; leaseMs: number },
): Promise<Place> {
  await lockThread(sql, turn.thread);
  await dropAbandoned(sql, turn.thread, null);
  return sql.one(
    placeRow,
    `insert into chat_turn (tenant_id, thread, user_id, text, lease_until, state)
     values ($1, $2, $4, $5, ${lease}, case when exists (select from chat_turn
       where tenant_id = $1 and thread = $2 and state in ('waiting', 'running')) then 'waiting' else 'running' end)
     returning id, state = 'running' as running`,
    [sql.tenantId, turn.thread, turn.leaseMs, turn.userId, turn.text],
  );
}

/**
 * Renews the place in the queue and claims the thread when its turn has come.
 * `null`: the place was lost (this process was taken for dead).
 */
export async function claimTurn(
  sql: Sql,
  thread: string,
  id: number,
  leaseMs: number,
): Promise<Place | null> {
  await lockThread(sql, thread);
  await dropAbandoned(sql, thread, id);
  return sql.maybe(
    placeRow,
    `update chat_turn t set lease_until = ${lease}, state = case when exists (select from chat_turn o
        where o.tenant_id = $1 and o.thread = $2 and o.id < t.id and o.state in ('waiting', 'running'))
        then 'waiting' else 'running' end
      where t.tenant_id = $1 and t.thread = $2 and t.id = $4 and t.state in ('waiting', 'running')
      returning id, state = 'running' as running`,
    [sql.tenantId, thread, leaseMs, id],
  );
}

/** Keeps a running turn's lease; false when it was lost. */
export const renewTurn = async (sql: Sql, id: number, leaseMs: number): Promise<boolean> =>
  (await sql.run(
    `update chat_turn set lease_until = now() + $3 * interval '1 millisecond'
      where tenant_id = $1 and id = $2 and state = 'running'`,
    [sql.tenantId, id, leaseMs],
  )) === 1;

/** Ends a turn: with its answer, or as failed when there is none. False when the place had been lost before. */
export const finishTurn = async (sql: Sql, id: number, answer: unknown | null): Promise<boolean> =>
  (await sql.run(
    `update chat_turn set state = $3, answer = $4, lease_until = null, finished_at = now()
      where tenant_id = $1 and id = $2 and state in ('waiting', 'running')`,
    [sql.tenantId, id, answer === null ? 'failed' : 'done', answer === null ? null : JSON.stringify(answer)],
  )) === 1;

const pastTurn = z.object({ text: z.string(), state: z.string(), answer: z.unknown() });
export type PastTurn = z.infer<typeof pastTurn>;

/** The user's last turns in the thread, oldest first. */
export const threadHistory = async (
  sql: Sql,
  thread: string,
  userId: number,
  limit = 50,
): Promise<PastTurn[]> =>
  (
    await sql.many(
      pastTurn,
      `select text, state, answer from chat_turn
        where tenant_id = $1 and thread = $2 and user_id = $3 order by id desc limit $4`,
      [sql.tenantId, thread, userId, limit],
    )
  ).reverse();
