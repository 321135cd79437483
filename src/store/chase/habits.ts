/** How customers paid in the last year. */
import { z } from 'zod';
import { addDays } from '../../domain/calendar.ts';
import type { Sql } from '../transaction.ts';
import type { FactScope } from './scope.ts';

const habitRow = z.object({
  customer_id: z.coerce.number(),
  count: z.coerce.number(),
  late: z.coerce.number(),
});

/** Invoices that became fully paid, and by how many days they were late together (early ones count below zero). */
export async function readPaid(sql: Sql, ids: readonly number[] | null, { today }: FactScope) {
  const rows = await sql.many(
    habitRow,
    `select customer_id, count(*) as count, sum(paid_on - due_on) as late from invoice
      where tenant_id = $1 and status = 'paid' and paid_on between $3::date and $4::date
        and ($2::bigint[] is null or customer_id = any($2)) group by customer_id`,
    [sql.tenantId, ids, addDays(today, -365), today],
  );
  return new Map(rows.map((row) => [row.customer_id, row]));
}
