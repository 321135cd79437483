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

/** Adds the user that Remy acts as, which can never decide; a user with this address becomes it. True when it is new. */
export async function addBot(sql: Sql, bot: { email: string; name: string }): Promise<boolean> {
  const added = await sql.run(
    `insert into app_user (tenant_id, email, name, role, is_bot) values ($1, $2, $3, 'collector', true)
     on conflict (tenant_id, email) do nothing`,
    [sql.tenantId, bot.email, bot.name],
  );
  if (added === 0)
    await sql.run('update app_user set is_bot = true where email = $1 and not is_bot', [bot.email]);
  return added > 0;
}

/** True for the address of a user, whether switched on or off. */
export const isUserAddress = async (sql: Sql, email: string): Promise<boolean> =>
  (await findUserByEmail(sql, email)) !== null;

/** True where another person than this one may approve a change of the policy. */
export const isGovernedByOthers = async (sql: Sql, userId: number): Promise<boolean> =>
  (await sql.maybe(
    z.object({ id: z.coerce.number() }),
    `select id from app_user where role in ('controller', 'admin') and active and not is_bot and id <> $1 limit 1`,
    [userId],
  )) !== null;

/** Everybody of the tenant, by address; Remy's own user among them. */
export const listUsers = (sql: Sql) =>
  sql.many(
    userRow.omit({ id: true }).extend({ is_bot: z.boolean() }),
    'select email, name, role, active, is_bot from app_user order by is_bot, email',
  );
