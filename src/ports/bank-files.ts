/**
 * Bank statement files, whatever their format: read as a stream, so that a file of any size fits in memory. Amounts are
 * decimal text without thousands separators and never negative ("1700.00"); the direction says which way money went.
 * Days are `YYYY-MM-DD`.
 */
import type { Day } from '../domain/calendar.ts';
import type { DecimalText } from '../domain/money.ts';
import type { NamedFile } from './ledger-source.ts';

export const bankFormats = [
  'bai2',
  'camt.052',
  'camt.053',
  'camt.054',
  'mt940',
  'mt942',
  'ofx',
  'qfx',
  'csv',
] as const;
export type BankFormat = (typeof bankFormats)[number];

/** A balance with its sign: below zero is an overdraft. */
export type SignedDecimal = string;

export type BankLine = {
  /** 1-based place in its statement. */
  readonly ordinal: number;
  /** Line of the file where it begins; null where the format has none. */
  readonly fileLine: number | null;
  readonly bookedOn: Day;
  readonly valueOn: Day | null;
  readonly amount: DecimalText;
  readonly currency: string;
  /** `credit`: money came in. A reversed credit is a debit, a reversed debit a credit. */
  readonly direction: 'credit' | 'debit';
  /** It takes back an earlier booking. */
  readonly reversal: boolean;
  /** The other side: who paid, or who was paid. */
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  /** The customer's or creditor's reference (RF, QR, structured), invoice numbers of structured remittance. */
  readonly reference: string | null;
  /** Null where the bank says there is none (NOTPROVIDED, NONREF). */
  readonly endToEndId: string | null;
  /** The bank's own id of the booking. */
  readonly bankReference: string | null;
  /** Everything else that was written, subfields joined as the format says, without control characters. */
  readonly text: string;
  /** The bank's code: BAI type, SWIFT type with GVC, ISO domain/family/subfamily, TRNTYPE. */
  readonly code: string | null;
  /** Reason of a return, such as AC04; null when it is none or the bank gives no reason. */
  readonly returnReason: string | null;
  /** Amount before charges and the charges, where the bank says so. */
  readonly charges: DecimalText | null;
  /** What was instructed in another currency. */
  readonly instructed: { readonly amount: DecimalText; readonly currency: string } | null;
  /** Lines of structured remittance: document, amount paid. */
  readonly remittance: readonly { readonly document: string; readonly amount: DecimalText | null }[];
  /** False for pending and informational entries: shown, never taken as money. */
  readonly booked: boolean;
};

export type BankStatement = {
  /** The statement's own number or id. */
  readonly number: string | null;
  readonly account: string;
  readonly currency: string;
  readonly openingBalance: SignedDecimal | null;
  readonly fromOn: Day | null;
};

/** How a bank's CSV is read: guessed from the file, shown to a person, kept once confirmed. */
export type BankCsvMap = {
  readonly delimiter: string;
  readonly encoding: string;
  /** 1-based line of the header. */
  readonly headerLine: number;
  readonly dateOrder: 'ymd' | 'dmy' | 'mdy';
  readonly decimalMark: '.' | ',';
  /** Header text of the column for each meaning; an amount is one signed column, or debit and credit, or amount and sign. */
  readonly columns: Readonly<
    Partial<
      Record<
        | 'bookedOn'
        | 'valueOn'
        | 'amount'
        | 'debit'
        | 'credit'
        | 'direction'
        | 'currency'
        | 'payerName'
        | 'payerAccount'
        | 'reference'
        | 'bankReference'
        | 'text'
        | 'balance'
        | 'status'
        | 'account',
        string
      >
    >
  >;
  /** The account and its currency, where the file does not name them. */
  readonly account?: string;
  readonly currency?: string;
  /** Money in is written below zero, as card exports do. */
  readonly inverted?: boolean;
  /** Why it was guessed so, and what a person should look at. */
  readonly doubts: readonly string[];
};

/** What a reader gives, in the order of the file. */
export type BankFileEvent =
  | { readonly kind: 'format'; readonly format: BankFormat; readonly csvMap: BankCsvMap | null }
  | { readonly kind: 'statement'; readonly statement: BankStatement }
  /** At most 500 lines of the statement that was opened last. */
  | { readonly kind: 'lines'; readonly lines: readonly BankLine[] }
  /**
   * The statement's end. `difference` is opening + booked lines - closing as signed decimal text, "0.00" when it adds
   * up, null when a balance is missing; control totals that do not add up are warnings.
   */
  | {
      readonly kind: 'end';
      readonly closingBalance: SignedDecimal | null;
      readonly toOn: Day | null;
      readonly difference: SignedDecimal | null;
      readonly warnings: readonly string[];
    }
  /** A line that could not be read; the rest goes on. */
  | { readonly kind: 'problem'; readonly line: number | null; readonly reason: string };

export interface BankFiles {
  /**
   * Reads a file; the format is seen from its bytes. Memory stays bounded for a file given by path.
   *
   * Throws: InvalidInputError with the reason in words when the whole file is refused: unknown format, wrong encoding,
   * cut off, entities or other bombs, an archive.
   */
  read(file: NamedFile, options?: { csvMap?: BankCsvMap }): AsyncIterable<BankFileEvent>;
}
