/**
 * The public matching set (`../shared/data/matching/single` beside the project), read in place. Amounts are taken as
 * hundredths whatever the currency, and floating noise is rounded away.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Day } from '../../../src/domain/calendar.ts';

export type PublicInvoice = {
  readonly id: number;
  readonly assignment: string;
  readonly billing: string;
  readonly document: string;
  readonly customerCode: string;
  readonly customerName: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly issuedOn: Day;
  readonly dueOn: Day;
};
export type PublicPayment = {
  readonly id: number;
  readonly payer: string;
  readonly account: string;
  readonly memo: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly receivedOn: Day;
};
export type PublicMatch = {
  readonly category: string;
  readonly faults: readonly string[];
  readonly invoiceIds: readonly number[];
  readonly paymentIds: readonly number[];
};
export type PublicData = {
  readonly invoices: readonly PublicInvoice[];
  readonly payments: readonly PublicPayment[];
  readonly matches: readonly PublicMatch[];
};

export const publicFolder = resolve(import.meta.dirname, '../../../../shared/data/matching/single');

/** Cells of a CSV text with quotes, by header. */
function records(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  const [header = [], ...lines] = rows.filter((row) => row.length > 1);
  return lines.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

/** "31270.609999999997" is 3127061 hundredths; beyond a cent the text is noise of a float. */
const hundredths = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = fraction.padEnd(3, '0');
  return BigInt(whole) * 100n + BigInt(digits.slice(0, 2)) + (digits[2]! >= '5' ? 1n : 0n);
};
const day = (text: string): Day => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
const numbers = (text: string): number[] => JSON.parse(text) as number[];

/** Null when the files are not there. */
export function readPublicData(folder = publicFolder): PublicData | null {
  if (!existsSync(join(folder, 'matches.csv'))) return null;
  const read = (name: string) => records(readFileSync(join(folder, name), 'utf8'));
  return {
    invoices: read('invoices.csv').map((row) => ({
      id: Number(row.invoice_id) + 1,
      assignment: row['Assignment Number']!,
      billing: row['Billing Number']!,
      document: row['Document Number']!,
      customerCode: row['Customer ID']!,
      customerName: row['Customer Name']!,
      currency: row['Currency Code']!,
      amountMinor: hundredths(row.Amount!),
      issuedOn: day(row['Document Date']!),
      dueOn: day(row['Due Date']!),
    })),
    payments: read('payments.csv').map((row) => ({
      id: Number(row.payment_id) + 1,
      payer: row['Business Partner']!,
      account: row['Account Number']!,
      memo: row['Memo Line']!,
      amountMinor: hundredths(row.Amount!),
      currency: row.Currency!,
      receivedOn: day(row['Posting Date']!),
    })),
    matches: read('matches.csv').map((row) => ({
      category: row.match_category!,
      faults: JSON.parse(row.perturbation_categories!) as string[],
      invoiceIds: numbers(row.invoice_ids!).map((id) => id + 1),
      paymentIds: numbers(row.payment_ids!).map((id) => id + 1),
    })),
  };
}
