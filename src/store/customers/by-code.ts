/** Customers by id or code, for acts that name them exactly. */
import { z } from 'zod';
import type { CustomerRef } from '../../domain/ledger-query/result.ts';
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

/** The customer as outputs name it. */
export const customerRefOf = (sql: Sql, customerId: number): Promise<CustomerRef> =>
  sql.one(
    z.object({ id: z.coerce.number(), code: z.string(), name: z.string() }),
    'select id, external_id as code, name from customer where id = $1',
    [customerId],
  );

/** What the customer owes on open invoices, by currency, in minor units; nothing for a currency with nothing open. */
export const openByCurrency = (sql: Sql, customerId: number) =>
  sql.many(
    z.object({ currency: z.string(), minor: z.coerce.bigint() }),
    `select currency, sum(open_minor)::bigint as minor from invoice
      where customer_id = $1 and status = 'open' group by currency having sum(open_minor) > 0 order by currency`,
    [customerId],
  );

/** The currencies of the customer's open invoices; where nothing is open, the one it has in the ledger. */
export async function currenciesOf(sql: Sql, customerId: number): Promise<string[]> {
  const rows = await sql.many(
    z.object({ currency: z.string() }),
    `select distinct currency from invoice where customer_id = $1 and status = 'open'
     union select currency from customer c where id = $1 and currency is not null
       and not exists (select from invoice i where i.customer_id = c.id and i.status = 'open')
     order by currency`,
    [customerId],
  );
  return rows.map((row) => row.currency);
}
