/**
 * Questions to the agent with the offline model, all in, over a large made-up ledger. Bars: p50 under 150 ms at
 * 100,000 invoices on the embedded database and at 1,000,000 on Postgres (DATABASE_URL); what the agent adds beyond
 * model and tools under 25 ms p50. `npm run bench -- ask [invoices]`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OfflineModel } from '../../agents/offline/index.ts';
import { openRemy, type Remy } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { freshDatabase } from './fresh-database.ts';
import { fillSyntheticLedger } from './synthetic-ledger.ts';

const TODAY = '2026-11-24';
const ROUNDS = 5;

/** Conversations; each line is one turn. Names are those of the made-up ledger. */
const conversations: string[][] = [
  ['who owes us the most rn'],
  ['top 10 overdue by amount, skip anything disputed'],
  ['whats our aging look like? buckets pls'],
  ['how much is 60+ for the EMEA entities only, in EUR'],
  ['show open invoices for Harbor Metals 100', 'ok just the ones due before sept 15'],
  ['who went overdue since friday'],
  ['total open AR by currency, dont convert'],
  ['what % of overdue is our 5 biggest debtors'],
  ['whats the story with Granite Metals 101', 'how do they usually pay, how late on avg, last 12 mo'],
  ['did granite metals 101 pay INV-20418 yet??'],
  ['unapplied cash by customer, oldest first'],
  ['disputes older than 15 days and whos sitting on them'],
  ['who promised to pay this week and hasnt yet'],
  ['broken promises this month, worst first'],
  ['DSO last 6 months and how you calc it'],
  ['when did you last sync'],
  ['overdue by owner'],
  ['how many open invoices does Silver Foods 112 have'],
  ['payments received yesterday'],
];

/** Time spent in the offline model, beside the tools the part that is not the agent's own. */
function timeModel(): { take(): number } {
  let spent = 0;
  const generate = OfflineModel.prototype._generate;
  OfflineModel.prototype._generate = async function (...args) {
    const started = performance.now();
    try {
      return await generate.apply(this, args);
    } finally {
      spent += performance.now() - started;
    }
  };
  return {
    take: () => {
      const value = spent;
      spent = 0;
      return value;
    },
  };
}

/** Time spent in tools, read off the installation's own histogram. */
async function toolSeconds(remy: Remy): Promise<number> {
  const { text } = await remy.metrics.read();
  return [...text.matchAll(/^remy_tool_seconds_sum\{[^}]*\} ([\d.e+-]+)$/gm)].reduce(
    (sum, match) => sum + Number(match[1]),
    0,
  );
}

const percentile = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const ms = (value: number): string => value.toFixed(1).padStart(8);

type Measured = { question: string; all: number[]; own: number[] };

async function measure(remy: Remy): Promise<Measured[]> {
  const { id } = await remy.tenant();
  const actor = await remy.actor(id);
  const model = timeModel();
  const results = new Map<string, Measured>();
  for (let round = 0; round <= ROUNDS; round++)
    for (const turns of conversations) {
      const thread = randomUUID();
      for (const text of turns) {
        model.take();
        const before = await toolSeconds(remy);
        const started = performance.now();
        const answer = await remy.answer({ text, thread, actor });
        const all = performance.now() - started;
        if (round === 0) {
          process.stderr.write(`${text}\n   ${answer.answer.split('\n')[0]}\n`);
          continue; // warms caches and the compiler
        }
        const own = all - model.take() - ((await toolSeconds(remy)) - before) * 1000;
        const result = results.get(text) ?? { question: text, all: [], own: [] };
        result.all.push(all);
        result.own.push(own);
        results.set(text, result);
      }
    }
  return [...results.values()];
}

function report(kind: string, invoices: number, results: Measured[]): void {
  const all = results.flatMap((result) => result.all);
  const own = results.flatMap((result) => result.own);
  const lines = results.map(
    ({ question, all: times }) => `${ms(percentile(times, 0.5))} ${ms(Math.max(...times))}  ${question}`,
  );
  process.stdout.write(
    `${kind}, ${invoices} invoices, offline model; milliseconds a question\n     p50      max\n${lines.join('\n')}\n\n` +
      `all in      p50 ${ms(percentile(all, 0.5))}  p95 ${ms(percentile(all, 0.95))}  (bar: p50 under 150)\n` +
      `agent adds  p50 ${ms(percentile(own, 0.5))}  p95 ${ms(percentile(own, 0.95))}  (bar: p50 under 25)\n`,
  );
}

export async function run(args: string[]): Promise<void> {
  const server = process.env.DATABASE_URL;
  const invoices = Number(args[0] ?? (server ? 1_000_000 : 100_000));
  const folder = mkdtempSync(join(tmpdir(), 'remy-bench-'));
  const postgres = server ? await freshDatabase(server) : null;
  const remy = await openRemy(
    readConfig({
      REMY_DATA: join(folder, 'data'),
      DATABASE_URL: postgres?.url,
      REMY_TODAY: TODAY,
      REMY_LOG_LEVEL: 'warn',
    }),
  );
  try {
    const started = performance.now();
    await fillSyntheticLedger(remy.database, (await remy.ownTenant()).id, invoices, TODAY);
    process.stderr.write(`ledger made in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    report(remy.database.kind, invoices, await measure(remy));
  } finally {
    await remy.close();
    await postgres?.drop();
    rmSync(folder, { recursive: true });
  }
}
