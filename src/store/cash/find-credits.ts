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

/** What is left of credits now, in minor units, without a lock. */
export async function readLeftOfCredits(
  sql: Sql,
  creditIds: readonly number[],
): Promise<Map<number, bigint>> {
  if (creditIds.length === 0) return new Map();
  const rows = await sql.many(
    creditRow.pick({ id: true, open_minor: true }),
    'select id, open_minor from credit where tenant_id = $1 and id = any($2::bigint[])',
    [sql.tenantId, creditIds],
  );
  return new Map(rows.map((row) => [row.id, row.open_minor]));
}

/**
 * Which of these customers are of one family with `customerId`: it, what stands above it, and all that stands below
 * the topmost of them.
 */
export const familyAmong = async (
  sql: Sql,
  customerId: number,
  among: readonly number[],
): Promise<Set<number>> =>
  new Set(
    (
      await sql.many(
        creditRow.pick({ id: true }),
        `with recursive up as (
           select id, parent_id, 1 as height from customer where tenant_id = $1 and id = $2
           union all
           select p.id, p.parent_id, up.height + 1 from up
             join customer p on p.tenant_id = $1 and p.id = up.parent_id where up.height < 20),
         head as (select id from up order by height desc limit 1),
         down as (
           select id from head
           union
           select c.id from down join customer c on c.tenant_id = $1 and c.parent_id = down.id)
         select id from down where id = any($3::bigint[])`,
        [sql.tenantId, customerId, among],
      )
    ).map(({ id }) => id),
  );
