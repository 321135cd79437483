/** Where conversations are kept: Postgres checkpoints in a schema of their own. */
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import type { Pool } from 'pg';

const SCHEMA = 'agent';
/** Any number that no other program uses as an advisory lock on this database. */
const LOCK = 727_369_002;

const opened = new WeakMap<Pool, Promise<PostgresSaver>>();

async function makeTables(pool: Pool): Promise<PostgresSaver> {
  const saver = new PostgresSaver(pool, undefined, { schema: SCHEMA });
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    try {
      await saver.setup();
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK]);
    }
  } finally {
    client.release();
  }
  return saver;
}

/**
 * Makes the tables where they are missing. The package's own setup fails when several start at once: replicas wait
 * for each other by a lock of the database, callers in one process share one call (the embedded database is one
 * session, to which its own lock is always granted).
 */
export function openCheckpoints(pool: Pool): Promise<PostgresSaver> {
  const known = opened.get(pool);
  if (known) return known;
  const opening = makeTables(pool);
  opened.set(pool, opening);
  opening.catch(() => opened.delete(pool));
  return opening;
}
