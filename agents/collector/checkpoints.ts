/** Where conversations are kept: Postgres checkpoints in a schema of their own. */
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import type { Pool } from 'pg';

const SCHEMA = 'agent';
/** Any number that no other program uses as an advisory lock on this database. */
const LOCK = 727_369_002;

/** Makes the tables; several starters at once wait for each other, since the package's own setup does not. */
export async function openCheckpoints(pool: Pool): Promise<PostgresSaver> {
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
