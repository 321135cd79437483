/** Finds delimiter, header and columns of a bank's CSV in its first records, or takes them from a map. */
import { InvalidInputError } from '../../domain/errors.ts';
import { isCurrency } from '../../domain/money.ts';
import type { BankCsvMap } from '../../ports/bank-files.ts';
import { type RawRecord, readRecords, UnreadableRecordError } from '../csv-records.ts';
import { quote } from './bad-line.ts';
import { directionWord, isBookedStatus, isPending, readCsvDay, readMoney } from './csv-cells.ts';
import { fold, ledgerHeaders, type Meaning, meaningsOf, splitHeader } from './csv-headers.ts';
import { type Preamble, readPreamble } from './csv-preamble.ts';

const DELIMITERS = [',', ';', '\t', '|'];
/** Banks put their own name, the account and the period above the header, but not more than this. */
const HEADER_WITHIN = 40;
const SAMPLE_ROWS = 60;

export type Columns = Partial<Record<Meaning, number>>;

export type CsvLayout = {
  readonly delimiter: string;
  readonly headerLine: number;
  /** Headers, made different from each other: `Währung`, `Währung (2)`. */
  readonly headers: readonly string[];
  readonly columns: Columns;
  /** Further columns with words, which go into the text. */
  readonly extras: readonly number[];
  /** Two columns of names: who paid and who was paid. */
  readonly names: { readonly debtor: number; readonly creditor: number } | null;
  readonly headerCurrency: string | null;
  readonly preamble: Preamble;
};

const MONEY: Meaning[] = ['amount', 'debit', 'credit', 'balance'];

const share = (values: readonly string[], fits: (value: string) => boolean, least = 0.7): boolean =>
  values.filter(fits).length >= values.length * least;

/** A day, or something written like one that does not exist: a bad row does not make the column another. */
const isDayLike = (value: string): boolean =>
  /^\s*\d{1,4}([-./])\d{1,2}\1\d{1,4}\b/.test(value) ||
  readCsvDay(value, 'dmy') !== null ||
  readCsvDay(value, 'mdy') !== null;

const isMoney = (text: string): boolean => {
  try {
    return readMoney(text) !== null;
  } catch {
    return false;
  }
};

/** Whether what stands in the column can have the meaning; an empty column can have any but a day. */
function fitsMeaning(meaning: Meaning, values: readonly string[]): boolean {
  const filled = values.filter((value) => value.trim() !== '');
  if (meaning === 'bookedOn' || meaning === 'valueOn')
    return (filled.length > 0 || values.length === 0) && share(filled, isDayLike, 0.5);
  if (MONEY.includes(meaning)) return share(filled, isMoney, 0.5);
  if (filled.length === 0) return meaning !== 'direction' && meaning !== 'currency';
  if (meaning === 'direction') return share(filled, (value) => directionWord(value) !== null);
  if (meaning === 'currency') return share(filled, (value) => isCurrency(value.trim().toUpperCase()));
  if (meaning === 'status') return share(filled, (value) => isPending(value) || isBookedStatus(value));
  return true;
}

type Candidate = { readonly column: number; readonly meaning: Meaning; readonly rank: number };

/** The best column for each meaning, and no column twice. */
function assign(headers: readonly string[], rows: readonly RawRecord[]): Columns {
  const candidates: Candidate[] = headers.flatMap((header, column) => {
    const values = rows.map(({ cells }) => cells[column] ?? '');
    return meaningsOf(header)
      .filter(({ meaning }) => fitsMeaning(meaning, values))
      .map(({ meaning, rank }) => ({ column, meaning, rank }));
  });
  // "Soll/Haben" may hold the amounts themselves; a blank header beside an amount may hold S or H
  headers.forEach((header, column) => {
    const values = rows.map(({ cells }) => cells[column] ?? '');
    const known = meaningsOf(header).map(({ meaning }) => meaning);
    if (known.includes('direction') && values.some(isMoney) && fitsMeaning('amount', values))
      candidates.push({ column, meaning: 'amount', rank: 900 });
    if (header.trim() === '' && values.length > 0 && fitsMeaning('direction', values))
      candidates.push({ column, meaning: 'direction', rank: 900 });
  });
  candidates.sort((a, b) => a.rank - b.rank || a.column - b.column);
  const columns: Columns = {};
  const used = new Set<number>();
  for (const { column, meaning } of candidates) {
    if (columns[meaning] !== undefined || used.has(column)) continue;
    columns[meaning] = column;
    used.add(column);
  }
  return settle(columns, headers, rows);
}

/** Columns that banks use for either side's account. */
const EITHER_SIDE = /^(iban|kontonummer|konto nr|konto|account iban)$/;

const OWN_SIDE = /\b(own|eigen\w*|auftragskonto)\b/;

const hasDay =
  ({ bookedOn }: Columns) =>
  ({ cells }: RawRecord): boolean =>
    bookedOn !== undefined && /\d/.test(cells[bookedOn] ?? '');

/** One way to state the amount, and whose account a lone account column names. */
function settle(columns: Columns, headers: readonly string[], rows: readonly RawRecord[]): Columns {
  const settled = { ...columns };
  const filled = (column: number | undefined): string[] =>
    column === undefined ? [] : rows.map(({ cells }) => cells[column]?.trim() ?? '').filter(Boolean);
  if (settled.amount !== undefined && filled(settled.amount).length > 0) {
    delete settled.debit;
    delete settled.credit;
  }
  const own = new Set(filled(settled.account));
  const few = EITHER_SIDE.test(fold(headers[settled.account ?? -1] ?? '')) ? 1 : Math.max(1, rows.length / 3);
  // the account that a file is about stands in every row, or in none
  const hasGaps = own.size > 0 && filled(settled.account).length < rows.filter(hasDay(settled)).length;
  const saysOwn = OWN_SIDE.test(fold(headers[settled.account ?? -1] ?? ''));
  const isOther = !saysOwn && (own.size > few || hasGaps);
  if (settled.account !== undefined && settled.payerAccount === undefined && isOther) {
    settled.payerAccount = settled.account;
    delete settled.account;
  }
  return settled;
}

const isStatement = (columns: Columns): boolean =>
  columns.bookedOn !== undefined &&
  (columns.amount !== undefined || columns.debit !== undefined || columns.credit !== undefined);

const unique = (cells: readonly string[]): string[] => {
  const seen = new Map<string, number>();
  return cells.map((cell, at) => {
    const name = cell.replace(/^\ufeff/, '').trim() || `column ${at + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
};

const DEBTOR =
  /auftraggeber|zahlungspflichtig|ordenante|donneur|emetteur|^from|sender|payer|remitter|originator|zahler/;
const CREDITOR = /empfanger|empfaenger|begunstigt|beguenstigt|beneficiar|beneficiaire|payee|begunstigde/;
const WORDS: Meaning[] = ['text', 'reference', 'payerName', 'direction'];

function finish(
  delimiter: string,
  headerLine: number,
  cells: readonly string[],
  columns: Columns,
  before: readonly RawRecord[],
): CsvLayout {
  const headers = unique(cells);
  const folded = headers.map(fold);
  const preamble = readPreamble(before);
  if (preamble.account && columns.account !== undefined && EITHER_SIDE.test(folded[columns.account]!)) {
    columns.payerAccount ??= columns.account;
    delete columns.account;
  }
  const used = new Set(Object.values(columns));
  const isName = (at: number): boolean =>
    meaningsOf(headers[at]!).some(({ meaning }) => meaning === 'payerName');
  const debtor = folded.findIndex(
    (header, at) => isName(at) && DEBTOR.test(header) && !CREDITOR.test(header),
  );
  const creditor = folded.findIndex(
    (header, at) => isName(at) && CREDITOR.test(header) && !DEBTOR.test(header),
  );
  const money = [columns.amount, columns.credit, columns.debit, columns.balance].filter(
    (at) => at !== undefined,
  );
  return {
    delimiter,
    headerLine,
    headers,
    columns,
    extras: headers.flatMap((header, at) =>
      !used.has(at) &&
      at !== debtor &&
      at !== creditor &&
      meaningsOf(header).some(({ meaning }) => WORDS.includes(meaning))
        ? [at]
        : [],
    ),
    names: debtor >= 0 && creditor >= 0 ? { debtor, creditor } : null,
    headerCurrency: money.map((at) => splitHeader(cells[at]!).currency).find((code) => code !== null) ?? null,
    preamble,
  };
}

async function firstRecords(sample: string, delimiter: string): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  try {
    for await (const bunch of readRecords([sample], delimiter)) records.push(...bunch);
  } catch (error) {
    if (!(error instanceof UnreadableRecordError)) throw error; // the sample ends in the middle of a record
  }
  return records.slice(0, HEADER_WITHIN + SAMPLE_ROWS);
}

/**
 * The layout that knows the most columns; null when no line of the beginning is a bank's header.
 * Throws: InvalidInputError for a ledger or shop export.
 */
export async function guessLayout(sample: string): Promise<CsvLayout | null> {
  let best: { layout: CsvLayout; score: number } | null = null;
  let ledger: string[] = [];
  for (const delimiter of DELIMITERS) {
    const records = await firstRecords(sample, delimiter);
    for (const [at, { cells, line }] of records.slice(0, HEADER_WITHIN).entries()) {
      if (cells.length < 2) continue;
      const others = ledgerHeaders(cells);
      const rows = records.slice(at + 1, at + 1 + SAMPLE_ROWS);
      const columns = assign(cells, rows);
      if (others.length > ledger.length && others.length + Object.keys(columns).length >= 3) ledger = others;
      if (!isStatement(columns) || others.length > 0) continue;
      const score = Object.keys(columns).length * 10 - at * 0.1 + (rows.length > 0 ? 1 : 0);
      if (!best || score > best.score)
        best = { layout: finish(delimiter, line, cells, columns, records.slice(0, at)), score };
    }
  }
  if (!best && ledger.length > 0)
    throw new InvalidInputError(
      `it is no bank statement: its columns (${ledger.map(quote).join(', ')}) are those of a ledger or shop export; bring it in with the ledger import`,
    );
  return best?.layout ?? null;
}

/** The layout that a person confirmed. Throws: InvalidInputError when the file's header does not have its columns. */
export async function layoutOf(map: BankCsvMap, sample: string): Promise<CsvLayout> {
  const records = await firstRecords(sample, map.delimiter);
  const at = records.findIndex(({ line }) => line === map.headerLine);
  const header = records[at];
  if (!header)
    throw new InvalidInputError(
      `line ${map.headerLine} is no header; look at how the file begins and correct the map`,
    );
  const headers = unique(header.cells);
  const columns: Columns = {};
  for (const [meaning, name] of Object.entries(map.columns) as [Meaning, string | undefined][]) {
    if (name === undefined) continue;
    const column = headers.indexOf(name.trim());
    if (column < 0)
      throw new InvalidInputError(
        `line ${map.headerLine} has no column ${quote(name)} (it has ${headers.map(quote).join(', ')}); correct the map, or leave it away so that it is found again`,
      );
    columns[meaning] = column;
  }
  if (!isStatement(columns))
    throw new InvalidInputError('the map names no day of booking, or no amount; complete it');
  return finish(map.delimiter, map.headerLine, header.cells, columns, records.slice(0, at));
}
