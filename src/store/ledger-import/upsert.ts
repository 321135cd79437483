/** Many rows in one statement: arrays in, one `insert ... on conflict` over `unnest`. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

/** Column to its Postgres type. Names and types are constants of this folder, never input. */
export type Columns = Readonly<Record<string, string>>;
type Row<C extends Columns> = Readonly<Record<keyof C & string, unknown>>;

/** `unnest($from::type[], ...) as r(columns)` and the arrays to pass for it. */
export function asTable<C extends Columns>(
  rows: readonly Row<C>[],
  columns: C,
  from: number,
): { text: string; values: unknown[][] } {
  const names = Object.keys(columns);
  const arrays = names.map((name, i) => `$${from + i}::${columns[name]}[]`);
  return {
    text: `unnest(${arrays.join(', ')}) as r(${names.join(', ')})`,
    values: names.map((name) => rows.map((row) => row[name])),
  };
}

const written = z.object({ id: z.coerce.number(), external_id: z.string(), created: z.boolean() });
export type Written = z.infer<typeof written>;

/**
 * Inserts rows keyed by (tenant, source, external_id), or updates those whose content differs; rows that say nothing
 * new are left alone and do not come back. Columns in `keep` are written on insert only: the file does not have them.
 * No two rows may have one external_id.
 */
export function upsertRows<C extends Columns>(
  sql: Sql,
  table: 'customer' | 'contact' | 'invoice' | 'credit' | 'payment',
  source: string,
  rows: readonly (Row<C> & { readonly external_id: string })[],
  columns: C & { readonly external_id: 'text' },
  keep: readonly string[] = [],
): Promise<Written[]> {
  if (rows.length === 0) return Promise.resolve([]);
  const { text, values } = asTable(rows, columns, 3);
  const names = Object.keys(columns);
  const changing = names.filter((name) => name !== 'external_id' && !keep.includes(name));
  return sql.many(
    written,
    `insert into ${table} (tenant_id, source, ${names.join(', ')})
     select $1::int, $2::text, ${names.map((name) => `r.${name}`).join(', ')} from ${text}
     on conflict (tenant_id, source, external_id) do update
       set ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}, updated_at = now()
       where (${changing.map((name) => `${table}.${name}`).join(', ')})
         is distinct from (${changing.map((name) => `excluded.${name}`).join(', ')})
     returning id, external_id, (xmax = 0) as created`,
    [sql.tenantId, source, ...values],
  );
}
