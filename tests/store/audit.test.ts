import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit, verifyAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';

describe('the audit chain', () => {
  let database: Database;
  let tenant: number;
  const append = (
    act: string,
    detail: Record<string, unknown> = { b: 1.5, a: 'ä "quote"', nested: { x: [1, null] } },
  ) => inTenant(database.pool, tenant, (sql) => appendAudit(sql, { actor: 'ana@remy.test', act, detail }));
  const verify = () => inTenant(database.pool, tenant, verifyAudit);
  /** As somebody with the owner's rights on the database would do it. */
  const tamper = async (statement: string, values: unknown[] = []) => {
    const client = await database.pool.connect();
    try {
      await client.query('alter table audit disable trigger all');
      await client.query(`select set_config('app.tenant', $1, false)`, [String(tenant)]);
      await client.query(statement, values);
      await client.query(`select set_config('app.tenant', '', false)`);
      await client.query('alter table audit enable trigger all');
    } finally {
      client.release();
    }
  };
  const nth = (n: number) =>
    `(select id from audit where tenant_id = ${tenant} order by id offset ${n} limit 1)`;

  beforeAll(async () => {
    database = await testDatabase();
  });
  beforeEach(async () => {
    tenant = await aTenant(database);
    for (const act of ['one', 'two', 'three', 'four']) await append(act);
  });
  afterAll(() => database.close());

  test('is intact when nobody touched it, also when it is empty', async () => {
    expect(await verify()).toEqual({ intact: true, entries: 4, firstBadId: null });
    tenant = await aTenant(database);
    expect(await verify()).toEqual({ intact: true, entries: 0, firstBadId: null });
  });

  test.each([
    ['an edited actor', `update audit set actor = 'eve' where id = NTH1`],
    ['an edited act', `update audit set act = 'other' where id = NTH1`],
    ['an edited detail', `update audit set detail = detail || '{"b": 2}' where id = NTH1`],
    ['an edited time', `update audit set at = at + interval '1 microsecond' where id = NTH1`],
    ['an edited first entry', `update audit set act = 'other' where id = NTH0`],
    ['an edited last entry', `update audit set act = 'other' where id = NTH3`],
    ['a removed entry', 'delete from audit where id = NTH1'],
    ['a removed first entry', 'delete from audit where id = NTH0'],
    ['a removed last entry', 'delete from audit where id = NTH3'],
    ['everything removed', 'delete from audit where tenant_id = TENANT'],
    [
      'an entry put at the end without the chain',
      `insert into audit (tenant_id, actor, act, previous_hash, hash)
         select TENANT, 'eve', 'x', hash, sha256('x') from audit where id = NTH3`,
    ],
    [
      'two entries swapped',
      `update audit a set act = b.act, detail = b.detail, at = b.at from audit b
        where a.id in (NTH1, NTH2) and b.id in (NTH1, NTH2) and a.id <> b.id`,
    ],
  ])('shows %s', async (_, statement) => {
    await tamper(
      statement.replace(/NTH(\d)/g, (_all, n) => nth(Number(n))).replaceAll('TENANT', String(tenant)),
    );
    expect((await verify()).intact).toBe(false);
  });

  test('is written whole by many at once, each entry after the other', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, i) => append(`act ${i}`)));
    expect(await verify()).toEqual({ intact: true, entries: 16, firstBadId: null });
  });

  test('keeps nothing of an act that was rolled back', async () => {
    await expect(
      inTenant(database.pool, tenant, async (sql) => {
        await appendAudit(sql, { actor: 'a', act: 'b', detail: {} });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await verify()).toEqual({ intact: true, entries: 4, firstBadId: null });
  });
});
