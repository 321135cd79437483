/** Who is let in, in which role. */
import type { Context, Role } from '../ports/actor.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { listUsers } from '../store/users.ts';

export type UserView = {
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  readonly active: boolean;
  /** Remy itself: it drafts and records, and can never decide. */
  readonly isBot: boolean;
};

export const createListUsers =
  (database: Pick<Database, 'pool'>) =>
  (_input: Record<string, never>, { actor }: Pick<Context, 'actor'>): Promise<UserView[]> =>
    inTenant(database.pool, actor.tenantId, async (sql) =>
      (await listUsers(sql)).map(({ is_bot: isBot, ...user }) => ({ ...user, isBot })),
    );
