/** What is remembered of who pays for whom, and forgetting it. */
import { z } from 'zod';
import type { PayerMemoryOutput } from '../domain/cash/answers.ts';
import { NotFoundError } from '../domain/errors.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { readMemory, unlearn } from '../store/cash/memory.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { assertMayRecord, audit, parseInput } from './recording.ts';

const MOST = 500;

export const createListPayerMemory =
  (database: Pick<Database, 'pool'>) =>
  async (input: { customerId?: number | undefined }, context: Context): Promise<PayerMemoryOutput> =>
    inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const owner = visibleOwner(context.actor);
      const rows = await readMemory(sql, { customerId: input.customerId ?? null, owner }, MOST);
      return {
        total: rows.length,
        payers: rows.map(({ kind, key, customer, times, last_at, learned_by }) => ({
          ...{ kind, key, customer, times, learnedBy: learned_by },
          lastOn: last_at.toISOString().slice(0, 10),
        })),
      };
    });

export const forgetPayerInput = z.strictObject({
  kind: z.enum(['name', 'account']),
  key: z.string().min(1).max(300),
  customerId: z.int().positive(),
});
export type ForgetPayerInput = z.infer<typeof forgetPayerInput>;

/** Throws: NotAllowedError (viewer), NotFoundError when nothing of the kind is remembered. */
export const createForgetPayer =
  (database: Pick<Database, 'pool'>) =>
  async (raw: ForgetPayerInput, context: Context): Promise<{ forgotten: number }> => {
    assertMayRecord(context);
    const asked = parseInput(forgetPayerInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const forgotten = await unlearn(sql, { ...asked, by: context.actor.email });
      if (forgotten === 0) throw new NotFoundError('Nothing of the kind is remembered.');
      await audit(sql, context, 'forget_payer', { ...asked, forgotten });
      return { forgotten };
    });
  };
