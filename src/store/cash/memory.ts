/** Who pays for a customer: what confirmed matches taught, and forgetting it again. */
import { z } from 'zod';
import { asTable } from '../ledger-import/upsert.ts';
import type { Sql } from '../transaction.ts';

export type Lesson = {
  readonly kind: 'name' | 'account';
  /** Folded name, or the account in capitals without spaces. */
  readonly key: string;
  readonly customer_id: number;
  readonly match_id: number | null;
  readonly learned_by: string;
};

const columns = {
  kind: 'text',
  key: 'text',
  customer_id: 'bigint',
  match_id: 'bigint',
  learned_by: 'text',
};

export async function addLessons(sql: Sql, rows: readonly Lesson[]): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, columns, 2);
  const names = Object.keys(columns).join(', ');
  await sql.run(`insert into payer_memory (tenant_id, ${names}) select $1::int, ${names} from ${text}`, [
    sql.tenantId,
    ...values,
  ]);
}

/** Forgets what this match taught; gives the keys that nothing else teaches any more. */
export async function unlearnMatch(sql: Sql, matchId: number, by: string): Promise<string[]> {
  const rows = await sql.many(
    z.object({ key: z.string(), kind: z.string(), customer_id: z.coerce.number() }),
    `update payer_memory set unlearned_at = now(), unlearned_by = $3
      where tenant_id = $1 and match_id = $2 and unlearned_at is null returning key, kind, customer_id`,
    [sql.tenantId, matchId, by],
  );
  const left: string[] = [];
  for (const { key, kind, customer_id } of rows) {
    const other = await sql.maybe(
      z.object({ id: z.coerce.number() }),
      `select id from payer_memory where tenant_id = $1 and kind = $2 and key = $3 and customer_id = $4
        and unlearned_at is null limit 1`,
      [sql.tenantId, kind, key, customer_id],
    );
    if (!other) left.push(key);
  }
  return left;
}

const memoryRow = z.object({
  kind: z.enum(['name', 'account']),
  key: z.string(),
  customer: z.object({ id: z.number(), code: z.string(), name: z.string() }),
  times: z.coerce.number(),
  last_at: z.date(),
  learned_by: z.string(),
});
export type MemoryRow = z.infer<typeof memoryRow>;

/** What is remembered now, by key; all of a customer, or all. */
export const readMemory = (
  sql: Sql,
  { customerId = null, owner = null }: { customerId?: number | null; owner?: string | null },
  limit: number,
): Promise<MemoryRow[]> =>
  sql.many(
    memoryRow,
    `select m.kind, m.key, json_build_object('id', c.id, 'code', c.external_id, 'name', c.name) as customer,
       count(*) as times, max(m.created_at) as last_at, (array_agg(m.learned_by order by m.id desc))[1] as learned_by
       from payer_memory m join customer c on c.tenant_id = m.tenant_id and c.id = m.customer_id
      where m.tenant_id = $1 and m.unlearned_at is null and ($2::bigint is null or m.customer_id = $2)
        and ($3::text is null or c.owner_email = $3)
      group by m.kind, m.key, c.id, c.external_id, c.name order by c.name, m.kind, m.key limit $4`,
    [sql.tenantId, customerId, owner, limit],
  );

/** Forgets a name or account of a customer; how many lessons that were. */
export const unlearn = (
  sql: Sql,
  { kind, key, customerId, by }: { kind: string; key: string; customerId: number; by: string },
): Promise<number> =>
  sql.run(
    `update payer_memory set unlearned_at = now(), unlearned_by = $5
      where tenant_id = $1 and kind = $2 and key = $3 and customer_id = $4 and unlearned_at is null`,
    [sql.tenantId, kind, key, customerId, by],
  );
