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
