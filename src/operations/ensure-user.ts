/** Adds a user where there is none yet. */
import { InvalidInputError, NotAllowedError } from '../domain/errors.ts';
import type { Actor, Role } from '../ports/actor.ts';
import { appendAudit } from '../store/audit.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { addUser, findUserByEmail } from '../store/users.ts';

/**
 * The user with this address, added with the given role when it is new. A known user keeps role and name: starting
 * the program must not change who may do what.
 *
 * Throws: InvalidInputError when it is no address; NotAllowedError when the user is switched off.
 */
export const createEnsureUser =
  (database: Database) =>
  async (tenantId: number, user: { email: string; name?: string | null; role: Role }): Promise<Actor> => {
    const email = user.email.trim().toLowerCase();
    if (!/^\S+@\S+$/.test(email))
      throw new InvalidInputError(
        `"${user.email}" is not an email address; a user is named by one, like ana@example.com`,
      );
    return inTenant(database.pool, tenantId, async (sql) => {
      if (await addUser(sql, { email, name: user.name ?? null, role: user.role }))
        await appendAudit(sql, { actor: 'remy', act: 'add_user', detail: { email, role: user.role } });
      const found = await findUserByEmail(sql, email);
      if (!found?.active)
        throw new NotAllowedError(
          `The access of ${email} is switched off. Ask an admin to switch it on again.`,
        );
      return found.actor;
    });
  };
