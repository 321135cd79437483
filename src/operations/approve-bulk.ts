/** Approves exactly the plan that was shown: one decision each, and nothing when the plan is another one by now. */
import { z } from 'zod';
import type { BulkPlan } from '../domain/chase/proposals.ts';
import { bulkPlanInput } from '../domain/chase/proposals.ts';
import { RemyError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../store/pool.ts';
import { createDecide, type DecideHooks } from './decide.ts';
import { createPlanBulk } from './plan-bulk.ts';
import { parseInput } from './recording.ts';

const FAULT = 'Something failed inside Remy, so this one was not approved. Open it and try it by itself.';

export const approveBulkInput = z.strictObject({
  /** The same wish that the plan was made from. */
  wish: bulkPlanInput,
  /** Of the plan that was shown. */
  planDigest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ApproveBulkInput = z.input<typeof approveBulkInput>;

export type ApproveBulkOutput = {
  /** False: what waits has changed since the plan was shown; nothing was approved, and `plan` is the new one. */
  readonly applied: boolean;
  readonly message: string;
  readonly plan: BulkPlan;
  readonly results: readonly { proposalId: number; applied: boolean; message: string }[];
};

/**
 * Each proposal is decided by itself on the revision and digest of the plan: what is overtaken in between stays, with
 * the reason in its result, and so does one that fails. Not to be called inside a transaction, since each decision is one.
 *
 * Throws: InvalidInputError, NotAllowedError.
 */
export const createApproveBulk = (
  database: Pick<Database, 'pool'>,
  clock: Clock,
  hooks: DecideHooks = {},
) => {
  const planBulk = createPlanBulk(database, clock);
  const decide = createDecide(database, clock, hooks);
  return async (raw: ApproveBulkInput, context: Context, via: string): Promise<ApproveBulkOutput> => {
    const { wish, planDigest } = parseInput(approveBulkInput, raw);
    const plan = await planBulk(wish, context);
    if (plan.planDigest !== planDigest)
      return {
        applied: false,
        message:
          'What waits has changed since this was shown, so nothing was approved. Look at the new plan.',
        plan,
        results: [],
      };
    const results = [];
    const faults: unknown[] = [];
    for (const { proposalId, revision, digest } of plan.approve)
      try {
        const click = { kind: 'approve', proposalId, revision, digest } as const;
        const { applied, message } = await decide(click, context, via);
        results.push({ proposalId, applied, message });
      } catch (error) {
        // those before it are approved and said so: one that fails is told beside them
        const known = error instanceof RemyError;
        if (!known) faults.push(error);
        results.push({ proposalId, applied: false, message: known ? error.message : FAULT });
      }
    if (faults.length > 0 && faults.length === results.length) throw faults[0];
    const approved = results.filter((each) => each.applied).length;
    const rest = results.length - approved;
    return {
      applied: approved > 0,
      message: `${approved} approved${rest > 0 ? `, ${rest} not (see each)` : ''}, ${plan.left.length + (plan.beyond ?? 0)} left as they were.`,
      plan,
      results,
    };
  };
};
