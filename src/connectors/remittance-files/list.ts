/** Items one a line: which rows are items, what stands between them, and their amounts as columns. */

import { foldWords } from './clean-text.ts';
import { isFact } from './facts.ts';
import { type Item, itemOf, startsWithDocument, unnamedOf } from './list-lines.ts';
import { type Pair, pairsOf } from './pairs.ts';
import { tokensOf } from './prose-tokens.ts';
import { type Assignment, type GridRow, type RawLine, type Segment, shown } from './reading.ts';
import { bareAssignments } from './roles-from-content.ts';
import { totalRow } from './total-words.ts';

export type Listed = {
  readonly items: { item: Item; where: string }[];
  readonly others: GridRow[];
  readonly warnings: string[];
};

export const rowText = (row: GridRow): string => row.cells.filter((cell) => cell !== '').join('  ');

const emptyLine = {
  reason: null,
  type: null,
  currency: null,
  check: null,
  checkTotal: null,
  payer: null,
  unnamed: false,
} as const;

type Placed = { readonly item: Item; readonly where: string; readonly order: number };

/** An item's amounts as columns: those without a word keep their order, so that all lines of the list are read alike. */
function segmentOfItems(items: readonly Placed[], key: string): Segment {
  const lines = items.map(({ item, where, order }): RawLine => {
    const all = [...item.bare, item.gross, item.paid, ...item.deductions.map(({ written }) => written)];
    const amounts = new Map(all.flatMap((written, i) => (written ? [[i, written] as const] : [])));
    const words = [...new Set(item.deductions.map(({ word }) => word))].filter((word) => word !== '');
    return { ...emptyLine, where, order, document: item.document, amounts, reason: words.join(', ') || null };
  });
  const [bare = 0, deductions = 0, gross, paid] = key.split('/').map(Number);
  const explained: Assignment = {
    gross: gross ? bare : null,
    paid: paid ? bare + 1 : deductions > 0 && !gross && bare === 1 ? 0 : null,
    deductions: Array.from({ length: deductions }, (_, i) => ({ column: bare + 2 + i, word: 'deduction' })),
  };
  return {
    lines,
    totals: [],
    assignments: deductions > 0 || gross || paid ? [explained] : bareAssignments(bare),
  };
}

const keyOf = ({ bare, deductions, gross, paid }: Item): string =>
  [bare.length, deductions.length, gross ? 1 : 0, paid ? 1 : 0].join('/');

/** Items that are written alike are one segment, so that they are read alike. */
export function segmentsOfItems(items: Listed['items']): Segment[] {
  const groups = new Map<string, Placed[]>();
  items.forEach((each, order) => {
    const key = keyOf(each.item);
    groups.set(key, [...(groups.get(key) ?? []), { ...each, order }]);
  });
  return [...groups].map(([key, group]) => segmentOfItems(group, key));
}

/** Each pair is its own segment, since one has a gross amount and another has none. */
export function segmentsOfPairs(pairs: readonly Pair[]): Segment[] {
  return pairs.map(({ document, paid, gross, deduction, reason }, order) => {
    const amounts = [paid, gross, deduction].flatMap((written, i) =>
      written ? [[i, written] as const] : [],
    );
    const line: RawLine = {
      ...emptyLine,
      where: 'the text',
      order,
      document,
      amounts: new Map(amounts),
      reason,
    };
    const kept = deduction ? [{ column: 2, word: 'deduction' }] : [];
    return {
      lines: [line],
      totals: [],
      assignments: [{ paid: paid ? 0 : null, gross: gross ? 1 : null, deductions: kept }],
    };
  });
}

/** Several documents on one line, each with its amount: "INV-1: 500.00, INV-2: 250.00". */
function itemsOfLine(text: string): Item[] {
  if (text.length > 2000) return [];
  const { pairs, total } = pairsOf(tokensOf(text));
  if (pairs.length < 2 || total !== null || pairs.some(({ paid, gross }) => paid === null && gross === null))
    return [];
  return pairs.map(({ document, paid, gross, deduction, reason }) => ({
    document,
    gross,
    paid: gross ? paid : null,
    deductions: deduction ? [{ written: deduction, word: reason ?? '' }] : [],
    bare: gross || !paid ? [] : [paid],
    words: 0,
  }));
}

/** A row among the items, or right behind them, that has words and an amount: something taken off, or unread. */
function takeUnnamed(row: GridRow, list: Listed): void {
  const found = unnamedOf(rowText(row));
  if (!found) return;
  if (!found.written.negative) {
    list.warnings.push(`${row.where}: "${shown(rowText(row))}" names no document and was left out.`);
    return;
  }
  list.items.push({
    item: { document: found.words, gross: null, paid: null, deductions: [], bare: [found.written], words: 0 },
    where: row.where,
  });
}

/** Sorts rows into items and others. */
export function listed(rows: readonly GridRow[]): Listed {
  const list: Listed = { items: [], others: [], warnings: [] };
  const found = rows.map((row): Item[] => {
    if (totalRow(row.cells) || isFact(row.cells)) return [];
    const item = itemOf(rowText(row));
    return item ? [item] : startsWithDocument(rowText(row)) ? itemsOfLine(rowText(row)) : [];
  });
  const first = found.findIndex((items) => items.length > 0);
  const last = found.findLastIndex((items) => items.length > 0);
  rows.forEach((row, i) => {
    const items = found[i]!;
    list.items.push(...items.map((item) => ({ item, where: row.where })));
    if (items.length === 0) {
      list.others.push(row);
      if (first >= 0 && i > first && i <= last + 2 && !totalRow(row.cells) && !isFact(row.cells))
        takeUnnamed(row, list);
    }
  });
  return list;
}

/** Nothing but the list, a greeting and a name: whoever sends that tells what he paid. */
export function isNearlyOnly(items: number, others: readonly GridRow[]): boolean {
  const words = others
    .filter((row) => !isFact(row.cells) && !totalRow(row.cells))
    .map((row) => foldWords(rowText(row)));
  const spoken = words
    .join(' ')
    .split(' ')
    .filter((word) => word !== '').length;
  return spoken <= 6 + items * 2;
}
