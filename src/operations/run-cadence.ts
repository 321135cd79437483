/**
 * The day's work, once for each local day: every step that is due becomes a draft that waits for a decision, or a task
 * for a person. Nothing leaves by this.
 */

import { planDay } from '../domain/cadence/day-plan.ts';
import type { ChaseFacts } from '../domain/cadence/facts.ts';
import type { PlannedStep } from '../domain/cadence/next-step.ts';
import type { Day } from '../domain/calendar.ts';
import { handOverOf } from '../domain/chase/hand-over.ts';
import type { CadencePolicy, CompanySettings } from '../domain/chase/policy.ts';
import { RemyError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { readChaseFacts } from '../store/chase/facts.ts';
import { beginDailyRun, dropDailyRun, endDailyRun, rejectedSteps } from '../store/daily-runs.ts';
import { readCadence, readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { addTask, lastReplies } from '../store/tasks.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { isTransient } from '../store/transient.ts';
import { createEnsureBot } from './ensure-bot.ts';
import { localDay, localTime } from './local-day.ts';
import { audit, trace } from './recording.ts';

/** One step that is due now. */
export type DueStep = PlannedStep & { readonly facts: ChaseFacts };

/** Makes the draft of an email step, as the bot; null when there is one alive already. */
export type DraftStep = (due: DueStep, context: Context) => Promise<number | null>;

export type CadenceRun = {
  day: Day;
  /** False: this day's work is done, or another process is at it. */
  ran: boolean;
  drafted: number[];
  tasks: number[];
  /** Due and not made, each with why; `left` of them because the run's limit was reached. */
  skipped: { customerId: number; currency: string; reason: string }[];
  left: number;
  /** What keeps Remy from drafting at all, and what to do; null when nothing does. */
  problem: string | null;
};

type Parts = {
  database: Pick<Database, 'pool'>;
  clock: Clock;
  draft: DraftStep;
  /** What one run makes at most: more than a person decides in a day is no help. */
  limits?: { drafts?: number; tasks?: number };
  /** Told of what nobody expected to fail; the account is skipped. */
  onFault?: (fault: { error: unknown; tenantId: number; customerId: number; currency: string }) => void;
};

const KIND = 'cadence';
const DAY_MS = 86_400_000;

/** 05:00 by the company's clock: before anybody looks, and after the night's bank files. */
const FROM_MINUTE = 5 * 60;

const NO_COMPANY =
  'Nothing can be drafted before the company settings say who writes and how to pay. Set them with: npx remy settings set';

type RunOptions = {
  /** Also when the day's run is done. */
  again?: boolean;
  /** Not before the morning at the company. */
  whenDue?: boolean;
  signal?: AbortSignal;
};

type Settings = { policy: CadencePolicy; company: CompanySettings | null; today: Day };

type Failed = { customerId: number; currency: string };

const whyFailed = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return error instanceof RemyError ? text : `it failed, and the log says more: ${text}`;
};

/** By rank, so that a limit cuts off what is worth least. */
async function dueSteps(sql: Sql, { policy, company, today }: Settings): Promise<DueStep[]> {
  const all = await readChaseFacts(sql, { today, owner: null });
  // drafted already: it waits for its decision
  return planDay(all, policy, today, company).items.filter((each) => each.proposalId === null);
}

/** Hands one account over; null when this case was handed over before. */
async function makeTask(
  sql: Sql,
  { facts, step, invoices }: DueStep,
  { policy, company, today }: Settings,
  context: Context,
  now: Date,
): Promise<number | null> {
  const { id: customerId } = facts.customer;
  const [reply] = await lastReplies(sql, [customerId]);
  const lastReplyOn = reply ? localTime(reply.at, company).day : null;
  const made = handOverOf({ facts, step, invoices, today, policy, company, lastReplyOn });
  const { key, kind, assignee, amountMinor, title, dueOn } = made;
  const taskId = await addTask(sql, {
    ...{ key, kind, assignee, amountMinor, title, dueOn, customerId, currency: facts.currency },
    context: { stepId: step.id, madeOn: today, lines: made.lines },
    vetoUntil: made.vetoHours > 0 ? new Date(now.getTime() + made.vetoHours * 3_600_000) : null,
  });
  if (taskId === null) return null;
  if (kind !== 'call')
    await trace(
      sql,
      context,
      { customerId, invoices: [] },
      { key: `task:${taskId}`, kind: 'escalated', happenedOn: today, summary: title, detail: { taskId } },
    );
  await audit(sql, context, 'make_task', { taskId, customerId, kind, stepId: step.id });
  return taskId;
}

/**
 * Runs once a day and tenant, over any number of processes; `again` makes up what the day's run could not (a second
 * draft for the same account is never made). A run that a dead process left is taken up after a quarter of an hour.
 */
export const createRunCadence = ({ database, clock, draft, limits = {}, onFault }: Parts) => {
  const ensureBot = createEnsureBot(database);
  const { drafts: mostDrafts = 200, tasks: mostTasks = 200 } = limits;

  const settingsOf = async (sql: Sql): Promise<Settings> => {
    const { policy } = await readCadence(sql);
    const { company } = await readCompany(sql);
    return { policy, company, today: localDay(clock, company) };
  };

  async function work(
    settings: Settings,
    context: Context,
    run: CadenceRun,
    signal?: AbortSignal,
  ): Promise<Failed[]> {
    const { pool } = database;
    const { tenantId } = context.actor;
    const since = new Date(clock.now().getTime() - settings.policy.minGapDays * DAY_MS);
    const { due, rejected } = await inTenant(pool, tenantId, async (sql) => ({
      due: await dueSteps(sql, settings),
      rejected: await rejectedSteps(sql, since),
    }));
    const failed: Failed[] = [];
    for (const each of due) {
      const { customer, currency } = each.facts;
      const skip = (reason: string) => run.skipped.push({ customerId: customer.id, currency, reason });
      const isEmail = each.step.channel === 'email';
      signal?.throwIfAborted();
      if (isEmail && rejected.has(`${customer.id}:${currency}:${each.step.id}`))
        skip(`a person rejected this draft within the last ${settings.policy.minGapDays} days`);
      else if (isEmail && !settings.company) run.left++;
      else if (isEmail ? run.drafted.length >= mostDrafts : run.tasks.length >= mostTasks) run.left++;
      else
        try {
          const made = isEmail
            ? await draft(each, context)
            : await inTenant(pool, tenantId, (sql) => makeTask(sql, each, settings, context, clock.now()));
          if (made !== null) (isEmail ? run.drafted : run.tasks).push(made);
        } catch (error) {
          // one account that nothing can be made for holds up no other; a database that is away holds up all
          if (signal?.aborted || isTransient(error)) throw error;
          skip(whyFailed(error));
          if (error instanceof RemyError) continue;
          onFault?.({ error, tenantId, customerId: customer.id, currency });
          failed.push({ customerId: customer.id, currency });
        }
    }
    return failed;
  }

  return async (
    tenantId: number,
    { again = false, whenDue = false, signal }: RunOptions = {},
  ): Promise<CadenceRun> => {
    const { pool } = database;
    const actor = await ensureBot(tenantId);
    const { settings, ran } = await inTenant(pool, tenantId, async (sql) => {
      const read = await settingsOf(sql);
      if (whenDue && localTime(clock.now(), read.company).minutes < FROM_MINUTE && !clock.fixed)
        return { settings: read, ran: false };
      const begun = { kind: KIND, day: read.today, now: clock.now(), again } as const;
      return { settings: read, ran: await beginDailyRun(sql, begun) };
    });
    const day = settings.today;
    const problem = settings.company ? null : NO_COMPANY;
    const run: CadenceRun = { day, ran, drafted: [], tasks: [], skipped: [], left: 0, problem };
    if (!ran) return run;
    const context: Context = { actor, thread: `cadence-${day}`, today: day };
    let failed: Failed[];
    try {
      failed = await work(settings, context, run, signal);
    } catch (error) {
      await inTenant(pool, tenantId, (sql) => dropDailyRun(sql, { kind: KIND, day }));
      throw error;
    }
    await inTenant(pool, tenantId, async (sql) => {
      const { drafted, tasks, skipped, left } = run;
      const counts = { drafted: drafted.length, tasks: tasks.length, skipped: skipped.length, left };
      await endDailyRun(sql, { kind: KIND, day, detail: counts });
      // whom nothing was made for, by a fault of ours: what the others are left out for is theirs
      const faults = failed.length > 0 && { failed: failed.slice(0, 50) };
      await audit(sql, context, 'run_cadence', { day, ...counts, ...faults });
    });
    return run;
  };
};
