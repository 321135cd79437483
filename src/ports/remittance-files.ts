/** Remittance advices: what a payer says a payment is for. Amounts are decimal text in the advice's own currency. */
import type { Day } from '../domain/calendar.ts';

export type AdviceLine = {
  /** The document as written (invoice, credit note, PO). */
  readonly document: string;
  /** What is paid for it; below zero ("-120.00") for a credit that is netted. */
  readonly paid: string | null;
  /** The invoice's amount before deductions, where the advice gives it. */
  readonly gross: string | null;
  /** Kept back, never negative, and the payer's word for it. */
  readonly deduction: string | null;
  readonly deductionReason: string | null;
};

export type Advice = {
  readonly lines: readonly AdviceLine[];
  /** The total of the payment as the advice states it; null when it does not. */
  readonly total: string | null;
  readonly currency: string | null;
  readonly payerName: string | null;
  readonly paidOn: Day | null;
  /** Cheque or payment number, end-to-end id. */
  readonly paymentReference: string | null;
  /** Where the lines add up to another total, what could not be read, in words. */
  readonly warnings: readonly string[];
};

/** A part of a message or a file: its bytes and what it says it is. */
export type AdvicePart = { readonly name: string; readonly mime: string | null; readonly bytes: Uint8Array };

export interface RemittanceFiles {
  /**
   * Reads an advice from CSV, XLSX, the text of a PDF, EDI 820 segments, plain text or HTML. Null when there is none in
   * it.
   *
   * Throws: InvalidInputError with the reason when the file is refused: too large, a bomb, encrypted, not readable.
   */
  read(part: AdvicePart): Promise<Advice | null>;

  /**
   * The same, an advice for each payment of the file: a lockbox has one for each cheque, an 820 one for each payment
   * order. Empty when there is none. Of such a file `read` gives all lines as one, with a warning that they are several.
   */
  readAll(part: AdvicePart): Promise<readonly Advice[]>;
}
