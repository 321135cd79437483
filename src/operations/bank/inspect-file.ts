/** The first reading of a bank file: is it whole, which bytes are it, and how does each statement end. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { BankCsvMap, BankFileEvent, BankFiles, BankFormat } from '../../ports/bank-files.ts';
import type { NamedFile } from '../../ports/ledger-source.ts';

type StatementEvent = Extract<BankFileEvent, { kind: 'statement' }>['statement'];
type EndEvent = Extract<BankFileEvent, { kind: 'end' }>;

/** A statement with what is known only at its end. */
export type WholeStatement = StatementEvent & Omit<EndEvent, 'kind'>;

export type InspectedFile = {
  readonly file: NamedFile;
  readonly sha256: string;
  readonly format: BankFormat;
  readonly csvMap: BankCsvMap | null;
  readonly statements: readonly WholeStatement[];
  readonly lines: number;
  readonly problems: readonly { line: number | null; reason: string }[];
};

const NO_END: Omit<EndEvent, 'kind'> = { closingBalance: null, toOn: null, difference: null, warnings: [] };
/** A file of which every line is broken must not fill the answer. */
const MOST_PROBLEMS = 1_000;

async function digestOf({ bytes }: NamedFile): Promise<string> {
  const hash = createHash('sha256');
  if (typeof bytes === 'string')
    for await (const piece of createReadStream(bytes)) hash.update(piece as Buffer);
  else hash.update(bytes);
  return hash.digest('hex');
}

/** Reads it to its end and keeps only what is small. Throws: what the reader throws. */
export async function inspectFile(
  bankFiles: BankFiles,
  file: NamedFile,
  csvMap: BankCsvMap | null,
): Promise<InspectedFile> {
  let format: BankFormat = 'csv';
  let map: BankCsvMap | null = null;
  let lines = 0;
  const statements: WholeStatement[] = [];
  const problems: { line: number | null; reason: string }[] = [];
  for await (const event of bankFiles.read(file, csvMap ? { csvMap } : {})) {
    if (event.kind === 'format') ({ format, csvMap: map } = event);
    else if (event.kind === 'statement') statements.push({ ...event.statement, ...NO_END });
    else if (event.kind === 'lines') lines += event.lines.length;
    else if (event.kind === 'problem') {
      if (problems.length < MOST_PROBLEMS) problems.push({ line: event.line, reason: event.reason });
    } else {
      const { kind: _, ...end } = event;
      const open = statements.pop();
      if (open) statements.push({ ...open, ...end });
    }
  }
  return { file, sha256: await digestOf(file), format, csvMap: map, statements, lines, problems };
}
