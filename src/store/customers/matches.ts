/** What a person needs to see to choose between customers: group, country, owner, what is open. */
import { z } from 'zod';
import { toDecimal } from '../../domain/money.ts';
import type { Sql } from '../transaction.ts';

const ref = z.object({ id: z.number(), code: z.string(), name: z.string() });

const matchRow = z.object({
  id: z.coerce.number(),
  code: z.string(),
  name: z.string(),
  country: z.string().nullable(),
  owner: z.string().nullable(),
  parent: ref.nullable(),
  children: z.array(ref.extend({ country: z.string().nullable() })),
});

const openRow = z.object({
  customer_id: z.coerce.number(),
  currency: z.string(),
  count: z.coerce.number(),
  open: z.coerce.bigint(),
});

/**
 * Details of these customers, in the order of `ids`. Parents and children outside of `owner`'s accounts are left
 * out. Open amounts per currency, without children.
 */
export async function describeCustomers(sql: Sql, ids: readonly number[], owner: string | null) {
  if (ids.length === 0) return [];
  const rows = await sql.many(
    matchRow,
    `select c.id, c.external_id as code, c.name, c.country, c.owner_email as owner,
       (select json_build_object('id', p.id, 'code', p.external_id, 'name', p.name) from customer p
         where p.id = c.parent_id and ($2::text is null or p.owner_email = $2)) as parent,
       coalesce((select json_agg(json_build_object('id', k.id, 'code', k.external_id, 'name', k.name,
           'country', k.country) order by k.name, k.id)
         from customer k where k.parent_id = c.id and ($2::text is null or k.owner_email = $2)), '[]') as children
     from customer c where c.id = any($1::bigint[]) and ($2::text is null or c.owner_email = $2)`,
    [ids, owner],
  );
  const open = await sql.many(
    openRow,
    `select customer_id, currency, count(*) as count, sum(open_minor)::bigint as open from invoice
      where customer_id = any($1::bigint[]) and status = 'open'
      group by customer_id, currency order by currency`,
    [ids],
  );
  const openOf = (id: number) =>
    open
      .filter((each) => each.customer_id === id)
      .map(({ currency, count, open }) => ({ currency, amount: toDecimal(open, currency), count }));
  return ids.flatMap((id) => {
    const row = rows.find((each) => each.id === id);
    return row ? [{ ...row, open: openOf(id) }] : [];
  });
}
