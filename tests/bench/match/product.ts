/** The whole product against a set: `remy import` of its files, then `remy match --json`, judged like the rules alone. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { judge } from './judge.ts';
import { type PrintedPayment, readResults } from './product-results.ts';
import { printKinds, printMeasures, printMistakes } from './report.ts';
import { writeSet } from './to-csv.ts';
import type { MatchSet } from './truth.ts';

const ENTRY = resolve(import.meta.dirname, '../../../src/remy.js');
const MOST_OUTPUT = 2 ** 29;

/** Runs the command line in a fresh folder of data; null with what it said when it failed. */
function remy(args: readonly string[], data: string, today: string): { text: string | null; said: string } {
  const env = { ...process.env, REMY_DATA: data, REMY_TODAY: today, DATABASE_URL: '', REMY_MODEL: 'offline' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, ...args], {
    env,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
  });
  return {
    text: status === 0 ? stdout : null,
    said: `${stderr}${status === 0 ? '' : stdout}`.trim().slice(0, 600),
  };
}

/** Prints the figures of the product over one set, or why there are none. */
export function measureProduct(set: MatchSet, withExamples: boolean): void {
  const folder = mkdtempSync(join(tmpdir(), 'remy-match-'));
  try {
    const files = writeSet(set, join(folder, 'files'));
    const today = set.payments
      .map((each) => each.receivedOn)
      .sort()
      .at(-1)!;
    const data = join(folder, 'data');
    const imported = remy(['import', ...files, '--json'], data, today);
    if (imported.text === null) throw new Error(`remy import failed: ${imported.said}`);
    const { files: read } = JSON.parse(imported.text) as { files: { skipped: { reason: string }[] }[] };
    const skipped = read.flatMap((each) => each.skipped);
    if (skipped.length > 0)
      process.stdout.write(`\n${skipped.length} lines were not imported, the first: ${skipped[0]!.reason}\n`);
    const started = performance.now();
    const matched = remy(['match', '--json'], data, today);
    const seconds = (performance.now() - started) / 1_000;
    if (matched.text === null) {
      process.stdout.write(`\nThe product could not be measured: remy match said "${matched.said}"\n`);
      return;
    }
    const { payments } = JSON.parse(matched.text) as { payments: PrintedPayment[] };
    const outcomes = judge(set, readResults(set, payments));
    printMeasures(
      `remy match over ${set.name}: ${payments.length} payments printed in ${seconds.toFixed(1)} s`,
      [{ name: 'the product', outcomes }],
    );
    printKinds(outcomes);
    printMistakes([{ set, outcomes }], withExamples);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
