import type { LedgerKind, LedgerSourceName } from '../../../ports/ledger-source.ts';

/** How one product writes one kind of row: which header may stand for which field. */
export type Profile = {
  readonly source: LedgerSourceName;
  readonly kind: LedgerKind;
  /** Field to its headers (folded: lower case, letters and digits only), the preferred one first. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** Each entry must be there; of an inner list one is enough. */
  readonly required: readonly (string | readonly string[])[];
  /** Folded headers of which at least one must be there, to tell it from its neighbours. */
  readonly marks?: readonly string[];
};

/** "*InvoiceNumber", "Invoice Number" and "invoice_number" are one header. */
export const foldHeader = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
