/** Puts a whole document of settings in force from the machine itself: how a company starts, before anybody can approve. */
import { cadencePolicy, companySettings } from '../domain/chase/policy.ts';
import { NotAllowedError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import { addPolicyVersion } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { audit, parseInput } from './recording.ts';

/**
 * Stores the next version and gives its number. For admins at the machine only: from the console and in chat the same
 * change is a proposal, which two people approve.
 *
 * Throws: NotAllowedError, InvalidInputError that names each setting that does not fit.
 */
export const createStoreSettings =
  (database: Pick<Database, 'pool'>) =>
  async (
    { kind, data }: { kind: 'cadence' | 'company'; data: unknown },
    context: Context,
  ): Promise<number> => {
    if (context.actor.role !== 'admin')
      throw new NotAllowedError(
        'Only an admin stores settings at the command line. Propose the change instead.',
      );
    const parsed = parseInput(kind === 'cadence' ? cadencePolicy : companySettings, data);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const madeBy = context.actor.email;
      const version = await addPolicyVersion(sql, { kind, data: parsed, madeBy, proposalId: null });
      await audit(sql, context, 'store_settings', { kind, version, via: 'command_line' });
      return version;
    });
  };
