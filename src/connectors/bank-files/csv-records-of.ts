/** The rows below a CSV's header, around records that have no end. */

import { type RawRecord, readRecords, UnreadableRecordError, withoutLines } from '../csv-records.ts';
import type { Content } from '../encoding.ts';
import type { CsvLayout } from './csv-layout.ts';
import { readStrict } from './text-stream.ts';

export type CsvSource = {
  readonly content: Content;
  readonly encoding: string;
  readonly strict: boolean;
  /** Lines that begin a record without end: emptied before the file is split. */
  readonly endless: Set<number>;
};

/** A cell that holds whole rows: its quote was opened and not closed where it ends. */
const swallowsRows = ({ line, lastLine, cells }: RawRecord, { delimiter, headers }: CsvLayout): boolean =>
  lastLine > line &&
  cells.some(
    (cell) =>
      cell.includes('\n') &&
      cell
        .split('\n')
        .slice(1)
        .some((inner) => inner.split(delimiter).length >= headers.length),
  );

/** Throws: UnreadableRecordError with the line of a record that has no end. */
export async function* rowsOf(source: CsvSource, layout: CsvLayout): AsyncGenerator<RawRecord[]> {
  const text = withoutLines(readStrict(source.content, source.encoding, source.strict), source.endless);
  for await (const bunch of readRecords(text, layout.delimiter)) {
    const rows = bunch.filter(({ line }) => line > layout.headerLine);
    const bad = rows.find((row) => swallowsRows(row, layout));
    if (bad) throw new UnreadableRecordError(bad.line, null);
    yield rows;
  }
}
