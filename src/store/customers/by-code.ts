/** Customers by id or code, for acts that name them exactly. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const row = z.object({ id: z.coerce.number(), name: z.string(), source: z.string() });

/** More than one where two sources use one code. */
export const findCustomers = (
  sql: Sql,
  asked: { customerId?: number | undefined; customer?: string | undefined },
) =>
  sql.many(
    row,
    `select id, name, source from customer
      where ($1::bigint is null or id = $1) and ($2::text is null or external_id = $2) order by source, id`,
    [asked.customerId ?? null, asked.customer ?? null],
  );
