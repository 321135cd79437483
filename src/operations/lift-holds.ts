/** Lets chasing of a customer or of one invoice go on: lifts whatever stops it, and says what that was. */
import { z } from 'zod';
import type { LiftedHolds, RecordedHold } from '../domain/chase/records.ts';
import { day } from '../domain/ledger-query/window.ts';
import type { Context } from '../ports/actor.ts';
import { customerRefOf } from '../store/customers/by-code.ts';
import { lockActiveHolds } from '../store/holds.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { createLiftHold } from './lift-hold.ts';
import { assertMayRecord, customerInput, findSubject, parseInput } from './recording.ts';

export const liftHoldsInput = z.strictObject({
  ...customerInput,
  invoice: z.string().min(1).max(100).optional().describe('none: the customer and all its invoices'),
  on: day,
});

/**
 * With an invoice: its own holds only; those of the whole customer stay, and are named. Nothing to lift is no error.
 *
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError (nothing named).
 */
export const createLiftHolds =
  (database: Database) =>
  async (raw: z.input<typeof liftHoldsInput>, context: Context): Promise<LiftedHolds> => {
    assertMayRecord(context);
    const input = parseInput(liftHoldsInput, raw);
    const liftHold = createLiftHold(database);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const subject = await findSubject(sql, { ...input, invoices: input.invoice ? [input.invoice] : [] });
      const number = subject.invoices[0]?.number;
      const customer = await customerRefOf(sql, subject.customerId);
      const lifted: RecordedHold[] = [];
      const stillHeld: RecordedHold[] = [];
      for (const row of await lockActiveHolds(sql, subject.customerId, input.on)) {
        const hold = {
          holdId: row.id,
          customer,
          invoice: row.invoice,
          reason: row.reason,
          fromOn: row.from_on,
          untilOn: row.until_on,
        };
        if (number === undefined || row.invoice === number) {
          await liftHold({ holdId: row.id, on: input.on }, context);
          lifted.push(hold);
        } else if (row.invoice === null) stillHeld.push(hold);
      }
      return { customer, liftedOn: input.on, lifted, stillHeld };
    });
  };
