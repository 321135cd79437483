/** A fresh, migrated database for a test file: embedded by default, a real Postgres where DATABASE_URL is set. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { type Database, embeddedDatabase, embeddedExtensions, openDatabase } from '../../src/store/pool.ts';
import { snapshotPath } from './embedded-snapshot.ts';

const url = process.env.DATABASE_URL;

/** `embedded` or `postgres`: which one this run is on. */
export const databaseKind = url ? 'postgres' : 'embedded';

async function embedded(): Promise<Database> {
  const snapshot = new Blob([readFileSync(snapshotPath())]);
  const db = await PGlite.create({ loadDataDir: snapshot, extensions: embeddedExtensions });
  return embeddedDatabase(db, () => db.close());
}

async function onPostgres(server: string): Promise<Database> {
  const name = `remy_test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const target = new URL(server);
  target.pathname = `/${name}`;
  const database = await openDatabase({ databaseUrl: target.href, dataFolder: '' });
  await migrate(database.pool);
  return {
    ...database,
    close: async () => {
      await database.close();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** Close it in `afterAll`. */
export const testDatabase = (): Promise<Database> => (url ? onPostgres(url) : embedded());

/** An empty database without a schema, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<Database> {
  if (!url) {
    const db = await PGlite.create({ extensions: embeddedExtensions });
    return embeddedDatabase(db, () => db.close());
  }
  const database = await onPostgres(url);
  await database.pool.query('drop schema public cascade; create schema public');
  return database;
}

/** Makes a tenant and returns its id. */
export async function aTenant(database: Database, slug = `t-${randomUUID().slice(0, 8)}`): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    'insert into tenant (slug, name) values ($1, $1) returning id',
    [slug],
  );
  return rows[0]!.id;
}
