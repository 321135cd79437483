import type { Pool } from 'pg';
import { z } from 'zod';

/** The server's own version, e.g. "15.20". Throws when it does not answer. */
export async function serverVersion(pool: Pool): Promise<string> {
  const { rows } = await pool.query('show server_version');
  return z.object({ server_version: z.string() }).parse(rows[0]).server_version;
}
