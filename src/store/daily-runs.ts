/** What was done once for a local day. The row is made when the work begins and says when it is done. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

export type DailyKind = 'cadence';

/** Work that did not end within this time was left by a process that is gone. */
const LEFT_AFTER_MS = 15 * 60_000;

/**
 * Takes the day's work in hand. False when it is done, or somebody is at it. `again`: also when it is done.
 */
export async function beginDailyRun(
  sql: Sql,
  run: { kind: DailyKind; day: string; now: Date; again: boolean },
): Promise<boolean> {
  const begun = JSON.stringify({ state: 'running', begunAt: run.now.toISOString() });
  const touched = await sql.run(
    `insert into daily_run (tenant_id, kind, local_day, detail) values ($1, $2, $3, $4)
     on conflict (tenant_id, kind, local_day) do update set detail = excluded.detail
     where (daily_run.detail ->> 'state' = 'running' and (daily_run.detail ->> 'begunAt')::timestamptz <= $5)
       or ($6 and daily_run.detail ->> 'state' = 'done')`,
    [sql.tenantId, run.kind, run.day, begun, new Date(run.now.getTime() - LEFT_AFTER_MS), run.again],
  );
  return touched > 0;
}

/** Notes the end, with what came of it. */
export const endDailyRun = (
  sql: Sql,
  run: { kind: DailyKind; day: string; detail: Record<string, unknown> },
): Promise<number> =>
  sql.run('update daily_run set detail = $4 where tenant_id = $1 and kind = $2 and local_day = $3', [
    sql.tenantId,
    run.kind,
    run.day,
    JSON.stringify({ ...run.detail, state: 'done' }),
  ]);

/** Takes a failed run back, so that the next one begins at once. */
export const dropDailyRun = (sql: Sql, run: { kind: DailyKind; day: string }): Promise<number> =>
  sql.run(
    `update daily_run set detail = jsonb_build_object('state', 'running', 'begunAt', to_timestamp(0))
      where tenant_id = $1 and kind = $2 and local_day = $3`,
    [sql.tenantId, run.kind, run.day],
  );

/** The newest day that is done; null when there is none. */
export const lastDailyRun = async (sql: Sql, kind: DailyKind): Promise<string | null> =>
  (
    await sql.one(
      z.object({ day: z.string().nullable() }),
      `select max(local_day) as day from daily_run where tenant_id = $1 and kind = $2 and detail ->> 'state' = 'done'`,
      [sql.tenantId, kind],
    )
  ).day;

/** Drafts of a step that a person rejected from a moment on: `customer:currency:step`. */
export const rejectedSteps = async (sql: Sql, since: Date): Promise<Set<string>> =>
  new Set(
    (
      await sql.many(
        z.object({ key: z.string() }),
        `select p.customer_id || ':' || p.currency || ':' || (r.content ->> 'stepId') as key
           from proposal p join proposal_revision r on r.proposal_id = p.id and r.revision = p.revision
          where p.tenant_id = $1 and p.state = 'rejected' and p.origin = 'cadence' and p.updated_at >= $2
            and r.content ->> 'stepId' is not null`,
        [sql.tenantId, since],
      )
    ).map(({ key }) => key),
  );
