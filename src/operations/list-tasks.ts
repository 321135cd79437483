/** Work that waits for a person: calls, and accounts handed over. */
import type { TaskView } from '../domain/chase/reports.ts';
import { toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import type { Database } from '../store/pool.ts';
import { readTasks, type TaskRow } from '../store/tasks.ts';
import { inTenant } from '../store/transaction.ts';

export const presentTask = (row: TaskRow): TaskView => ({
  id: row.id,
  customer: row.customer,
  kind: row.kind,
  assignee: row.assignee,
  title: row.title,
  dueOn: row.due_on,
  state: row.state,
  vetoUntil: row.veto_until?.toISOString() ?? null,
  currency: row.currency,
  amount:
    row.amount_minor === null || row.currency === null ? null : toDecimal(row.amount_minor, row.currency),
  context: row.lines,
});

export type ListTasksInput = {
  readonly customerId?: number | undefined;
  /** With those that are done or were stopped. */
  readonly closed?: boolean | undefined;
  readonly limit?: number | undefined;
};

/** Open ones and those that can still be stopped, by due day. Sales see those of their own accounts. */
export const createListTasks =
  (database: Pick<Database, 'pool'>) =>
  (input: ListTasksInput, context: Context): Promise<TaskView[]> =>
    inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const open = ['veto_window', 'open'] as const;
      const states = input.closed ? [...open, 'done' as const, 'vetoed' as const] : open;
      const filter = { states, owner: visibleOwner(context.actor), customerId: input.customerId };
      return (await readTasks(sql, filter, input.limit ?? 100)).map(presentTask);
    });
