/** Closes a dispute. */
import { z } from 'zod';
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import { day } from '../domain/ledger-query/window.ts';
import type { Context } from '../ports/actor.ts';
import { lockDispute, resolveDisputeOn } from '../store/disputes.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { assertMayRecord, audit, findSubject, parseInput, trace } from './recording.ts';

export const resolveDisputeInput = z.strictObject({
  disputeId: z.int().positive(),
  on: day,
  resolution: z.string().min(1).max(500).describe('what was agreed'),
});

/** Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError (resolved already, or before it was opened). */
export const createResolveDispute =
  (database: Database) =>
  async (raw: z.input<typeof resolveDisputeInput>, context: Context): Promise<{ disputeId: number }> => {
    assertMayRecord(context);
    const { disputeId, on, resolution } = parseInput(resolveDisputeInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const dispute = await lockDispute(sql, disputeId);
      if (!dispute) throw new NotFoundError(`There is no dispute ${disputeId}.`);
      if (dispute.resolved_on !== null)
        throw new InvalidInputError(`Dispute ${disputeId} was resolved on ${dispute.resolved_on} already.`);
      if (on < dispute.opened_on)
        throw new InvalidInputError(`Dispute ${disputeId} was opened on ${dispute.opened_on}, after ${on}.`);
      await resolveDisputeOn(sql, disputeId, on, resolution);
      const subject = await findSubject(sql, {
        customerId: dispute.customer_id,
        invoices: [dispute.invoice],
      });
      await trace(sql, context, subject, {
        key: `dispute:${disputeId}:resolved`,
        kind: 'dispute_resolved',
        happenedOn: on,
        summary: `Dispute of ${dispute.invoice} resolved: ${resolution}`,
        detail: { disputeId },
      });
      await audit(sql, context, 'resolve_dispute', { disputeId, on, resolution });
      return { disputeId };
    });
  };
