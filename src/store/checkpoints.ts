/** Housekeeping in the tables of the conversation graph's own package (schema `agent`). */
import type { Pool } from 'pg';

/**
 * Keeps the newest checkpoint of a conversation and drops those before it, which nothing reads: the package never
 * deletes, and every turn stores the whole conversation again.
 */
export async function keepNewestCheckpoint(pool: Pool, threadId: string): Promise<void> {
  await pool.query(
    `with newest as (
       select checkpoint_id, checkpoint -> 'channel_versions' as versions from agent.checkpoints
        where thread_id = $1 and checkpoint_ns = '' order by checkpoint_id desc limit 1
     ), older as (
       delete from agent.checkpoints c using newest n
        where c.thread_id = $1 and c.checkpoint_ns = '' and c.checkpoint_id < n.checkpoint_id
     )
     delete from agent.checkpoint_blobs b using newest n
      where b.thread_id = $1 and b.checkpoint_ns = '' and b.version is distinct from (n.versions ->> b.channel)`,
    [threadId],
  );
}
