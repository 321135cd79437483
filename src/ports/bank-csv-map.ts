/** The column map of a bank's CSV as a document: from a file, or from a form. */
import { z } from 'zod';
import type { BankCsvMap } from './bank-files.ts';

export const csvColumnMeanings = [
  'bookedOn',
  'valueOn',
  'amount',
  'debit',
  'credit',
  'direction',
  'currency',
  'payerName',
  'payerAccount',
  'reference',
  'bankReference',
  'text',
  'balance',
  'status',
  'account',
] as const satisfies readonly (keyof BankCsvMap['columns'])[];

const document = z.object({
  delimiter: z.string().length(1),
  encoding: z.string().min(1).max(40),
  headerLine: z.int().min(1).max(1_000),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']),
  decimalMark: z.enum(['.', ',']),
  columns: z.partialRecord(z.enum(csvColumnMeanings), z.string().min(1).max(200)),
  account: z.string().min(1).max(64).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  inverted: z.boolean().optional(),
  doubts: z.array(z.string().max(500)).max(50).default([]),
});

/** Gives a map without what is not said. */
export const bankCsvMap = document.transform(
  ({ account, currency, inverted, ...map }): BankCsvMap => ({
    ...map,
    ...(account !== undefined && { account }),
    ...(currency !== undefined && { currency }),
    ...(inverted !== undefined && { inverted }),
  }),
);
