/** Whole settings from a document: the first ones of a company at once, every later change through an approval. */
import { defaultCashPolicy } from '../domain/cash/default-policy.ts';
import { cashPolicy } from '../domain/cash/policy.ts';
import { cadencePolicy, companySettings } from '../domain/chase/policy.ts';
import type { ProposalView } from '../domain/chase/proposals.ts';
import { NotAllowedError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { addPolicyVersion, readCadence, readCashPolicy, readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { lockPolicies } from '../store/proposals/approvals.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { isGovernedByOthers } from '../store/users.ts';
import { assertMayRecord, audit, parseInput } from './recording.ts';
import { type NewSettings, proposeSettings, type WishOrigin } from './settings/propose.ts';

const READERS = { cadence: readCadence, company: readCompany, cash: readCashPolicy };

export type ChangeSettingsInput = {
  readonly kind: NewSettings['policy'];
  /** The document as it was read from a file: settings that it does not name have their defaults. */
  readonly data: unknown;
};

export type SettingsChanged =
  | { readonly inForce: true; readonly version: number; readonly proposal: null }
  | { readonly inForce: false; readonly version: null; readonly proposal: ProposalView };

/** Rules of cash that the file does not name are as shipped. */
const cashOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
    ? { ...defaultCashPolicy, ...data }
    : data;

function read({ kind, data }: ChangeSettingsInput): NewSettings {
  if (kind === 'cadence') return { policy: kind, after: parseInput(cadencePolicy, data) };
  if (kind === 'company') return { policy: kind, after: parseInput(companySettings, data) };
  return { policy: kind, after: parseInput(cashPolicy, cashOf(data)) };
}

async function startWith(sql: Sql, wish: NewSettings, context: Context): Promise<SettingsChanged> {
  if (context.actor.role !== 'admin')
    throw new NotAllowedError('Only an admin gives a company its first settings. Ask one to do it.');
  const madeBy = context.actor.email;
  const version = await addPolicyVersion(sql, {
    kind: wish.policy,
    data: wish.after,
    madeBy,
    proposalId: null,
  });
  await audit(sql, context, 'store_settings', { kind: wish.policy, version, first: true });
  return { inForce: true, version, proposal: null };
}

/**
 * Alone: the company's first settings, since nothing can be sent before, and a first cadence where nobody else is there
 * who could approve it. The shipped cadence is in force from the start, so changing it alone would change who may
 * approve what.
 */
const mayStartAlone = async (sql: Sql, { policy }: NewSettings, { actor }: Context): Promise<boolean> =>
  policy === 'company' || !(await isGovernedByOthers(sql, actor.userId));

/**
 * An admin puts the first document of a kind in force (see `mayStartAlone`); from then on another controller or admin
 * approves.
 *
 * Throws: NotAllowedError, InvalidInputError that names each setting that does not fit.
 */
export const createChangeSettings =
  (database: Pick<Database, 'pool'>, clock: Clock) =>
  async (
    input: ChangeSettingsInput,
    context: Context,
    origin: WishOrigin = 'command_line',
  ): Promise<SettingsChanged> => {
    assertMayRecord(context);
    const wish = read(input);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      await lockPolicies(sql);
      const { version } = await READERS[wish.policy](sql);
      if (version === null && (await mayStartAlone(sql, wish, context))) return startWith(sql, wish, context);
      const made = { context, origin, instruction: null };
      return { inForce: false, version: null, proposal: await proposeSettings(sql, clock, wish, made) };
    });
  };
