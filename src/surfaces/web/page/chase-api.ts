/** The console's API of chasing. Every failure is an ApiError whose message can be shown as it is. */
import type {
  BulkPlan,
  BulkPlanInput,
  EmailEdits,
  ListProposalsInput,
  ListProposalsOutput,
  ProposalView,
} from '../../../domain/chase/proposals.ts';
import type { TaskView } from '../../../domain/chase/reports.ts';
import type { WorklistOutput } from '../../../domain/chase/worklist.ts';
import type { BulkOutcome, ConsoleUser, OutboxItem } from '../chase-deps.ts';
import { get, post, type ShownCard } from './api.ts';

/** A proposal with its card; `now` is the server's clock, against which a countdown runs. */
export type ShownProposal = ShownCard & { proposal: ProposalView; now: string };
export type Decided = ShownProposal & { applied: boolean; message: string };
export type Seen = { proposalId: number; revision: number; digest: string };

export const readProposals = (state: ListProposalsInput['state'], limit = 200) =>
  get<ListProposalsOutput & { now: string }>(
    `/api/proposals?${new URLSearchParams({ state, limit: `${limit}` })}`,
  );
export const readProposal = (id: number) => get<ShownProposal>(`/api/proposals/${id}`);

export const decide = (
  { proposalId, revision, digest }: Seen,
  verdict: { kind: 'approve' } | { kind: 'reject'; reason: string } | { kind: 'snooze'; untilOn: string },
) => post<Decided>(`/api/proposals/${proposalId}/decide`, { revision, digest, ...verdict });
export const undo = (proposalId: number) =>
  post<Decided>(`/api/proposals/${proposalId}/decide`, { kind: 'undo' });
export const edit = ({ proposalId, revision, digest }: Seen, edits: EmailEdits) =>
  post<ShownProposal>(`/api/proposals/${proposalId}/edit`, { revision, digest, edits });
export const redraft = (proposalId: number) =>
  post<ShownProposal>(`/api/proposals/${proposalId}/redraft`, {});

export const plan = (input: BulkPlanInput) => post<ShownCard & { plan: BulkPlan }>('/api/plan', input);
export const approvePlan = (planDigest: string, input: BulkPlanInput) =>
  post<ShownCard & BulkOutcome>('/api/plan/approve', { planDigest, input });

export const readWorklist = (asked: Record<string, string>) =>
  get<{ worklist: WorklistOutput; cards: ShownCard[] }>(`/api/worklist?${new URLSearchParams(asked)}`);
/** Without a letter: the one that the cadence would write. */
export const draft = (customerId: number, currency: string, letter?: 'remittance_request') =>
  post<ShownProposal>(`/api/worklist/${customerId}/draft`, { currency, ...(letter && { letter }) });

export const readOutbox = () => get<{ effects: OutboxItem[] }>('/api/outbox');
export const retry = (effectId: number) =>
  post<{ effects: OutboxItem[] }>(`/api/outbox/${effectId}/retry`, {});
export const readDigest = () => get<ShownCard>('/api/digest');
export const readTasks = () => get<{ tasks: (ShownCard & { task: TaskView })[] }>('/api/tasks');
export const closeTask = (taskId: number, outcome: 'done' | 'vetoed', reason: string | null) =>
  post<ShownCard & { task: TaskView }>(`/api/tasks/${taskId}/close`, { outcome, reason });
export const readUsers = () => get<{ users: ConsoleUser[] }>('/api/users');

/** Said after every decision, so that counts and lists elsewhere on the page are read again. */
export const announceChange = (): void => void document.dispatchEvent(new CustomEvent('remy:changed'));
export const onChange = (listener: () => void): void => document.addEventListener('remy:changed', listener);
