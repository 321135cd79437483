/**
 * What a ledger export is once it was read: typed rows with the line each came from. Amounts are decimal text
 * without thousands separators ("1234.50"), never negative; their currency may still be unknown (null) and then
 * follows from the customer. Days are `YYYY-MM-DD`.
 */
import type { Day } from '../domain/calendar.ts';
import type { DecimalText } from '../domain/money.ts';

/** In the order in which they have to be applied: each refers only to kinds before it. */
export const ledgerKinds = [
  'customers',
  'contacts',
  'invoices',
  'credits',
  'payments',
  'applications',
] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** `csv` is the canonical format; the others are the exports of those products. Part of every row's key. */
export const ledgerSources = ['csv', 'quickbooks', 'xero', 'netsuite', 'stripe'] as const;
export type LedgerSourceName = (typeof ledgerSources)[number];

/** A line that cannot go in, and why, in words for the person who made the file. The header is line 1. */
export type Refusal = { readonly line: number; readonly reason: string };

/** How a row names its customer: by the source's own id, or by the customer's exact name. */
export type CustomerRef = { readonly by: 'id' | 'name'; readonly value: string };

export type CustomerRow = {
  line: number;
  externalId: string;
  name: string;
  /** Other names under which documents of the same source refer to it. */
  aliases: string[];
  /** `required` is false where the parent was only guessed from the name ("Acme:Berlin"). */
  parent: (CustomerRef & { required: boolean }) | null;
  currency: string | null;
  termsDays: number | null;
  ownerEmail: string | null;
  segment: string | null;
  language: string | null;
  timezone: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  contact: { name: string | null; email: string | null } | null;
};

export type ContactRow = {
  line: number;
  customer: CustomerRef;
  name: string | null;
  email: string | null;
  role: string | null;
  isPrimary: boolean;
};

export type InvoiceRow = {
  line: number;
  number: string;
  /** The source's inner id, by which its payments may refer to the invoice. */
  otherId: string | null;
  customer: CustomerRef;
  issuedOn: Day;
  dueOn: Day | null;
  currency: string | null;
  amount: DecimalText;
  /** Null when the file does not say what is open. */
  open: DecimalText | null;
  status: 'open' | 'paid' | 'void' | null;
  paidOn: Day | null;
  poNumber: string | null;
  description: string | null;
};

export type CreditRow = {
  line: number;
  number: string;
  customer: CustomerRef;
  issuedOn: Day;
  currency: string | null;
  amount: DecimalText;
  open: DecimalText | null;
};

export type PaymentRow = {
  line: number;
  externalId: string;
  receivedOn: Day;
  currency: string | null;
  amount: DecimalText;
  payerName: string | null;
  payerAccount: string | null;
  reference: string | null;
  method: string | null;
  customer: CustomerRef | null;
  /** The invoice the source itself put this payment on, where its export says so. */
  invoice: string | null;
};

export type ApplicationRow = {
  line: number;
  payment: string;
  invoice: string;
  /** Null: as much as the payment has and the invoice takes. */
  amount: DecimalText | null;
  appliedOn: Day;
};

export type LedgerRows = {
  customers: CustomerRow;
  contacts: ContactRow;
  invoices: InvoiceRow;
  credits: CreditRow;
  payments: PaymentRow;
  applications: ApplicationRow;
};

export type RowBatch<Kind extends LedgerKind> = {
  readonly rows: LedgerRows[Kind][];
  readonly skipped: Refusal[];
  /** Data rows behind this batch, good and bad. */
  readonly read: number;
};

/** A file whose kind is known. Its rows come in batches, read from the file as they are asked for. */
export type LedgerFileOf<Kind extends LedgerKind> = {
  readonly name: string;
  readonly kind: Kind;
  readonly source: LedgerSourceName;
  /** What had to be assumed, e.g. the order of day and month. */
  readonly warnings: string[];
  /** Canonical headers that the file has no column for: what is stored of them stays as it is. */
  readonly absent: readonly string[];
  batches(): AsyncIterable<RowBatch<Kind>>;
};
export type LedgerFile = { [Kind in LedgerKind]: LedgerFileOf<Kind> }[LedgerKind];

/** A named file: its bytes, or the path where it lies. */
export type NamedFile = { readonly name: string; readonly bytes: Uint8Array | string };
