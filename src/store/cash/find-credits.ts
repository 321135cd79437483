/** Credits by the number that a person types. */
import { z } from 'zod';
import { canMeanNumber, invoiceDigits, invoiceKey } from '../../domain/invoice-number.ts';
import type { Sql } from '../transaction.ts';

const creditRow = z.object({
  id: z.coerce.number(),
  number: z.string(),
  customer_id: z.coerce.number(),
  customer: z.string(),
  currency: z.string(),
  open_minor: z.coerce.bigint(),
});

/** Those with this number in any case, else those that the typed digits can mean. */
export async function findCreditsByNumber(sql: Sql, typed: string): Promise<z.infer<typeof creditRow>[]> {
  const found = await sql.many(
    creditRow,
    `select k.id, k.number, k.customer_id, c.name as customer, k.currency, k.open_minor
       from credit k join customer c on c.tenant_id = k.tenant_id and c.id = k.customer_id
      where k.tenant_id = $1 and (upper(k.number) = $2
        or ltrim(regexp_replace(k.number, '\\D', '', 'g'), '0') = $3) order by k.id limit 20`,
    [sql.tenantId, invoiceKey(typed), invoiceDigits(typed)],
  );
  const exact = found.filter(({ number }) => number.toUpperCase() === invoiceKey(typed));
  return exact.length > 0 ? exact : found.filter(({ number }) => canMeanNumber(typed, number));
}
