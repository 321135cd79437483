/** Finds the header of a table of remittance lines in rows of cells, and which column means what. */
import { writtenAmount } from './amount-text.ts';
import { type Heading, headingOf, type Role } from './header-words.ts';

export type Columns = {
  readonly document: number;
  readonly paid: readonly number[];
  readonly gross: readonly number[];
  readonly deductions: readonly number[];
  readonly amounts: readonly number[];
  readonly reasons: readonly number[];
  readonly one: Readonly<Partial<Record<Role, number>>>;
  readonly headers: readonly string[];
  readonly roles: readonly Role[];
};

const at = (headings: readonly Heading[], role: Role): number[] =>
  headings
    .map((each, index) => ({ ...each, index }))
    .filter((each) => each.role === role)
    .sort((a, b) => b.strength - a.strength || a.index - b.index)
    .map(({ index }) => index);

const AMOUNT_ROLES: readonly Role[] = ['paid', 'gross', 'deduction', 'amount', 'balance'];

const MOST_COLUMNS = 200;

/** A value, a sentence, or a label with its value. */
const isNoHeader = (cell: string): boolean =>
  cell.length > 60 ||
  /\d{3}|[:=]\s*\S/.test(cell) ||
  writtenAmount(cell) !== null ||
  (/[.!?]\s*$/.test(cell) && cell.trim().split(/\s+/).length > 4);

/** The columns by a row of headers; null when it names no document or no amount, or holds amounts itself. */
export function columnsOf(cells: readonly string[]): Columns | null {
  const filled = cells.filter((cell) => cell.trim() !== '').length;
  if (filled < 2 || cells.length > MOST_COLUMNS || cells.some(isNoHeader)) return null;
  const headings = cells.map(headingOf);
  const documents = [...at(headings, 'document'), ...at(headings, 'order')];
  const amounts = headings.filter(({ role }) => AMOUNT_ROLES.includes(role)).length;
  if (documents.length === 0 || amounts === 0 || documents.some((column) => /\d/.test(cells[column]!)))
    return null;
  const [document, ...others] = documents;
  return {
    document: document!,
    paid: at(headings, 'paid'),
    gross: at(headings, 'gross'),
    deductions: at(headings, 'deduction').sort((a, b) => a - b),
    amounts: at(headings, 'amount'),
    reasons: [...at(headings, 'reason')],
    one: {
      date: at(headings, 'date')[0],
      due: at(headings, 'due')[0],
      currency: at(headings, 'currency')[0],
      type: at(headings, 'type')[0],
      check: at(headings, 'check')[0],
      checkTotal: at(headings, 'checkTotal')[0],
      payer: at(headings, 'payer')[0],
      balance: at(headings, 'balance')[0],
      tax: at(headings, 'tax')[0],
      order: others[0],
    },
    headers: cells,
    roles: headings.map(({ role }) => role),
  };
}
