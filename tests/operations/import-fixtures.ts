/** What the import tests share: an importer in a fresh tenant, CSV files from text, and the ledger read back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createImportLedger, type ImportedFile } from '../../src/operations/import-ledger.ts';
import type { Context } from '../../src/ports/actor.ts';
import type { NamedFile } from '../../src/ports/ledger-source.ts';
import type { Database } from '../../src/store/pool.ts';
import { aTenant } from '../support/database.ts';

export const NOW = new Date('2026-06-30T10:00:00Z');

/** A CSV file from a header and lines; a header without further text gets the canonical ones by its name. */
export const csv = (name: string, ...lines: string[]): NamedFile => ({
  name,
  bytes: new TextEncoder().encode(`${lines.join('\n')}\n`),
});

export const fixture = (name: string): NamedFile => ({
  name,
  bytes: readFileSync(join(import.meta.dirname, '../fixtures/csv', name)),
});

export const headers = {
  customers: 'customer_id,name,parent_id,currency,terms_days,owner_email,segment,language,timezone,country',
  contacts: 'customer_id,name,email,role,is_primary',
  invoices:
    'invoice_number,customer_id,issued_on,due_on,currency,amount,open_amount,status,po_number,description',
  payments: 'payment_id,received_on,currency,amount,payer_name,payer_account,reference,method,customer_id',
  applications: 'payment_id,invoice_number,amount,applied_on',
  credits: 'credit_number,customer_id,issued_on,currency,amount,open_amount',
};

export type Books = {
  tenantId: number;
  context: Context;
  run(...files: NamedFile[]): Promise<ImportedFile[]>;
  /** Rows of any query, read as the login role; `$1` is the tenant. */
  rows(text: string): Promise<Record<string, unknown>[]>;
};

export async function someBooks(database: Database): Promise<Books> {
  const tenantId = await aTenant(database);
  const actor = { tenantId, userId: 1, email: 'admin@example.com', name: null, role: 'admin' as const };
  const context = { actor, thread: 'test', today: '2026-06-30' };
  const importLedger = createImportLedger(database, { now: () => NOW });
  return {
    tenantId,
    context,
    run: async (...files) => (await importLedger(files, context)).files,
    rows: async (text) => (await database.pool.query(text, [tenantId])).rows,
  };
}

/** Counts of one file's report in a fixed order: created, updated, unchanged, skipped. */
export const counts = ({ created, updated, unchanged, skipped }: ImportedFile): number[] => [
  created,
  updated,
  unchanged,
  skipped.length,
];
