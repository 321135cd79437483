/** Applies `migrations/*.sql` in the order of their numbers; forward only. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { RemyError } from '../domain/errors.ts';

/** Any number that no other program uses as an advisory lock on this database. */
const LOCK = 727_369_001;

/** Where the shipped migrations are. */
export const migrationsFolder = join(import.meta.dirname, '../../migrations');

export type MigrationState = { applied: string[]; pending: string[] };

const readFiles = (folder: string): { name: string; text: string; sha256: string }[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}_[\w-]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8').replace(/\r\n/g, '\n');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    });

const editedError = (name: string): RemyError =>
  new RemyError(
    'migration_edited',
    `Migration ${name} was changed after it had been applied. Restore the file and put the change into a new one.`,
  );

const newerError = (name: string): RemyError =>
  new RemyError(
    'database_newer',
    `The database has migration ${name}, which this version of Remy does not know. Start the newer version.`,
  );

const lateError = (name: string, last: string): RemyError =>
  new RemyError(
    'migration_late',
    `Migration ${name} comes before ${last}, which is applied already. Give it a higher number.`,
  );

/**
 * Brings the schema up to date in one transaction. Several starters at once are safe: one applies, the others wait
 * and find nothing to do.
 *
 * Throws: RemyError `migration_edited` when an applied file has another text now, `database_newer` when the
 * database knows a migration that is not in the folder, `migration_late` when a new file would have had to come
 * before an applied one.
 */
export async function migrate(pool: pg.Pool, folder = migrationsFolder): Promise<{ applied: string[] }> {
  const files = readFiles(folder);
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${LOCK})`);
    await client.query(
      'create table if not exists schema_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from schema_migration',
    );
    const known = new Map(rows.map((row) => [row.name, row.sha256]));
    const unknown = rows.find((row) => !files.some((file) => file.name === row.name));
    if (unknown) throw newerError(unknown.name);
    const last =
      rows
        .map((row) => row.name)
        .sort()
        .at(-1) ?? '';
    const applied: string[] = [];
    for (const file of files) {
      const before = known.get(file.name);
      if (before === file.sha256) continue;
      if (before !== undefined) throw editedError(file.name);
      if (file.name < last) throw lateError(file.name, last);
      await client.query(file.text);
      await client.query('insert into schema_migration (name, sha256) values ($1, $2)', [
        file.name,
        file.sha256,
      ]);
      applied.push(file.name);
    }
    await client.query('commit');
    return { applied };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** What is applied and what is still to do, without changing anything. */
export async function migrationState(pool: pg.Pool, folder = migrationsFolder): Promise<MigrationState> {
  const names = readFiles(folder).map((file) => file.name);
  const { rows } = await pool.query<{ found: string | null }>(
    `select to_regclass('public.schema_migration')::text as found`,
  );
  if (!rows[0]?.found) return { applied: [], pending: names };
  const done = await pool.query<{ name: string }>('select name from schema_migration order by name');
  const applied = done.rows.map((row) => row.name);
  return { applied, pending: names.filter((name) => !applied.includes(name)) };
}
