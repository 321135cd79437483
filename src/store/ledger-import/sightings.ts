/** Rows of a source that stand for a payment which another source had told of. They are no payments of their own. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';
import { asTable } from './upsert.ts';

const sighting = z.object({
  source: z.string(),
  external_id: z.string(),
  payment_id: z.coerce.number(),
  /** The payment's own number. */
  number: z.string(),
  currency: z.string(),
  amount_minor: z.coerce.bigint(),
  customer_id: z.coerce.number().nullable(),
});
export type Sighting = z.infer<typeof sighting>;

/** Those of these ids that stand for a payment. */
export const findSightings = (
  sql: Sql,
  sources: readonly string[],
  externalIds: readonly string[],
): Promise<Sighting[]> =>
  sql.many(
    sighting,
    `select g.source, g.external_id, g.payment_id, p.external_id as number, p.currency, p.amount_minor, p.customer_id
       from payment_sighting g join payment p on p.tenant_id = g.tenant_id and p.id = g.payment_id
      where g.tenant_id = $1 and g.source = any($2::text[]) and g.external_id = any($3::text[]) order by g.payment_id`,
    [sql.tenantId, sources, externalIds],
  );

export type NewSighting = {
  readonly external_id: string;
  readonly payment_id: number;
  readonly received_on: string;
  /** JSON: what the source says of it. */
  readonly detail: string;
};

export async function addSightings(sql: Sql, source: string, rows: readonly NewSighting[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = { external_id: 'text', payment_id: 'bigint', received_on: 'date', detail: 'jsonb' };
  const { text, values } = asTable(rows, columns, 3);
  await sql.run(
    `insert into payment_sighting (tenant_id, source, external_id, payment_id, received_on, detail)
     select $1::int, $2::text, external_id, payment_id, received_on, detail from ${text}`,
    [sql.tenantId, source, ...values],
  );
}

/** Whose a payment is, where nobody had said. */
export async function fillCustomers(
  sql: Sql,
  rows: readonly { id: number; customer_id: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, { id: 'bigint', customer_id: 'bigint' }, 2);
  await sql.run(
    `update payment p set customer_id = r.customer_id, updated_at = now() from ${text}
      where p.tenant_id = $1 and p.id = r.id and p.customer_id is null`,
    [sql.tenantId, ...values],
  );
}

const named = z.object({ source: z.string(), external_id: z.string(), payment_id: z.coerce.number() });

/** What these ids stand for, of payments and of sightings; the payments are locked, in the order of their ids. */
export const lockPaymentsNamed = (
  sql: Sql,
  sources: readonly string[],
  externalIds: readonly string[],
): Promise<z.infer<typeof named>[]> =>
  sql.many(
    named,
    `with named as (
       select source, external_id, id as payment_id from payment
        where tenant_id = $1 and source = any($2::text[]) and external_id = any($3::text[])
       union all
       select source, external_id, payment_id from payment_sighting
        where tenant_id = $1 and source = any($2::text[]) and external_id = any($3::text[]))
     select n.source, n.external_id, n.payment_id from named n
       join payment p on p.tenant_id = $1 and p.id = n.payment_id order by p.id for update of p`,
    [sql.tenantId, sources, externalIds],
  );
