/** The operations of chasing put together once, for the console and the command line alike. */
import type { DraftEmailInput, DraftEmailOutput } from './domain/chase/drafting.ts';
import type { EmailEdits, ProposalView } from './domain/chase/proposals.ts';
import type { AuditTrailInput, AuditTrailOutput } from './domain/chase/reports.ts';
import { InvalidInputError, NotFoundError } from './domain/errors.ts';
import { createApproveBulk } from './operations/approve-bulk.ts';
import { createExportAudit } from './operations/audit-trail.ts';
import { createBuildDigest } from './operations/build-digest.ts';
import { createChangeSettings } from './operations/change-settings.ts';
import { createCloseTask } from './operations/close-task.ts';
import { createDecide, type DecideHooks } from './operations/decide.ts';
import { createListEffects } from './operations/list-effects.ts';
import { createListProposals } from './operations/list-proposals.ts';
import { createListTasks } from './operations/list-tasks.ts';
import { createListUsers } from './operations/list-users.ts';
import { createPlanBulk } from './operations/plan-bulk.ts';
import { createReadAttachment } from './operations/read-attachment.ts';
import { createReadPolicy } from './operations/read-policy.ts';
import { createRestoreContact } from './operations/restore-contact.ts';
import { createRetryEffect } from './operations/retry-effect.ts';
import { createWorklist } from './operations/worklist.ts';
import type { Context } from './ports/actor.ts';
import type { Clock } from './ports/clock.ts';
import type { Database } from './store/pool.ts';

type Operation<Input, Output> = (input: Input, context: Context) => Promise<Output>;

type Origin = Exclude<ProposalView['origin'], 'matching'>;

/** What writes drafts and reads the trail: made elsewhere, since it needs the writer. */
export type Drafting = {
  draftEmail(input: DraftEmailInput, context: Context, origin: Origin): Promise<DraftEmailOutput>;
  editDraft: Operation<
    { proposalId: number; revision: number; digest: string; edits: EmailEdits },
    ProposalView
  >;
  auditTrail: Operation<AuditTrailInput, AuditTrailOutput>;
};

export type ChaseDesk = ReturnType<typeof createChaseDesk>;

export const createChaseDesk = (
  database: Database,
  clock: Clock,
  drafting: Drafting,
  hooks: DecideHooks = {},
) => ({
  ...drafting,
  clock,
  worklist: createWorklist(database),
  listProposals: createListProposals(database, clock),
  decide: createDecide(database, clock, hooks),
  planBulk: createPlanBulk(database, clock),
  approveBulk: createApproveBulk(database, clock, hooks),
  listEffects: createListEffects(database),
  retryEffect: createRetryEffect(database, clock),
  digest: createBuildDigest(database, clock),
  listTasks: createListTasks(database),
  closeTask: createCloseTask(database, clock),
  readPolicy: createReadPolicy(database),
  changeSettings: createChangeSettings(database, clock),
  listUsers: createListUsers(database),
  restoreContact: createRestoreContact(database),
  readAttachment: createReadAttachment(database),
  exportAudit: createExportAudit(database),
});

/** The proposal with this number. Throws: NotFoundError when there is none that the person may see. */
export async function proposalOf(
  desk: ChaseDesk,
  proposalId: number,
  context: Context,
): Promise<ProposalView> {
  const { proposals } = await desk.listProposals({ state: 'all', proposalId, limit: 1 }, context);
  if (!proposals[0])
    throw new NotFoundError(
      `There is no proposal ${proposalId}, or it is not yours to see. List them to see which there are.`,
    );
  return proposals[0];
}

/**
 * The email that a closed proposal was, written anew about what is due now.
 * Throws: InvalidInputError for one that still waits or is on its way, or is no email.
 */
export async function redraft(
  desk: ChaseDesk,
  proposalId: number,
  context: Context,
  origin: Origin,
): Promise<DraftEmailOutput> {
  const { content, state } = await proposalOf(desk, proposalId, context);
  if (content.kind !== 'email') throw new InvalidInputError('Only an email can be drafted again.');
  if (['pending', 'snoozed', 'approved'].includes(state))
    throw new InvalidInputError(`Proposal ${proposalId} is alive still; edit or reject it instead.`);
  const { customerId, currency, letter, tone, language, cc } = content;
  return desk.draftEmail({ customerId, currency, letter, tone, language, cc }, context, origin);
}
