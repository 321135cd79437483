/** What the command line can do about chasing; the composition root implements it. */
import type { CashPolicy } from '../../domain/cash/policy.ts';
import type { CadencePolicy, CompanySettings } from '../../domain/chase/policy.ts';
import type {
  DecideOutput,
  EffectView,
  ListProposalsInput,
  ListProposalsOutput,
  ProposalView,
} from '../../domain/chase/proposals.ts';
import type { AuditTrailOutput, DigestContent, TaskView } from '../../domain/chase/reports.ts';
import type { WorklistOutput } from '../../domain/chase/worklist.ts';
import type { Role } from '../../ports/actor.ts';

/** The user to act as, by address; none: the local admin. */
type As = { as?: string | undefined };

/** What is decided about one proposal. */
export type Verdict =
  | { kind: 'approve' }
  | { kind: 'reject'; reason: string }
  | { kind: 'snooze'; untilOn: string }
  | { kind: 'undo' };

export type UserView = { email: string; name: string | null; role: Role; active: boolean; isBot: boolean };

export type Settings = {
  /** Version null: as shipped. */
  cadence: { version: number | null; policy: CadencePolicy };
  /** Company null: nothing can be sent yet. */
  company: { version: number | null; company: CompanySettings | null };
  /** How payments are matched and what may be let off. */
  cash: { version: number | null; policy: CashPolicy };
};

export type ChaseCommands = {
  worklist(
    options: { on?: string | undefined; notChased: boolean; limit: number } & As,
  ): Promise<WorklistOutput>;
  /** The audience is `team`, or a person's address: then of that person's accounts only. */
  digest(options: { audience?: string | undefined }): Promise<DigestContent>;
  proposals(
    options: { state: ListProposalsInput['state']; limit: number } & As,
  ): Promise<ListProposalsOutput>;
  /** Throws: NotFoundError. */
  proposal(id: number, options: As): Promise<ProposalView>;
  /**
   * Reads the proposal, gives it to `before`, and decides on exactly that revision and digest; null where `before` says
   * no. With `revision` it has to be that one. Throws: NotFoundError, InvalidInputError when it is another revision.
   */
  decide(
    id: number,
    verdict: Verdict,
    options: { revision?: number | undefined } & As,
    before: (view: ProposalView) => boolean | Promise<boolean>,
  ): Promise<DecideOutput | null>;
  /** With `send` first does everything whose time has come; `acted` counts what was tried. */
  outbox(options: { send: boolean }): Promise<{ acted: number | null; effects: EffectView[] }>;
  retry(effectId: number, options: As): Promise<EffectView>;
  tasks(options: As): Promise<{ tasks: TaskView[] }>;
  settings(): Promise<Settings>;
  /**
   * Puts the document in this file in force where none is stored yet; else it becomes a proposal that another person
   * decides on.
   */
  setSettings(
    kind: 'cadence' | 'company' | 'cash',
    path: string,
    options: As,
  ): Promise<Settings & { proposal: ProposalView | null }>;
  users(): Promise<{ users: UserView[] }>;
  /** Throws: InvalidInputError where no mail to the address came back. */
  restoreContact(email: string, options: As): Promise<{ email: string; customerIds: number[] }>;
  addUser(user: { email: string; name: string | null; role: Role }): Promise<{ users: UserView[] }>;
  /**
   * `sent`: only emails that left, word by word. With `exportTo` every entry of these days is written to that file with
   * its hash, as CSV or a JSON document a line, and counted.
   */
  audit(options: {
    from?: string | undefined;
    to?: string | undefined;
    customer?: string | undefined;
    sent: boolean;
    exportTo?: string | undefined;
    limit: number;
  }): Promise<AuditTrailOutput & { exported: number | null }>;
};
