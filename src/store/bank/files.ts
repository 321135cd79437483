/** Bank files that were read whole, and the statements in them. */
import type pg from 'pg';
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const idRow = z.object({ id: z.coerce.number() });

/** When a file with these bytes was read to its end; null when it was not. */
export const findBankFile = (sql: Sql, sha256: string): Promise<{ name: string; created_at: Date } | null> =>
  sql.maybe(
    z.object({ name: z.string(), created_at: z.date() }),
    'select name, created_at from bank_file where tenant_id = $1 and sha256 = $2',
    [sql.tenantId, sha256],
  );

export const addBankFile = (
  sql: Sql,
  file: { name: string; sha256: string; format: string; lines: number; readBy: string },
): Promise<number> =>
  sql.run(
    `insert into bank_file (tenant_id, name, sha256, format, lines_count, read_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, sha256) do nothing`,
    [sql.tenantId, file.name, file.sha256, file.format, file.lines, file.readBy],
  );

export type NewStatement = {
  readonly sha256: string;
  /** Its place in the file, from 1. */
  readonly ordinal: number;
  readonly format: string;
  readonly account: string;
  readonly currency: string;
  readonly number: string | null;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
  readonly differenceMinor: bigint | null;
  readonly warnings: readonly string[];
};

/** Its id; the same statement of the same file is one row, however often an import is begun. */
export async function addStatement(sql: Sql, made: NewStatement): Promise<number> {
  await sql.run(
    `insert into bank_statement (tenant_id, file_sha256, ordinal, format, account, currency, number, from_on, to_on,
       opening_minor, closing_minor, difference_minor, warnings)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (tenant_id, file_sha256, ordinal) do nothing`,
    [
      ...[sql.tenantId, made.sha256, made.ordinal, made.format, made.account, made.currency, made.number],
      ...[made.fromOn, made.toOn, made.openingMinor, made.closingMinor, made.differenceMinor],
      JSON.stringify(made.warnings),
    ],
  );
  const { id } = await sql.one(
    idRow,
    'select id from bank_statement where tenant_id = $1 and file_sha256 = $2 and ordinal = $3',
    [sql.tenantId, made.sha256, made.ordinal],
  );
  return id;
}

/** As after a ledger import: the embedded database has nobody who would do it. Outside of any tenant. */
export async function refreshBankStatistics(pool: pg.Pool): Promise<void> {
  await pool.query('analyze bank_line, bank_statement, payment');
}

/** Notes how far an account was read: the newest day it booked on. An older file changes nothing. */
export const recordBankSync = (
  sql: Sql,
  account: string,
  { at, newestOn }: { at: Date; newestOn: string },
): Promise<number> =>
  sql.run(
    `insert into source_sync (tenant_id, source, synced_at, detail) values ($1, $2, $3, $4)
     on conflict (tenant_id, source) do update set synced_at = excluded.synced_at, detail = excluded.detail
       where coalesce(source_sync.detail ->> 'newestOn', '') <= excluded.detail ->> 'newestOn'`,
    [sql.tenantId, `bank:${account}`, at, JSON.stringify({ kinds: ['bank'], newestOn })],
  );
