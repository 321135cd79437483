/** Puts something that happened outside on the timeline: a call, a reminder, a note. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { day } from '../domain/ledger-query/window.ts';
import type { Context } from '../ports/actor.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { assertMayRecord, audit, customerInput, findSubject, parseInput, trace } from './recording.ts';

export const recordEventInput = z.strictObject({
  ...customerInput,
  invoice: z.string().min(1).max(100).nullish(),
  kind: z.enum(['delivered', 'viewed', 'chased', 'replied', 'called', 'refunded', 'escalated', 'note']),
  day,
  at: z.iso.datetime({ offset: true }).nullish().describe('the moment, where it is known'),
  actor: z.string().max(200).optional().describe('who did it; default: who asks'),
  summary: z.string().min(1).max(1000),
  key: z.string().min(1).max(200).optional().describe('the same key is recorded once'),
});

/**
 * `recorded` is false when an event with that key was there already; then nothing was written.
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError.
 */
export const createRecordEvent =
  (database: Database) =>
  async (raw: z.input<typeof recordEventInput>, context: Context): Promise<{ recorded: boolean }> => {
    assertMayRecord(context);
    const input = parseInput(recordEventInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const subject = await findSubject(sql, { ...input, invoices: input.invoice ? [input.invoice] : [] });
      const key = `event:${input.key ?? randomUUID()}`;
      const { kind, summary } = input;
      const happened = { kind, happenedOn: input.day, at: input.at, by: input.actor, summary };
      const recorded = await trace(sql, context, subject, { key, ...happened });
      if (recorded)
        await audit(sql, context, 'record_event', {
          key,
          kind,
          day: input.day,
          customerId: subject.customerId,
        });
      return { recorded };
    });
  };
