/**
 * One process of an installation, for tests that kill it: approves what waits and lets it leave, over and over, and
 * kills itself at random points. `node tests/support/replica.ts '<settings as JSON>'`.
 */
import { z } from 'zod';
import { createDecide } from '../../src/operations/decide.ts';
import { createRunEffects } from '../../src/operations/run-effects.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { openDatabase } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { findUserByEmail } from '../../src/store/users.ts';
import { simulatorMailbox } from '../simulators/mailbox/client.ts';

export const replicaSettings = z.object({
  databaseUrl: z.string(),
  tenantId: z.number(),
  provider: z.object({ url: z.string(), token: z.string() }),
  user: z.string(),
  name: z.string(),
  /** Of a thousand passings of a point, after how many it kills itself. */
  deadly: z.number(),
});
export type ReplicaSettings = z.infer<typeof replicaSettings>;

/** Short, so that a run of kills takes minutes; the proportions are those of the real ones. */
export const LIMITS = { callMs: 1_500, leaseMs: 6_000, pauseMs: 200, longestPauseMs: 1_000, mostTries: 60 };
export const SETTLE_SECONDS = 2;

const waitingRow = z.object({ id: z.coerce.number(), revision: z.number(), digest: z.string() });

async function run(settings: ReplicaSettings): Promise<void> {
  const { tenantId, deadly } = settings;
  const database = await openDatabase({ databaseUrl: settings.databaseUrl, dataFolder: '' });
  const { actor } = (await inTenant(database.pool, tenantId, (sql) => findUserByEmail(sql, settings.user)))!;
  const clock: Clock = { now: () => new Date(), today: () => new Date().toISOString().slice(0, 10) };
  const onPoint = (): void => {
    if (Math.random() * 1000 < deadly) process.kill(process.pid, 'SIGKILL');
  };
  const decide = createDecide(database, clock, { onPoint });
  const effects = createRunEffects({
    ...{ database, clock, onPoint, instance: settings.name, limits: LIMITS },
    mailbox: simulatorMailbox(settings.provider, SETTLE_SECONDS),
  });
  const approveOne = async (): Promise<void> => {
    const waiting = await inTenant(database.pool, tenantId, (sql) =>
      sql.maybe(
        waitingRow,
        `select p.id, p.revision, r.digest from proposal p
           join proposal_revision r on r.proposal_id = p.id and r.revision = p.revision
          where p.state = 'pending' order by random() limit 1`,
      ),
    );
    if (!waiting) return;
    const { id: proposalId, revision, digest } = waiting;
    const context = { actor, thread: 'replica', today: clock.today() };
    await decide({ kind: 'approve', proposalId, revision, digest }, context, 'replica');
  };
  for (;;) {
    // a database that went away is back at one of the next turns
    await approveOne().catch(() => undefined);
    await effects.runDue(tenantId).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

if (process.argv[1] === import.meta.filename)
  await run(replicaSettings.parse(JSON.parse(process.argv[2] ?? '')));
