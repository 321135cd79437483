/** How long a run takes against a large ledger, and how much memory; with what came out, so that idling is seen. */
import { defaultMatchSettings } from '../../../src/domain/matching/default-settings.ts';
import { matchPayments } from '../../../src/domain/matching/match.ts';
import { crowd } from './crowd.ts';
import { judge } from './judge.ts';
import { measure } from './measures.ts';
import { percent, table } from './report.ts';

const PAYMENTS = 10_000;
const SIZES = [100_000, 1_000_000] as const;
const BAR_SECONDS = 10;
const BAR_FACTOR = 2;
const MEGABYTE = 2 ** 20;

/** By the clock, and what the processor worked for it, garbage collection included: others share the machine. */
const timed = <T>(act: () => T): { value: T; seconds: number; worked: number } => {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const value = act();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (performance.now() - started) / 1_000, worked: (user + system) / 1_000_000 };
};

/** Peak memory only grows, so the small size is measured first. */
export function measureSpeed(sizes: readonly number[] = SIZES): void {
  const warm = crowd(5_000, 1_000);
  matchPayments(warm.payments, warm.pool, defaultMatchSettings);
  const rows: string[][] = [];
  const totals: number[] = [];
  for (const size of sizes) {
    const set = crowd(size, PAYMENTS);
    const held = process.memoryUsage().rss;
    const index = timed(() => matchPayments([], set.pool, defaultMatchSettings));
    const {
      value: results,
      seconds,
      worked,
    } = timed(() => matchPayments(set.payments, set.pool, defaultMatchSettings));
    totals.push(seconds);
    const measured = measure(judge(set, results));
    rows.push([
      size.toLocaleString('en'),
      PAYMENTS.toLocaleString('en'),
      `${seconds.toFixed(2)} s`,
      `${worked.toFixed(2)} s`,
      `${index.seconds.toFixed(2)} s`,
      `${(((seconds - index.seconds) * 1_000) / PAYMENTS).toFixed(3)} ms`,
      `${Math.round(held / MEGABYTE)} MB`,
      `${Math.round(process.resourceUsage().maxRSS / 1_024)} MB`,
      percent(measured.right, 1),
      percent(measured.applied, 1),
      percent(measured.wrongAuto, 3),
    ]);
  }
  const header = [
    'open invoices',
    'payments',
    'all in',
    'processor',
    'no payment (index)',
    'a payment',
    'held before',
    'peak',
    'right',
    'applied',
    'wrongly',
  ];
  process.stdout.write(
    `\n## speed (bars: ${BAR_SECONDS} s at 100,000; at most ${BAR_FACTOR} times that at 1,000,000)\n`,
  );
  process.stdout.write(`${table([header, ...rows])}\n`);
  const [first, second] = totals;
  if (first !== undefined && second !== undefined)
    process.stdout.write(`ten times the invoices cost ${(second / first).toFixed(2)} times the time\n`);
}
