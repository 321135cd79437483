/** Puts a dead letter on its way again, after a person looked at what was wrong. */
import { z } from 'zod';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { emailLeftSince, type LaterEmail, readEffects, reviveEffect } from '../store/effects/read.ts';
import type { Database } from '../store/pool.ts';
import { lockProposal, moveProposal, otherLiveProposal } from '../store/proposals/decide.ts';
import { lockPeople } from '../store/proposals/people.ts';
import { inTenant } from '../store/transaction.ts';
import { audit, parseInput } from './recording.ts';

export const retryEffectInput = z.strictObject({ effectId: z.int().positive() });

const leftAlready = (customer: string | null, { leftAt, subject }: LaterEmail): string => {
  const at = leftAt.toISOString().slice(0, 16).replace('T', ' at ');
  const what = subject ? `"${subject}"` : 'an email';
  return `${what} left to ${customer ?? 'this customer'} on ${at} UTC, after this one was approved. So this one is not sent any more; draft a new email if they are to hear more.`;
};

/**
 * It is looked up at the provider and checked like any other before it leaves; the approval is still the same one.
 *
 * Throws: NotAllowedError (controller or admin only), NotFoundError, InvalidInputError (not dead, a newer draft for
 * the same customer is alive, or another email has left to it since).
 */
export const createRetryEffect =
  (database: Pick<Database, 'pool'>, clock: Clock) =>
  async (raw: z.input<typeof retryEffectInput>, context: Context): Promise<{ effectId: number }> => {
    const { effectId } = parseInput(retryEffectInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const [person] = await lockPeople(sql, [context.actor.userId]);
      if (!person?.active || person.isBot || !['controller', 'admin'].includes(person.role))
        throw new NotAllowedError('Only a controller or an admin puts a failed email on its way again.');
      const [effect] = await readEffects(sql, { states: ['dead'], owner: null, effectId }, 1);
      if (!effect) throw new NotFoundError(`There is no failed effect ${effectId}.`);
      const { proposalId } = effect;
      await lockProposal(sql, proposalId);
      const newer = await otherLiveProposal(sql, proposalId);
      if (newer !== null)
        throw new InvalidInputError(
          `Proposal ${newer} for the same customer is alive; decide on that one, or reject it first.`,
        );
      const later = await emailLeftSince(sql, effectId);
      if (later) throw new InvalidInputError(leftAlready(effect.customer, later));
      if (!(await reviveEffect(sql, effectId, clock.now())))
        throw new InvalidInputError(`Effect ${effectId} is not failed any more.`);
      await moveProposal(sql, proposalId, { state: 'approved' });
      await audit(sql, context, 'retry_effect', { effectId, proposalId, error: effect.error });
      return { effectId };
    });
  };
