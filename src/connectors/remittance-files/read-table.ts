/** Rows of cells to lines: finds each header, skips what is no line, and names what cannot be read. */
import { isCurrency } from '../../domain/money.ts';
import { type Written, writtenAmount } from './amount-text.ts';
import { foldWords } from './clean-text.ts';
import { isDayText, isDocument } from './document-text.ts';
import { isFact } from './facts.ts';
import { type GridRow, MOST_LINES, type RawLine, type Segment, shown, type TableReading } from './reading.ts';
import { assignmentsOf } from './roles-from-content.ts';
import { type Columns, columnsOf } from './table.ts';
import { totalRow } from './total-words.ts';

type Open = {
  columns: Columns;
  lines: RawLine[];
  totals: Map<number, Written>[];
  ended: boolean;
};

const cell = (row: GridRow, at: number | undefined): string =>
  at === undefined ? '' : (row.cells[at] ?? '').trim();
const orNull = (text: string): string | null => (text === '' ? null : text);

const amountColumns = (columns: Columns): number[] => [
  ...columns.paid,
  ...columns.gross,
  ...columns.deductions,
  ...columns.amounts,
];

function amountsOf(row: GridRow, columns: Columns): { amounts: Map<number, Written>; unread: string[] } {
  const amounts = new Map<number, Written>();
  const unread: string[] = [];
  for (const at of amountColumns(columns)) {
    const text = cell(row, at);
    const written = writtenAmount(text);
    if (written) amounts.set(at, written);
    else if (text !== '' && !/^[-–.]+$/.test(text)) unread.push(text);
  }
  return { amounts, unread };
}

const documentOfRow = (row: GridRow, columns: Columns): string => {
  const candidates = [columns.document, columns.one.order].map((at) => cell(row, at));
  return (
    candidates.find(isDocument) ??
    candidates.find((text) => text !== '' && writtenAmount(text) === null) ??
    ''
  );
};

/** Words of the row outside of its amounts: the name of a deduction that names no document. */
const wordsOf = (row: GridRow, columns: Columns): string =>
  row.cells
    .filter(
      (text, at) =>
        !amountColumns(columns).includes(at) &&
        at !== columns.one.currency &&
        at !== columns.one.balance &&
        at !== columns.one.payer &&
        /\p{L}{3}/u.test(text) &&
        !isDayText(text),
    )
    .join(' ')
    .trim()
    .slice(0, 120);

function lineOf(
  row: GridRow,
  columns: Columns,
  amounts: ReadonlyMap<number, Written>,
  document: string,
): RawLine {
  const reason = columns.reasons
    .map((at) => cell(row, at))
    .filter((text) => text !== '' && text !== document);
  const currency = cell(row, columns.one.currency).toUpperCase();
  return {
    where: row.where,
    order: 0,
    document: document.slice(0, 120),
    amounts,
    reason: orNull([...new Set(reason)].join(', ').slice(0, 200)),
    type: orNull(cell(row, columns.one.type)),
    currency: isCurrency(currency) ? currency : null,
    check: orNull(cell(row, columns.one.check)),
    checkTotal: writtenAmount(cell(row, columns.one.checkTotal)),
    payer: orNull(cell(row, columns.one.payer)),
    unnamed: document === '',
  };
}

/** One row below a header. `outside` when it is no part of the table. */
function takeRow(row: GridRow, open: Open, warnings: string[]): 'line' | 'outside' | 'total' {
  const { columns } = open;
  const { amounts, unread } = amountsOf(row, columns);
  const document = documentOfRow(row, columns);
  const named = isDocument(document);
  const total =
    named && /\d{2}/.test(document) && !/^\D*(?:tot|sum|gesamt)/i.test(document) ? null : totalRow(row.cells);
  if (total && amounts.size > 0) {
    if (total === 'total') open.totals.push(amounts);
    open.ended = total === 'total';
    return 'total';
  }
  if (!named && isFact(row.cells)) return 'outside';
  if (amounts.size === 0) {
    if (unread.length === 0 && !(named && row.cells.filter((text) => text.trim() !== '').length > 1))
      return 'outside';
    if (!named) return 'outside';
    warnings.push(
      `${row.where}: ${shown(document)} has no amount that can be read${unread[0] ? ` ("${shown(unread[0])}")` : ''}.`,
    );
    open.lines.push(lineOf(row, columns, amounts, document));
    return 'line';
  }
  if (open.ended && !named) return 'outside';
  if (unread.length > 0)
    warnings.push(
      `${row.where}: "${shown(unread[0]!)}" of ${shown(document)} is no amount and was left out.`,
    );
  const name = document !== '' ? document : wordsOf(row, columns);
  open.lines.push({ ...lineOf(row, columns, amounts, name), unnamed: !named });
  return 'line';
}

const currencyOfHeaders = (columns: Columns): string | null => {
  const codes = amountColumns(columns).flatMap(
    (at) => (columns.headers[at] ?? '').match(/\b[A-Z]{3}\b/g) ?? [],
  );
  const found = [...new Set(codes.filter(isCurrency))];
  return found.length === 1 ? found[0]! : null;
};

const sameHeader = (a: Columns, b: Columns): boolean =>
  a.headers.map(foldWords).join('|') === b.headers.map(foldWords).join('|');

/** Reads every table among the rows; rows in front of, between and behind them come back as `outside`. */
export function readTables(rows: readonly GridRow[]): TableReading {
  const opened: Open[] = [];
  const outside: GridRow[] = [];
  const warnings: string[] = [];
  let lines = 0;
  for (const row of rows) {
    if (row.cells.every((text) => text.trim() === '')) continue;
    const columns = columnsOf(row.cells);
    const open = opened.at(-1);
    if (columns) {
      if (!open || !sameHeader(open.columns, columns))
        opened.push({ columns, lines: [], totals: [], ended: false });
      else open.ended = false;
    } else if (!open) outside.push(row);
    else {
      const taken = takeRow(row, open, warnings);
      if (taken === 'outside') outside.push(row);
      if (taken === 'line' && ++lines > MOST_LINES) {
        open.lines.pop();
        warnings.push(`Only the first ${MOST_LINES} lines were read.`);
        break;
      }
    }
  }
  const used = opened.filter((open) => open.lines.length > 0 || open.columns.one.balance !== undefined);
  return {
    segments: used
      .map(({ lines, totals, columns }): Segment => ({ lines, totals, assignments: assignmentsOf(columns) }))
      .filter(
        ({ lines, assignments }) => assignments.length > 0 && lines.some(({ amounts }) => amounts.size > 0),
      ),
    outside,
    warnings,
    saysPaid: used.some(
      ({ columns }) =>
        columns.paid.length > 0 || columns.deductions.length > 0 || columns.one.check !== undefined,
    ),
    saysOwed: used.some(({ columns }) => columns.one.balance !== undefined || columns.one.due !== undefined),
    currency: used.map(({ columns }) => currencyOfHeaders(columns)).find((found) => found !== null) ?? null,
  };
}
