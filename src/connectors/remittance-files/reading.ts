/** What the readers of the kinds hand on: lines with their amounts as written, before marks and signs are settled. */
import type { Written } from './amount-text.ts';

/** A row of cells, and where it stands in the file for the warnings ("line 12", "page 2"). */
export type GridRow = { readonly where: string; readonly cells: readonly string[] };

export type RawLine = {
  readonly where: string;
  /** Its place in the advice, where segments take lines out of their order. */
  readonly order: number;
  readonly document: string;
  /** Cells in the order of the columns that hold amounts, by column index. */
  readonly amounts: ReadonlyMap<number, Written>;
  readonly reason: string | null;
  readonly type: string | null;
  readonly currency: string | null;
  readonly check: string | null;
  readonly checkTotal: Written | null;
  readonly payer: string | null;
  /** Without a document of its own: perhaps a total without a word. */
  readonly unnamed: boolean;
};

/** Which column holds what; a column of deductions has a word for its reason. */
export type Assignment = {
  readonly paid: number | null;
  readonly gross: number | null;
  readonly deductions: readonly { readonly column: number; readonly word: string }[];
};

export type Segment = {
  readonly lines: readonly RawLine[];
  /** The likeliest first. */
  readonly assignments: readonly Assignment[];
  /** Amounts of total rows by column; the last is the grand one. */
  readonly totals: readonly ReadonlyMap<number, Written>[];
};

export type TableReading = {
  readonly segments: readonly Segment[];
  readonly outside: readonly GridRow[];
  readonly warnings: readonly string[];
  /** The header says what was paid or kept back, not only an amount. */
  readonly saysPaid: boolean;
  /** Columns of a statement or an aging: due days, balances. */
  readonly saysOwed: boolean;
  /** A currency in the header of the amounts. */
  readonly currency: string | null;
};

/** Said outside of the lines. */
export type Facts = {
  readonly total: Written | null;
  readonly currency: string | null;
  readonly payerName: string | null;
  readonly paidOn: string | null;
  readonly paymentReference: string | null;
};

/** A line with its values, ten-thousandths; the deduction keeps the sign that it is written with. */
export type ValuedLine = {
  readonly line: RawLine;
  readonly paid: bigint | null;
  readonly gross: bigint | null;
  readonly deduction: bigint | null;
  /** What the columns of the deductions are called. */
  readonly words: readonly string[];
};

/** As many lines as are read of one advice. */
export const MOST_LINES = 10_000;
export const MOST_WARNINGS = 50;
/** A word of somebody in a warning, cut. */
export const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
