/** Which of these customers a person may see. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

export const visibleCustomers = async (
  sql: Sql,
  customerIds: readonly number[],
  owner: string | null,
): Promise<Set<number>> => {
  const rows = await sql.many(
    z.object({ id: z.coerce.number() }),
    'select id from customer where tenant_id = $1 and id = any($2::bigint[]) and ($3::text is null or owner_email = $3)',
    [sql.tenantId, customerIds, owner],
  );
  return new Set(rows.map(({ id }) => id));
};

/** Which of these invoices a person may see. */
export const visibleInvoices = async (
  sql: Sql,
  invoiceIds: readonly number[],
  owner: string | null,
): Promise<Set<number>> => {
  const rows = await sql.many(
    z.object({ id: z.coerce.number() }),
    `select i.id from invoice i join customer c on c.tenant_id = i.tenant_id and c.id = i.customer_id
      where i.tenant_id = $1 and i.id = any($2::bigint[]) and ($3::text is null or c.owner_email = $3)`,
    [sql.tenantId, invoiceIds, owner],
  );
  return new Set(rows.map(({ id }) => id));
};
