/** The composition root: the only file that knows every concrete part. */
import { randomUUID } from 'node:crypto';
import { type Logger, pino } from 'pino';
import { createAssistant, modelProblem, OFFLINE_MODEL } from '../agents/assistant.ts';
import type { ToolLog } from '../agents/collector/run-tools.ts';
import { createModelWriter, createTemplateWriter } from '../agents/writer/index.ts';
import { generateDemoCompany } from '../demo/company.ts';
import { loadDemoCompany } from '../demo/load.ts';
import { demoSettings } from '../demo/settings.ts';
import { type ChaseOperations, createTools, type Operations } from '../tools/index.ts';
import { createOperations, draftParts } from './agent-operations.ts';
import { type CashDesk, createCashDesk } from './cash-desk.ts';
import { type ChaseDesk, createChaseDesk } from './chase-desk.ts';
import type { Config } from './config.ts';
import { createMailFolder } from './connectors/mail-folder/index.ts';
import { RemyError } from './domain/errors.ts';
import { loggedError } from './log-error.ts';
import { type AnswerQuestion, createAnswer } from './operations/answer.ts';
import { createEditDraft } from './operations/edit-draft.ts';
import { createEnsureUser } from './operations/ensure-user.ts';
import { createFindUser } from './operations/find-user.ts';
import { createImportLedger } from './operations/import-ledger.ts';
import { createInspectDatabase } from './operations/inspect-database.ts';
import { createLedgerVocabulary } from './operations/ledger-vocabulary.ts';
import { createTenantDay } from './operations/local-day.ts';
import { createLogPromise } from './operations/log-promise.ts';
import { createOpenDispute } from './operations/open-dispute.ts';
import { createRecordEvent } from './operations/record-event.ts';
import { createRecordMessage } from './operations/record-message.ts';
import { createRunEffects, type RunEffects } from './operations/run-effects.ts';
import { createSetHold } from './operations/set-hold.ts';
import { createThreadHistory } from './operations/thread-history.ts';
import type { Actor, Context } from './ports/actor.ts';
import type { Clock } from './ports/clock.ts';
import type { Mailbox } from './ports/mailbox.ts';
import type { Writer } from './ports/writer.ts';
import { migrate } from './store/migrate.ts';
import { type Database, openDatabase } from './store/pool.ts';
import {
  beginDemoTenant,
  demoSlug,
  ensureOwnTenant,
  findDemoTenant,
  findOwnTenant,
  publishDemoTenant,
  type Tenant,
  tenantName,
} from './store/tenant-choice.ts';
import { inTenant } from './store/transaction.ts';
import { createMetrics, type Metrics } from './surfaces/metrics.ts';

/** The person at the machine: whoever may start the program may see everything in it. */
const LOCAL_ADMIN = { email: 'admin@localhost', name: 'Admin', role: 'admin' } as const;
export const DEMO_SEED = 7;

/** Everything of one running installation, over one open database. */
export type Remy = {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly operations: Operations & ChaseOperations;
  readonly mailbox: Mailbox;
  /** Set by whoever runs the jobs: called when something was approved. */
  readonly alarm: { wake: () => void };
  /** Proposals, decisions, what leaves, the worklist: what console and command line share. */
  readonly desk: ChaseDesk;
  /** Bank files, matching, what is placed by hand: what console and command line share. */
  readonly cash: CashDesk;
  readonly runEffects: RunEffects;
  readonly answer: AnswerQuestion;
  readonly importLedger: ReturnType<typeof createImportLedger>;
  readonly inspectDatabase: ReturnType<typeof createInspectDatabase>;
  readonly threadHistory: ReturnType<typeof createThreadHistory>;
  /** The migrations that this start applied. */
  readonly migrated: string[];
  /** Null when the chosen model can be used; else what is wrong. */
  modelProblem(): Promise<string | null>;
  /** The company's own ledger where there is one, else the demo company, else an empty one of its own. */
  tenant(): Promise<Tenant>;
  /** The company's own ledger, made when it is not there yet: what an import writes to. */
  ownTenant(): Promise<Tenant>;
  /** The user with this address; the local admin where none is given. */
  actor(tenantId: number, email?: string): Promise<Actor>;
  /** The calendar day of a tenant, where its company lives. */
  today(tenantId: number): Promise<string>;
  /** Lets somebody in; who is known keeps name and role. */
  addUser: ReturnType<typeof createEnsureUser>;
  close(): Promise<void>;
};

export type OpenOptions = {
  logger?: Logger;
  /** False: the demo company is not shown even where it was loaded before. */
  withDemo?: boolean;
};

export const createLogger = (config: Pick<Config, 'logLevel'>): Logger =>
  pino(
    { name: 'remy', level: config.logLevel, base: null, serializers: { err: (error) => loggedError(error) } },
    pino.destination({ dest: 2, sync: true }),
  );

/** The machine's time; its calendar day, or the fixed one. */
export const systemClock = (today: string | undefined): Clock => ({
  fixed: today !== undefined,
  now: () => new Date(),
  today: () => {
    if (today) return today;
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  },
});

const toolLog =
  (logger: Logger, metrics: Metrics): ToolLog =>
  ({ tool, milliseconds, failure, error }) => {
    metrics.tool(tool, failure ?? 'ok', milliseconds / 1000);
    if (failure === 'internal') logger.error({ err: error, tool }, 'a tool failed');
    else logger.debug({ tool, milliseconds: Math.round(milliseconds), failure }, 'tool call');
  };

/** Counts and times each turn; what went wrong inside is logged without the question. */
const measured =
  (answer: AnswerQuestion, logger: Logger, metrics: Metrics): AnswerQuestion =>
  async (ask, options) => {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    try {
      const result = await answer(ask, options);
      metrics.turn(result.model, 'answered', seconds());
      return result;
    } catch (error) {
      metrics.turn('none', 'failed', seconds());
      if (!(error instanceof RemyError) && !options?.signal?.aborted)
        logger.error({ err: error }, 'a turn failed');
      throw error;
    }
  };

/** A tenant keeps its name while the program runs, so each is read once. */
function namesOf(database: Database): (tenantId: number) => Promise<string> {
  const known = new Map<number, string>();
  return async (id) => {
    const name = known.get(id) ?? (await tenantName(database.pool, id));
    known.set(id, name);
    return name;
  };
}

/** Drafts that a person asks for are written by the chosen model, and by the templates whenever it fails. */
function writerOf({ model: { model, apiKey, baseUrl } }: Config, logger: Logger): Writer {
  const templates = createTemplateWriter();
  if (model === OFFLINE_MODEL || !apiKey) return templates;
  const onFallback = (error: unknown) =>
    logger.warn({ err: error }, 'the templates wrote instead of the model');
  return createModelWriter({ model, apiKey, baseUrl, templates, onFallback });
}

async function assemble(
  config: Config,
  database: Database,
  { logger = createLogger(config), withDemo = true }: OpenOptions,
): Promise<Remy> {
  const { applied: migrated } = await migrate(database.pool);
  const clock = systemClock(config.today);
  const metrics = createMetrics();
  const writer = writerOf(config, logger);
  const operations = createOperations(database, clock, writer);
  const tenant = async (): Promise<Tenant> =>
    (await findOwnTenant(database.pool)) ??
    (withDemo ? await findDemoTenant(database.pool) : null) ??
    (await ensureOwnTenant(database.pool));
  const assistant = await createAssistant({
    pool: database.pool,
    tools: createTools(operations),
    settings: config.model,
    vocabulary: createLedgerVocabulary(database),
    tenantName: namesOf(database),
    log: toolLog(logger, metrics),
    onModelError: (error) => {
      logger.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the model failed');
      logger.debug({ err: error }, 'where the model failed');
    },
  });
  const mailbox = createMailFolder({
    ...config.mail,
    onProblem: (problem) => logger.warn(problem, 'a mail is skipped'),
  });
  const alarm: Remy['alarm'] = { wake: () => {} };
  const findUser = createFindUser(database);
  const ensureUser = createEnsureUser(database);
  return {
    config,
    database,
    clock,
    logger,
    metrics,
    operations,
    mailbox,
    desk: createChaseDesk(
      database,
      clock,
      {
        draftEmail: operations.draftEmail,
        auditTrail: operations.auditTrail,
        editDraft: createEditDraft(draftParts(database, clock, writer)),
      },
      { onEffect: () => alarm.wake() },
    ),
    cash: createCashDesk(database, clock),
    alarm,
    runEffects: createRunEffects({ database, mailbox, clock, instance: `${process.pid}-${randomUUID()}` }),
    answer: measured(createAnswer({ database, assistant, clock }), logger, metrics),
    importLedger: createImportLedger(database, clock),
    inspectDatabase: createInspectDatabase(database),
    threadHistory: createThreadHistory(database),
    migrated,
    modelProblem: () => modelProblem(config.model),
    tenant,
    ownTenant: () => ensureOwnTenant(database.pool),
    actor: (tenantId, email) => (email ? findUser(tenantId, email) : ensureUser(tenantId, LOCAL_ADMIN)),
    today: createTenantDay(database, clock),
    addUser: ensureUser,
    close: () => database.close(),
  };
}

/**
 * Opens the database, brings its schema up to date and puts everything together.
 * Throws: RemyError of the database or the migrations.
 */
export async function openRemy(config: Config, options: OpenOptions = {}): Promise<Remy> {
  const database = await openDatabase(config);
  try {
    return await assemble(config, database, options);
  } catch (error) {
    await database.close().catch(() => undefined);
    throw error;
  }
}

/**
 * Makes the demo company of today and loads it through the importers, unless the installation has a ledger of its
 * own or today's demo company already. An interrupted load is never shown.
 */
export async function loadDemo(remy: Remy, onProgress: (text: string) => void): Promise<void> {
  const { database, clock } = remy;
  const today = clock.today();
  if (await findOwnTenant(database.pool)) return;
  if ((await findDemoTenant(database.pool))?.slug === demoSlug(today)) return;
  const tenant = await beginDemoTenant(database.pool, today, randomUUID().slice(0, 8));
  const context: Context = { actor: await remy.actor(tenant.id), thread: 'demo', today };
  const inContext =
    <Input, Output>(operation: (input: Input, context: Context) => Promise<Output>) =>
    (input: Input): Promise<Output> =>
      operation(input, context);
  await loadDemoCompany({
    company: generateDemoCompany({ seed: DEMO_SEED, today }),
    importLedger: (files) => remy.importLedger(files, context),
    logPromise: inContext(createLogPromise(database)),
    openDispute: inContext(createOpenDispute(database)),
    setHold: inContext(createSetHold(database)),
    recordEvent: inContext(createRecordEvent(database)),
    recordMessage: inContext(createRecordMessage(database)),
    addUser: (user) => createEnsureUser(database)(tenant.id, user),
    together: (work) => inTenant(database.pool, tenant.id, work),
    onProgress,
  });
  // the demo company lives where the machine does, so that its day is the one it was made for
  const { timeZone: timezone } = Intl.DateTimeFormat().resolvedOptions();
  await remy.desk.changeSettings({ kind: 'company', data: { ...demoSettings, timezone } }, context);
  await publishDemoTenant(database.pool, tenant.id, today);
}
