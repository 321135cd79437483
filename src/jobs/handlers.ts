/**
 * What the alarm clock wakes up. Each handler calls one idempotent operation over the truth in our tables: a wake-up
 * that comes twice does nothing twice, and one that is lost is made up for by the next.
 */
import { compareFrom } from '../operations/reconcile-sent.ts';

/** The operations behind the jobs, each for one tenant. */
export type JobOperations = {
  /** Sends what is due; `nextAt`: when there is more to do. */
  runEffects(tenantId: number, signal: AbortSignal): Promise<{ readonly nextAt: Date | null }>;
  /** Compares with what the mailbox says was sent since then. Nothing is sent before it has succeeded once. */
  reconcileSent(tenantId: number, since: Date): Promise<unknown>;
  readInbox(tenantId: number, signal: AbortSignal): Promise<unknown>;
  /** Stale, expired and snoozed proposals. */
  refreshProposals(tenantId: number): Promise<unknown>;
  endVetoWindows(tenantId: number): Promise<unknown>;
  /** Applies what is certain of money that came in, before anybody is chased for it. */
  matchNew(tenantId: number): Promise<unknown>;
  /** Makes the day's drafts and tasks, once a local day. */
  runCadence(tenantId: number, signal: AbortSignal): Promise<unknown>;
  postDigests(tenantId: number): Promise<unknown>;
};

export type JobName = 'effects' | 'inbox' | 'daily';

export type JobContext = {
  readonly operations: JobOperations;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Asks for another run of the effects at that moment. */
  readonly wakeAt: (at: Date) => Promise<void>;
  /** Tenants whose sent mail was compared since this process started. */
  readonly compared: Set<number>;
};

async function effects(tenantId: number, job: JobContext): Promise<void> {
  const { operations, compared } = job;
  if (!compared.has(tenantId)) {
    await operations.reconcileSent(tenantId, compareFrom(job.now()));
    compared.add(tenantId);
  }
  const { nextAt } = await operations.runEffects(tenantId, job.signal);
  if (nextAt) await job.wakeAt(nextAt);
}

async function inbox(tenantId: number, { operations, signal }: JobContext): Promise<void> {
  await operations.readInbox(tenantId, signal);
}

/**
 * In this order: what was overtaken makes room for new drafts, money that came in is applied before anybody is chased
 * for it, and the digest tells of all of it. A part that fails holds
 * up none after it; the job fails at the end, with all that went wrong.
 */
async function daily(tenantId: number, { operations, signal }: JobContext): Promise<void> {
  const parts: [string, () => Promise<unknown>][] = [
    ['refresh', () => operations.refreshProposals(tenantId)],
    ['veto windows', () => operations.endVetoWindows(tenantId)],
    ['matching', () => operations.matchNew(tenantId)],
    ['cadence', () => operations.runCadence(tenantId, signal)],
    ['digest', () => operations.postDigests(tenantId)],
  ];
  const errors: Error[] = [];
  for (const [name, part] of parts) {
    if (signal.aborted) break;
    await part().catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      errors.push(new Error(`${name}: ${why}`, { cause }));
    });
  }
  const [first, ...more] = errors;
  if (first && more.length === 0) throw first;
  if (first)
    throw new AggregateError(errors, errors.map((each) => each.message).join('; '), { cause: first });
}

export const handlers: Readonly<Record<JobName, (tenantId: number, job: JobContext) => Promise<void>>> = {
  effects,
  inbox,
  daily,
};
