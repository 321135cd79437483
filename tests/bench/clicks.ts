/**
 * A storm of clicks: 200 cards, each clicked 100 times at once by three processes over one Postgres, approve and reject
 * mixed. Bar: 200 decisions, at most 200 sends, none twice. `npm run bench -- clicks [cards] [clicks]`; needs
 * DATABASE_URL.
 */
import { spawn } from 'node:child_process';
import { startMailbox } from '../simulators/mailbox/server.ts';
import { aDesk } from '../support/chase-desk.ts';
import { type ClickerCounts, type ClickerSettings, clickerCounts } from '../support/clicker.ts';
import { type Card, withPolicy } from '../support/draft-builders.ts';
import { benchDatabase } from './database.ts';

const CLICKER = `${import.meta.dirname}/../support/clicker.ts`;
const PROCESSES = 3;
const MONTH_MS = 30 * 86_400_000;

const clicker = (settings: ClickerSettings): Promise<ClickerCounts> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLICKER, JSON.stringify(settings)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0
        ? resolve(clickerCounts.parse(JSON.parse(text)))
        : reject(new Error(`a process ended with ${code}`)),
    );
  });

const sumOf = (all: readonly ClickerCounts[]): ClickerCounts =>
  all.reduce((sum, each) => ({
    clicks: sum.clicks + each.clicks,
    approved: sum.approved + each.approved,
    rejected: sum.rejected + each.rejected,
    late: sum.late + each.late,
    failed: sum.failed + each.failed,
  }));

export async function run(args: string[]): Promise<void> {
  const database = await benchDatabase();
  if (database.url === null) {
    process.stderr.write('Set DATABASE_URL: several processes need a server.\n');
    process.exitCode = 2;
    return database.drop();
  }
  const [cardCount = 200, clickCount = 100] = args.filter((each) => /^\d+$/.test(each)).map(Number);
  const provider = await startMailbox();
  try {
    const desk = await aDesk(database);
    await withPolicy(desk.where, { approval: { sendingDelaySeconds: 0 } });
    const cards: Card[] = [];
    while (cards.length < cardCount)
      cards.push(
        (
          await desk.draft({
            asOf: new Date().toISOString().slice(0, 10),
            expiresAt: new Date(Date.now() + MONTH_MS),
          })
        ).card,
      );
    const shares = Array.from({ length: PROCESSES }, (_, at) => Math.floor((clickCount + at) / PROCESSES));
    const started = performance.now();
    const settings = {
      ...{ databaseUrl: database.url, tenantId: desk.where.tenantId, cards },
      provider: { url: provider.url, token: provider.token },
      users: [desk.collector.email, desk.controller.email],
    };
    const sums = sumOf(await Promise.all(shares.map((clicks) => clicker({ ...settings, clicks }))));
    const seconds = (performance.now() - started) / 1000;
    const { rows } = await database.pool.query<{ count: string }>(
      'select count(*) from decision where tenant_id = $1',
      [desk.where.tenantId],
    );
    const decisions = Number(rows[0]!.count);
    const sends = provider.sent.length;
    const duplicates = provider.duplicates().length;
    console.table([{ cards: cardCount, ...sums, decisions, sends, duplicates, seconds: seconds.toFixed(0) }]);
    const held =
      decisions === cardCount &&
      sums.approved + sums.rejected === cardCount &&
      sends === sums.approved &&
      duplicates === 0 &&
      sums.failed === 0;
    process.stdout.write(`${held ? 'held' : 'MISSED'}: ${cardCount} decisions, one send for each approval\n`);
    if (!held) process.exitCode = 1;
  } finally {
    await provider.close();
    await database.drop();
  }
}
