/**
 * Typical ledger questions over a large made-up ledger. Bars: each under 60 ms at 100,000 invoices on the embedded
 * database, under 100 ms at 1,000,000 on Postgres (DATABASE_URL). `npm run bench -- query [invoices] [part of a
 * name]`.
 */
import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { LedgerQuestionInput } from '../../src/domain/ledger-query/question.ts';
import { createQueryLedger } from '../../src/operations/query-ledger.ts';
import type { Context } from '../../src/ports/actor.ts';
import { migrate } from '../../src/store/migrate.ts';
import { type Database, embeddedDatabase, embeddedExtensions, openDatabase } from '../../src/store/pool.ts';
import { fillSyntheticLedger } from './synthetic-ledger.ts';

const TODAY = '2026-11-24';

/** What people ask, and for the first five the bar that each is held to. */
export const questions: readonly [name: string, barred: boolean, question: LedgerQuestionInput][] = [
  [
    'top 10 debtors',
    true,
    {
      dataset: 'invoices',
      filters: { status: ['open'] },
      measures: ['sum_open', 'share_of_open', 'max_days_overdue'],
      groupBy: ['customer'],
      order: { by: 'open' },
      limit: 10,
    },
  ],
  [
    'overdue list, 10 largest',
    true,
    { dataset: 'invoices', filters: { status: ['overdue'] }, order: { by: 'open' }, limit: 10 },
  ],
  [
    'overdue list, 10 oldest',
    true,
    { dataset: 'invoices', filters: { status: ['overdue'] }, order: { by: 'days_overdue' }, limit: 10 },
  ],
  [
    'by aging bucket',
    true,
    { dataset: 'invoices', measures: ['count', 'sum_open'], groupBy: ['aging_bucket'] },
  ],
  [
    'overdue by owner',
    true,
    { dataset: 'invoices', filters: { status: ['overdue'] }, measures: ['sum_open'], groupBy: ['owner'] },
  ],
  [
    "one customer's open invoices",
    true,
    { dataset: 'invoices', filters: { status: ['open'], customer: { ids: [7], withChildren: true } } },
  ],
  [
    '60+ in EMEA, in EUR',
    false,
    {
      dataset: 'invoices',
      filters: { daysOverdue: { min: 61 }, region: ['EMEA'], currency: ['EUR'] },
      measures: ['count', 'sum_open'],
    },
  ],
  [
    'overdue, disputed left out',
    false,
    {
      dataset: 'invoices',
      filters: { status: ['overdue'], disputed: false },
      order: { by: 'open' },
      limit: 10,
    },
  ],
  ['one invoice by number', false, { dataset: 'invoices', filters: { number: ['inv-20418'] } }],
  [
    'overdue and not chased for 30 days',
    false,
    {
      dataset: 'invoices',
      filters: { status: ['overdue'], lastChased: { to: '2026-10-25' } },
      measures: ['sum_open'],
      groupBy: ['customer'],
      limit: 10,
    },
  ],
  [
    'broken promises',
    false,
    { dataset: 'promises', filters: { status: ['broken'] }, order: { by: 'amount' } },
  ],
  [
    'first time late',
    false,
    {
      dataset: 'invoices',
      filters: { status: ['overdue'], firstTimeLate: true },
      measures: ['sum_open'],
      groupBy: ['customer'],
      limit: 10,
    },
  ],
  [
    'cash received by month',
    false,
    {
      dataset: 'payments',
      filters: { received: { last: 6, unit: 'month' } },
      measures: ['sum_amount'],
      groupBy: ['month'],
    },
  ],
  [
    'days late by customer, 12 months',
    false,
    {
      dataset: 'invoices',
      filters: { paid: { last: 12, unit: 'month' } },
      measures: ['average_days_late', 'median_days_late'],
      groupBy: ['customer'],
      order: { by: 'days_late' },
      limit: 10,
    },
  ],
  [
    'aging a month ago',
    false,
    { dataset: 'invoices', measures: ['sum_open'], groupBy: ['aging_bucket'], asOf: '2026-10-24' },
  ],
];

async function database(): Promise<Database & { drop: () => Promise<void> }> {
  const url = process.env.DATABASE_URL;
  if (!url) {
    const opened = embeddedDatabase(await PGlite.create({ extensions: embeddedExtensions }));
    return { ...opened, drop: opened.close };
  }
  const name = `remy_bench_${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const target = new URL(url);
  target.pathname = `/${name}`;
  const opened = await openDatabase({ databaseUrl: target.href, dataFolder: '' });
  const drop = async () => {
    await opened.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { ...opened, drop };
}

export async function prepare(opened: Database, invoices: number): Promise<Context> {
  await migrate(opened.pool);
  const { rows } = await opened.pool.query<{ id: number }>(
    `insert into tenant (slug, name) values ('bench', 'Bench') returning id`,
  );
  const tenantId = rows[0]!.id;
  const { rows: users } = await opened.pool.query<{ id: number }>(
    `insert into app_user (tenant_id, email, role) values ($1, 'bench@example.com', 'controller') returning id`,
    [tenantId],
  );
  await fillSyntheticLedger(opened, tenantId, invoices, TODAY);
  // what autovacuum does minutes after a load; the embedded database has none, and is measured without
  if (opened.kind === 'postgres') await opened.pool.query('vacuum analyze');
  const actor = { tenantId, userId: Number(users[0]!.id), email: 'bench@example.com', name: null };
  return { actor: { ...actor, role: 'controller' }, thread: 'bench', today: TODAY };
}

/** p50 and slowest of `times` runs after two to warm up, in milliseconds. */
async function time(work: () => Promise<unknown>, times: number): Promise<{ p50: number; max: number }> {
  await work();
  await work();
  const taken: number[] = [];
  for (let run = 0; run < times; run++) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  return { p50: taken[Math.floor(taken.length / 2)]!, max: taken.at(-1)! };
}

export async function run(args: string[]): Promise<void> {
  const opened = await database();
  const embedded = opened.kind === 'embedded';
  const size = Number(args.find((each) => /^\d+$/.test(each)) ?? (embedded ? 100_000 : 1_000_000));
  const bar = embedded ? 60 : 100;
  try {
    const context = await prepare(opened, size);
    const ask = createQueryLedger(opened);
    const table = [];
    const wanted = args.find((each) => /^[a-z]/i.test(each)) ?? '';
    for (const [name, barred, question] of questions.filter(([each]) => each.includes(wanted))) {
      const { p50, max } = await time(() => ask(question, context), 15);
      table.push({
        question: name,
        'p50 ms': p50.toFixed(1),
        'max ms': max.toFixed(1),
        bar: barred ? (p50 < bar ? `< ${bar}: held` : `< ${bar}: MISSED`) : '',
      });
    }
    process.stdout.write(`${size} invoices, ${opened.kind}\n`);
    console.table(table);
  } finally {
    await opened.drop();
  }
}
