/**
 * Two processes over one Postgres that are killed while they approve and send: by themselves at random points, by the
 * provider when a mail has left and its answer has not. Some are paused past their lease, and now and then all
 * connections of the database are cut. Bar: 200 SIGKILLs, 0 duplicate, 0 lost. `npm run bench -- kill [kills]`; needs
 * DATABASE_URL. The provider is in this process, so its journal survives.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Mode } from '../simulators/mailbox/modes.ts';
import { type MailboxSimulator, startMailbox } from '../simulators/mailbox/server.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { withPolicy } from '../support/draft-builders.ts';
import type { ReplicaSettings } from '../support/replica.ts';
import { type BenchDatabase, benchDatabase } from './database.ts';

const REPLICA = `${import.meta.dirname}/../support/replica.ts`;
const REPLICAS = 2;
/** So many drafts wait while the killing goes on. */
const WAITING = 12;
/** After the last fault everything must have left within this time. */
const CALM_MS = 120_000;
/** Real time passes here: no draft may expire meanwhile. */
const MONTH_MS = 30 * 86_400_000;

type Counts = { kills: number; byProvider: number; pauses: number; cuts: number; drafts: number };
type Replica = { child: ChildProcess; paused: boolean };

function modeOf(): Mode {
  const draw = Math.random();
  if (draw < 0.75) return { mode: 'ok' };
  if (draw < 0.8) return { mode: 'accepted_then_500' };
  if (draw < 0.85) return { mode: 'cut_answer', bytes: draw < 0.83 ? 0 : 5 };
  if (draw < 0.9) return { mode: 'failed' };
  return draw < 0.95 ? { mode: 'slow', takeMs: 800, answerMs: 3_000 } : { mode: 'cut_request', bytes: 50 };
}

/** Keeps the replicas alive until it is stopped; each that dies is started again. */
function keepAlive(settings: ReplicaSettings, counts: Counts) {
  const replicas: Replica[] = [];
  let stopped = false;
  const start = (at: number): void => {
    const child = spawn(process.execPath, [REPLICA, JSON.stringify({ ...settings, name: `replica ${at}` })], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    replicas[at] = { child, paused: false };
    child.on('exit', (_, signal) => {
      if (signal === 'SIGKILL' && !stopped) counts.kills++;
      if (!stopped) start(at);
    });
  };
  for (let at = 0; at < REPLICAS; at++) start(at);
  return {
    any: (): Replica => replicas[Math.floor(Math.random() * REPLICAS)]!,
    /** From now on nobody kills itself. */
    calm: (): void => {
      settings.deadly = 0;
      for (const { child } of replicas) {
        child.kill('SIGCONT');
        child.kill('SIGKILL');
      }
    },
    stop: (): void => {
      stopped = true;
      for (const { child } of replicas) child.kill('SIGKILL');
    },
  };
}

/** Long enough that its lease is over and others look. */
async function pause({ child }: Replica): Promise<void> {
  child.kill('SIGSTOP');
  await wait(9_000);
  child.kill('SIGCONT');
}

const countOf = async (database: BenchDatabase, text: string, tenantId: number): Promise<number> =>
  Number((await database.pool.query(text, [tenantId])).rows[0].count);

const waiting = (database: BenchDatabase, tenantId: number) =>
  countOf(database, `select count(*) from proposal where tenant_id = $1 and state = 'pending'`, tenantId);
const open = (database: BenchDatabase, tenantId: number) =>
  countOf(
    database,
    `select count(*) from proposal where tenant_id = $1 and state in ('pending', 'approved')`,
    tenantId,
  );

const cutConnections = (database: BenchDatabase) =>
  database.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

async function untilKilled(
  database: BenchDatabase,
  desk: Desk,
  kept: ReturnType<typeof keepAlive>,
  counts: Counts,
  kills: number,
): Promise<void> {
  let pausing: Promise<void> | null = null;
  for (let turn = 1; counts.kills < kills; turn++) {
    const missing = WAITING - (await waiting(database, desk.where.tenantId));
    for (let n = 0; n < missing; n++, counts.drafts++)
      await desk.draft({
        asOf: new Date().toISOString().slice(0, 10),
        expiresAt: new Date(Date.now() + MONTH_MS),
      });
    if (turn % 100 === 0 && pausing === null) {
      counts.pauses++;
      pausing = pause(kept.any()).then(() => {
        pausing = null;
      });
    }
    if (turn % 130 === 0) {
      counts.cuts++;
      await cutConnections(database);
    }
    if (turn % 50 === 0) process.stderr.write(`${counts.kills} kills, ${counts.drafts} drafts\n`);
    await wait(200);
  }
  await pausing;
}

async function verdict(
  database: BenchDatabase,
  desk: Desk,
  provider: MailboxSimulator,
  counts: Counts,
  calmMs: number,
) {
  const { tenantId } = desk.where;
  const { rows } = await database.pool.query<{ state: string; count: string }>(
    'select state, count(*) from proposal where tenant_id = $1 group by state order by state',
    [tenantId],
  );
  const sent = new Set(provider.sent.map((each) => each.messageId)).size;
  const messages = await countOf(database, 'select count(*) from message where tenant_id = $1', tenantId);
  const duplicates = provider.duplicates().length;
  const lost = counts.drafts - sent;
  console.table([
    { ...counts, sent, messages, duplicates, lost, 'calm after s': (calmMs / 1000).toFixed(1) },
  ]);
  process.stdout.write(`${rows.map((row) => `${row.count} ${row.state}`).join(', ')}\n`);
  const held = duplicates === 0 && lost === 0 && messages === sent && calmMs < CALM_MS;
  process.stdout.write(
    `${held ? 'held' : 'MISSED'}: 0 duplicate, 0 lost, all final ${CALM_MS / 1000} s after the last kill\n`,
  );
  if (!held) process.exitCode = 1;
}

export async function run(args: string[]): Promise<void> {
  const database = await benchDatabase();
  if (database.url === null) {
    process.stderr.write('Set DATABASE_URL: two processes need a server.\n');
    process.exitCode = 2;
    return database.drop();
  }
  const counts: Counts = { kills: 0, byProvider: 0, pauses: 0, cuts: 0, drafts: 0 };
  let kept: ReturnType<typeof keepAlive> | null = null;
  let calm = false;
  const provider = await startMailbox({
    modes: () => (calm ? { mode: 'ok' } : modeOf()),
    onTaken: () => {
      if (calm || Math.random() > 0.15) return;
      counts.byProvider++;
      kept?.any().child.kill('SIGKILL');
    },
  });
  try {
    const desk = await aDesk(database);
    await withPolicy(desk.where, { approval: { sendingDelaySeconds: 0 } });
    const user = desk.collector.email;
    const settings = {
      databaseUrl: database.url,
      tenantId: desk.where.tenantId,
      provider,
      user,
      name: '',
      deadly: 25,
    };
    kept = keepAlive({ ...settings, provider: { url: provider.url, token: provider.token } }, counts);
    await untilKilled(database, desk, kept, counts, Number(args.find((each) => /^\d+$/.test(each)) ?? 200));
    calm = true;
    const { kills } = counts;
    kept.calm();
    const started = performance.now();
    while ((await open(database, desk.where.tenantId)) > 0 && performance.now() - started < CALM_MS)
      await wait(250);
    await verdict(database, desk, provider, { ...counts, kills }, performance.now() - started);
  } finally {
    kept?.stop();
    await provider.close();
    await database.drop();
  }
}
