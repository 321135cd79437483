/** The first reading of a bank's CSV: how amounts and days are written, what the running balance proves. */
import type { BankCsvMap } from '../../ports/bank-files.ts';
import { decideMark, emptyMarkTally, tallyMark } from '../amounts.ts';
import { type RawRecord, UnreadableRecordError } from '../csv-records.ts';
import { type DayTally, decideOrder, emptyDayTally, tallyDay } from '../days.ts';
import { BadLineError } from './bad-line.ts';
import { clean } from './clean-text.ts';
import { type BalanceProof, proveBalance } from './csv-balance.ts';
import { directionWord, isPending, readCsvDay, readMoney } from './csv-cells.ts';
import { speaksEnglish } from './csv-headers.ts';
import type { CsvLayout } from './csv-layout.ts';
import type { MoneyRules } from './csv-money.ts';
import { type CsvSource, rowsOf } from './csv-records-of.ts';

/** Rows kept to try readings on. */
const SAMPLE = 3_000;
const MAX_ENDLESS = 25;

export type DateOrder = BankCsvMap['dateOrder'];

/** What all rows together show. */
export type CsvSurvey = {
  readonly sample: RawRecord[];
  last: RawRecord | null;
  rows: number;
  readonly marks: ReturnType<typeof emptyMarkTally>;
  readonly days: DayTally;
  /** Days written with the year in front. */
  isoDays: number;
  signed: number;
  unsigned: number;
  debits: { negative: number; positive: number };
  readonly accounts: Set<string>;
  readonly currencies: Set<string>;
};

const newSurvey = (): CsvSurvey => ({
  sample: [],
  last: null,
  rows: 0,
  marks: emptyMarkTally(),
  days: emptyDayTally(),
  isoDays: 0,
  signed: 0,
  unsigned: 0,
  debits: { negative: 0, positive: 0 },
  accounts: new Set(),
  currencies: new Set(),
});

const cellOf = (cells: readonly string[], column: number | undefined): string =>
  column === undefined ? '' : (cells[column] ?? '').trim();

/** A row of the statement: it has a day. */
export const hasDay = ({ cells }: RawRecord, { columns }: CsvLayout): boolean => {
  const written = cellOf(cells, columns.bookedOn);
  return readCsvDay(written, 'dmy') !== null || readCsvDay(written, 'mdy') !== null;
};

function tallyMoney(survey: CsvSurvey, { cells }: RawRecord, { columns }: CsvLayout): void {
  for (const meaning of ['amount', 'debit', 'credit', 'balance'] as const) {
    try {
      const money = readMoney(cellOf(cells, columns[meaning]));
      if (!money) continue;
      tallyMark(survey.marks, money.digits, money.currency);
      if (meaning === 'amount') {
        if (money.signed) survey.signed++;
        else survey.unsigned++;
        if (money.currency) survey.currencies.add(money.currency);
      }
      const word = money.word ?? directionWord(cellOf(cells, columns.direction));
      if (meaning === 'debit' || (meaning === 'amount' && word === 'debit'))
        survey.debits[money.negative ? 'negative' : 'positive']++;
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error; // the row is named when it is read
    }
  }
}

function tally(survey: CsvSurvey, row: RawRecord, layout: CsvLayout): void {
  if (!hasDay(row, layout)) return;
  const { columns } = layout;
  survey.rows++;
  survey.last = row;
  if (survey.sample.length < SAMPLE) survey.sample.push(row);
  for (const meaning of ['bookedOn', 'valueOn'] as const) {
    const written = cellOf(row.cells, columns[meaning]);
    tallyDay(survey.days, written);
    if (/^\d{4}\D/.test(written)) survey.isoDays++;
  }
  tallyMoney(survey, row, layout);
  if (survey.accounts.size < 3) survey.accounts.add(cellOf(row.cells, columns.account));
  const code = cellOf(row.cells, columns.currency).toUpperCase();
  if (code && survey.currencies.size < 20) survey.currencies.add(code);
}

/** Reads all rows once. Lines that begin a record without end are put into the source's `endless`. */
export async function surveyCsv(source: CsvSource, layout: CsvLayout): Promise<CsvSurvey> {
  for (;;) {
    const survey = newSurvey();
    try {
      for await (const rows of rowsOf(source, layout)) for (const row of rows) tally(survey, row, layout);
      return survey;
    } catch (error) {
      if (!(error instanceof UnreadableRecordError) || source.endless.size >= MAX_ENDLESS) throw error;
      source.endless.add(error.line);
    }
  }
}

export type CsvRules = MoneyRules & {
  readonly dateOrder: DateOrder;
  readonly proof: BalanceProof;
  readonly doubts: readonly string[];
};

/** Days that go back and forth least are read right: a statement runs one way. */
function orderBySequence(survey: CsvSurvey, layout: CsvLayout): DateOrder | null {
  const turns = (order: 'dmy' | 'mdy'): number => {
    const days = survey.sample.map(
      ({ cells }) => readCsvDay(cellOf(cells, layout.columns.bookedOn), order) ?? '',
    );
    let [up, down] = [0, 0];
    days.forEach((day, at) => {
      const before = days[at - 1];
      if (before !== undefined && day > before) up++;
      if (before !== undefined && day < before) down++;
    });
    return Math.min(up, down);
  };
  const [dmy, mdy] = [turns('dmy'), turns('mdy')];
  return dmy === mdy ? null : dmy < mdy ? 'dmy' : 'mdy';
}

function decideDays(survey: CsvSurvey, layout: CsvLayout, mark: '.' | ',', doubts: string[]): DateOrder {
  if (survey.isoDays > 0 && survey.days.dayFirst + survey.days.monthFirst + survey.days.open === 0)
    return 'ymd';
  const decided = decideOrder(survey.days);
  if (decided) return decided === 'day-first' ? 'dmy' : 'mdy';
  if (survey.days.open === 0) return survey.isoDays > 0 ? 'ymd' : 'dmy';
  const sequence = orderBySequence(survey, layout);
  const dayFirst = layout.delimiter === ';' || mark === ',' || !speaksEnglish(layout.headers);
  const order = sequence ?? (dayFirst ? 'dmy' : 'mdy');
  doubts.push(
    `every day fits both orders (like 03/04/2026); read with the ${order === 'dmy' ? 'day' : 'month'} first${sequence ? ', so that the rows run in one direction' : ''}: confirm it`,
  );
  return order;
}

function decideDecimal(survey: CsvSurvey, layout: CsvLayout, doubts: string[]): '.' | ',' {
  const mark = decideMark(survey.marks);
  const { strong, open } = survey.marks;
  const weak = strong['.'] + strong[','] === 0;
  const chosen = mark ?? (layout.delimiter === ';' || !speaksEnglish(layout.headers) ? ',' : '.');
  if ((mark === null && open > 0) || (mark !== null && weak))
    doubts.push(`amounts like 1,234 fit two readings; "${chosen}" was taken as the decimal mark: confirm it`);
  if (strong['.'] > 0 && strong[','] > 0)
    doubts.push(
      `most amounts are written with "${chosen}" as the decimal mark, some are not: look at the lines that were left out`,
    );
  return chosen;
}

function decideSign(survey: CsvSurvey, layout: CsvLayout, proof: BalanceProof, doubts: string[]): void {
  const { columns } = layout;
  if (proof.sign === 'opposite')
    doubts.push(
      'the running balance shows that money in is written below zero (as on a card); amounts were turned around: confirm it',
    );
  if (columns.balance !== undefined && proof.order === null && survey.rows > 1)
    doubts.push(
      'the balance column does not follow from the amounts, so neither their sign nor their order is proven: look at a few lines',
    );
  const oneColumn = columns.amount !== undefined && columns.direction === undefined;
  if (oneColumn && survey.signed === 0 && survey.unsigned > 0 && proof.order === null)
    doubts.push(
      'no amount carries a sign and no column says debit or credit; all were read as money in: confirm it',
    );
  if (columns.amount === undefined && (columns.debit === undefined || columns.credit === undefined))
    doubts.push(
      `there is only a column of ${columns.debit === undefined ? 'credits' : 'debits'}: confirm that nothing is missing`,
    );
}

/** Decides how the file is read; a map that a person confirmed decides in the survey's place. */
export function decideRules(
  survey: CsvSurvey,
  layout: CsvLayout,
  currency: string,
  map: BankCsvMap | null,
): CsvRules {
  const doubts: string[] = [];
  const mark = map?.decimalMark ?? decideDecimal(survey, layout, doubts);
  const { negative, positive } = survey.debits;
  const rules: MoneyRules = {
    columns: layout.columns,
    mark,
    inverted: map?.inverted ?? false,
    negativeDebits: negative > 0 && negative >= positive,
  };
  const dateOrder = map?.dateOrder ?? decideDays(survey, layout, mark, doubts);
  const several = survey.accounts.size > 1 || survey.currencies.size > 1;
  const booked = survey.sample.filter(({ cells }) => !isPending(cellOf(cells, layout.columns.status)));
  const proof = proveBalance(several ? [] : booked, rules, currency);
  if (several && layout.columns.balance !== undefined)
    doubts.push('the file holds several accounts or currencies; their balances were not compared');
  decideSign(survey, layout, proof, doubts);
  if (survey.rows === 0) doubts.push('there is no row below the header');
  return {
    ...rules,
    inverted: map?.inverted ?? proof.sign === 'opposite',
    dateOrder,
    proof,
    doubts: doubts.flatMap((doubt) => clean(doubt) ?? []),
  };
}
