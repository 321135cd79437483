/** A database of its own on a server, for one benchmark. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

export async function freshDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `remy_bench_${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
