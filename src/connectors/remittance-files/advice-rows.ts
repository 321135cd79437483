/** Rows of any kind of file to an advice: tables first, then items one a line, then sentences. */
import type { Advice } from '../../ports/remittance-files.ts';
import { type DayOrder, decideOrder, emptyDayTally, tallyDay } from '../days.ts';
import { assemble } from './assemble.ts';
import { decimalText, exactOf, sumOf } from './exact.ts';
import { factsOf } from './facts.ts';
import { withGuessedHeader } from './guessed-header.ts';
import { isNearlyOnly, type Listed, listed, rowText, segmentsOfItems, segmentsOfPairs } from './list.ts';
import type { Said } from './pairs.ts';
import { byCheck } from './payments.ts';
import { saidIn } from './prose.ts';
import { readTables } from './read-table.ts';
import type { Facts, GridRow, TableReading } from './reading.ts';
import { isPayer, isSeller, voiceOf } from './says-paid.ts';

/** Days of the whole text tell whether the day or the month comes first. */
function dayOrderOf(rows: readonly GridRow[]) {
  const tally = emptyDayTally();
  for (const found of rows.flatMap((row) => rowText(row).match(/\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/g) ?? []))
    tallyDay(tally, found);
  return decideOrder(tally);
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

/** Hardly anything but items, and hardly a word in them. */
const isBareList = (items: Listed['items'], others: readonly GridRow[]): boolean =>
  isNearlyOnly(items.length, others) && items.every(({ item }) => item.words <= 2);

/** A list of items is an advice where a payer speaks, or where there is hardly anything else. */
function fromList({ items, others, warnings }: Listed, facts: Facts, all: string): Advice | null {
  const voice = voiceOf(all);
  const explained = items.some(({ item }) => item.deductions.length > 0);
  if (isSeller(voice) || !(isPayer(voice) || explained || isBareList(items, others))) return null;
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
  const advice = assemble(segmentsOfPairs(said.pairs), { ...facts, total: facts.total ?? said.total }, []);
  return advice && withRest(advice, said);
}

/** A table is an advice where the payer speaks or its columns say what was paid; a statement of what is owed is none. */
function fromTables(tables: TableReading, kind: Source['kind'], order: DayOrder | null): Advice[] {
  const voice = voiceOf(tables.outside.map(rowText).join('\n'));
  const payer = isPayer(voice);
  const lines = tables.segments.reduce((sum, segment) => sum + segment.lines.length, 0);
  const enough = payer || tables.saysPaid || kind === 'sheet' || isNearlyOnly(lines, tables.outside);
  if (!payer && (tables.saysOwed || isSeller(voice) || !enough)) return [];
  const facts = factsOf(tables.outside, order);
  const checks = byCheck(tables.segments);
  if (!checks) return present([assemble(tables.segments, facts, tables.warnings, tables.currency)]);
  const whole = assemble(tables.segments, facts, [], tables.currency);
  const deposit = whole?.warnings.filter((warning) => warning.startsWith('The lines add up')) ?? [];
  return present(
    checks.map(({ check, segments }, i) => {
      const total = segments[0]?.lines.find(({ checkTotal }) => checkTotal !== null)?.checkTotal ?? null;
      const own = { ...facts, total, paymentReference: check === '' ? null : check };
      return assemble(segments, own, i === 0 ? [...tables.warnings, ...deposit] : [], tables.currency);
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
