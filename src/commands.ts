/** What each command of the command line does, over one installation: the second half of the composition root. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createSendDue, startAlarmClock } from './alarm-clock.ts';
import { DEMO_SEED, loadDemo, openRemy, type Remy } from './app.ts';
import { type CashInstallation, cliCash } from './cli-cash.ts';
import { cliChase, type Installation } from './cli-chase.ts';
import type { Config } from './config.ts';
import { loadDemoBank } from './demo-bank.ts';
import { InvalidInputError, RemyError } from './domain/errors.ts';
import type { Actor, Context } from './ports/actor.ts';
import type { Commands, DoctorCheck } from './surfaces/cli/commands.ts';
import { ensureBuilt } from './surfaces/web/build.ts';
import type { WebDeps } from './surfaces/web/deps.ts';
import { listen } from './surfaces/web/listen.ts';
import { checkBinding } from './surfaces/web/security.ts';
import { createWebSurface } from './surfaces/web/server.ts';
import { webCash } from './web-cash.ts';
import { webChase } from './web-chase.ts';

const newThread = (): string => `t-${randomUUID().slice(0, 8)}`;

/** Who asks, on which day, in which conversation. */
async function contextOf(remy: Remy, thread: string, email?: string): Promise<Context> {
  const { id } = await remy.tenant();
  return { actor: await remy.actor(id, email), thread, today: await remy.today(id) };
}

async function webStatus(remy: Remy, as?: string): ReturnType<WebDeps['status']> {
  const tenant = await remy.tenant();
  const context = await contextOf(remy, 'status', as);
  const { sources } = await remy.operations.dataFreshness({}, context);
  const { email, name, role } = context.actor;
  return {
    tenant: tenant.name,
    isDemo: tenant.is_demo,
    empty: sources.length === 0,
    model: remy.config.model.model,
    today: context.today,
    user: { email, name, role },
    sources: sources.map(({ source, syncedAt }) => ({ source, syncedAt })),
  };
}

async function health(remy: Remy): ReturnType<WebDeps['health']> {
  const state = await remy.inspectDatabase();
  const problems = [
    ...(state.reachable ? [] : ['The database does not answer.']),
    ...(state.pending.length > 0 ? [`Migrations are not applied: ${state.pending.join(', ')}`] : []),
  ];
  return { ok: problems.length === 0, problems };
}

/**
 * The console acts as whom its holder chose, the local admin by default; threads are kept apart from those of the
 * command line by their names.
 */
const webDeps = (remy: Remy): WebDeps => ({
  ask: async (text, thread, onEvent, signal, as) => {
    const { actor } = await contextOf(remy, thread, as);
    return remy.answer({ text, thread, actor }, { onEvent, signal });
  },
  history: async (thread, as) => {
    const { actor } = await contextOf(remy, thread, as);
    const past = await remy.threadHistory(thread, actor);
    return past.flatMap(({ question, answer }) => [
      { role: 'user' as const, text: question },
      ...(answer ? [{ role: 'remy' as const, text: answer.answer, cards: answer.cards }] : []),
    ]);
  },
  accountBrief: async (customerId, as) =>
    remy.operations.accountBrief({ customerId }, await contextOf(remy, 'console', as)),
  findCustomers: async (name, as) =>
    remy.operations.findCustomer({ name }, await contextOf(remy, 'console', as)),
  showRows: async (figureId, as) =>
    remy.operations.showRows({ figureId, limit: 500 }, await contextOf(remy, 'console', as)),
  exportTimeline: async (of, as) => remy.operations.exportTimeline(of, await contextOf(remy, 'console', as)),
  status: (as) => webStatus(remy, as),
  chase: webChase(remy.desk, (thread, as) => contextOf(remy, thread, as)),
  cash: webCash(remy.cash, (thread, as) => contextOf(remy, thread, as)),
  health: () => health(remy),
  metrics: () => remy.metrics.read(),
  logger: remy.logger,
});

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process as it would without us. */
const stopSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });

const start =
  (config: Config): Commands['start'] =>
  async ({ empty, port }, report) => {
    const stopped = stopSignal();
    const web = { host: config.host, port: port ?? config.port, password: config.password };
    checkBinding(web); // before anything is made
    report.progress('Opening the database');
    const [remy] = await Promise.all([openRemy(config, { withDemo: !empty }), ensureBuilt()]);
    try {
      if (!empty) await loadDemo(remy, report.progress);
      const listening = await listen(createWebSurface(webDeps(remy), web), web);
      const tenant = await remy.tenant();
      report.ready(listening.url, [
        ...(tenant.is_demo
          ? ['This is demo data: 60 fictional customers. Your own: npx remy import FILE...']
          : []),
        `Model: ${config.model.model}. Stop with Ctrl-C.`,
      ]);
      await loadDemoBank(remy, DEMO_SEED).catch((error: unknown) =>
        remy.logger.error({ err: error }, 'the bank files of the demo company were not taken in'),
      );
      const jobs = await startAlarmClock(remy);
      remy.alarm.wake = jobs.wake;
      remy.logger.info({ signal: await stopped }, 'stopping');
      await listening.close();
      await jobs.stop();
    } finally {
      await remy.close();
    }
  };

/** Opens the installation for one piece of work and closes it again. */
async function withRemy<Result>(config: Config, work: (remy: Remy) => Promise<Result>): Promise<Result> {
  const remy = await openRemy(config);
  try {
    return await work(remy);
  } finally {
    await remy.close();
  }
}

const importFiles =
  (config: Config): Commands['importFiles'] =>
  async (paths, onProgress) => {
    const missing = paths.filter((path) => !existsSync(path));
    if (missing.length > 0)
      throw new InvalidInputError(`There is no file ${missing.join(', ')}. Nothing was imported.`);
    return withRemy(config, async (remy) => {
      const hadDemo = (await remy.tenant()).is_demo;
      const { id } = await remy.ownTenant();
      const context: Context = { actor: await remy.actor(id), thread: 'import', today: remy.clock.today() };
      const { files } = await remy.importLedger(
        paths.map((path) => ({ name: path, bytes: path })),
        context,
        ({ file, rows }) => onProgress(`${file}: ${rows} rows`),
      );
      const imported = files.some((file) => file.created > 0);
      const notes =
        imported && hadDemo ? ['Your own ledger is shown from now on instead of the demo company.'] : [];
      return { files, notes };
    });
  };

async function sourceCheck(remy: Remy, actor: Actor): Promise<DoctorCheck> {
  const { sources } = await remy.operations.dataFreshness(
    {},
    { actor, thread: 'doctor', today: remy.clock.today() },
  );
  const stale = sources.filter((source) => source.stale);
  const detail =
    sources.map(({ source, hoursAgo }) => `${source} ${hoursAgo} h ago`).join(', ') || 'nothing imported yet';
  if (sources.length === 0)
    return {
      name: 'ledger',
      ok: true,
      detail,
      next: 'npx remy import customers.csv invoices.csv, or npm start for the demo company',
    };
  return {
    name: 'ledger',
    ok: stale.length === 0,
    detail,
    ...(stale.length > 0 ? { next: 'Import a fresh export.' } : {}),
  };
}

async function examine(remy: Remy): Promise<DoctorCheck[]> {
  const state = await remy.inspectDatabase();
  const tenant = await remy.tenant();
  const problem = await remy.modelProblem();
  const { model, host, port, password, databaseUrl, dataFolder } = remy.config;
  return [
    { name: 'node', ok: true, detail: process.versions.node },
    {
      name: 'database',
      ok: state.reachable,
      detail: `${state.detail}, ${databaseUrl ? 'DATABASE_URL' : dataFolder}`,
    },
    { name: 'schema', ok: state.pending.length === 0, detail: state.applied.at(-1) ?? 'none' },
    { name: 'company', ok: true, detail: `${tenant.name}${tenant.is_demo ? ' (demo data)' : ''}` },
    await sourceCheck(remy, await remy.actor(tenant.id)),
    {
      name: 'model',
      ok: problem === null,
      detail: problem ? `${model.model}: ${problem}` : model.model,
      ...(problem
        ? {
            next: 'Check ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL and the network. Until then the offline model answers.',
          }
        : {}),
    },
    { name: 'console', ok: true, detail: `http://${host}:${port}/${password ? ', with a password' : ''}` },
  ];
}

const doctor =
  (config: Config): Commands['doctor'] =>
  async () => {
    try {
      const checks = await withRemy(config, examine);
      return { ok: checks.every((check) => check.ok), checks };
    } catch (error) {
      if (!(error instanceof RemyError)) throw error;
      return { ok: false, checks: [{ name: 'database', ok: false, detail: error.message }] };
    }
  };

/** What the commands of chasing need of one open installation. */
const installationOf = (remy: Remy): Installation => ({
  desk: remy.desk,
  findCustomer: remy.operations.findCustomer,
  sendDue: ({ actor }) => createSendDue(remy)(actor.tenantId),
  addUser: async (user, { actor }) => {
    await remy.addUser(actor.tenantId, user);
  },
});

const cashInstallationOf = async (remy: Remy): Promise<CashInstallation> => ({
  cash: remy.cash,
  isDemo: (await remy.tenant()).is_demo,
  findCustomer: remy.operations.findCustomer,
});

export const createCommands = (config: Config): Commands => ({
  ...cliCash(
    (as) => (work) =>
      withRemy(config, async (remy) =>
        work(await cashInstallationOf(remy), await contextOf(remy, 'command_line', as)),
      ),
  ),
  ...cliChase(
    (as) => (work) =>
      withRemy(config, async (remy) => work(installationOf(remy), await contextOf(remy, 'command_line', as))),
  ),
  start: start(config),
  ask: ({ text, as, thread = newThread() }, onEvent) =>
    withRemy(config, async (remy) => {
      const { actor } = await contextOf(remy, thread, as);
      return remy.answer({ text, thread, actor }, { onEvent });
    }),
  importFiles: importFiles(config),
  doctor: doctor(config),
  migrate: () =>
    withRemy(config, async (remy) => {
      const { applied } = await remy.inspectDatabase();
      return { applied: remy.migrated, current: applied.at(-1) ?? null };
    }),
});
