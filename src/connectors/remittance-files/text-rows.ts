/** Lines of plain text to rows of cells: split at tabs, pipes, or two spaces and more. */
import { alignRows, type PlacedCell, type PlacedRow } from './positions.ts';
import type { GridRow } from './reading.ts';

const RULE = /^[\s|:+=_\-*.]*$/;

function cellsAtGaps(line: string): PlacedCell[] {
  return [...line.matchAll(/\S+(?: \S+)*/g)].map((found) => ({
    text: found[0],
    from: found.index,
    to: found.index + found[0].length,
  }));
}

const split = (line: string, mark: string): string[] => {
  const inner = mark === '|' ? line.trim().replace(/^\|/, '').replace(/\|$/, '') : line;
  return inner.split(mark).map((cell) => cell.trim());
};

/** Columns that a tab or a pipe counts keep their number, however wide they are. */
const counted = (cells: readonly string[]): PlacedCell[] =>
  cells.map((text, i) => ({ text, from: i * 100, to: i * 100 + 99 }));

/** The rows of a text, aligned under their headers; rules and empty lines are left out. */
export function textRows(text: string): GridRow[] {
  const rows: GridRow[] = [];
  let placed: PlacedRow[] = [];
  let kind = '';
  const flush = () => {
    const aligned =
      kind === ' '
        ? alignRows(placed)
        : placed.map(({ where, cells }) => ({ where, cells: cells.map((cell) => cell.text) }));
    for (const row of aligned) rows.push(row);
    placed = [];
  };
  text.split('\n').forEach((line, i) => {
    if (RULE.test(line)) return;
    const mark = line.includes('\t')
      ? '\t'
      : (line.match(/\|/g)?.length ?? 0) >= 1 && /\|/.test(line)
        ? '|'
        : ' ';
    if (mark !== kind) flush();
    kind = mark;
    const cells = mark === ' ' ? cellsAtGaps(line) : counted(split(line, mark));
    placed.push({ where: `line ${i + 1}`, cells });
  });
  flush();
  return rows;
}
