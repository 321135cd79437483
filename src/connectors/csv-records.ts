/** Text to records with the line each begins on; a record that cannot be read is an error that names its line. */
import { type Info, Parser } from 'csv-parse';

/** No honest row is longer; past it a quote was opened and never closed. */
const RECORD_LIMIT = 1024 * 1024;

export type RawRecord = {
  /** The line on which the record begins, the file's first being 1. */
  readonly line: number;
  /** The line on which it ends; a quoted line break makes a record longer than one line. */
  readonly lastLine: number;
  readonly cells: string[];
};

/** The text cannot be split further from this line on: a quote that is never closed, or an endless record. */
export class UnreadableRecordError extends Error {
  readonly line: number;

  constructor(line: number, cause: unknown) {
    super(`the record that begins on line ${line} has no end`, { cause });
    this.line = line;
  }
}

/** Empties the given lines, so that what is on them cannot harm the lines after them. */
export async function* withoutLines(
  text: AsyncIterable<string>,
  lines: ReadonlySet<number>,
): AsyncGenerator<string> {
  let line = 1;
  for await (const piece of text) {
    if (lines.size === 0) {
      yield piece;
      continue;
    }
    const parts = piece.split('\n');
    yield parts.map((part, i) => (lines.has(line + i) ? '' : part)).join('\n');
    line += parts.length - 1;
  }
}

/**
 * Splits text into records, a bunch for each piece of text. Empty lines are left out, records of any length come.
 * Throws: UnreadableRecordError.
 */
export async function* readRecords(
  text: AsyncIterable<string> | Iterable<string>,
  delimiter: string,
): AsyncGenerator<RawRecord[]> {
  let bunch: RawRecord[] = [];
  let lastLine = 0;
  const parser = new Parser({
    delimiter,
    record_delimiter: ['\n'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: RECORD_LIMIT,
    on_record: (cells: string[], { lines }: Info) => {
      const line = lastLine + 1;
      lastLine = lines;
      if (cells.length > 1 || cells[0]?.trim()) bunch.push({ line, lastLine, cells });
      return null; // taken here; nothing waits in the stream
    },
  } as ConstructorParameters<typeof Parser>[0]);
  let failed: unknown = null;
  parser.on('error', (error) => {
    failed = error;
  });
  parser.resume();
  const write = (piece: string) =>
    new Promise<void>((resolve) => {
      parser.write(piece, (error) => {
        failed ??= error ?? null;
        resolve();
      });
    });
  const end = () =>
    new Promise<void>((resolve) => {
      parser.once('end', resolve).once('error', () => resolve());
      parser.end();
    });
  for await (const piece of text) {
    if (piece === '') continue;
    await write(piece);
    if (bunch.length > 0) yield bunch;
    bunch = [];
    if (failed) throw new UnreadableRecordError(lastLine + 1, failed);
  }
  await end();
  if (bunch.length > 0) yield bunch;
  if (failed) throw new UnreadableRecordError(lastLine + 1, failed);
}
