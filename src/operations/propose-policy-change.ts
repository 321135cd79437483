/** Turns a wish for another cadence into a proposal that says what would go out differently. */
import { applyWish } from '../domain/chase/policy-wish.ts';
import type { ProposalView } from '../domain/chase/proposals.ts';
import { type PolicyWish, policyWish } from '../domain/chase/reports.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { readCadence } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { assertMayRecord, parseInput } from './recording.ts';
import { proposeSettings, type WishOrigin } from './settings/propose.ts';

/**
 * Nothing changes by this: another controller or admin has to approve it.
 * Throws: NotAllowedError (viewer), InvalidInputError when the wish cannot be or changes nothing.
 */
export const createProposePolicyChange =
  (database: Pick<Database, 'pool'>, clock: Clock) =>
  async (
    wish: PolicyWish,
    context: Context,
    origin: WishOrigin = 'chat',
  ): Promise<{ proposal: ProposalView }> => {
    assertMayRecord(context);
    const asked = parseInput(policyWish, wish);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const { policy } = await readCadence(sql);
      const after = applyWish(policy, asked);
      const made = { context, origin, instruction: null };
      return { proposal: await proposeSettings(sql, clock, { policy: 'cadence', after }, made) };
    });
  };
