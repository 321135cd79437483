/** What an import leaves behind for those who read: when a source last spoke, and fresh planner statistics. */
import type pg from 'pg';
import type { LedgerKind } from '../../ports/ledger-source.ts';
import type { Sql } from '../transaction.ts';

/** Notes that a source told us something now; an older note is overwritten. */
export async function recordSync(
  sql: Sql,
  source: string,
  at: Date,
  kinds: readonly string[],
): Promise<void> {
  await sql.run(
    `insert into source_sync (tenant_id, source, synced_at, detail) values ($1, $2, $3, $4)
     on conflict (tenant_id, source) do update set synced_at = excluded.synced_at, detail = excluded.detail`,
    [sql.tenantId, source, at, JSON.stringify({ kinds })],
  );
}

const WRITTEN: Record<LedgerKind, readonly string[]> = {
  customers: ['customer', 'contact'],
  contacts: ['contact'],
  invoices: ['invoice', 'timeline_event'],
  credits: ['credit'],
  payments: ['payment'],
  applications: ['application', 'invoice', 'payment', 'timeline_event'],
};

/**
 * Refreshes the planner's statistics after many rows were written; the embedded database has no background worker
 * that would. Runs as the login role, outside of any tenant, and reads no row out.
 */
export async function refreshStatistics(pool: pg.Pool, kinds: readonly LedgerKind[]): Promise<void> {
  const tables = new Set(kinds.flatMap((kind) => WRITTEN[kind]));
  await pool.query(`analyze ${[...tables].join(', ')}`);
}

/** One import at a time in a tenant; the lock goes with the transaction. */
export async function lockImports(sql: Sql): Promise<void> {
  await sql.run('select pg_advisory_xact_lock(727369002, $1)', [sql.tenantId]);
}
