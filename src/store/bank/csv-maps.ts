/** How the CSV of a bank is read, once a person said that it is right. */
import { z } from 'zod';
import type { BankCsvMap } from '../../ports/bank-files.ts';
import type { Sql } from '../transaction.ts';

const mapRow = z.object({
  map: z.custom<BankCsvMap>((value) => typeof value === 'object' && value !== null),
});

/** The newest confirmed map for files with this header. */
export const findCsvMap = async (sql: Sql, signature: string): Promise<BankCsvMap | null> =>
  (
    await sql.maybe(
      mapRow,
      'select map from bank_csv_map where tenant_id = $1 and signature = $2 order by id desc limit 1',
      [sql.tenantId, signature],
    )
  )?.map ?? null;

export const addCsvMap = (
  sql: Sql,
  made: { signature: string; map: BankCsvMap; confirmedBy: string },
): Promise<{ id: number }> =>
  sql.one(
    z.object({ id: z.coerce.number() }),
    'insert into bank_csv_map (tenant_id, signature, map, confirmed_by) values ($1, $2, $3, $4) returning id',
    [sql.tenantId, made.signature, JSON.stringify(made.map), made.confirmedBy],
  );
