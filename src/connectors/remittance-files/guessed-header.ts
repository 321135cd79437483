/** Rows without a header: what each column is, by what stands in it. */
import { writtenAmount } from './amount-text.ts';
import { isDayText, isDocument } from './document-text.ts';
import type { GridRow } from './reading.ts';
import { columnsOf } from './table.ts';

const SAMPLE = 500;

type Kind = 'day' | 'money' | 'document' | 'words' | 'none';

function kindOfColumn(cells: readonly string[]): Kind {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length === 0) return 'none';
  const share = (test: (cell: string) => boolean) => filled.filter(test).length / filled.length;
  if (share(isDayText) >= 0.9) return 'day';
  const decimals = share((cell) => /[.,]\d{2}\D*$/.test(cell));
  if (share((cell) => writtenAmount(cell) !== null) >= 0.9 && decimals >= 0.5) return 'money';
  if (share(isDocument) >= 0.8) return 'document';
  return share((cell) => /\p{L}{2}/u.test(cell)) >= 0.8 ? 'words' : 'none';
}

/** How much a column looks like the numbers of our documents: letters and many different values. */
function likeness(cells: readonly string[]): number {
  const filled = cells.filter((cell) => cell !== '');
  return (
    filled.filter((cell) => /\p{L}/u.test(cell)).length / filled.length + new Set(filled).size / filled.length
  );
}

/** The rows with a header made for them; null when their columns are not clear, or they have one. */
export function withGuessedHeader(rows: readonly GridRow[]): GridRow[] | null {
  if (rows.some(({ cells }) => columnsOf(cells))) return null;
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const [width = 0, often = 0] =
    [...widths].filter(([each]) => each > 2).sort((a, b) => b[1] - a[1])[0] ?? [];
  if (width < 3 || often < 2) return null;
  const first = rows.findIndex(({ cells }) => cells.length === width);
  const body = rows.filter(({ cells }) => cells.length === width).slice(0, SAMPLE);
  // a first row of words alone is a header, one that names no document: the columns are not guessed against it
  if (
    rows[first]!.cells.every((cell) => !/\d/.test(cell)) &&
    body.slice(1, 10).some(({ cells }) => cells.some((cell) => /\d/.test(cell)))
  )
    return null;
  const columns = Array.from({ length: width }, (_, at) => body.map(({ cells }) => (cells[at] ?? '').trim()));
  const kinds = columns.map(kindOfColumn);
  const documents = kinds.flatMap((kind, at) =>
    kind === 'document' ? [{ at, likeness: likeness(columns[at]!) }] : [],
  );
  // of two that are alike, the one nearer to the amounts
  const document = documents.findLast(
    (each) => each.likeness === Math.max(...documents.map(({ likeness }) => likeness)),
  );
  const money = kinds.filter((kind) => kind === 'money').length;
  if (!document || money === 0) return null;
  const name: Record<Kind, string> = {
    day: 'Date',
    money: 'Amount',
    document: 'Check number',
    words: 'Remitter',
    none: '',
  };
  let named = 0;
  const header = kinds.map((kind, at) => {
    if (at === document.at) return 'Invoice';
    if (kind === 'document') return named++ === 0 ? name.document : '';
    return name[kind];
  });
  return [...rows.slice(0, first), { where: rows[first]!.where, cells: header }, ...rows.slice(first)];
}
