/**
 * One worker at a time on an effect, for as long as its process lives: a session lock on a client of its own. A worker
 * that is paused past its lease still holds it, so nobody else tries in the meantime; one that died has let it go.
 * The embedded database is one session in one process: there is nobody to keep out.
 */
import type pg from 'pg';
import type { Database } from '../pool.ts';

/** First part of the lock's name, so that no other lock of ours can have the same key. */
const NAME = 'remy.effect';

const nobody = new AbortController().signal;
const nameOf = (tenantId: number, effectId: number): string => `${NAME}:${tenantId}:${effectId}`;

const unlock = (client: pg.PoolClient, tenantId: number, effectId: number): Promise<boolean> =>
  client
    .query<{ freed: boolean }>('select pg_advisory_unlock(hashtextextended($1, 0)) as freed', [
      nameOf(tenantId, effectId),
    ])
    .then(
      ({ rows }) => rows[0]?.freed === true,
      () => false,
    );

/**
 * Runs `work` while holding the lock; `undefined` when another worker has it. The signal is aborted when the lock's
 * connection breaks: then another worker may begin, and the call must stop.
 */
export async function withEffectLock<Result>(
  database: Pick<Database, 'pool' | 'kind'>,
  tenantId: number,
  effectId: number,
  work: (lost: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  if (database.kind === 'embedded') return work(nobody);
  const client = await database.pool.connect();
  const broken = new AbortController();
  const onError = () => broken.abort(new Error('the connection that holds the lock broke'));
  client.on('error', onError);
  client.on('end', onError);
  let held = false;
  try {
    await client.query('set idle_session_timeout = 0'); // it sits idle on purpose while the provider works
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
      [nameOf(tenantId, effectId)],
    );
    held = rows[0]?.held === true;
    return held ? await work(broken.signal) : undefined;
  } finally {
    client.off('error', onError);
    client.off('end', onError);
    // a session that cannot say that it gave the lock up is closed, which gives it up
    const kept = held && !(await unlock(client, tenantId, effectId));
    client.release(kept || broken.signal.aborted);
  }
}
