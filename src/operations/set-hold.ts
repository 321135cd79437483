/** Stops chasing a customer or one invoice. */
import { z } from 'zod';
import type { RecordedHold } from '../domain/chase/records.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { day } from '../domain/ledger-query/window.ts';
import type { Context } from '../ports/actor.ts';
import { customerRefOf } from '../store/customers/by-code.ts';
import { addHold } from '../store/holds.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import {
  assertMayRecord,
  audit,
  customerInput,
  findSubject,
  numbersOf,
  parseInput,
  trace,
} from './recording.ts';

export const setHoldInput = z.strictObject({
  ...customerInput,
  invoice: z.string().min(1).max(100).nullish().describe('none: the whole customer'),
  reason: z.string().min(1).max(500),
  fromOn: day,
  untilOn: day.nullish().describe('the last day of it; none: until lifted'),
  placedBy: z.string().max(200).optional().describe('default: who asks'),
});

/** Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError (days the wrong way round). */
export const createSetHold =
  (database: Database) =>
  async (raw: z.input<typeof setHoldInput>, context: Context): Promise<RecordedHold> => {
    assertMayRecord(context);
    const input = parseInput(setHoldInput, raw);
    const { fromOn, reason } = input;
    const untilOn = input.untilOn ?? null;
    if (untilOn !== null && untilOn < fromOn)
      throw new InvalidInputError(`A hold from ${fromOn} cannot end on ${untilOn}, which is earlier.`);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const subject = await findSubject(sql, { ...input, invoices: input.invoice ? [input.invoice] : [] });
      const placedBy = input.placedBy ?? context.actor.email;
      const holdId = await addHold(sql, {
        customerId: subject.customerId,
        invoiceId: subject.invoices[0]?.id ?? null,
        reason,
        placedBy,
        fromOn,
        untilOn,
      });
      await trace(sql, context, subject, {
        key: `hold:${holdId}:set`,
        kind: 'held',
        happenedOn: fromOn,
        summary: `Chasing stopped${numbersOf(subject)}${untilOn === null ? '' : ` until ${untilOn}`}: ${reason}`,
        by: placedBy,
        detail: { holdId },
      });
      await audit(sql, context, 'set_hold', {
        holdId,
        customerId: subject.customerId,
        fromOn,
        untilOn,
        reason,
      });
      const customer = await customerRefOf(sql, subject.customerId);
      return { holdId, customer, invoice: subject.invoices[0]?.number ?? null, reason, fromOn, untilOn };
    });
  };
