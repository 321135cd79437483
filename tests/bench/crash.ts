/**
 * Random stories from click to receipt with processes that die, judged by the provider's journal. Bar: 10,000 of them,
 * 0 duplicate, 0 lost, every crash point hit. `npm run bench -- crash [stories] [--seed N]`; a failing seed is told
 * again by `--seed`. On the embedded database, or on Postgres (DATABASE_URL), where four tenants go at once.
 */
import { decidePoints, effectPoints } from '../../src/operations/proposals/crash-points.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { type CrashReport, crashStory } from '../support/chase-crash.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { benchDatabase } from './database.ts';

const A_TENANT = 100;

const isBad = ({ duplicates, lost, wrong }: CrashReport): boolean =>
  duplicates.length + lost.length + wrong.length > 0;

function show(report: CrashReport): void {
  const { seed, duplicates, lost, wrong, trace } = report;
  process.stdout.write(
    `seed ${seed}: ${JSON.stringify({ duplicates, lost, wrong })}\n  ${trace.join('\n  ')}\n`,
  );
}

type Tally = {
  stories: number;
  sent: number;
  duplicates: number;
  lost: number;
  wrong: number;
  broken: number;
  deaths: Map<string, number>;
};

function count(tally: Tally, report: CrashReport): void {
  tally.stories++;
  tally.sent += report.sent;
  tally.duplicates += report.duplicates.length;
  tally.lost += report.lost.length;
  tally.wrong += report.wrong.length;
  for (const point of report.died) tally.deaths.set(point, (tally.deaths.get(point) ?? 0) + 1);
  if (isBad(report)) show(report);
}

const seedIn = (args: string[]): number | null => {
  const at = args.indexOf('--seed');
  return at < 0 ? null : Number(args[at + 1]);
};

export async function run(args: string[]): Promise<void> {
  const database = await benchDatabase();
  const tally: Tally = {
    stories: 0,
    sent: 0,
    duplicates: 0,
    lost: 0,
    wrong: 0,
    broken: 0,
    deaths: new Map(),
  };
  const intact = async (desk: Desk): Promise<boolean> =>
    (await inTenant(database.pool, desk.where.tenantId, verifyAudit)).intact;
  try {
    const replay = seedIn(args);
    if (replay !== null) {
      show(await crashStory(await aDesk(database), replay));
      return;
    }
    const stories = Number(args.find((each) => /^\d+$/.test(each)) ?? 10_000);
    const started = performance.now();
    let next = 1;
    const worker = async (): Promise<void> => {
      while (next <= stories) {
        const first = next;
        next += A_TENANT;
        const desk = await aDesk(database);
        for (let seed = first; seed < first + A_TENANT && seed <= stories; seed++)
          count(tally, await crashStory(desk, seed));
        if (!(await intact(desk))) tally.broken++;
        process.stderr.write(`${tally.stories} stories, ${tally.duplicates} duplicate, ${tally.lost} lost\n`);
      }
    };
    await Promise.all(Array.from({ length: database.kind === 'embedded' ? 1 : 4 }, worker));
    const seconds = (performance.now() - started) / 1000;
    const { deaths, ...sums } = tally;
    const missed = [...decidePoints, ...effectPoints].filter((point) => !deaths.has(point));
    console.table([
      {
        database: database.kind,
        ...sums,
        deaths: [...deaths.values()].reduce((a, b) => a + b, 0),
        seconds: seconds.toFixed(0),
      },
    ]);
    console.table(Object.fromEntries(deaths));
    const held = sums.duplicates + sums.lost + sums.wrong + sums.broken === 0 && missed.length === 0;
    process.stdout.write(
      `${held ? 'held' : 'MISSED'}: 0 duplicate, 0 lost, every point hit${missed.length > 0 ? ` (never died at ${missed.join(', ')})` : ''}\n`,
    );
    if (!held) process.exitCode = 1;
  } finally {
    await database.drop();
  }
}
