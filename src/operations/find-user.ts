/** Turns an email address into the person who asks. */
import { NotAllowedError } from '../domain/errors.ts';
import type { Actor } from '../ports/actor.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { findUserByEmail } from '../store/users.ts';

/**
 * The active user with this address.
 * Throws: NotAllowedError that says how to get access, for an unknown or switched-off user.
 */
export const createFindUser =
  (database: Database) =>
  async (tenantId: number, email: string): Promise<Actor> => {
    const found = await inTenant(database.pool, tenantId, (sql) => findUserByEmail(sql, email));
    if (!found)
      throw new NotAllowedError(
        `${email} is not a user of this ledger. Ask an admin of your company to add this address, or use the address you were added with.`,
      );
    if (!found.active)
      throw new NotAllowedError(
        `The access of ${found.actor.email} is switched off. Ask an admin of your company to switch it on again.`,
      );
    return found.actor;
  };
