/** Bulk reads and writes of applications, and the ledger's own events of invoices. Both tables are append-only. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';
import { asTable } from './upsert.ts';

const knownApplication = z.object({
  id: z.coerce.number(),
  source: z.string(),
  external_id: z.string(),
  payment_id: z.coerce.number(),
  invoice_id: z.coerce.number(),
  applied_on: z.string(),
  amount_minor: z.coerce.bigint(),
  reversed: z.boolean(),
  /** Who reversed it, and the day on which the reversal counts. */
  reversed_by: z.string().nullable(),
  reversed_on: z.string().nullable(),
});
export type KnownApplication = z.infer<typeof knownApplication>;

/** Every application of these payments, reversed ones too, reversals themselves left out; the oldest first. */
export const findApplications = (sql: Sql, paymentIds: readonly number[]): Promise<KnownApplication[]> =>
  sql.many(
    knownApplication,
    `select a.id, a.source, a.external_id, a.payment_id, a.invoice_id, a.applied_on, a.amount_minor,
        r.id is not null as reversed, r.source as reversed_by, r.applied_on as reversed_on
       from application a left join application r on r.tenant_id = a.tenant_id and r.reverses_id = a.id
      where a.tenant_id = $1 and a.payment_id = any($2::bigint[]) and a.reverses_id is null order by a.id`,
    [sql.tenantId, paymentIds],
  );

const applicationColumns = {
  external_id: 'text',
  payment_id: 'bigint',
  invoice_id: 'bigint',
  currency: 'text',
  amount_minor: 'bigint',
  applied_on: 'date',
  reverses_id: 'bigint',
} as const;
export type ApplicationColumns = {
  external_id: string;
  payment_id: number;
  invoice_id: number;
  currency: string;
  /** Below zero in a row that reverses another. */
  amount_minor: bigint;
  applied_on: string;
  reverses_id: number | null;
};

export async function insertApplications(
  sql: Sql,
  source: string,
  rows: readonly ApplicationColumns[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, applicationColumns, 3);
  const names = Object.keys(applicationColumns);
  await sql.run(
    `insert into application (tenant_id, source, ${names.join(', ')})
     select $1::int, $2::text, ${names.map((name) => `r.${name}`).join(', ')} from ${text}`,
    [sql.tenantId, source, ...values],
  );
}

const eventColumns = {
  external_id: 'text',
  customer_id: 'bigint',
  invoice_id: 'bigint',
  kind: 'text',
  happened_on: 'date',
  summary: 'text',
} as const;
export type LedgerEvent = {
  external_id: string;
  customer_id: number;
  invoice_id: number;
  kind: 'issued' | 'paid' | 'partly_paid' | 'reversed';
  happened_on: string;
  summary: string;
};

/** Adds events that are not there yet. A ledger knows days only: issues are put at 00:00 UTC, money at 12:00. */
export async function addLedgerEvents(sql: Sql, source: string, rows: readonly LedgerEvent[]): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, eventColumns, 3);
  const names = Object.keys(eventColumns);
  await sql.run(
    `insert into timeline_event (tenant_id, source, ${names.join(', ')}, happened_at)
     select $1::int, $2::text, ${names.map((name) => `r.${name}`).join(', ')},
       (r.happened_on + case r.kind when 'issued' then time '00:00' else time '12:00' end) at time zone 'UTC'
     from ${text} on conflict (tenant_id, source, external_id) do nothing`,
    [sql.tenantId, source, ...values],
  );
}
