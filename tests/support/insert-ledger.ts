/** Puts a random ledger into a tenant, ids included. */
import { baseName } from '../../src/domain/customer.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import type { Ledger } from './random-ledger.ts';

type Row = Record<string, unknown>;

const asJson = (rows: readonly Row[]): string =>
  JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? value.toString() : value));

/** Writes the ledger's rows as they are. */
export async function insertLedger(database: Database, tenantId: number, ledger: Ledger): Promise<void> {
  const tables: [string, readonly Row[]][] = [
    ['customer', ledger.customers.map((row) => ({ ...row, source: 'csv', base_name: baseName(row.name) }))],
    ['invoice', ledger.invoices.map((row) => ({ ...row, source: 'csv', external_id: row.number }))],
    ['payment', ledger.payments.map((row) => ({ ...row, source: 'csv' }))],
    ['credit', ledger.credits.map((row) => ({ ...row, source: 'csv', external_id: row.number }))],
    ['application', ledger.applications.map((row) => ({ ...row, source: 'csv', external_id: `A${row.id}` }))],
    ['adjustment', ledger.adjustments],
    ['promise', ledger.promises.map((row) => ({ ...row, recorded_by: 'test' }))],
    ['promise_invoice', ledger.promiseInvoices],
    ['dispute', ledger.disputes],
    ['hold', ledger.holds.map((row) => ({ ...row, reason: 'test', placed_by: 'test' }))],
    [
      'timeline_event',
      ledger.events.map((row) => ({ ...row, source: 'test', external_id: `E${row.id}`, summary: row.kind })),
    ],
  ];
  await inTenant(database.pool, tenantId, async (sql) => {
    for (const [table, rows] of tables) {
      if (rows.length === 0) continue;
      const columns = Object.keys(rows[0]!).join(', ');
      const overriding = 'id' in rows[0]! ? 'overriding system value' : '';
      await sql.run(
        `insert into ${table} (tenant_id, ${columns}) ${overriding}
         select $1, ${columns} from json_populate_recordset(null::${table}, $2::json)`,
        [tenantId, asJson(rows)],
      );
    }
  });
}
