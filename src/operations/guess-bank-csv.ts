/** How a bank's CSV would be read: as a person confirmed it for this header, else as it is guessed from the file. */
import type { Context } from '../ports/actor.ts';
import type { BankCsvMap, BankFiles } from '../ports/bank-files.ts';
import type { NamedFile } from '../ports/ledger-source.ts';
import { findCsvMap } from '../store/bank/csv-maps.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { csvSignature } from './bank/csv-header.ts';

export type CsvMapInForce = { readonly map: BankCsvMap; readonly confirmed: boolean };

/**
 * Null for a file that is no CSV. Reads no further than its first part.
 * Throws: InvalidInputError when the file is refused.
 */
export const createGuessBankCsv =
  (database: Pick<Database, 'pool'>, bankFiles: BankFiles) =>
  async (file: NamedFile, { actor }: Context): Promise<CsvMapInForce | null> => {
    for await (const event of bankFiles.read(file)) {
      if (event.kind !== 'format' || event.csvMap === null) return null;
      const guess = event.csvMap;
      const signature = await csvSignature(file, guess);
      const known = await inTenant(database.pool, actor.tenantId, (sql) => findCsvMap(sql, signature));
      return { map: known ?? guess, confirmed: known !== null };
    }
    return null;
  };
