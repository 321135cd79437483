/** What mail tells of contacts: an address that cannot be reached, a person who wants no more mail. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

const contactRow = z.object({ id: z.coerce.number(), customer_id: z.coerce.number() });
export type MarkedContact = z.infer<typeof contactRow>;

/**
 * Every contact with this address on which it was not known yet. Only where we ever wrote to it: a report about mail
 * that never left is not ours.
 */
export const markBounced = (sql: Sql, address: string, day: string): Promise<MarkedContact[]> =>
  sql.many(
    contactRow,
    `update contact set bounced_on = $2, updated_at = now() where email = lower($1) and bounced_on is null
       and exists (select from message m cross join unnest(m.to_addresses) as t(address)
         where m.tenant_id = contact.tenant_id and m.direction = 'out' and position(lower($1) in lower(t.address)) > 0)
     returning id, customer_id`,
    [address.trim(), day],
  );

/** Contacts with this address that mail came back from, written to again from now on. */
export const clearBounced = (sql: Sql, address: string): Promise<MarkedContact[]> =>
  sql.many(
    contactRow,
    `update contact set bounced_on = null, updated_at = now() where email = lower($1) and bounced_on is not null
     returning id, customer_id`,
    [address.trim()],
  );

/** Every contact with this address that had not opted out yet. */
export const markOptedOut = (sql: Sql, address: string, day: string): Promise<MarkedContact[]> =>
  sql.many(
    contactRow,
    `update contact set opted_out_on = $2, updated_at = now() where email = lower($1) and opted_out_on is null
     returning id, customer_id`,
    [address.trim(), day],
  );
