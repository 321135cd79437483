/**
 * The alarm clock: pg-boss over the same pool as everything else. It only wakes work up; its tables may be lost or
 * emptied at any time and nothing is forgotten, since every sweep begins from our own.
 */
import type { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { handlers, type JobContext, type JobName, type JobOperations } from './handlers.ts';

export type { JobOperations } from './handlers.ts';

type Log = {
  error(detail: object, text: string): void;
  warn(detail: object, text: string): void;
};

export type JobsOptions = {
  readonly pool: Pool;
  readonly kind: 'embedded' | 'postgres';
  /** Asked at every run, so that a new tenant is found. */
  readonly tenants: () => Promise<readonly number[]>;
  readonly operations: JobOperations;
  readonly logger: Log;
  readonly now?: () => Date;
};

export type Jobs = {
  /** Something was approved: look at once instead of at the next sweep. */
  wake(): void;
  /** Takes no more work, lets what runs come to an end for a few seconds, then gives up on it. */
  stop(): Promise<void>;
};

const NAMES: readonly JobName[] = ['effects', 'inbox', 'daily'];
/** Every minute: a missed one is made up for by the next. */
const CRON: Readonly<Record<JobName, string>> = {
  effects: '* * * * *',
  inbox: '* * * * *',
  daily: '* * * * *',
};
const STOP_MS = 5_000;

/**
 * Seconds between two looks at a queue. The embedded database is in this process, where every look costs all others
 * time: so it is about 35 queries a minute and 1.5 % of a core while nothing happens.
 */
const LOOKS = {
  embedded: { effects: 5, inbox: 20, daily: 20 },
  postgres: { effects: 2, inbox: 10, daily: 10 },
} as const;

function createBoss({ pool, kind, logger }: JobsOptions): PgBoss {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    backend: kind === 'embedded' ? 'pglite' : 'postgres',
    schema: 'boss',
    cronMonitorIntervalSeconds: 30,
    cronWorkerIntervalSeconds: kind === 'embedded' ? 20 : 5,
    clockMonitorIntervalSeconds: 600,
    superviseIntervalSeconds: 300,
    monitorIntervalSeconds: 300,
    maintenanceIntervalSeconds: 3600,
    queueCacheIntervalSeconds: 300,
    bamIntervalSeconds: 3600,
    flowIntervalSeconds: 3600,
    monitorVacuum: false,
  });
  boss.on('error', (error) => logger.warn({ err: error }, 'the job queue has trouble; it tries again'));
  return boss;
}

/** At most one of a kind waits; done ones go soon, since nobody reads them. A failed one is not repeated: the next is due. */
const QUEUE = {
  policy: 'short',
  retryLimit: 0,
  expireInSeconds: 900,
  retentionSeconds: 3600,
  deleteAfterSeconds: 3600,
} as const;

/** One run of a job over all tenants; a tenant that fails holds up no other. */
async function run(name: JobName, options: JobsOptions, job: JobContext): Promise<void> {
  for (const tenantId of await options.tenants()) {
    if (job.signal.aborted) return;
    await handlers[name](tenantId, job).catch((error: unknown) => {
      if (!job.signal.aborted) options.logger.error({ err: error, job: name, tenantId }, 'a job failed');
    });
  }
}

/**
 * Begins with a sweep of every kind, since anything may have been missed.
 * Throws: when the database does not answer.
 */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const boss = createBoss(options);
  const stopping = new AbortController();
  const now = options.now ?? (() => new Date());
  const workers = new Map<JobName, string>();

  const send = async (name: JobName, key: string, at?: Date): Promise<void> => {
    if (stopping.signal.aborted) return;
    await boss.send(name, null, { singletonKey: key, ...(at && { startAfter: at }) });
    const worker = workers.get(name);
    if (!at && worker) boss.notifyWorker(worker);
  };
  const job: JobContext = {
    operations: options.operations,
    signal: stopping.signal,
    now,
    compared: new Set(),
    wakeAt: (at) => send('effects', `at ${at.toISOString().slice(0, 19)}`, at),
  };

  await boss.start();
  for (const name of NAMES) {
    await boss.createQueue(name, QUEUE);
    await boss.schedule(name, CRON[name]);
    const pollingIntervalSeconds = LOOKS[options.kind][name];
    workers.set(name, await boss.work(name, { pollingIntervalSeconds }, () => run(name, options, job)));
    await send(name, 'start');
  }

  let stopped: Promise<void> | undefined;
  return {
    wake: () => {
      send('effects', 'now').catch((error: unknown) => {
        if (!stopping.signal.aborted)
          options.logger.warn({ err: error }, 'a wake-up was lost; the next sweep is due');
      });
    },
    stop: () => {
      stopping.abort();
      stopped ??= boss.stop({ graceful: true, timeout: STOP_MS, close: false });
      return stopped;
    },
  };
}
