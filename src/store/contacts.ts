/** What mail tells of contacts: an address that cannot be reached, a person who wants no more mail. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

const contactRow = z.object({ id: z.coerce.number(), customer_id: z.coerce.number() });
export type MarkedContact = z.infer<typeof contactRow>;

/** Every contact with this address on which it was not known yet. */
export const markBounced = (sql: Sql, address: string, day: string): Promise<MarkedContact[]> =>
  sql.many(
    contactRow,
    `update contact set bounced_on = $2, updated_at = now() where email = lower($1) and bounced_on is null
     returning id, customer_id`,
    [address.trim(), day],
  );

/** Every contact with this address that had not opted out yet. */
export const markOptedOut = (sql: Sql, address: string, day: string): Promise<MarkedContact[]> =>
  sql.many(
    contactRow,
    `update contact set opted_out_on = $2, updated_at = now() where email = lower($1) and opted_out_on is null
     returning id, customer_id`,
    [address.trim(), day],
  );
