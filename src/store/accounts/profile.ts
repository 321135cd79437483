/** Who a customer is: its group, owner, terms and contacts. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const ref = z.object({ id: z.number(), code: z.string(), name: z.string() });
const profileRow = z
  .object({
    id: z.coerce.number(),
    code: z.string(),
    name: z.string(),
    parent: ref.nullable(),
    children: z.array(ref),
    owner: z.string().nullable(),
    segment: z.string().nullable(),
    region: z.string().nullable(),
    country: z.string().nullable(),
    terms_days: z.number().nullable(),
  })
  .transform(({ terms_days, ...row }) => ({ ...row, termsDays: terms_days }));
export type CustomerProfile = z.output<typeof profileRow>;

/** Null when there is no such customer among the accounts of `owner` (null: all). Others' parents are left out. */
export const readProfile = (sql: Sql, id: number, owner: string | null): Promise<CustomerProfile | null> =>
  sql.maybe(
    profileRow,
    `select c.id, c.external_id as code, c.name, c.owner_email as owner, c.segment, c.region, c.country, c.terms_days,
       (select json_build_object('id', p.id, 'code', p.external_id, 'name', p.name) from customer p
         where p.id = c.parent_id and ($2::text is null or p.owner_email = $2)) as parent,
       coalesce((select json_agg(json_build_object('id', k.id, 'code', k.external_id, 'name', k.name)
           order by k.name, k.id) from customer k
         where k.parent_id = c.id and ($2::text is null or k.owner_email = $2)), '[]') as children
     from customer c where c.id = $1 and ($2::text is null or c.owner_email = $2)`,
    [id, owner],
  );

const contactRow = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: z.string().nullable(),
  primary: z.boolean(),
});

/** The primary contact first. */
export const readContacts = (sql: Sql, customerId: number) =>
  sql.many(
    contactRow,
    `select name, email, role, is_primary as primary from contact where customer_id = $1
      order by is_primary desc, name nulls last, id limit 50`,
    [customerId],
  );
