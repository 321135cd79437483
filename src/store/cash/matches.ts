/** Acts of placing money that were done, with what became of them. */
import { z } from 'zod';
import { paymentRef, placing } from '../../domain/cash/applications.ts';
import type { Sql } from '../transaction.ts';

const matchRow = z.object({
  id: z.coerce.number(),
  payment_id: z.coerce.number().nullable(),
  customer_id: z.coerce.number().nullable(),
  origin: z.enum(['auto', 'person']),
  confidence: z.coerce.number().nullable(),
  solution: z.object({ payment: paymentRef.nullable(), placing, currency: z.string().optional() }),
  made_by: z.string(),
  matched_on: z.string(),
  proposal_id: z.coerce.number().nullable(),
  reversed_on: z.string().nullable(),
  reversed_by: z.string().nullable(),
  reversed_reason: z.string().nullable(),
});
export type MatchRow = z.infer<typeof matchRow>;

const COLUMNS = `m.id, m.payment_id, m.customer_id, m.origin, m.confidence, m.solution, m.made_by, m.matched_on, m.proposal_id,
  m.reversed_on, m.reversed_by, m.reversed_reason`;

export type MatchFilter = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly origin?: string | undefined;
  readonly belowConfidence?: number | undefined;
  readonly customerId?: number | undefined;
  readonly paymentId?: number | undefined;
  readonly owner: string | null;
};

const WHERE = `m.tenant_id = $1 and ($2::date is null or m.matched_on >= $2) and ($3::date is null or m.matched_on <= $3)
  and ($4::text is null or m.origin = $4) and ($5::numeric is null or m.confidence < $5)
  and ($6::bigint is null or m.customer_id = $6) and ($7::bigint is null or m.payment_id = $7)
  and ($8::text is null or c.owner_email = $8)`;
const FROM = 'cash_match m left join customer c on c.tenant_id = m.tenant_id and c.id = m.customer_id';

const values = (sql: Sql, filter: MatchFilter): unknown[] => [
  sql.tenantId,
  filter.from ?? null,
  filter.to ?? null,
  filter.origin ?? null,
  filter.belowConfidence ?? null,
  filter.customerId ?? null,
  filter.paymentId ?? null,
  filter.owner,
];

/** The newest first. */
export const readMatches = (sql: Sql, filter: MatchFilter, limit: number): Promise<MatchRow[]> =>
  sql.many(matchRow, `select ${COLUMNS} from ${FROM} where ${WHERE} order by m.id desc limit $9`, [
    ...values(sql, filter),
    limit,
  ]);

export const countMatches = async (sql: Sql, filter: MatchFilter): Promise<number> =>
  (
    await sql.one(
      z.object({ count: z.coerce.number() }),
      `select count(*) as count from ${FROM} where ${WHERE}`,
      values(sql, filter),
    )
  ).count;

/** Locks it until the transaction ends; null when there is none among what `owner` may see. */
export const lockMatch = async (sql: Sql, matchId: number): Promise<MatchRow | null> =>
  sql.maybe(matchRow, `select ${COLUMNS} from cash_match m where m.tenant_id = $1 and m.id = $2 for update`, [
    sql.tenantId,
    matchId,
  ]);

/** The newest one in force: of this person, or of this origin. */
export const lastInForce = (
  sql: Sql,
  { by, origin }: { readonly by?: string; readonly origin?: 'auto' | 'person' },
): Promise<MatchRow | null> =>
  sql.maybe(
    matchRow,
    `select ${COLUMNS} from cash_match m where m.tenant_id = $1 and m.reversed_on is null
       and ($2::text is null or m.made_by = $2) and ($3::text is null or m.origin = $3) order by m.id desc limit 1`,
    [sql.tenantId, by ?? null, origin ?? null],
  );

/** Which of these acts have nothing in force any more. */
export const emptiedMatches = async (sql: Sql, matchIds: readonly number[]): Promise<number[]> =>
  (
    await sql.many(
      z.object({ id: z.coerce.number() }),
      `select m.id from cash_match m where m.tenant_id = $1 and m.id = any($2::bigint[]) and m.reversed_on is null
         and not exists (select from application a where a.tenant_id = m.tenant_id and a.match_id = m.id
           group by a.match_id having sum(a.amount_minor) <> 0)
         and not exists (select from adjustment a where a.tenant_id = m.tenant_id and a.match_id = m.id
           group by a.match_id having sum(a.amount_minor) <> 0)`,
      [sql.tenantId, matchIds],
    )
  ).map(({ id }) => id);

export const markReversed = (
  sql: Sql,
  matchId: number,
  { on, by, reason }: { readonly on: string; readonly by: string; readonly reason: string },
): Promise<number> =>
  sql.run(
    `update cash_match set reversed_on = $3, reversed_by = $4, reversed_reason = $5
      where tenant_id = $1 and id = $2 and reversed_on is null`,
    [sql.tenantId, matchId, on, by, reason],
  );

const takenBackRow = z.object({
  payment_id: z.coerce.number(),
  invoice_id: z.coerce.number(),
  /** The day and who; null where the ledger had applied it, which is no act of Remy's. */
  reversed_on: z.string().nullable(),
  reversed_by: z.string().nullable(),
  reversed_reason: z.string().nullable(),
});
export type TakenBack = z.infer<typeof takenBackRow>;

/**
 * On which invoices money of these payments was before somebody other than Remy took it off, once for each invoice with
 * the newest time. What the ledger took off again itself is left out.
 */
export const readTakenBack = (sql: Sql, paymentIds: readonly number[]): Promise<TakenBack[]> =>
  sql.many(
    takenBackRow,
    `select distinct on (payment_id, invoice_id) payment_id, invoice_id, reversed_on, reversed_by, reversed_reason from (
       select m.payment_id, a.invoice_id, m.id, m.reversed_on, m.reversed_by, m.reversed_reason
         from unnest($2::bigint[]) as k(id)
         join cash_match m on m.tenant_id = $1 and m.payment_id = k.id and m.reversed_on is not null and m.reversed_by <> 'remy'
         join application a on a.tenant_id = $1 and a.match_id = m.id and a.payment_id = m.payment_id and a.reverses_id is null
       union all
       select a.payment_id, a.invoice_id, 0, null, null, null from unnest($2::bigint[]) as k(id)
         join application a on a.tenant_id = $1 and a.payment_id = k.id and a.source = 'remy' and a.reverses_id is not null
          and a.match_id is null) found
      order by payment_id, invoice_id, id desc`,
    [sql.tenantId, paymentIds],
  );
