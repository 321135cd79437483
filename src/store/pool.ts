/** Opens the database: Postgres by URL, or the embedded one in a folder. Everything above sees one `pg.Pool`. */
import { existsSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import pg from 'pg';
import { RemyError } from '../domain/errors.ts';
import { lockFolder } from './folder-lock.ts';
import { createPglitePool } from './pglite-pool.ts';

// A `date` stays the text it is; a Date object would move it by the machine's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

export type Database = {
  readonly pool: pg.Pool;
  /** `embedded` is one process and one session: no session locks, no LISTEN. */
  readonly kind: 'embedded' | 'postgres';
  readonly close: () => Promise<void>;
};

/** Extensions every embedded database is made with; also for tests that make their own. */
export const embeddedExtensions = { vector, pg_trgm };

/** Wraps a PGlite instance that the caller made (tests); closing it stays the caller's. */
export const embeddedDatabase = (db: PGlite, close: () => Promise<void> = async () => {}): Database => {
  const pool = createPglitePool(db);
  return {
    pool,
    kind: 'embedded',
    close: async () => {
      await pool.end();
      await close();
    },
  };
};

async function openFolder(folder: string): Promise<Database> {
  const unlock = lockFolder(folder);
  try {
    const db = await PGlite.create({ dataDir: folder, extensions: embeddedExtensions });
    return embeddedDatabase(db, async () => {
      await db.close();
      unlock();
    });
  } catch (cause) {
    unlock();
    throw new RemyError(
      'database_unreadable',
      `The embedded database in ${folder} cannot be opened${existsSync(folder) ? ' (the folder may hold something else or be damaged)' : ''}. Set REMY_DATA to another folder, or restore a copy.`,
      { cause },
    );
  }
}

async function openUrl(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on('error', () => {}); // an idle client lost its server; the next query reports it
  // so does the next query of one in a transaction; unheard, the event would end the process
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end().catch(() => undefined);
    throw new RemyError(
      'database_unreachable',
      `Postgres at DATABASE_URL does not answer (${cause instanceof Error ? cause.message : cause}). Check that it runs and that the user and password are right.`,
      { cause, retryable: true },
    );
  }
  return { pool, kind: 'postgres', close: () => pool.end() };
}

/**
 * Opens Postgres where a URL is given, else the embedded database in `folder` (made when missing).
 * Throws: RemyError `data_folder_in_use`, `database_unreadable`, `database_unreachable`.
 */
export const openDatabase = (config: {
  databaseUrl?: string | undefined;
  dataFolder: string;
}): Promise<Database> => (config.databaseUrl ? openUrl(config.databaseUrl) : openFolder(config.dataFolder));
