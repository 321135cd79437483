/** The words of this ledger that a question may use: segments, account owners, currencies. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

const vocabularyRow = z.object({
  segments: z.array(z.string()),
  owners: z.array(z.object({ email: z.string(), name: z.string().nullable() })),
  currencies: z.array(z.string()),
});
export type LedgerVocabulary = z.infer<typeof vocabularyRow>;

/** Each list sorted, without repetition, from the customers of `owner` only where one is given. */
export const ledgerVocabulary = (sql: Sql, owner: string | null): Promise<LedgerVocabulary> =>
  sql.one(
    vocabularyRow,
    `with mine as (select id, segment, owner_email from customer where $1::text is null or owner_email = $1)
     select
       coalesce((select json_agg(s order by s) from (select distinct segment as s from mine where segment is not null) x), '[]') as segments,
       coalesce((select json_agg(json_build_object('email', e, 'name', name) order by e) from
         (select distinct m.owner_email as e, u.name from mine m left join app_user u on u.email = m.owner_email
           where m.owner_email is not null) x), '[]') as owners,
       coalesce((select json_agg(c order by c) from
         (select distinct currency as c from invoice where $1::text is null or customer_id in (select id from mine)) x), '[]') as currencies`,
    [owner],
  );
