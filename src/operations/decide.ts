/** A person's click on a proposal: approve, reject, put off, or take an approval back. */
import { type DecideInput, type DecideOutput, decideInput } from '../domain/chase/proposals.ts';
import { NotAllowedError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../store/pool.ts';
import { readProposal } from '../store/proposals/read.ts';
import { inTenant } from '../store/transaction.ts';
import { retryTransient } from '../store/transient.ts';
import type { DecidePoint, OnPoint } from './proposals/crash-points.ts';
import { type Answer, openDecision } from './proposals/decision.ts';
import { presentProposal } from './proposals/present.ts';
import { approve, reject, snooze } from './proposals/settle.ts';
import { takeBack } from './proposals/take-back.ts';
import { parseInput } from './recording.ts';

export type DecideHooks = {
  readonly onPoint?: OnPoint<DecidePoint>;
  /** Something is on its way: the alarm clock of sending can be set to this instant. */
  readonly onEffect?: (tenantId: number, notBefore: Date) => void;
};

/**
 * Decides on exactly the revision and digest that the person saw, once. A click that came too late, on an old card or
 * without the right changes nothing: `applied` is false, and `message` and `proposal` say how it stands.
 *
 * `via` is where the click came from, such as `console` or `slack`.
 *
 * Throws: InvalidInputError, NotFoundError (no such proposal among what the person may see), NotAllowedError (not an
 * active user of this ledger).
 */
export const createDecide =
  (database: Pick<Database, 'pool'>, clock: Clock, hooks: DecideHooks = {}) =>
  async (raw: DecideInput, context: Context, via: string): Promise<DecideOutput> => {
    const input = parseInput(decideInput, raw);
    const { tenantId } = context.actor;
    const point: OnPoint<DecidePoint> = hooks.onPoint ?? (() => undefined);
    const { denied, answer, output } = await retryTransient(() =>
      inTenant(database.pool, tenantId, async (sql) => {
        const opened = await openDecision({ sql, clock, context, via, point }, input.proposalId);
        if ('denied' in opened) return { denied: opened.denied, answer: null, output: null };
        const { decision } = opened;
        const found: Answer =
          input.kind === 'undo'
            ? await takeBack(decision)
            : input.kind === 'approve'
              ? await approve(decision, input)
              : input.kind === 'reject'
                ? await reject(decision, input)
                : await snooze(decision, input);
        // most clicks of a storm come too late: nothing has changed for them
        const same = !found.applied && !found.moved;
        const row = same ? decision.row : (await readProposal(sql, input.proposalId, null))!;
        const proposal = presentProposal(row, decision.viewpoint);
        await point('decide:written');
        return {
          denied: null,
          answer: found,
          output: { applied: found.applied, message: found.message, proposal },
        };
      }),
    );
    if (output === null) throw new NotAllowedError(denied);
    await point('decide:committed');
    if (answer.leavesAt) hooks.onEffect?.(tenantId, answer.leavesAt);
    return output;
  };
