/** Who may ask, and in which role. */
import { z } from 'zod';
import type { Actor } from '../ports/actor.ts';
import type { Sql } from './transaction.ts';

const roles = ['viewer', 'collector', 'approver', 'controller', 'admin'] as const;

const userRow = z.object({
  id: z.coerce.number(),
  email: z.string(),
  name: z.string().nullable(),
  role: z.enum(roles),
  active: z.boolean(),
});

/** The user with this address (any case), with whether the user may still come in; null when there is none. */
export async function findUserByEmail(
  sql: Sql,
  email: string,
): Promise<{ actor: Actor; active: boolean } | null> {
  const row = await sql.maybe(
    userRow,
    'select id, email, name, role, active from app_user where email = lower($1)',
    [email.trim()],
  );
  if (!row) return null;
  const { id, active, ...rest } = row;
  return { actor: { tenantId: sql.tenantId, userId: id, ...rest }, active };
}

/** Adds the user unless the address is known; a known user's role and name stay as they are. */
export async function addUser(
  sql: Sql,
  user: { email: string; name: string | null; role: Actor['role'] },
): Promise<boolean> {
  const added = await sql.run(
    `insert into app_user (tenant_id, email, name, role) values ($1, lower($2), $3, $4)
     on conflict (tenant_id, email) do nothing`,
    [sql.tenantId, user.email.trim(), user.name, user.role],
  );
  return added > 0;
}
