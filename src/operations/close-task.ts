/** Ends a task: done, or a hand-over stopped by whoever owns the account. */
import type { TaskView } from '../domain/chase/reports.ts';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../domain/errors.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { addHold } from '../store/holds.ts';
import type { Database } from '../store/pool.ts';
import { endTask, lockTask, openAfterVeto, type TaskRow } from '../store/tasks.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { createEnsureBot } from './ensure-bot.ts';
import { presentTask } from './list-tasks.ts';
import { audit, trace } from './recording.ts';

export type CloseTaskInput = {
  readonly taskId: number;
  readonly outcome: 'done' | 'vetoed';
  /** In words; a veto needs one: it becomes the reason of the hold. */
  readonly reason: string | null;
};

const MOST_REASON = 500;

/** Throws: NotAllowedError when a sales person may not end this task so. */
function assertMayClose({ actor }: Context, task: TaskRow, outcome: CloseTaskInput['outcome']): void {
  if (actor.role !== 'viewer' || outcome === 'vetoed') return; // the task is of an account it owns
  if (task.assignee !== actor.email)
    throw new NotAllowedError(
      `This task is for ${task.assignee ?? 'the receivables team'}. You can do the ones that are yours, and stop a hand-over of your accounts.`,
    );
}

/** Throws: InvalidInputError when it is over, or its veto has no reason or comes too late. */
function assertOpen(task: TaskRow, { outcome, reason }: CloseTaskInput, now: Date): void {
  if (task.state === 'done' || task.state === 'vetoed')
    throw new InvalidInputError(`Task ${task.id} is ${task.state === 'done' ? 'done' : 'stopped'} already.`);
  if (outcome !== 'vetoed') return;
  if (!reason)
    throw new InvalidInputError('Say why the hand-over is stopped; it stops chasing until lifted.');
  if (task.state !== 'veto_window' || !task.veto_until || task.veto_until <= now)
    throw new InvalidInputError(
      `Task ${task.id} could be stopped ${task.veto_until ? `until ${task.veto_until.toISOString()}` : 'by nobody'}. Set a hold instead.`,
    );
}

/** Nobody is chased behind the back of the person who asked for time. */
async function holdAccount(sql: Sql, context: Context, task: TaskRow, reason: string): Promise<void> {
  const { email } = context.actor;
  const hold = { reason, placedBy: email, fromOn: context.today };
  const holdId = await addHold(sql, {
    ...hold,
    customerId: task.customer.id,
    invoiceId: null,
    untilOn: null,
  });
  await trace(
    sql,
    context,
    { customerId: task.customer.id, invoices: [] },
    {
      key: `hold:${holdId}:set`,
      kind: 'held',
      happenedOn: context.today,
      summary: `Chasing stopped: ${reason}`,
      detail: { holdId, taskId: task.id },
    },
  );
}

/**
 * A viewer may stop a hand-over of an own account while its veto window is open, and do a task that is its own.
 * Throws: NotFoundError, NotAllowedError, InvalidInputError.
 */
export const createCloseTask =
  (database: Pick<Database, 'pool'>, clock: Pick<Clock, 'now'>) =>
  (input: CloseTaskInput, context: Context): Promise<TaskView> =>
    inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const task = await lockTask(sql, input.taskId, visibleOwner(context.actor));
      if (!task) throw new NotFoundError(`There is no task ${input.taskId}.`);
      const reason = input.reason?.trim().slice(0, MOST_REASON) || null;
      assertMayClose(context, task, input.outcome);
      assertOpen(task, { ...input, reason }, clock.now());
      await endTask(sql, task.id, { state: input.outcome, by: context.actor.email, reason });
      if (input.outcome === 'vetoed') await holdAccount(sql, context, task, reason!);
      await audit(sql, context, input.outcome === 'vetoed' ? 'veto_task' : 'close_task', {
        taskId: task.id,
        customerId: task.customer.id,
        reason,
      });
      return presentTask((await lockTask(sql, task.id, null))!);
    });

/** Opens the hand-overs that nobody stopped in time. Gives how many. */
export const createEndVetoWindows = (database: Pick<Database, 'pool'>, clock: Pick<Clock, 'now'>) => {
  const ensureBot = createEnsureBot(database);
  return async (tenantId: number): Promise<number> => {
    const actor = await ensureBot(tenantId);
    return inTenant(database.pool, tenantId, async (sql) => {
      const now = clock.now();
      const opened = await openAfterVeto(sql, now);
      const context: Context = { actor, thread: 'tasks', today: now.toISOString().slice(0, 10) };
      for (const taskId of opened) await audit(sql, context, 'hand_over_open', { taskId });
      return opened.length;
    });
  };
};
