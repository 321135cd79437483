/** Reads a bank file whole and puts its events into one object a statement. */
import { createBankFiles } from '../../../src/connectors/bank-files/index.ts';
import type { BankCsvMap, BankFileEvent, BankLine, BankStatement } from '../../../src/ports/bank-files.ts';

export type ReadStatement = BankStatement & {
  lines: BankLine[];
  closingBalance: string | null;
  toOn: string | null;
  difference: string | null;
  warnings: readonly string[];
};
export type ReadFile = {
  format: string;
  csvMap: BankCsvMap | null;
  statements: ReadStatement[];
  lines: BankLine[];
  problems: { line: number | null; reason: string }[];
};

type End = Extract<BankFileEvent, { kind: 'end' }>;

function finish(statement: ReadStatement | undefined, end: End): void {
  if (!statement) throw new Error('an end without a statement');
  Object.assign(statement, {
    closingBalance: end.closingBalance,
    toOn: end.toOn,
    difference: end.difference,
  });
  statement.warnings = end.warnings;
}

/** Throws what the reader throws; also when events do not come in their order. */
export async function collect(content: string | Uint8Array, csvMap?: BankCsvMap): Promise<ReadFile> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return collectFrom(bytes, csvMap);
}

/** As `collect`, of a file by its path or of bytes. */
export async function collectFrom(source: string | Uint8Array, csvMap?: BankCsvMap): Promise<ReadFile> {
  const read: ReadFile = { format: '', csvMap: null, statements: [], lines: [], problems: [] };
  let open = false;
  for await (const event of createBankFiles().read(
    { name: 'file', bytes: source },
    csvMap ? { csvMap } : {},
  )) {
    if (event.kind === 'format') Object.assign(read, { format: event.format, csvMap: event.csvMap });
    if (event.kind === 'problem') read.problems.push({ line: event.line, reason: event.reason });
    if (event.kind === 'statement') {
      if (open) throw new Error('a statement inside another');
      open = true;
      const nothing = { lines: [], closingBalance: null, toOn: null, difference: null, warnings: [] };
      read.statements.push({ ...event.statement, ...nothing });
    }
    if (event.kind === 'lines') {
      if (!open || event.lines.length === 0 || event.lines.length > 500)
        throw new Error('lines out of place');
      read.statements.at(-1)!.lines.push(...event.lines);
      read.lines.push(...event.lines);
    }
    if (event.kind === 'end') {
      if (!open) throw new Error('an end without a statement');
      open = false;
      finish(read.statements.at(-1), event);
    }
  }
  if (open) throw new Error('a statement that does not end');
  return read;
}

/** Amounts with their sign, for short expectations. */
export const signed = (lines: readonly BankLine[]): string[] =>
  lines.map(({ direction, amount }) => (direction === 'debit' ? `-${amount}` : amount));
