/**
 * One process of an installation in a storm of clicks: everybody clicks every card at once, some approve and some
 * reject, and what was approved leaves. `node tests/support/clicker.ts '<settings as JSON>'` prints what it counted.
 */
import { z } from 'zod';
import { createDecide } from '../../src/operations/decide.ts';
import { createRunEffects } from '../../src/operations/run-effects.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { openDatabase } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { findUserByEmail } from '../../src/store/users.ts';
import { simulatorMailbox } from '../simulators/mailbox/client.ts';

const card = z.object({ proposalId: z.number(), revision: z.number(), digest: z.string() });

export const clickerSettings = z.object({
  databaseUrl: z.string(),
  tenantId: z.number(),
  provider: z.object({ url: z.string(), token: z.string() }),
  users: z.array(z.string()),
  cards: z.array(card),
  /** Clicks on each card by this process. */
  clicks: z.number(),
});
export type ClickerSettings = z.infer<typeof clickerSettings>;

export const clickerCounts = z.object({
  clicks: z.number(),
  approved: z.number(),
  rejected: z.number(),
  late: z.number(),
  failed: z.number(),
});
export type ClickerCounts = z.infer<typeof clickerCounts>;

async function run({
  databaseUrl,
  tenantId,
  provider,
  users,
  cards,
  clicks,
}: ClickerSettings): Promise<ClickerCounts> {
  const database = await openDatabase({ databaseUrl, dataFolder: '' });
  const clock: Clock = { now: () => new Date(), today: () => new Date().toISOString().slice(0, 10) };
  const actors = await inTenant(database.pool, tenantId, async (sql) => {
    const found = [];
    for (const email of users) found.push((await findUserByEmail(sql, email))!.actor);
    return found;
  });
  const decide = createDecide(database, clock);
  const counts: ClickerCounts = { clicks: 0, approved: 0, rejected: 0, late: 0, failed: 0 };
  const click = async (on: z.infer<typeof card>, n: number): Promise<void> => {
    const approves = (n + on.proposalId) % 2 === 0;
    const input = approves
      ? ({ kind: 'approve', ...on } as const)
      : ({ kind: 'reject', ...on, reason: 'no' } as const);
    const context = { actor: actors[n % actors.length]!, thread: 'storm', today: clock.today() };
    counts.clicks++;
    const answer = await decide(input, context, 'storm').catch(() => null);
    if (!answer) counts.failed++;
    else if (!answer.applied) counts.late++;
    else if (approves) counts.approved++;
    else counts.rejected++;
  };
  // card after card, so that all processes meet on the same one, each with all its clicks at once
  for (const on of cards) await Promise.all(Array.from({ length: clicks }, (_, n) => click(on, n)));
  const effects = createRunEffects({
    database,
    clock,
    instance: `clicker ${process.pid}`,
    mailbox: simulatorMailbox(provider),
  });
  for (let sweeps = 0; sweeps < 50; sweeps++) if ((await effects.runDue(tenantId)).nextAt === null) break;
  await database.close();
  return counts;
}

if (process.argv[1] === import.meta.filename)
  process.stdout.write(JSON.stringify(await run(clickerSettings.parse(JSON.parse(process.argv[2] ?? '')))));
