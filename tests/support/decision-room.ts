/** A tenant with a person of each role, and the ways to decide: what tests of decisions start from. */
import { expect } from 'vitest';
import type { DecideInput, DecideOutput } from '../../src/domain/chase/proposals.ts';
import { createDecide } from '../../src/operations/decide.ts';
import type { Actor, Role } from '../../src/ports/actor.ts';
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
import { aContext, type In } from './ledger-builders.ts';

const roles = {
  viewer: 'viewer',
  collector: 'collector',
  other: 'collector',
  approver: 'approver',
  controller: 'controller',
  controller2: 'controller',
} as const satisfies Record<string, Role>;
export type Person = keyof typeof roles;

type DraftOver = Parameters<typeof aDraft>[3] & { amount?: string; owner?: string };

export type DecisionRoom = {
  readonly where: In;
  readonly clock: SetClock;
  readonly bot: Actor;
  readonly people: Readonly<Record<Person, Actor>>;
  decide(input: DecideInput, actor: Actor): Promise<DecideOutput>;
  approve(card: Card, actor: Actor): Promise<DecideOutput>;
  draft(by?: Actor, over?: DraftOver): Promise<{ account: Account; card: Card }>;
  count(table: 'decision' | 'effect'): Promise<number>;
  /** What the audit chain says was done, in order. */
  acts(): Promise<string[]>;
  nothingLeft(): Promise<void>;
  cadenceVersion(): Promise<number>;
};

export async function aDecisionRoom(database: Database): Promise<DecisionRoom> {
  const where = { database, tenantId: await aTenant(database) };
  const clock = aClock();
  await withCompany(where);
  await withPolicy(where);
  const bot = await aBot(where);
  const people = {} as Record<Person, Actor>;
  for (const [name, role] of Object.entries(roles) as [Person, Role][])
    people[name] = (await aContext(where, { role, email: `${name}@remy.test` })).actor;
  const rows = async (text: string) => (await database.pool.query(text, [where.tenantId])).rows;
  const room: DecisionRoom = {
    ...{ where, clock, bot, people },
    decide: (input, actor) => createDecide(database, clock)(input, asks(actor), 'console'),
    approve: (card, actor) => room.decide({ kind: 'approve', ...card }, actor),
    draft: async (by = bot, { amount = '1200.00', owner, ...rest } = {}) => {
      const account = await anAccount(where, { amount, ...(owner && { owner }) });
      return { account, card: await aDraft(where, anEmail(account, { amount }), by, rest) };
    },
    count: async (table) =>
      Number((await rows(`select count(*) from ${table} where tenant_id = $1`))[0].count),
    acts: async () =>
      (await rows('select act from audit where tenant_id = $1 order by id')).map((row) => row.act),
    nothingLeft: async () => expect(await room.count('effect')).toBe(0),
    cadenceVersion: async () =>
      Number(
        (await rows(`select max(id) as id from policy_version where tenant_id = $1 and kind = 'cadence'`))[0]
          .id,
      ),
  };
  return room;
}
