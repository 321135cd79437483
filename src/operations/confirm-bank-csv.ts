/** Keeps how the CSV of a bank is read, after a person looked at it. */
import { InvalidInputError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import { bankCsvMap } from '../ports/bank-csv-map.ts';
import type { BankCsvMap } from '../ports/bank-files.ts';
import type { NamedFile } from '../ports/ledger-source.ts';
import { addCsvMap } from '../store/bank/csv-maps.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { csvSignature } from './bank/csv-header.ts';
import { assertMayRecord, audit, parseInput } from './recording.ts';

/**
 * The newest confirmed map counts for every file with the same header.
 * Throws: NotAllowedError (viewer); InvalidInputError when the map names no day or no amount, or no header is there.
 */
export const createConfirmBankCsv =
  (database: Database) =>
  async (
    input: { readonly file: NamedFile; readonly map: BankCsvMap },
    context: Context,
  ): Promise<{ id: number; signature: string }> => {
    assertMayRecord(context);
    const map = parseInput(bankCsvMap, input.map);
    const { bookedOn, valueOn, amount, debit, credit } = map.columns;
    if (!bookedOn && !valueOn) throw new InvalidInputError('Say which column holds the day.');
    if (!amount && !debit && !credit) throw new InvalidInputError('Say which column holds the amount.');
    const signature = await csvSignature(input.file, map);
    if (signature.replaceAll('|', '') === '')
      throw new InvalidInputError(`There is no header on line ${map.headerLine} of ${input.file.name}.`);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const { id } = await addCsvMap(sql, { signature, map, confirmedBy: context.actor.email });
      await audit(sql, context, 'confirm_bank_csv', { id, signature, map });
      return { id, signature };
    });
  };
