/** Whether anything has happened that matching could make something of. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

/** A text that changes when money, documents or advices come in; null when no money waits. */
export const matchingState = async (sql: Sql): Promise<string | null> =>
  (
    await sql.one(
      z.object({ state: z.string().nullable() }),
      `select case when exists (select from payment where tenant_id = $1 and unapplied_minor > 0) then concat_ws('|',
         (select max(id) from payment where tenant_id = $1), (select max(id) from invoice where tenant_id = $1),
         (select max(id) from credit where tenant_id = $1), (select max(id) from remittance where tenant_id = $1),
         (select max(id) from payment_return where tenant_id = $1), (select max(id) from payer_memory where tenant_id = $1),
         (select max(synced_at) from source_sync where tenant_id = $1),
         (select max(id) from policy_version where tenant_id = $1 and kind = 'cash')) end as state`,
      [sql.tenantId],
    )
  ).state;
