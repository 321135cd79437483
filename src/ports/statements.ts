/** A statement of account as a file. Amounts are decimal text in the statement's one currency. */
import type { Language } from '../domain/chase/policy.ts';

export type StatementRow = {
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  /** Negative: not due yet. */
  readonly daysOverdue: number;
  readonly poNumber: string | null;
  readonly amount: string;
  readonly openAmount: string;
};

export type Statement = {
  readonly language: Language;
  readonly company: { readonly name: string; readonly address: string; readonly phone: string | null };
  readonly customer: { readonly code: string; readonly name: string };
  readonly currency: string;
  readonly asOf: string;
  /** Oldest due day first. */
  readonly rows: readonly StatementRow[];
  /** By days past due (P-3), all buckets in order: `not_due`, `1-30`, `31-60`, `61-90`, `90+`. */
  readonly aging: readonly { readonly bucket: string; readonly amount: string }[];
  readonly total: string;
  /** How to pay, as the company wrote it. */
  readonly paymentInstructions: string | null;
};

export type StatementFile = { readonly name: string; readonly mime: string; readonly bytes: Uint8Array };

/** The same statement always gives the same bytes. */
export type StatementWriter = {
  pdf(statement: Statement): Promise<StatementFile>;
  csv(statement: Statement): StatementFile;
};
