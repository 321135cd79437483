/** Lets an address be written to again after mail to it came back: it was corrected, or only full for a while. */
import { z } from 'zod';
import { InvalidInputError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import { clearBounced } from '../store/contacts.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { assertMayRecord, audit, parseInput, trace } from './recording.ts';

export const restoreContactInput = z.strictObject({ email: z.string().trim().min(3).max(320) });

/**
 * Who asked for no more mail stays so: only that person can take it back.
 *
 * Throws: NotAllowedError (viewer), InvalidInputError where no mail to the address came back.
 */
export const createRestoreContact =
  (database: Pick<Database, 'pool'>) =>
  async (
    raw: z.input<typeof restoreContactInput>,
    context: Context,
  ): Promise<{ email: string; customerIds: number[] }> => {
    assertMayRecord(context);
    const email = parseInput(restoreContactInput, raw).email.toLowerCase();
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const restored = await clearBounced(sql, email);
      if (restored.length === 0)
        throw new InvalidInputError(
          `No mail to a contact ${email} came back, so there is nothing to restore. Check the spelling.`,
        );
      const customerIds = [...new Set(restored.map((each) => each.customer_id))];
      await audit(sql, context, 'contact_restored', { email, customerIds });
      for (const customerId of customerIds)
        await trace(
          sql,
          context,
          { customerId, invoices: [] },
          {
            key: `restored:${email}:${customerId}:${context.today}`,
            kind: 'note',
            happenedOn: context.today,
            summary: `${email} is written to again, by ${context.actor.email}`,
          },
        );
      return { email, customerIds };
    });
  };
