/** A bank file as `remy bank` reports it. Amounts are decimal text in the stated currency; days are `YYYY-MM-DD`. */
import { z } from 'zod';
import { day } from '../ledger-query/window.ts';

export const importedLine = z.object({
  /** The payment's number: made from this line, or known before as the same money. Null where it is none. */
  payment: z.string().nullable(),
  bookedOn: day,
  valueOn: day.nullable(),
  amount: z.string().describe('without a sign; the direction says which way it went'),
  currency: z.string(),
  direction: z.enum(['credit', 'debit']),
  payerName: z.string().nullable(),
  payerAccount: z.string().nullable(),
  reference: z.string().nullable(),
  endToEndId: z.string().nullable(),
  bankReference: z.string().nullable(),
  text: z.string(),
  code: z.string().nullable(),
  reversal: z.boolean(),
  /** `pending`: shown only. `known`: read before. `batch`: its single transactions are lines of their own. */
  state: z.enum(['new', 'known', 'batch', 'pending']),
  /** A debit: the number of the payment that it takes back. */
  returned: z.string().nullable(),
});
export type ImportedLine = z.infer<typeof importedLine>;

export const importedStatement = z.object({
  file: z.string(),
  format: z.string(),
  account: z.string(),
  currency: z.string(),
  number: z.string().nullable(),
  fromOn: day.nullable(),
  toOn: day.nullable(),
  openingBalance: z.string().nullable(),
  closingBalance: z.string().nullable(),
  /** Opening + booked lines - closing; null where a balance is missing. */
  difference: z.string().nullable(),
  lines: z.array(importedLine),
  /** Lines of a very large file that `lines` leaves out; they are imported all the same. */
  omitted: z.int(),
  new: z.int(),
  known: z.int(),
  /** New lines that are money which the ledger or a provider had told of. */
  sameMoney: z.int(),
  /** Debits that took a payment back. */
  returned: z.int(),
  warnings: z.array(z.string()),
});
export type ImportedStatement = z.infer<typeof importedStatement>;

export const bankImport = z.object({
  dryRun: z.boolean(),
  statements: z.array(importedStatement),
  errors: z.array(z.object({ file: z.string(), line: z.int().nullable(), reason: z.string() })),
});
export type BankImport = z.infer<typeof bankImport>;
