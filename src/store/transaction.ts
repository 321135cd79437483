/**
 * The one way to a tenant's rows: a transaction under a plain role, with the tenant set, so that row-level security
 * holds even where the login role could bypass it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import type { z } from 'zod';

/** Runs SQL inside the tenant's transaction. Values are parameters, never text. */
export type Sql = {
  readonly tenantId: number;
  many<Row extends z.ZodType>(row: Row, text: string, values?: readonly unknown[]): Promise<z.output<Row>[]>;
  one<Row extends z.ZodType>(row: Row, text: string, values?: readonly unknown[]): Promise<z.output<Row>>;
  maybe<Row extends z.ZodType>(
    row: Row,
    text: string,
    values?: readonly unknown[],
  ): Promise<z.output<Row> | null>;
  /** Returns how many rows it touched. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
};

type Open = { tenantId: number; client: pg.PoolClient; sql: Sql };
const current = new AsyncLocalStorage<Open>();

const sqlOf = (client: pg.PoolClient, tenantId: number): Sql => {
  const query = async (text: string, values: readonly unknown[] = []) =>
    client.query(text, values as unknown[]);
  const many: Sql['many'] = async (row, text, values) =>
    (await query(text, values)).rows.map((each) => row.parse(each));
  const maybe: Sql['maybe'] = async (row, text, values) => (await many(row, text, values))[0] ?? null;
  return {
    tenantId,
    many,
    maybe,
    one: async (row, text, values) => {
      const found = await maybe(row, text, values);
      if (found === null) throw new Error('a query that must give a row gave none');
      return found;
    },
    run: async (text, values) => (await query(text, values)).rowCount ?? 0,
  };
};

/**
 * Runs `work` in one transaction of the tenant; commits when it returns, rolls back when it throws. Called inside
 * another one of the same tenant it joins it; inside one of another tenant it throws.
 */
export async function inTenant<Result>(
  pool: pg.Pool,
  tenantId: number,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  if (!Number.isSafeInteger(tenantId) || tenantId <= 0)
    throw new Error('a tenant id is a positive whole number');
  const open = current.getStore();
  if (open) {
    if (open.tenantId !== tenantId) throw new Error('a transaction of another tenant is open');
    return work(open.sql);
  }
  const client = await pool.connect();
  try {
    // One round trip; the id is a checked whole number. Compiling a query takes Postgres seconds, none of ours is
    // worth it.
    await client.query(
      `begin; set local role remy_app; set local app.tenant = '${tenantId}'; set local jit = off`,
    );
    const sql = sqlOf(client, tenantId);
    const result = await current.run({ tenantId, client, sql }, () => work(sql));
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw error;
  }
}
