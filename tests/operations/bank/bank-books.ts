/** A fresh tenant with importers for bank and ledger, and its books read back. */

import type { BankImport } from '../../../src/domain/cash/bank-import.ts';
import { createImportBank, type ImportBankOptions } from '../../../src/operations/import-bank.ts';
import type { Role } from '../../../src/ports/actor.ts';
import type { Database } from '../../../src/store/pool.ts';
import { asNamedFile, type TestFile, testBankFiles } from '../../support/bank-lines.ts';
import { type Books, NOW, someBooks } from '../import-fixtures.ts';

export type BankBooks = Books & {
  bank(files: readonly TestFile[], options?: Partial<ImportBankOptions>, role?: Role): Promise<BankImport>;
};

export async function bankBooks(database: Database): Promise<BankBooks> {
  const books = await someBooks(database);
  return {
    ...books,
    bank: (files, options = {}, role = 'admin') =>
      createImportBank(database, testBankFiles(files), { now: () => NOW })(
        files.map(asNamedFile),
        { dryRun: false, ...options },
        { ...books.context, actor: { ...books.context.actor, role } },
      ),
  };
}

export const PAYMENTS = `select source, received_on, currency, amount_minor::int as minor, unapplied_minor::int as unapplied,
  payer_name from payment where tenant_id = $1 order by received_on, amount_minor, payer_name, source`;
