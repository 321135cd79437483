/** The user that Remy acts as when nobody asked: it records and drafts, and can never decide. */
import type { Actor } from '../ports/actor.ts';
import { appendAudit } from '../store/audit.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { addBot, findUserByEmail } from '../store/users.ts';

/** An address that can never be anybody's. */
export const BOT_EMAIL = 'remy@remy.invalid';

/** Made at the first call; safe to call at once from several places. */
export const createEnsureBot =
  (database: Pick<Database, 'pool'>) =>
  (tenantId: number): Promise<Actor> =>
    inTenant(database.pool, tenantId, async (sql) => {
      const known = await findUserByEmail(sql, BOT_EMAIL);
      const made = await addBot(sql, { email: BOT_EMAIL, name: 'Remy' });
      if (made)
        await appendAudit(sql, { actor: 'remy', act: 'add_user', detail: { email: BOT_EMAIL, bot: true } });
      return (known ?? (await findUserByEmail(sql, BOT_EMAIL))!).actor;
    });
