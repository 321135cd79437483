/** A tenant with people, an open policy, a provider with a journal and an executor: what tests of sending start from. */
import { createDecide } from '../../src/operations/decide.ts';
import {
  createRunEffects,
  type EffectEvent,
  type RunEffects,
  type RunEffectsOptions,
  type Sweep,
} from '../../src/operations/run-effects.ts';
import type { Actor } from '../../src/ports/actor.ts';
import type { Database } from '../../src/store/pool.ts';
import { aTenant } from './database.ts';
import {
  type Account,
  aBot,
  aClock,
  aDraft,
  anAccount,
  anEmail,
  asks,
  type Card,
  type SetClock,
  withCompany,
  withPolicy,
} from './draft-builders.ts';
import { type JournalMailbox, journalMailbox } from './journal-mailbox.ts';
import { aContext, type In } from './ledger-builders.ts';

export type EffectRow = {
  id: number;
  state: string;
  attempts: number;
  failures: number;
  fence: number;
  error: string | null;
  receipt: {
    checks: { check: string; ok: boolean; detail: string }[];
    sentAt: string | null;
    provider: string | null;
  } | null;
};

export type Desk = {
  readonly where: In;
  readonly clock: SetClock;
  readonly mailbox: JournalMailbox;
  readonly bot: Actor;
  readonly collector: Actor;
  readonly controller: Actor;
  readonly events: EffectEvent[];
  draft(over?: Parameters<typeof aDraft>[3]): Promise<{ account: Account; card: Card }>;
  approve(card: Card, by?: Actor): Promise<void>;
  /** A draft that was approved and is due. */
  approved(over?: Parameters<typeof aDraft>[3]): Promise<{ account: Account; card: Card }>;
  /** A sweep of the desk's own process, or of another one where anything is said of it. */
  sweep(over?: Partial<RunEffectsOptions>): Promise<Sweep>;
  /** Another process of the same installation. */
  process(over?: Partial<RunEffectsOptions>): RunEffects;
  effects(): Promise<EffectRow[]>;
  state(card: Card): Promise<{ state: string; state_reason: string | null }>;
};

const LIMITS = { callMs: 60, leaseMs: 600, pauseMs: 1_000, longestPauseMs: 60_000 };

export async function aDesk(database: Database, settleSeconds = 0): Promise<Desk> {
  const where = { database, tenantId: await aTenant(database) };
  const clock = aClock();
  const mailbox = journalMailbox(clock.now, settleSeconds);
  await withCompany(where);
  await withPolicy(where);
  const bot = await aBot(where);
  const collector = (await aContext(where, { role: 'collector', email: 'collector@remy.test' })).actor;
  const controller = (await aContext(where, { role: 'controller', email: 'controller@remy.test' })).actor;
  const events: EffectEvent[] = [];
  const rows = async <Row>(text: string, values: unknown[]): Promise<Row[]> =>
    (await database.pool.query(text, values)).rows as Row[];
  const executor = (over: Partial<RunEffectsOptions> = {}) =>
    createRunEffects({
      ...{ database, mailbox, clock, instance: 'one', compareFirst: false, limits: LIMITS },
      elapsed: () => clock.now().getTime(),
      onEvent: (event) => events.push(event),
      ...over,
    });
  const usual = executor();
  const desk: Desk = {
    ...{ where, clock, mailbox, bot, collector, controller, events },
    draft: async (over) => {
      const account = await anAccount(where);
      return { account, card: await aDraft(where, anEmail(account), bot, { asOf: clock.today(), ...over }) };
    },
    approve: async (card, by = collector) => {
      const { applied, message } = await createDecide(database, clock)(
        { kind: 'approve', ...card },
        asks(by),
        'test',
      );
      if (!applied) throw new Error(message);
    },
    approved: async (over) => {
      const drafted = await desk.draft(over);
      await desk.approve(drafted.card);
      clock.advance(61);
      return drafted;
    },
    sweep: (over) => (over ? executor(over) : usual).runDue(where.tenantId),
    process: executor,
    effects: () =>
      rows(
        'select id::int, state, attempts, failures, fence, error, receipt from effect where tenant_id = $1 order by id',
        [where.tenantId],
      ),
    state: async (card) =>
      (
        await rows<{ state: string; state_reason: string | null }>(
          'select state, state_reason from proposal where tenant_id = $1 and id = $2',
          [where.tenantId, card.proposalId],
        )
      )[0]!,
  };
  return desk;
}
