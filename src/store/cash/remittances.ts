/** Advices as they came, and which payment each turned out to be about. Amounts are decimal text of the advice. */
import { z } from 'zod';
import type { Advice } from '../../ports/remittance-files.ts';
import type { Sql } from '../transaction.ts';

const adviceLine = z.object({
  document: z.string(),
  paid: z.string().nullable(),
  gross: z.string().nullable(),
  deduction: z.string().nullable(),
  deductionReason: z.string().nullable(),
});

const remittanceRow = z.object({
  id: z.coerce.number(),
  source: z.string(),
  external_id: z.string(),
  customer_id: z.coerce.number().nullable(),
  customer_name: z.string().nullable(),
  /** Folded. */
  aliases: z.array(z.string()),
  message_id: z.coerce.number().nullable(),
  payer_name: z.string().nullable(),
  currency: z.string().nullable(),
  total: z.string().nullable(),
  paid_on: z.string().nullable(),
  came_on: z.string(),
  payment_reference: z.string().nullable(),
  lines: z.array(adviceLine),
  payment_id: z.coerce.number().nullable(),
});
export type RemittanceRow = z.infer<typeof remittanceRow>;

export type NewRemittance = {
  readonly source: string;
  /** Unique in its source: the same advice is stored once. */
  readonly externalId: string;
  readonly customerId: number | null;
  readonly messageId: number | null;
  readonly advice: Advice;
};

/** Its id; null when it is stored already. */
export const addRemittance = async (
  sql: Sql,
  { source, externalId, customerId, messageId, advice }: NewRemittance,
): Promise<number | null> =>
  (
    await sql.maybe(
      z.object({ id: z.coerce.number() }),
      `insert into remittance (tenant_id, source, external_id, customer_id, message_id, payer_name, currency, total,
         paid_on, payment_reference, lines, warnings)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (tenant_id, source, external_id) do nothing returning id`,
      [
        ...[sql.tenantId, source, externalId, customerId, messageId, advice.payerName, advice.currency],
        ...[advice.total, advice.paidOn, advice.paymentReference],
        ...[JSON.stringify(advice.lines), JSON.stringify(advice.warnings)],
      ],
    )
  )?.id ?? null;

const SELECT = `select m.id, m.source, m.external_id, m.customer_id, c.name as customer_name,
    coalesce((select array_agg(a.alias) from customer_alias a
      where a.tenant_id = m.tenant_id and a.customer_id = m.customer_id), '{}') as aliases,
    m.message_id, m.payer_name, m.currency, m.total, m.paid_on, (m.created_at at time zone 'UTC')::date as came_on,
    m.payment_reference, m.lines, m.payment_id
  from remittance m left join customer c on c.tenant_id = m.tenant_id and c.id = m.customer_id`;

/** An advice that found no payment in so long will not find one. */
const WAITING_DAYS = 120;
const MOST_WAITING = 5_000;

const WAITING = `m.payment_id is null and m.created_at > now() - interval '${WAITING_DAYS} days'`;

/** Advices about no payment yet, the oldest first. */
export const readWaitingRemittances = (sql: Sql): Promise<RemittanceRow[]> =>
  sql.many(
    remittanceRow,
    `${SELECT} where m.tenant_id = $1 and ${WAITING}
      order by m.id limit ${MOST_WAITING}`,
    [sql.tenantId],
  );

/** Whether one that waits is over one of these amounts (plain decimals), and how all that wait name their payment. */
export const waitingAbout = async (
  sql: Sql,
  amounts: readonly string[],
): Promise<{ hasTotal: boolean; references: string[] }> => {
  const plain = (text: string) => `rtrim(rtrim(${text}, '0'), '.')`;
  const total = `case when m.total like '%.%' then ${plain('m.total')} else m.total end`;
  const row = await sql.one(
    z.object({ has_total: z.boolean(), refs: z.array(z.string()) }),
    `select coalesce(bool_or(${total} in (select case when a like '%.%' then ${plain('a')} else a end
         from unnest($2::text[]) a)), false) as has_total,
       coalesce(array_agg(distinct m.payment_reference) filter (where m.payment_reference is not null), '{}') as refs
       from remittance m where m.tenant_id = $1 and ${WAITING}`,
    [sql.tenantId, amounts],
  );
  return { hasTotal: row.has_total, references: row.refs };
};

export const readRemittancesOf = (sql: Sql, paymentIds: readonly number[]): Promise<RemittanceRow[]> =>
  sql.many(
    remittanceRow,
    `${SELECT} where m.tenant_id = $1 and m.payment_id = any($2::bigint[]) order by m.id`,
    [sql.tenantId, paymentIds],
  );

/** Says once which payment it is about; a later word changes nothing. */
export const linkRemittance = (sql: Sql, id: number, paymentId: number): Promise<number> =>
  sql.run('update remittance set payment_id = $3 where tenant_id = $1 and id = $2 and payment_id is null', [
    sql.tenantId,
    id,
    paymentId,
  ]);

const bankDetail = z.object({
  payment_id: z.coerce.number(),
  remittance: z.array(z.object({ document: z.string(), amount: z.string().nullable() })),
});

/** What the bank passed on in structure, by payment. */
export const bankRemittanceOf = async (
  sql: Sql,
  paymentIds: readonly number[],
): Promise<Map<number, { document: string; amount: string | null }[]>> => {
  const rows = await sql.many(
    bankDetail,
    `select payment_id, detail -> 'remittance' as remittance from bank_line
      where tenant_id = $1 and payment_id = any($2::bigint[]) and direction = 'credit' and detail ? 'remittance'`,
    [sql.tenantId, paymentIds],
  );
  return new Map(rows.map((row) => [row.payment_id, row.remittance]));
};
