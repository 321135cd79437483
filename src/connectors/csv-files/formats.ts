/**
 * The first reading of a file: decides how its amounts and days are written, column by column over all rows, and
 * finds records without an end, so that the second reading can go around them.
 */
import { isCurrency } from '../../domain/money.ts';
import type { Refusal } from '../../ports/ledger-source.ts';
import { decideMark, emptyMarkTally, type Mark, type MarkTally, readAmount, tallyMark } from '../amounts.ts';
import { type RawRecord, readRecords, UnreadableRecordError, withoutLines } from '../csv-records.ts';
import {
  type DayOrder,
  type DayTally,
  decideOrder,
  emptyDayTally,
  orderedNumbers,
  readDay,
  tallyDay,
} from '../days.ts';
import { type Content, type Encoding, readText } from '../encoding.ts';
import type { Layout } from './detect.ts';

const AMOUNT_FIELDS = ['amount', 'open_amount', 'paid_amount', 'refunded'];
const DAY_FIELDS = ['issued_on', 'due_on', 'received_on', 'applied_on', 'paid_on'];
/** A file with more endless records than this is refused from there on. */
const MAX_ENDLESS = 25;

/** How the columns of one file are written. */
export type Formats = {
  marks: Map<string, Mark>;
  orders: Map<string, DayOrder>;
  warnings: string[];
  /** Lines that begin a record without end: left out, each with its reason. */
  endless: Refusal[];
  /** No record is read from this line on. */
  stopAt: number;
};

type Survey = {
  marks: Map<string, MarkTally>;
  days: Map<string, DayTally>;
  /** Rows whose due day would lie before the issue day, if days were read in this order. */
  backwards: Record<DayOrder, number>;
  currencies: Set<string>;
};

const surveyOf = (layout: Layout): Survey => {
  const present = (fields: string[]) => fields.filter((field) => layout.columns.has(field));
  return {
    marks: new Map(present(AMOUNT_FIELDS).map((field) => [field, emptyMarkTally()])),
    days: new Map(present(DAY_FIELDS).map((field) => [field, emptyDayTally()])),
    backwards: { 'day-first': 0, 'month-first': 0 },
    currencies: new Set(),
  };
};

function surveyRecord(survey: Survey, layout: Layout, { cells }: RawRecord): void {
  const cell = (field: string): string => cells[layout.columns.get(field) ?? -1] ?? '';
  const currency = cell('currency').trim().toUpperCase() || null;
  if (currency && isCurrency(currency)) survey.currencies.add(currency);
  for (const [field, tally] of survey.marks) {
    const amount = readAmount(cell(field));
    if (amount) tallyMark(tally, amount.digits, amount.currency ?? currency);
  }
  for (const [field, tally] of survey.days) tallyDay(tally, cell(field));
  if (!orderedNumbers(cell('issued_on')) || !orderedNumbers(cell('due_on'))) return;
  for (const order of ['day-first', 'month-first'] as const) {
    const [issued, due] = [readDay(cell('issued_on'), order), readDay(cell('due_on'), order)];
    if (issued && due && due < issued) survey.backwards[order]++;
  }
}

/** A decided column lends its mark to the columns that show none; a semicolon between cells hints at `1,50`. */
function decideMarks(survey: Survey, layout: Layout, warnings: string[]): Map<string, Mark> {
  const decided = new Map([...survey.marks].map(([field, tally]) => [field, decideMark(tally)]));
  const known = [...decided.values()].find((mark) => mark !== null);
  const fallback = known ?? (layout.delimiter === ';' ? ',' : '.');
  const open = [...survey.marks].filter(([field, tally]) => decided.get(field) === null && tally.open > 0);
  if (open.length > 0 && !known)
    warnings.push(
      `amounts like "1,234" fit two readings in the whole file; "${fallback}" was taken as the decimal mark`,
    );
  return new Map([...decided].map(([field, mark]) => [field, mark ?? fallback]));
}

/** Currencies of the countries in which the month is written first at all. */
const MONTH_FIRST = ['USD', 'CAD', 'PHP'];

/** Signs of a country that writes the day first: a decimal comma, semicolons between cells, or only its currencies. */
const looksDayFirst = ({ currencies }: Survey, layout: Layout, marks: Map<string, Mark>): boolean =>
  layout.delimiter === ';' ||
  [...marks.values()].includes(',') ||
  (currencies.size > 0 && !MONTH_FIRST.some((code) => currencies.has(code)));

/**
 * Open columns take, in this order: the order of another day column of the file; the one order in which no invoice
 * falls due before it was issued; day first where the file looks like a country that writes it so; else month first.
 * The last two are guesses, and the result warns of them.
 */
function decideOrders(
  survey: Survey,
  layout: Layout,
  marks: Map<string, Mark>,
  warnings: string[],
): Map<string, DayOrder> {
  const decided = new Map([...survey.days].map(([field, tally]) => [field, decideOrder(tally)]));
  const open = [...survey.days].filter(([field, tally]) => decided.get(field) === null && tally.open > 0);
  let fallback: DayOrder | null = [...decided.values()].find((order) => order !== null) ?? null;
  const { 'day-first': dayFirst, 'month-first': monthFirst } = survey.backwards;
  if (!fallback && (dayFirst === 0) !== (monthFirst === 0))
    fallback = dayFirst === 0 ? 'day-first' : 'month-first';
  if (!fallback) {
    const dayFirstHere = looksDayFirst(survey, layout, marks);
    fallback = dayFirstHere ? 'day-first' : 'month-first';
    for (const [field] of open)
      warnings.push(
        `${layout.headers[layout.columns.get(field)!]}: every day fits both orders (like 03/04/2026); read with the ` +
          `${dayFirstHere ? 'day first, as amounts, separators or currencies suggest' : 'month first'}`,
      );
  }
  const used = fallback;
  return new Map([...decided].map(([field, order]) => [field, order ?? used]));
}

/**
 * True when a quote swallowed lines that were meant as records: the cell did not end where its quote did, or whole
 * lines inside of it have as many cells as the header. A cell that itself begins with a quote and holds a line break
 * is taken for one too; its lines are then refused by name rather than lost in silence. A long record that does not
 * fit the header is one too, while there are retries left; after that it is refused as the one record it reads as.
 */
function swallowsLines({ line, lastLine, cells }: RawRecord, layout: Layout, mayRetry: boolean): boolean {
  if (lastLine === line) return false;
  const { delimiter, headers } = layout;
  const misfits = cells.length < headers.length || cells.slice(headers.length).some((cell) => cell.trim());
  if (misfits) return mayRetry;
  return cells.some((cell) => {
    if (!cell.includes('\n')) return false;
    if (cell.startsWith('"')) return true;
    const inner = cell.split('\n').slice(1, -1);
    return headers.length > 3 && inner.some((each) => each.split(delimiter).length === headers.length);
  });
}

/** The records below the header, around those without an end. Throws: UnreadableRecordError. */
export async function* dataRecords(
  content: Content,
  encoding: Encoding,
  layout: Layout,
  { endless, stopAt }: Pick<Formats, 'endless' | 'stopAt'>,
): AsyncGenerator<RawRecord[]> {
  const skip = new Set(endless.map(({ line }) => line));
  const mayRetry = endless.length < MAX_ENDLESS;
  try {
    for await (const bunch of readRecords(
      withoutLines(readText(content, encoding), skip),
      layout.delimiter,
    )) {
      const wanted = bunch.filter(({ line }) => line > layout.headerLine && line < stopAt);
      const swallowing = wanted.find((record) => swallowsLines(record, layout, mayRetry));
      if (swallowing) throw new UnreadableRecordError(swallowing.line, null);
      yield wanted;
      if (bunch.at(-1)!.line >= stopAt) return;
    }
  } catch (error) {
    if (!(error instanceof UnreadableRecordError) || error.line < stopAt) throw error;
  }
}

/** Reads the whole file once and decides. Memory does not grow with the file. */
export async function surveyFormats(content: Content, encoding: Encoding, layout: Layout): Promise<Formats> {
  const endless: Refusal[] = [];
  let stopAt = Number.POSITIVE_INFINITY;
  for (;;) {
    const survey = surveyOf(layout);
    try {
      for await (const bunch of dataRecords(content, encoding, layout, { endless, stopAt }))
        for (const record of bunch) surveyRecord(survey, layout, record);
    } catch (error) {
      if (!(error instanceof UnreadableRecordError)) throw error;
      if (endless.length >= MAX_ENDLESS) {
        stopAt = error.line;
        endless.push({
          line: error.line,
          reason: `a quote is never closed, after ${MAX_ENDLESS} such lines before; nothing from here on was read`,
        });
      } else
        endless.push({
          line: error.line,
          reason: 'a quote on this line is not closed where its cell ends, or a cell is too long',
        });
      continue;
    }
    const warnings: string[] = [];
    const marks = decideMarks(survey, layout, warnings);
    return { marks, orders: decideOrders(survey, layout, marks, warnings), warnings, endless, stopAt };
  }
}
