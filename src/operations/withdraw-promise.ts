/** Takes a promise back: it stays in the books as withdrawn. */
import { z } from 'zod';
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import { day } from '../domain/ledger-query/window.ts';
import type { Context } from '../ports/actor.ts';
import type { Database } from '../store/pool.ts';
import { lockPromise, withdrawPromiseOn } from '../store/promises.ts';
import { addEvent } from '../store/timeline.ts';
import { inTenant } from '../store/transaction.ts';
import { assertMayRecord, audit, parseInput } from './recording.ts';

export const withdrawPromiseInput = z.strictObject({
  promiseId: z.int().positive(),
  on: day,
  reason: z.string().max(500).optional(),
});

/** Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError (withdrawn already, or before it was made). */
export const createWithdrawPromise =
  (database: Database) =>
  async (raw: z.input<typeof withdrawPromiseInput>, context: Context): Promise<{ promiseId: number }> => {
    assertMayRecord(context);
    const { promiseId, on, reason } = parseInput(withdrawPromiseInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const promise = await lockPromise(sql, promiseId);
      if (!promise) throw new NotFoundError(`There is no promise ${promiseId}.`);
      if (promise.withdrawn_on !== null)
        throw new InvalidInputError(`Promise ${promiseId} was withdrawn on ${promise.withdrawn_on} already.`);
      if (on < promise.made_on)
        throw new InvalidInputError(`Promise ${promiseId} was made on ${promise.made_on}, after ${on}.`);
      await withdrawPromiseOn(sql, promiseId, on);
      const [only] = promise.invoice_ids;
      await addEvent(sql, {
        source: 'remy',
        externalId: `promise:${promiseId}:withdrawn`,
        customerId: promise.customer_id,
        invoiceId: promise.invoice_ids.length === 1 ? only! : null,
        kind: 'promise_withdrawn',
        happenedOn: on,
        happenedAt: null,
        actor: context.actor.email,
        summary: `Promise withdrawn${reason === undefined ? '' : `: ${reason}`}`,
        detail: { promiseId, ...(promise.invoice_ids.length > 1 && { invoiceIds: promise.invoice_ids }) },
      });
      await audit(sql, context, 'withdraw_promise', { promiseId, on });
      return { promiseId };
    });
  };
