import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { databaseKind, emptyDatabase } from '../support/database.ts';

describe('the pool, on either database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await emptyDatabase();
    await database.pool.query('create table counter (id int primary key, n int not null)');
    await database.pool.query('insert into counter values (1, 0)');
  });
  afterAll(() => database.close());

  test('transactions of many clients at once never mix, whether they commit, fail or roll back', async () => {
    const one = async (index: number): Promise<number> => {
      const client = await database.pool.connect();
      try {
        await client.query('begin');
        await client.query('update counter set n = n + 1 where id = 1');
        if (index % 3 === 0) await client.query('select 1 / 0');
        if (index % 3 === 1) {
          await client.query('rollback');
          return 0;
        }
        await client.query('commit');
        return 1;
      } catch {
        await client.query('rollback');
        return 0;
      } finally {
        client.release();
      }
    };
    const done = await Promise.all(Array.from({ length: 200 }, (_, index) => one(index)));
    const expected = done.reduce((sum, each) => sum + each, 0);
    const { rows } = await database.pool.query<{ n: number }>('select n from counter where id = 1');
    expect(expected).toBeGreaterThan(50);
    expect(rows[0]!.n).toBe(expected);
  });

  test('a client that goes away in a transaction is rolled back and the others go on', async () => {
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('insert into counter values (2, 0)');
    client.release(true);
    const { rows } = await database.pool.query('select 1 from counter where id = 2');
    expect(rows).toEqual([]);
  });

  test('days stay text, whatever the time zone of the machine', async () => {
    const { rows } = await database.pool.query<{ day: string }>(`select date '2026-03-29' as day`);
    expect(rows[0]!.day).toBe('2026-03-29');
  });

  test.runIf(databaseKind === 'postgres')(
    'a connection that the server ends between two statements fails its transaction, not the process',
    async () => {
      const pid = z.object({ pid: z.number() });
      const cut = inTenant(database.pool, 1, async (sql) => {
        const own = await sql.one(pid, 'select pg_backend_pid() as pid');
        await database.pool.query('select pg_terminate_backend($1)', [own.pid]);
        await sleep(100);
        return sql.one(pid, 'select pg_backend_pid() as pid');
      });
      await expect(cut).rejects.toThrow();
      const again = inTenant(database.pool, 1, (sql) => sql.one(pid, 'select pg_backend_pid() as pid'));
      expect((await again).pid).toBeGreaterThan(0);
    },
  );
});
