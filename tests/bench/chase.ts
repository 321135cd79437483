/**
 * A year of the demo company with scripted customers in fifty time zones: they pay, promise, break promises, dispute,
 * reply and opt out while people approve drafts at any hour. Bar: no message leaves outside hours, on a holiday, or to
 * somebody it must not go to, each judged apart from the rules. `npm run bench -- chase [seeds]`; exits 1 on any fault.
 */
import { loadHolidays } from '../../src/domain/cadence/holidays.ts';
import { type Fault, faults } from './chase/judge.ts';
import { simulateYear, type Year } from './chase/year.ts';

const FROM = '2026-01-05';
const TO = '2027-01-04';
const SHOWN = 3;

const list = (counts: ReadonlyMap<string, number>): string =>
  [...counts.entries()]
    .sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');

function report(seed: number, year: Year, seconds: number): number {
  const count = (fault: Fault) => year.faults.get(fault)?.length ?? 0;
  const lines = faults.map((fault) => {
    const examples = (year.faults.get(fault) ?? []).slice(0, SHOWN).map((each) => `\n          ${each}`);
    return `${String(count(fault)).padStart(8)}  ${fault}${examples.join('')}`;
  });
  process.stdout.write(
    `seed ${seed}, ${FROM} to ${TO}: ${year.sends} messages left (${year.asked} asked for) to ${year.zones} time zones, ${seconds.toFixed(1)} s\n` +
      `steps: ${list(year.steps)}\nwhat happened: ${list(year.happened)}\nwhat stopped: ${list(year.stopped)}\n` +
      `messages that should not have left (bar: 0 each)\n${lines.join('\n')}\n\n`,
  );
  return faults.reduce((sum, fault) => sum + count(fault), 0);
}

export async function run(args: string[]): Promise<void> {
  await loadHolidays();
  const seeds = Number(args[0] ?? 3);
  let wrong = 0;
  for (let seed = 7; seed < 7 + seeds; seed++) {
    const started = performance.now();
    const year = simulateYear(seed, FROM, TO);
    wrong += report(seed, year, (performance.now() - started) / 1_000);
    // a year in which nothing happens proves nothing
    if (year.sends < 500 || year.zones < 50) wrong++;
  }
  process.stdout.write(wrong === 0 ? 'no fault\n' : `${wrong} faults\n`);
  if (wrong > 0) process.exitCode = 1;
}
