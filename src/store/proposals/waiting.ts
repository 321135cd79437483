/** Proposals that wait for a decision, all at once: for finding those that events have overtaken. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const waitingRow = z.object({
  id: z.coerce.number(),
  kind: z.enum(['email', 'policy_change', 'application']),
  state: z.enum(['pending', 'snoozed']),
  revision: z.number(),
  expires_at: z.date(),
  snoozed_until: z.string().nullable(),
});
export type Waiting = z.infer<typeof waitingRow>;

const columns = 'id, kind, state, revision, expires_at, snoozed_until';

export const readWaiting = (sql: Sql, most: number): Promise<Waiting[]> =>
  sql.many(
    waitingRow,
    `select ${columns} from proposal where tenant_id = $1 and state in ('pending', 'snoozed') order by id limit $2`,
    [sql.tenantId, most],
  );

/**
 * Locks those of them that nobody is deciding on right now and that still wait, all before anything is written: so
 * this never waits for a decision that waits for the audit chain.
 */
export const lockWaiting = (sql: Sql, ids: readonly number[]): Promise<Waiting[]> =>
  sql.many(
    waitingRow,
    `select ${columns} from proposal where id = any($1::bigint[]) and state in ('pending', 'snoozed')
      order by id for update skip locked`,
    [ids],
  );
