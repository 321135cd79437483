/** Cells that stand somewhere on a line, to columns by the header above them: aligned text and the text of a PDF. */

import type { GridRow } from './reading.ts';
import { columnsOf } from './table.ts';

/** `from` and `to` are in characters or points; only their proportions count. */
export type PlacedCell = { readonly text: string; readonly from: number; readonly to: number };
export type PlacedRow = { readonly where: string; readonly cells: readonly PlacedCell[] };

const overlap = (a: PlacedCell, b: PlacedCell): number => Math.min(a.to, b.to) - Math.max(a.from, b.from);

/** How far a cell is from standing under a header: by its left or right edge or its middle, whichever is closest. */
function distance(cell: PlacedCell, header: PlacedCell): number {
  const middle = (each: PlacedCell) => (each.from + each.to) / 2;
  const edges = Math.min(
    Math.abs(cell.from - header.from),
    Math.abs(cell.to - header.to),
    Math.abs(middle(cell) - middle(header)),
  );
  const apart = -overlap(cell, header);
  return edges + (apart > 0 ? apart * 3 : 0);
}

/** More cells than headers: the two that stand closest are one. */
function fewerCells(cells: readonly PlacedCell[], most: number): PlacedCell[] {
  const joined = [...cells];
  while (joined.length > most) {
    let closest = 0;
    for (let i = 1; i < joined.length - 1; i++)
      if (joined[i + 1]!.from - joined[i]!.to < joined[closest + 1]!.from - joined[closest]!.to) closest = i;
    const [a, b] = [joined[closest]!, joined[closest + 1]!];
    joined.splice(closest, 2, { text: `${a.text} ${b.text}`, from: a.from, to: b.to });
  }
  return joined;
}

/** Puts cells under headers from left to right, no two under one, with the least distance in all. */
function under(headers: readonly PlacedCell[], given: readonly PlacedCell[]): string[] {
  const cells = fewerCells(given, headers.length);
  // best[i][j]: least distance of the first i cells under the first j headers
  const best: number[][] = Array.from({ length: cells.length + 1 }, () =>
    new Array<number>(headers.length + 1).fill(Number.POSITIVE_INFINITY),
  );
  best[0]!.fill(0);
  for (let i = 1; i <= cells.length; i++)
    for (let j = i; j <= headers.length; j++)
      best[i]![j] = Math.min(
        best[i]![j - 1]!,
        best[i - 1]![j - 1]! + distance(cells[i - 1]!, headers[j - 1]!),
      );
  const row = new Array<string>(headers.length).fill('');
  for (let i = cells.length, j = headers.length; i > 0; j--)
    if (best[i]![j] !== best[i]![j - 1]) row[j - 1] = cells[--i]!.text;
  return row;
}

/** A header of two lines: each word of the second belongs to what stands above it, or is a column of its own. */
function stacked(upper: PlacedRow, lower: PlacedRow): PlacedCell[] {
  const joined: PlacedCell[] = upper.cells.map((cell) => ({ ...cell }));
  for (const cell of lower.cells) {
    const at = joined.findIndex((each) => overlap(each, cell) > 0);
    const above = joined[at];
    if (above)
      joined[at] = {
        text: `${above.text} ${cell.text}`,
        from: Math.min(above.from, cell.from),
        to: Math.max(above.to, cell.to),
      };
    else joined.push(cell);
  }
  return joined.sort((a, b) => a.from - b.from);
}

const texts = (cells: readonly PlacedCell[]): string[] => cells.map(({ text }) => text);
const score = (cells: readonly PlacedCell[]): number => {
  const columns = columnsOf(texts(cells));
  return columns ? columns.roles.filter((role) => role !== 'other').length : 0;
};

/** The header that begins on this row: of one line, or of two where the two together say more. */
function headerAt(rows: readonly PlacedRow[], i: number): { cells: PlacedCell[]; lines: number } | null {
  const row = rows[i]!;
  const next = rows[i + 1];
  if (row.cells.length < 2) return null;
  const alone = score(row.cells);
  const both =
    next &&
    next.cells.length > 0 &&
    next.cells.length <= row.cells.length + 2 &&
    !next.cells.some(({ text }) => /\d/.test(text))
      ? stacked(row, next)
      : null;
  if (both && score(both) > alone && score(next!.cells) < 2) return { cells: both, lines: 2 };
  return alone > 0 ? { cells: [...row.cells], lines: 1 } : null;
}

/** Rows below a header are put into its columns; all others keep the cells that they have. */
export function alignRows(rows: readonly PlacedRow[]): GridRow[] {
  const aligned: GridRow[] = [];
  let header: PlacedCell[] | null = null;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const found = headerAt(rows, i);
    if (found) {
      header = found.cells;
      aligned.push({ where: row.where, cells: texts(header) });
      i += found.lines - 1;
    } else if (header && row.cells.length > 1)
      aligned.push({ where: row.where, cells: under(header, row.cells) });
    else aligned.push({ where: row.where, cells: texts(row.cells) });
  }
  return aligned;
}
