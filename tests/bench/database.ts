/** A database of its own for a benchmark: embedded, or on the server of DATABASE_URL; migrated, and dropped afterwards. */
import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { type Database, embeddedDatabase, embeddedExtensions, openDatabase } from '../../src/store/pool.ts';

export type BenchDatabase = Database & {
  /** The address of the database itself; null for the embedded one. */
  readonly url: string | null;
  drop(): Promise<void>;
};

export async function benchDatabase(): Promise<BenchDatabase> {
  const server = process.env.DATABASE_URL;
  if (!server) {
    const opened = embeddedDatabase(await PGlite.create({ extensions: embeddedExtensions }));
    await migrate(opened.pool);
    return { ...opened, url: null, drop: opened.close };
  }
  const name = `remy_bench_${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const target = new URL(server);
  target.pathname = `/${name}`;
  const opened = await openDatabase({ databaseUrl: target.href, dataFolder: '' });
  await migrate(opened.pool);
  const drop = async () => {
    await opened.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { ...opened, url: target.href, drop };
}
