/** Lets chasing go on again. */
import { z } from 'zod';
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import { day } from '../domain/ledger-query/window.ts';
import type { Context } from '../ports/actor.ts';
import { liftHoldOn, lockHold } from '../store/holds.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { assertMayRecord, audit, findSubject, numbersOf, parseInput, trace } from './recording.ts';

export const liftHoldInput = z.strictObject({ holdId: z.int().positive(), on: day });

/** Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError (lifted already). */
export const createLiftHold =
  (database: Database) =>
  async (raw: z.input<typeof liftHoldInput>, context: Context): Promise<{ holdId: number }> => {
    assertMayRecord(context);
    const { holdId, on } = parseInput(liftHoldInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const hold = await lockHold(sql, holdId);
      if (!hold) throw new NotFoundError(`There is no hold ${holdId}.`);
      if (hold.lifted_on !== null)
        throw new InvalidInputError(`Hold ${holdId} was lifted on ${hold.lifted_on} already.`);
      await liftHoldOn(sql, holdId, on);
      const invoices = hold.invoice === null ? [] : [hold.invoice];
      const subject = await findSubject(sql, { customerId: hold.customer_id, invoices });
      await trace(sql, context, subject, {
        key: `hold:${holdId}:lifted`,
        kind: 'hold_lifted',
        happenedOn: on,
        summary: `Chasing goes on${numbersOf(subject)}`,
        detail: { holdId },
      });
      await audit(sql, context, 'lift_hold', { holdId, on });
      return { holdId };
    });
  };
