/** Rows of any kind of file to an advice: tables first, then items one a line, then sentences. */
import type { Advice } from '../../ports/remittance-files.ts';
import { type DayOrder, decideOrder, emptyDayTally, tallyDay } from '../days.ts';
import { assemble } from './assemble.ts';
import { foldWords } from './clean-text.ts';
import { decimalText, exactOf, sumOf } from './exact.ts';
import { factsOf, isFact } from './facts.ts';
import { withGuessedHeader } from './guessed-header.ts';
import { type Item, itemOf, unnamedOf } from './list-lines.ts';
import { byCheck } from './payments.ts';
import { type Said, saidIn } from './prose.ts';
import { readTables } from './read-table.ts';
import {
  type Assignment,
  type Facts,
  type GridRow,
  type RawLine,
  type Segment,
  shown,
  type TableReading,
} from './reading.ts';
import { bareAssignments } from './roles-from-content.ts';
import { isPayer, isSeller, voiceOf } from './says-paid.ts';
import { totalRow } from './total-words.ts';

const emptyLine = {
  reason: null,
  type: null,
  currency: null,
  check: null,
  checkTotal: null,
  payer: null,
  unnamed: false,
} as const;

/** An item's amounts as columns: those without a word keep their order, so that all lines of the list are read alike. */
function segmentOfItems(items: readonly { item: Item; where: string }[], key: string): Segment {
  const lines = items.map(({ item, where }): RawLine => {
    const all = [...item.bare, item.gross, item.paid, ...item.deductions.map(({ written }) => written)];
    const amounts = new Map(all.flatMap((written, i) => (written ? [[i, written] as const] : [])));
    const words = [...new Set(item.deductions.map(({ word }) => word))].filter((word) => word !== '');
    return { ...emptyLine, where, document: item.document, amounts, reason: words.join(', ') || null };
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

/** Items that are written alike are one segment; the order of the lines is kept inside of each. */
function segmentsOfItems(items: readonly { item: Item; where: string }[]): Segment[] {
  const groups = new Map<string, { item: Item; where: string }[]>();
  for (const each of items) groups.set(keyOf(each.item), [...(groups.get(keyOf(each.item)) ?? []), each]);
  return [...groups].map(([key, group]) => segmentOfItems(group, key));
}

const rowText = (row: GridRow): string => row.cells.filter((cell) => cell !== '').join('  ');

/** Days of the whole text tell whether the day or the month comes first. */
function dayOrderOf(rows: readonly GridRow[]) {
  const tally = emptyDayTally();
  for (const found of rows.flatMap((row) => rowText(row).match(/\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/g) ?? []))
    tallyDay(tally, found);
  return decideOrder(tally);
}

function segmentOfPairs(pairs: Said['pairs']): Segment {
  const lines = pairs.map(
    ({ document, amount }): RawLine => ({
      ...emptyLine,
      where: 'the text',
      document,
      amounts: new Map(amount ? [[0, amount]] : []),
    }),
  );
  return { lines, totals: [], assignments: bareAssignments(1) };
}

/** The rest of the stated total goes to the one document that is to have it. */
function withRest(advice: Advice, said: Said): Advice {
  const open = advice.lines.filter(({ paid }) => paid === null);
  const named = said.pairs.find(({ rest }) => rest)?.document;
  if (named === undefined) return advice;
  const sum = sumOf(advice.lines.map(({ paid }) => (paid === null ? 0n : exactOf(paid))));
  const rest = advice.total === null ? null : exactOf(advice.total) - sum;
  if (rest === null || rest <= 0n || open.length !== 1 || open[0]!.document !== named)
    return {
      ...advice,
      warnings: [
        ...advice.warnings,
        `${named} gets the rest of the payment; the advice does not say how much.`,
      ],
    };
  return {
    ...advice,
    lines: advice.lines.map((line) => (line === open[0] ? { ...line, paid: decimalText(rest) } : line)),
  };
}

export type Source = {
  readonly rows: readonly GridRow[];
  /** A file of rows is sent for a reason; a text may be about anything. */
  readonly kind: 'sheet' | 'text';
};

type Listed = { items: { item: Item; where: string }[]; others: GridRow[]; warnings: string[] };

/** A row among the items, or right behind them, that has words and an amount: something taken off, or unread. */
function takeUnnamed(row: GridRow, list: Listed): void {
  const found = unnamedOf(rowText(row));
  if (!found) return;
  if (!found.written.negative) {
    list.warnings.push(`${row.where}: "${shown(rowText(row))}" names no document and was left out.`);
    return;
  }
  list.items.push({
    item: { document: found.words, gross: null, paid: null, deductions: [], bare: [found.written] },
    where: row.where,
  });
}

function listed(rows: readonly GridRow[]): Listed {
  const list: Listed = { items: [], others: [], warnings: [] };
  const found = rows.map((row) => (totalRow(row.cells) || isFact(row.cells) ? null : itemOf(rowText(row))));
  const first = found.findIndex((item) => item !== null);
  const last = found.findLastIndex((item) => item !== null);
  rows.forEach((row, i) => {
    const item = found[i];
    if (item) list.items.push({ item, where: row.where });
    else {
      list.others.push(row);
      if (first >= 0 && i > first && i <= last + 2 && !totalRow(row.cells) && !isFact(row.cells))
        takeUnnamed(row, list);
    }
  });
  return list;
}

/** Nothing but the list, a greeting and a name: whoever sends that tells what he paid. */
function isNearlyOnly(items: number, others: readonly GridRow[]): boolean {
  const words = others
    .filter((row) => !isFact(row.cells) && !totalRow(row.cells))
    .map((row) => foldWords(rowText(row)));
  const spoken = words
    .join(' ')
    .split(' ')
    .filter((word) => word !== '').length;
  return spoken <= 6 + items * 2;
}

/** A list of items is an advice where a payer speaks, or where there is hardly anything else. */
function fromList({ items, others, warnings }: Listed, facts: Facts, all: string): Advice | null {
  const voice = voiceOf(all);
  const explained = items.some(({ item }) => item.deductions.length > 0);
  if (isSeller(voice) || !(isPayer(voice) || explained || isNearlyOnly(items.length, others))) return null;
  return assemble(segmentsOfItems(items), facts, warnings);
}

function fromProse(rows: readonly GridRow[], facts: Facts, all: string): Advice | null {
  const voice = voiceOf(all);
  const said = saidIn(
    rows
      .map(rowText)
      .join('\n')
      .replace(/([^.!?:;\n])\n(?=\S)/g, '$1 '),
    voice.title > 0 && isPayer(voice),
  );
  if (said.pairs.length === 0) return null;
  const advice = assemble([segmentOfPairs(said.pairs)], { ...facts, total: facts.total ?? said.total }, []);
  return advice && withRest(advice, said);
}

/** A table is an advice where the payer speaks or its columns say what was paid; a statement of what is owed is none. */
function fromTables(tables: TableReading, kind: Source['kind'], order: DayOrder | null): Advice[] {
  const voice = voiceOf(tables.outside.map(rowText).join('\n'));
  const payer = isPayer(voice);
  const enough = payer || tables.saysPaid || kind === 'sheet';
  if (!payer && (tables.saysOwed || isSeller(voice) || !enough)) return [];
  const facts = factsOf(tables.outside, order);
  const checks = byCheck(tables.segments);
  if (!checks) return present([assemble(tables.segments, facts, tables.warnings, tables.currency)]);
  return present(
    checks.map(({ check, segments }, i) => {
      const total = segments[0]?.lines.find(({ checkTotal }) => checkTotal !== null)?.checkTotal ?? null;
      const own = { ...facts, total, paymentReference: check === '' ? null : check };
      return assemble(segments, own, i === 0 ? tables.warnings : [], tables.currency);
    }),
  );
}

const present = (advices: readonly (Advice | null)[]): Advice[] =>
  advices.filter((advice) => advice !== null);

/** Reads the advices, one for each payment; none when the rows are an invoice, a statement, a question, any other text. */
export function advicesOfRows({ rows, kind }: Source): Advice[] {
  const order = dayOrderOf(rows);
  const tables = readTables(withGuessedHeader(rows) ?? rows);
  if (tables.segments.length > 0) return fromTables(tables, kind, order);
  const all = rows.map(rowText).join('\n');
  const list = listed(rows);
  const facts = factsOf(list.others, order);
  const fromItems = list.items.length > 0 ? fromList(list, facts, all) : null;
  return present([fromItems ?? fromProse(rows, facts, all)]);
}
