/** Bulk reads and writes of customers, their other names, contacts and owners. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';
import { asTable, upsertRows, type Written } from './upsert.ts';

const knownCustomer = z.object({
  id: z.coerce.number(),
  source: z.string(),
  external_id: z.string(),
  name: z.string(),
  currency: z.string().nullable(),
  terms_days: z.number().nullable(),
  parent_id: z.coerce.number().nullable(),
});
export type KnownCustomer = z.infer<typeof knownCustomer>;

/** Every customer of the tenant, in pages, since a tenant may have many. */
export async function loadCustomers(sql: Sql): Promise<KnownCustomer[]> {
  const all: KnownCustomer[] = [];
  for (let after = 0; ; ) {
    const page = await sql.many(
      knownCustomer,
      `select id, source, external_id, name, currency, terms_days, parent_id from customer
        where tenant_id = $1 and id > $2 order by id limit 20000`,
      [sql.tenantId, after],
    );
    all.push(...page);
    const last = page.at(-1);
    if (!last || page.length < 20_000) return all;
    after = last.id;
  }
}

/** Folded other names with the customers they stand for. */
export const loadAliases = (sql: Sql): Promise<{ alias: string; customer_id: number }[]> =>
  sql.many(
    z.object({ alias: z.string(), customer_id: z.coerce.number() }),
    'select alias, customer_id from customer_alias where tenant_id = $1',
    [sql.tenantId],
  );

const customerColumns = {
  external_id: 'text',
  name: 'text',
  base_name: 'text',
  parent_id: 'bigint',
  currency: 'text',
  terms_days: 'int',
  owner_email: 'text',
  segment: 'text',
  language: 'text',
  timezone: 'text',
  country: 'text',
  region: 'text',
} as const;
export type CustomerColumns = Record<keyof typeof customerColumns, unknown> & { external_id: string };

export const upsertCustomers = (
  sql: Sql,
  source: string,
  rows: readonly CustomerColumns[],
  keep: readonly string[],
): Promise<Written[]> => upsertRows(sql, 'customer', source, rows, customerColumns, keep);

export async function addAliases(
  sql: Sql,
  rows: readonly { alias: string; customer_id: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, { alias: 'text', customer_id: 'bigint' }, 2);
  await sql.run(
    `insert into customer_alias (tenant_id, alias, customer_id, origin)
     select $1::int, r.alias, r.customer_id, 'import' from ${text} on conflict do nothing`,
    [sql.tenantId, ...values],
  );
}

const contactColumns = {
  external_id: 'text',
  customer_id: 'bigint',
  name: 'text',
  email: 'text',
  role: 'text',
  is_primary: 'boolean',
} as const;
export type ContactColumns = Record<keyof typeof contactColumns, unknown> & { external_id: string };

export const upsertContacts = (
  sql: Sql,
  source: string,
  rows: readonly ContactColumns[],
  keep: readonly string[] = [],
): Promise<Written[]> => upsertRows(sql, 'contact', source, rows, contactColumns, keep);

/** Account owners become users who see their own accounts (viewer), unless they are users already. */
export async function addOwners(sql: Sql, emails: readonly string[]): Promise<void> {
  if (emails.length === 0) return;
  await sql.run(
    `insert into app_user (tenant_id, email, role) select $1::int, email, 'viewer' from unnest($2::text[]) as e(email)
     on conflict (tenant_id, email) do nothing`,
    [sql.tenantId, emails],
  );
}
