/** Bookings of bank accounts, each once. Amounts are minor units of the line's currency. */
import { z } from 'zod';
import { asTable } from '../ledger-import/upsert.ts';
import type { Sql } from '../transaction.ts';

const columns = {
  account: 'text',
  key: 'text',
  interim: 'boolean',
  booked_on: 'date',
  value_on: 'date',
  currency: 'text',
  amount_minor: 'bigint',
  direction: 'text',
  reversal: 'boolean',
  payer_name: 'text',
  payer_account: 'text',
  reference: 'text',
  end_to_end_id: 'text',
  bank_reference: 'text',
  text: 'text',
  code: 'text',
  return_reason: 'text',
  detail: 'jsonb',
} as const;
export type NewBankLine = {
  readonly account: string;
  readonly key: string;
  readonly interim: boolean;
  readonly booked_on: string;
  readonly value_on: string | null;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly direction: 'credit' | 'debit';
  readonly reversal: boolean;
  readonly payer_name: string | null;
  readonly payer_account: string | null;
  readonly reference: string | null;
  readonly end_to_end_id: string | null;
  readonly bank_reference: string | null;
  readonly text: string;
  readonly code: string | null;
  readonly return_reason: string | null;
  /** JSON: charges, instructed amount, structured remittance. */
  readonly detail: string;
};

const keyed = z.object({ id: z.coerce.number(), key: z.string(), interim: z.boolean() });
export type KeyedLine = z.infer<typeof keyed>;

/** Lines of the account by these keys, told there or told again. */
export async function linesByKey(
  sql: Sql,
  account: string,
  currency: string,
  keys: readonly string[],
): Promise<Map<string, KeyedLine>> {
  const rows = await sql.many(
    keyed,
    `select id, key, interim from bank_line
      where tenant_id = $1 and account = $2 and currency = $3 and key = any($4::text[])
     union all
     select l.id, r.key, l.interim from bank_line_repeat r
       join bank_line l on l.tenant_id = r.tenant_id and l.id = r.line_id
      where r.tenant_id = $1 and r.account = $2 and r.currency = $3 and r.key = any($4::text[])`,
    [sql.tenantId, account, currency, keys],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Their ids by key. Lines are in the order of the file, so ids are too. */
export async function insertLines(
  sql: Sql,
  statementId: number,
  rows: readonly NewBankLine[],
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const { text, values } = asTable(rows, columns, 3);
  const names = Object.keys(columns).join(', ');
  const written = await sql.many(
    z.object({ id: z.coerce.number(), currency: z.string(), key: z.string() }),
    `insert into bank_line (tenant_id, statement_id, ${names}) select $1::int, $2::bigint, ${names} from ${text}
     returning id, currency, key`,
    [sql.tenantId, statementId, ...values],
  );
  return new Map(written.map((row) => [`${row.currency}${row.key}`, row.id]));
}

/** A statement says that these notified bookings happened. */
export const confirmLines = (sql: Sql, ids: readonly number[]): Promise<number> =>
  ids.length === 0
    ? Promise.resolve(0)
    : sql.run(
        'update bank_line set interim = false where tenant_id = $1 and id = any($2::bigint[]) and interim',
        [sql.tenantId, ids],
      );

export async function addRepeats(
  sql: Sql,
  statementId: number,
  rows: readonly { account: string; currency: string; key: string; line_id: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(
    rows,
    { account: 'text', currency: 'text', key: 'text', line_id: 'bigint' },
    3,
  );
  await sql.run(
    `insert into bank_line_repeat (tenant_id, statement_id, account, currency, key, line_id)
     select $1::int, $2::bigint, account, currency, key, line_id from ${text}`,
    [sql.tenantId, statementId, ...values],
  );
}

const amount = z.coerce.bigint();
const storedLine = z.object({
  id: z.coerce.number(),
  statement_id: z.coerce.number(),
  account: z.string(),
  key: z.string(),
  interim: z.boolean(),
  booked_on: z.string(),
  currency: z.string(),
  amount_minor: amount,
  direction: z.enum(['credit', 'debit']),
  reversal: z.boolean(),
  payer_name: z.string().nullable(),
  payer_account: z.string().nullable(),
  reference: z.string().nullable(),
  end_to_end_id: z.string().nullable(),
  bank_reference: z.string().nullable(),
  text: z.string(),
  code: z.string().nullable(),
  return_reason: z.string().nullable(),
  payment_id: z.coerce.number().nullable(),
  part_of: z.coerce.number().nullable(),
  charges: z.string().nullable(),
  format: z.string(),
});
export type StoredLine = z.infer<typeof storedLine>;

/** Of a `bank_line l` joined with its `bank_statement s`. */
export const LINE_COLUMNS = `l.id, l.statement_id, l.account, l.key, l.interim, l.booked_on, l.currency, l.amount_minor,
  l.direction, l.reversal, l.payer_name, l.payer_account, l.reference, l.end_to_end_id, l.bank_reference, l.text, l.code,
  l.return_reason, l.payment_id, l.part_of, l.detail ->> 'charges' as charges, s.format`;
export const LINES = `bank_line l join bank_statement s on s.tenant_id = l.tenant_id and s.id = l.statement_id`;

export const selectLines = (sql: Sql, rest: string, values: readonly unknown[]): Promise<StoredLine[]> =>
  sql.many(storedLine, `select ${LINE_COLUMNS} from ${LINES} ${rest}`, values);

/**
 * Lines of other files that may be the same bookings: of the account, currency, amount and direction, a day apart at
 * most, and not told again by this file yet.
 */
export async function possibleRepeats(
  sql: Sql,
  sha256: string,
  account: string,
  rows: readonly Pick<NewBankLine, 'currency' | 'amount_minor' | 'direction' | 'booked_on'>[],
): Promise<StoredLine[]> {
  if (rows.length === 0) return [];
  const distinct = [
    ...new Map(
      rows.map((row) => [`${row.currency}|${row.amount_minor}|${row.direction}|${row.booked_on}`, row]),
    ).values(),
  ];
  const { text, values } = asTable(
    distinct,
    { currency: 'text', amount_minor: 'bigint', direction: 'text', booked_on: 'date' },
    3,
  );
  // in two steps: without statistics a planner joins the days with every line
  const ids = await sql.many(
    z.object({ id: z.coerce.number() }),
    `select distinct b.id from ${text}
       cross join lateral (select id, booked_on, direction, account from bank_line
         where tenant_id = $1 and currency = r.currency and amount_minor = r.amount_minor offset 0) b
      where b.account = $2 and b.direction = r.direction
        and b.booked_on between r.booked_on - 1 and r.booked_on + 1`,
    [sql.tenantId, account, ...values],
  );
  if (ids.length === 0) return [];
  return selectLines(
    sql,
    `where l.tenant_id = $1 and l.id = any($2::bigint[]) and s.file_sha256 <> $3
       and not exists (select from bank_line_repeat x
         join bank_statement xs on xs.tenant_id = x.tenant_id and xs.id = x.statement_id
         where x.tenant_id = l.tenant_id and x.line_id = l.id and xs.file_sha256 = $3)
     order by l.id`,
    [sql.tenantId, ids.map(({ id }) => id), sha256],
  );
}

const placedLine = z.object({
  id: z.coerce.number(),
  payment: z.string().nullable(),
  is_batch: z.boolean(),
});

/** What became of lines: their payment's number (that of the batch for a part that is no money of its own). */
export async function readPlacedLines(
  sql: Sql,
  ids: readonly number[],
): Promise<Map<number, z.infer<typeof placedLine>>> {
  const rows = await sql.many(
    placedLine,
    `select l.id, coalesce(p.external_id, bp.external_id) as payment,
       l.payment_id is null and exists (select from bank_line x where x.tenant_id = l.tenant_id and x.part_of = l.id) as is_batch
       from bank_line l left join payment p on p.tenant_id = l.tenant_id and p.id = l.payment_id
         left join bank_line b on b.tenant_id = l.tenant_id and b.id = l.part_of
         left join payment bp on bp.tenant_id = b.tenant_id and bp.id = b.payment_id
      where l.tenant_id = $1 and l.id = any($2::bigint[])`,
    [sql.tenantId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
