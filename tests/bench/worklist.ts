/**
 * The worklist of a large ledger. Bar: under 2 s for 10,000 customers and 100,000 open invoices on Postgres
 * (DATABASE_URL); on the embedded database a tenth of it is made. `npm run bench -- worklist [invoices]`: about a tenth
 * of the invoices is open, and a customer has a hundred.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRemy, type Remy } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { worklistInput } from '../../src/domain/chase/worklist.ts';
import { createWorklist } from '../../src/operations/worklist.ts';
import type { Context } from '../../src/ports/actor.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { freshDatabase } from './fresh-database.ts';
import { fillConversations } from './synthetic-conversations.ts';
import { fillSyntheticLedger } from './synthetic-ledger.ts';

const TODAY = '2026-11-24';
const ROUNDS = 7;
const BAR_MS = 2_000;

const questions: [string, Record<string, unknown>][] = [
  ['today', {}],
  ['what is not chased', { notChased: true, limit: 200 }],
  ['chased 4 times or more with no reply', { minUnanswered: 4, limit: 200 }],
  ['one account', { customerId: 0 }],
];

async function count(remy: Remy, tenantId: number): Promise<string> {
  const { rows } = await remy.database.pool.query(
    `select count(distinct customer_id) as customers, count(*) as invoices from invoice where tenant_id = $1 and status = 'open'`,
    [tenantId],
  );
  return `${rows[0].invoices} open invoices of ${rows[0].customers} customers`;
}

async function measure(remy: Remy, context: Context): Promise<boolean> {
  const worklist = createWorklist(remy.database);
  const { rows } = await remy.database.pool.query(
    `select min(customer_id) as id from invoice where tenant_id = $1 and status = 'open'`,
    [context.actor.tenantId],
  );
  let slowest = 0;
  for (const [name, asked] of questions) {
    const input = worklistInput.parse('customerId' in asked ? { customerId: Number(rows[0].id) } : asked);
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const started = performance.now();
      const { count: chased, notChasedCount } = await worklist(input, context);
      if (round === 0) process.stderr.write(`${name}: ${chased} chased, ${notChasedCount} not\n`);
      else times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    const [p50, max] = [times[Math.floor(times.length / 2)]!, times.at(-1)!];
    slowest = Math.max(slowest, max);
    process.stdout.write(`${p50.toFixed(0).padStart(8)} ${max.toFixed(0).padStart(8)}  ${name}\n`);
  }
  process.stdout.write(`slowest ${slowest.toFixed(0)} ms (bar: under ${BAR_MS} on Postgres)\n`);
  return slowest < BAR_MS;
}

export async function run(args: string[]): Promise<void> {
  const server = process.env.DATABASE_URL;
  const invoices = Number(args[0] ?? (server ? 1_000_000 : 100_000));
  const folder = mkdtempSync(join(tmpdir(), 'remy-bench-'));
  const postgres = server ? await freshDatabase(server) : null;
  const remy = await openRemy(
    readConfig({
      ...{ REMY_DATA: join(folder, 'data'), DATABASE_URL: postgres?.url },
      ...{ REMY_TODAY: TODAY, REMY_LOG_LEVEL: 'warn' },
    }),
  );
  try {
    const { id } = await remy.ownTenant();
    await fillSyntheticLedger(remy.database, id, invoices, TODAY);
    await inTenant(remy.database.pool, id, (sql) => fillConversations(sql, TODAY));
    await remy.database.pool.query('vacuum analyze');
    const context: Context = { actor: await remy.actor(id), thread: 'bench', today: TODAY };
    process.stdout.write(
      `${remy.database.kind}, ${await count(remy, id)}; milliseconds\n     p50      max\n`,
    );
    if (!(await measure(remy, context)) && server) process.exitCode = 1;
  } finally {
    await remy.close();
    await postgres?.drop();
    rmSync(folder, { recursive: true });
  }
}
