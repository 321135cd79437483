/** Text with delimiters to rows, where its lines are rows: a header that is known, or columns that are alike. */
import { type CsvError, type Options, parse } from 'csv-parse/sync';
import { InvalidInputError } from '../../domain/errors.ts';
import { withGuessedHeader } from './guessed-header.ts';
import { type GridRow, MOST_LINES } from './reading.ts';
import { columnsOf } from './table.ts';

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE = 60;

type Record = { record: string[]; info: { lines: number } };

function records(text: string, delimiter: string, most: number): GridRow[] {
  const parsed = parse(text, {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 100_000,
    to: most,
    info: true,
  } as Options) as unknown as Record[];
  return parsed.map(({ record, info }) => ({
    where: `line ${info.lines}`,
    cells: record.map((cell) => cell.replace(/\s+/g, ' ').trim()),
  }));
}

/** How well a delimiter splits the beginning: by a header that is known, else by rows of one length. */
function matched(rows: readonly GridRow[]): number {
  const roles = rows.map(
    ({ cells }) => columnsOf(cells)?.roles.filter((role) => role !== 'other').length ?? 0,
  );
  const known = Math.max(0, ...roles);
  if (known > 0) return 100 + known;
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const [width = 1, often = 0] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? [];
  return width > 1 && often >= rows.length * 0.8 ? width : 0;
}

/** The rows of a CSV text; null when it is none. `named`: it is called CSV, so rows of one length are enough. */
export function csvRows(text: string, named: boolean): GridRow[] | null {
  const body = text.replace(/^sep=.\n/i, '');
  const sample = body.split('\n').slice(0, SAMPLE).join('\n');
  let best: { delimiter: string; score: number } | null = null;
  for (const delimiter of DELIMITERS) {
    let score = 0;
    try {
      score = matched(records(sample, delimiter, SAMPLE));
    } catch {
      continue; // the sample ends inside of quotes
    }
    if (score > (best?.score ?? 0)) best = { delimiter, score };
  }
  if (!best) return null;
  const { delimiter } = best;
  if (best.score < 100 && !named && !withGuessedHeader(records(sample, delimiter, SAMPLE))) return null;
  try {
    return records(body, delimiter, MOST_LINES * 2);
  } catch (cause) {
    const line = (cause as CsvError & { lines?: number }).lines;
    throw new InvalidInputError(
      `The file cannot be split into rows${line ? ` from line ${line} on` : ''}: a quote is opened and never closed.`,
      { cause },
    );
  }
}
