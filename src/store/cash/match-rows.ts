/** The rows of an act of placing money: the act itself, its applications and its adjustments. All are append-only. */
import { z } from 'zod';
import { asTable } from '../ledger-import/upsert.ts';
import type { Sql } from '../transaction.ts';

export type NewMatch = {
  readonly payment_id: number | null;
  readonly customer_id: number | null;
  readonly origin: 'auto' | 'person';
  readonly confidence: number | null;
  /** The placing as it was shown, JSON. */
  readonly solution: string;
  readonly reasons: string;
  readonly proposal_id: number | null;
  readonly made_by: string;
  readonly matched_on: string;
};

const columns = {
  payment_id: 'bigint',
  customer_id: 'bigint',
  origin: 'text',
  confidence: 'numeric',
  solution: 'jsonb',
  reasons: 'jsonb',
  proposal_id: 'bigint',
  made_by: 'text',
  matched_on: 'date',
};

/** Their ids, in the order of `rows`. No two of them are about one payment. */
export async function addMatches(sql: Sql, rows: readonly NewMatch[]): Promise<number[]> {
  if (rows.length === 0) return [];
  const { text, values } = asTable(rows, columns, 2);
  const names = Object.keys(columns).join(', ');
  const written = await sql.many(
    z.object({ id: z.coerce.number(), payment_id: z.coerce.number().nullable() }),
    `insert into cash_match (tenant_id, ${names}) select $1::int, ${names} from ${text} returning id, payment_id`,
    [sql.tenantId, ...values],
  );
  const byPayment = new Map(written.map(({ id, payment_id }) => [payment_id, id]));
  if (byPayment.size !== rows.length) throw new Error('two matches of one payment in one act');
  return rows.map(({ payment_id }) => byPayment.get(payment_id)!);
}

const applicationColumns = {
  external_id: 'text',
  payment_id: 'bigint',
  credit_id: 'bigint',
  invoice_id: 'bigint',
  currency: 'text',
  amount_minor: 'bigint',
  applied_on: 'date',
  reverses_id: 'bigint',
  match_id: 'bigint',
};
export type OwnApplication = {
  readonly external_id: string;
  readonly payment_id: number | null;
  readonly credit_id: number | null;
  readonly invoice_id: number;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly applied_on: string;
  readonly reverses_id: number | null;
  readonly match_id: number | null;
};

/** Remy's own applications; their source is `remy`. */
export async function addOwnApplications(sql: Sql, rows: readonly OwnApplication[]): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, applicationColumns, 2);
  const names = Object.keys(applicationColumns).join(', ');
  await sql.run(
    `insert into application (tenant_id, source, ${names}) select $1::int, 'remy', ${names} from ${text}`,
    [sql.tenantId, ...values],
  );
}

const adjustmentColumns = {
  invoice_id: 'bigint',
  payment_id: 'bigint',
  kind: 'text',
  currency: 'text',
  amount_minor: 'bigint',
  booked_on: 'date',
  reason: 'text',
  reverses_id: 'bigint',
  match_id: 'bigint',
};
export type NewAdjustment = {
  readonly invoice_id: number;
  readonly payment_id: number | null;
  readonly kind: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly booked_on: string;
  readonly reason: string | null;
  readonly reverses_id: number | null;
  readonly match_id: number | null;
};

export async function addAdjustments(sql: Sql, rows: readonly NewAdjustment[]): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, adjustmentColumns, 2);
  const names = Object.keys(adjustmentColumns).join(', ');
  await sql.run(`insert into adjustment (tenant_id, ${names}) select $1::int, ${names} from ${text}`, [
    sql.tenantId,
    ...values,
  ]);
}

const moneyEventColumns = {
  external_id: 'text',
  customer_id: 'bigint',
  invoice_id: 'bigint',
  kind: 'text',
  happened_on: 'date',
  actor: 'text',
  summary: 'text',
};
export type MoneyEvent = {
  readonly external_id: string;
  readonly customer_id: number;
  readonly invoice_id: number | null;
  readonly kind: 'paid' | 'partly_paid' | 'credited' | 'reversed' | 'refunded' | 'note';
  readonly happened_on: string;
  readonly actor: string;
  readonly summary: string;
};

/** Events of the timeline; one with a key that is there already is left out. */
export async function addMoneyEvents(sql: Sql, rows: readonly MoneyEvent[]): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, moneyEventColumns, 2);
  const names = Object.keys(moneyEventColumns).join(', ');
  await sql.run(
    `insert into timeline_event (tenant_id, source, ${names}, happened_at)
     select $1::int, 'remy', ${names}, (happened_on + time '12:00') at time zone 'UTC' from ${text}
     on conflict (tenant_id, source, external_id) do nothing`,
    [sql.tenantId, ...values],
  );
}
