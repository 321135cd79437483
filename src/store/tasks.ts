/** Work handed to people. `context` is `{stepId, madeOn, lines}`: the step it takes, the local day, and what to know. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

export type TaskKind = 'call' | 'owner' | 'sales' | 'manager' | 'legal';

export type NewTask = {
  /** The same step of the same case makes one task, ever. */
  readonly key: string;
  readonly customerId: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly kind: TaskKind;
  readonly assignee: string | null;
  readonly title: string;
  readonly context: { readonly stepId: string; readonly madeOn: string; readonly lines: readonly string[] };
  readonly dueOn: string;
  /** Until then the account's owner can stop it; null: it is open at once. */
  readonly vetoUntil: Date | null;
};

/** The new task's id; null when it was made before. */
export async function addTask(sql: Sql, task: NewTask): Promise<number | null> {
  const row = await sql.maybe(
    z.object({ id: z.coerce.number() }),
    `insert into task (tenant_id, key, customer_id, currency, amount_minor, kind, assignee, title, context, due_on,
       veto_until, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (tenant_id, key) do nothing returning id`,
    [
      sql.tenantId,
      task.key,
      task.customerId,
      task.currency,
      task.amountMinor,
      task.kind,
      task.assignee,
      task.title,
      JSON.stringify(task.context),
      task.dueOn,
      task.vetoUntil,
      task.vetoUntil === null ? 'open' : 'veto_window',
    ],
  );
  return row?.id ?? null;
}

const taskRow = z.object({
  id: z.coerce.number(),
  customer: z.object({ id: z.number(), code: z.string(), name: z.string() }),
  owner: z.string().nullable(),
  kind: z.enum(['call', 'owner', 'sales', 'manager', 'legal']),
  assignee: z.string().nullable(),
  title: z.string(),
  due_on: z.string(),
  state: z.enum(['veto_window', 'open', 'done', 'vetoed']),
  veto_until: z.date().nullable(),
  currency: z.string().nullable(),
  amount_minor: z.coerce.bigint().nullable(),
  lines: z.array(z.string()),
});
export type TaskRow = z.infer<typeof taskRow>;

const columns = `t.id, json_build_object('id', c.id, 'code', c.external_id, 'name', c.name) as customer,
  c.owner_email as owner, t.kind, t.assignee, t.title, t.due_on, t.state, t.veto_until, t.currency, t.amount_minor,
  coalesce(t.context -> 'lines', '[]') as lines`;

export type TaskFilter = {
  readonly states: readonly TaskRow['state'][];
  /** Sales see tasks of their own accounts only; null: no limit. */
  readonly owner: string | null;
  readonly customerId?: number | undefined;
};

/** The ones due first come first. */
export const readTasks = (sql: Sql, filter: TaskFilter, limit: number): Promise<TaskRow[]> =>
  sql.many(
    taskRow,
    `select ${columns} from task t join customer c on c.id = t.customer_id
      where t.state = any($1::text[]) and ($2::text is null or c.owner_email = $2)
        and ($3::bigint is null or t.customer_id = $3)
      order by t.due_on, t.id limit $4`,
    [filter.states, filter.owner, filter.customerId ?? null, limit],
  );

/** Locks the task until the transaction ends; null when there is none among what `owner` may see. */
export const lockTask = (sql: Sql, id: number, owner: string | null): Promise<TaskRow | null> =>
  sql.maybe(
    taskRow,
    `select ${columns} from task t join customer c on c.id = t.customer_id
      where t.id = $1 and ($2::text is null or c.owner_email = $2) for update of t`,
    [id, owner],
  );

export const endTask = (
  sql: Sql,
  id: number,
  end: { state: 'done' | 'vetoed'; by: string; reason: string | null },
): Promise<number> =>
  sql.run(
    `update task set state = $2, closed_by = $3, closed_reason = $4, updated_at = now()
      where id = $1 and state in ('veto_window', 'open')`,
    [id, end.state, end.by, end.reason],
  );

/** Opens every task whose veto window is over; gives their ids. */
export const openAfterVeto = async (sql: Sql, now: Date): Promise<number[]> =>
  (
    await sql.many(
      z.object({ id: z.coerce.number() }),
      `update task set state = 'open', updated_at = now()
        where tenant_id = $1 and state = 'veto_window' and veto_until <= $2 returning id`,
      [sql.tenantId, now],
    )
  ).map(({ id }) => id);

/** When each customer last wrote (local days are the caller's), of those that ever did. */
export const lastReplies = (sql: Sql, customerIds: readonly number[]) =>
  sql.many(
    z.object({ customer_id: z.coerce.number(), at: z.date() }),
    `select customer_id, max(sent_at) as at from message
      where direction = 'in' and customer_id = any($1::bigint[]) group by customer_id`,
    [customerIds],
  );
