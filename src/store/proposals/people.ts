/** The people who decide, as their rows say now. */
import { z } from 'zod';
import type { Decider } from '../../domain/proposal/authority.ts';
import type { Sql } from '../transaction.ts';

const personRow = z
  .object({
    id: z.coerce.number(),
    email: z.string(),
    role: z.enum(['viewer', 'collector', 'approver', 'controller', 'admin']),
    active: z.boolean(),
    is_bot: z.boolean(),
    approval_limit_minor: z.coerce.bigint().nullable(),
    approval_limit_currency: z.string().nullable(),
  })
  .transform(
    (row): Decider => ({
      id: row.id,
      email: row.email,
      role: row.role,
      active: row.active,
      isBot: row.is_bot,
      limit:
        row.approval_limit_minor !== null && row.approval_limit_currency !== null
          ? { minor: row.approval_limit_minor, currency: row.approval_limit_currency }
          : null,
    }),
  );

/** Those users, and no change of their rights until the transaction ends. */
export const lockPeople = (sql: Sql, userIds: readonly number[]): Promise<Decider[]> =>
  sql.many(
    personRow,
    `select id, email, role, active, is_bot, approval_limit_minor, approval_limit_currency from app_user
      where id = any($1::bigint[]) order by id for share`,
    [userIds],
  );

/** The user as it is now, for showing what it may do; null when there is none. */
export const readPerson = (sql: Sql, userId: number): Promise<Decider | null> =>
  sql.maybe(
    personRow,
    `select id, email, role, active, is_bot, approval_limit_minor, approval_limit_currency from app_user
      where id = $1`,
    [userId],
  );
