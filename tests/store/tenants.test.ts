import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';

describe('tenants', () => {
  let database: Database;
  let ours: number;
  let theirs: number;
  const count = z.object({ n: z.coerce.number() });

  beforeAll(async () => {
    database = await testDatabase();
    ours = await aTenant(database);
    theirs = await aTenant(database);
    await inTenant(database.pool, ours, (sql) =>
      sql.run(
        `insert into customer (tenant_id, source, external_id, name, base_name) values ($1, 'csv', 'C1', 'Acme', 'acme')`,
        [ours],
      ),
    );
  });
  afterAll(() => database.close());

  test('every table with a tenant has row-level security, forced', async () => {
    const { rows } = await database.pool.query<{ name: string; forced: boolean }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
    );
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !row.forced)).toEqual([]);
  });

  test('every table with a tenant has one policy, and it is the tenant of the transaction that decides', async () => {
    const { rows } = await database.pool.query<{ name: string; policies: string[] }>(
      `select c.relname as name, array(select format('%s %s %s %s', p.permissive, p.cmd, p.qual, p.with_check)
           from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname) as policies
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
    );
    const mine = '(tenant_id = current_tenant())';
    for (const { name, policies } of rows) expect(policies, name).toEqual([`PERMISSIVE ALL ${mine} ${mine}`]);
  });

  test('a tenant reads its own rows and none of another', async () => {
    const read = (tenant: number) =>
      inTenant(database.pool, tenant, (sql) => sql.one(count, 'select count(*) as n from customer'));
    expect((await read(ours)).n).toBe(1);
    expect((await read(theirs)).n).toBe(0);
  });

  test('the plain role without a tenant reads zero rows of every table and writes none', async () => {
    const client = await database.pool.connect();
    try {
      const { rows: tables } = await client.query<{ name: string }>(
        `select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id'`,
      );
      await client.query('begin; set local role remy_app');
      for (const { name } of tables) {
        const { rows } = await client.query(`select 1 from ${name}`);
        expect(rows, name).toEqual([]);
      }
      await expect(
        client.query(
          `insert into customer (tenant_id, source, external_id, name, base_name) values (${ours}, 'csv', 'C2', 'Other', 'other')`,
        ),
      ).rejects.toThrow(/row-level security/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  test('a tenant cannot write a row of another', async () => {
    await expect(
      inTenant(database.pool, theirs, (sql) =>
        sql.run(
          `insert into customer (tenant_id, source, external_id, name, base_name) values ($1, 'csv', 'C3', 'X', 'x')`,
          [ours],
        ),
      ),
    ).rejects.toThrow(/row-level security/);
  });

  test('append-only tables refuse updates and deletes, by the application role and by the owner', async () => {
    for (const table of ['application', 'adjustment', 'timeline_event', 'audit', 'figure']) {
      for (const change of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`])
        await expect(
          inTenant(database.pool, ours, (sql) => sql.run(change)),
          change,
        ).rejects.toThrow(/permission denied/);
      await expect(database.pool.query(`truncate ${table} cascade`)).rejects.toThrow(/append-only/);
    }
  });

  test('a row of an append-only table can be neither changed nor removed by the owner of the database', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `select tgrelid::regclass::text as name from pg_trigger
        where tgname = 'append_only' and tgenabled = 'O' and tgtype = 27 order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(
      [
        'application',
        'adjustment',
        'audit',
        'bank_csv_map',
        'bank_file',
        'bank_line_repeat',
        'bank_statement',
        'decision',
        'digest_post',
        'figure',
        'payment_return',
        'payment_sighting',
        'policy_version',
        'proposal_attachment',
        'proposal_revision',
        'timeline_event',
      ].sort(),
    );
    await inTenant(database.pool, ours, (sql) =>
      sql.run(
        `insert into timeline_event (tenant_id, source, external_id, customer_id, kind, happened_on, happened_at, summary)
         select $1, 'test', 'E1', id, 'note', '2026-11-24', now(), 'Called' from customer`,
        [ours],
      ),
    );
    for (const change of [`update timeline_event set summary = 'Never called'`, 'delete from timeline_event'])
      await expect(database.pool.query(change), change).rejects.toThrow(/append-only/);
  });

  test('a transaction of another tenant cannot be opened inside one', async () => {
    await expect(
      inTenant(database.pool, ours, () => inTenant(database.pool, theirs, async () => 1)),
    ).rejects.toThrow(/another tenant/);
  });
});
