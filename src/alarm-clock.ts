/** The jobs over the operations: what is woken up by itself while `remy start` runs. */
import { draftParts } from './agent-operations.ts';
import type { Remy } from './app.ts';
import { createRemittanceFiles } from './connectors/remittance-files/index.ts';
import { type Jobs, startJobs } from './jobs/index.ts';
import { createBuildDigest } from './operations/build-digest.ts';
import { createEndVetoWindows } from './operations/close-task.ts';
import { createDraftStep } from './operations/drafting/draft-step.ts';
import { createMatchNew } from './operations/match-new.ts';
import { createRefreshProposals } from './operations/proposals/refresh.ts';
import { createReadInbox } from './operations/read-inbox.ts';
import { compareFrom, createReconcileSent } from './operations/reconcile-sent.ts';
import { createRunCadence } from './operations/run-cadence.ts';

/**
 * The day's drafts are written from the templates, never by a model: they are many, the same facts give the same
 * letter, and a person who wants other words asks for them.
 */
export const dailyDrafts = ({ database, clock, logger }: Pick<Remy, 'database' | 'clock' | 'logger'>) =>
  createRunCadence({
    ...{ database, clock, draft: createDraftStep(draftParts(database, clock)) },
    onFault: ({ error, ...account }) =>
      logger.error({ err: error, ...account }, 'an account is skipped today: its draft or task failed'),
  });

/**
 * Sends what is due in a process of its own, compared first with what the mailbox says was sent, as `remy start` does
 * it: what left unseen or was written by hand counts before anything else leaves. Gives how many were tried.
 * Throws: what the mailbox throws when its sent mail cannot be read; then nothing is sent.
 */
export const createSendDue = ({
  database,
  clock,
  mailbox,
  runEffects,
}: Pick<Remy, 'database' | 'clock' | 'mailbox' | 'runEffects'>) => {
  const reconcileSent = createReconcileSent({ database, mailbox, clock });
  return async (tenantId: number): Promise<number> => {
    await reconcileSent(tenantId, compareFrom(clock.now()));
    const { outcomes } = await runEffects.runDue(tenantId);
    return Object.values(outcomes).reduce((sum, each) => sum + each, 0);
  };
};

/** Starts the alarm clock for the company that is shown. */
export function startAlarmClock(remy: Remy): Promise<Jobs> {
  const { database, clock, mailbox, logger } = remy;
  const readInbox = createReadInbox({
    ...{ database, mailbox, clock },
    remittanceFiles: createRemittanceFiles(),
  });
  const reconcileSent = createReconcileSent({ database, mailbox, clock });
  const refreshProposals = createRefreshProposals(database, clock);
  const runCadence = dailyDrafts(remy);
  const digest = createBuildDigest(database, clock);
  return startJobs({
    pool: database.pool,
    kind: database.kind,
    // whoever is shown: demo companies of earlier days are left alone
    tenants: async () => [(await remy.tenant()).id],
    logger,
    now: () => clock.now(),
    operations: {
      runEffects: (tenantId, signal) => remy.runEffects.runDue(tenantId, signal),
      reconcileSent,
      readInbox,
      refreshProposals,
      endVetoWindows: createEndVetoWindows(database, clock),
      matchNew: createMatchNew(database, clock),
      // the demo company has its drafts at once; a real one has them early on its own day
      runCadence: async (tenantId, signal) =>
        runCadence(tenantId, { signal, whenDue: !(await remy.tenant()).is_demo }),
      postDigests: digest.postDue,
    },
  });
}
