/** Payments as the cash page lists them, with the proposal that waits for each. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

export type CashFilter = {
  readonly applied: boolean;
  readonly currency?: string | undefined;
  readonly customerId?: number | undefined;
  readonly text?: string | undefined;
  /** Received on that day or before. */
  readonly receivedTo?: string | undefined;
  readonly owner: string | null;
};

const FROM = `payment p left join customer c on c.tenant_id = p.tenant_id and c.id = p.customer_id
  left join bank_line b on b.tenant_id = p.tenant_id and b.payment_id = p.id and b.direction = 'credit'`;
const WHERE = `p.tenant_id = $1 and (p.unapplied_minor > 0) <> $2 and ($3::text is null or p.currency = $3)
  and ($4::bigint is null or p.customer_id = $4) and ($5::text is null or c.owner_email = $5)
  and ($6::text is null or p.payer_name ilike $6 or p.reference ilike $6 or p.external_id ilike $6 or c.name ilike $6
    or b.text ilike $6 or replace(p.amount_minor::text, ' ', '') like $7)
  and ($8::date is null or p.received_on <= $8)`;

/** An amount is found by its digits, with or without marks: "1,200.50" is "120050". */
const values = (sql: Sql, filter: CashFilter): unknown[] => {
  const text = filter.text?.trim();
  const digits = text?.replace(/\D/g, '') ?? '';
  return [
    sql.tenantId,
    filter.applied,
    filter.currency ?? null,
    filter.customerId ?? null,
    filter.owner,
    text ? `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%` : null,
    digits.length >= 2 ? `${digits}%` : null,
    filter.receivedTo ?? null,
  ];
};

/** Ids, the oldest first where money waits, the newest first where it is placed. */
export const listCashIds = async (
  sql: Sql,
  filter: CashFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<number[]> => {
  const order = filter.applied ? 'p.received_on desc, p.id desc' : 'p.received_on, p.id';
  const rows = await sql.many(
    z.object({ id: z.coerce.number() }),
    `select p.id from ${FROM} where ${WHERE} order by ${order} limit $9 offset $10`,
    [...values(sql, filter), limit, offset],
  );
  return rows.map(({ id }) => id);
};

export const countCash = (sql: Sql, filter: CashFilter) =>
  sql.many(
    z.object({ currency: z.string(), minor: z.coerce.bigint(), count: z.coerce.number() }),
    `select p.currency, sum(case when $2 then p.amount_minor else p.unapplied_minor end)::bigint as minor, count(*) as count
       from ${FROM} where ${WHERE} group by p.currency order by count(*) desc, p.currency`,
    values(sql, filter),
  );
