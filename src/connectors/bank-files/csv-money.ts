/** The money of one row, by however the columns state it. */
import { BadLineError } from './bad-line.ts';
import { directionWord, minorOf, readMoney } from './csv-cells.ts';
import type { Columns } from './csv-layout.ts';

/** How amounts and signs of this file are written. */
export type MoneyRules = {
  readonly columns: Columns;
  readonly mark: '.' | ',';
  /** Credits are written below zero: a card's export, proven by the running balance or confirmed. */
  readonly inverted: boolean;
  /** Debits are written below zero in their column, or beside their word: the sign adds nothing. */
  readonly negativeDebits: boolean;
};

export type RowMoney = {
  /** Above zero: money in. */
  readonly minor: bigint;
  /** It was written against the sign of its column: taken back. */
  readonly reversal: boolean;
};

const cellOf = (cells: readonly string[], column: number | undefined): string =>
  column === undefined ? '' : (cells[column] ?? '');

/** The currency beside an amount of the row, such as `€12`. Throws: BadLineError. */
export function writtenCurrency(cells: readonly string[], columns: Columns): string | null {
  for (const column of [columns.amount, columns.credit, columns.debit]) {
    const money = readMoney(cellOf(cells, column));
    if (money?.currency) return money.currency;
  }
  return null;
}

function fromSides(cells: readonly string[], rules: MoneyRules, currency: string): RowMoney | null {
  const { columns, mark, negativeDebits } = rules;
  const read = (column: number | undefined): bigint | null => {
    const money = readMoney(cellOf(cells, column));
    return money && minorOf(money, mark, currency);
  };
  const [debit, credit] = [read(columns.debit), read(columns.credit)];
  if (debit === null && credit === null) return null;
  if (debit && credit) throw new BadLineError('the row has both a debit and a credit');
  if (credit || !debit) return { minor: credit ?? 0n, reversal: credit !== null && credit < 0n };
  if (debit < 0n && negativeDebits) return { minor: debit, reversal: false };
  return { minor: -debit, reversal: debit < 0n };
}

function fromAmount(cells: readonly string[], rules: MoneyRules, currency: string): RowMoney | null {
  const { columns, mark, negativeDebits, inverted } = rules;
  const money = readMoney(cellOf(cells, columns.amount));
  if (!money) return null;
  const minor = minorOf(money, mark, currency);
  const size = minor < 0n ? -minor : minor;
  const written = cellOf(cells, columns.direction);
  const word = money.word ?? directionWord(written);
  if (word === null && columns.direction !== undefined)
    throw new BadLineError(
      written.trim() === ''
        ? 'the row does not say debit or credit'
        : `"${written.trim()}" is neither debit nor credit`,
    );
  if (word === 'credit') return { minor, reversal: minor < 0n };
  if (word === 'debit') {
    const usual = minor >= 0n || negativeDebits;
    return { minor: usual ? -size : size, reversal: !usual };
  }
  return { minor: inverted ? -minor : minor, reversal: false };
}

/**
 * Minor units of the row with its sign; null when it states no amount.
 * Throws: BadLineError.
 */
export function rowMoney(cells: readonly string[], rules: MoneyRules, currency: string): RowMoney | null {
  return rules.columns.amount === undefined
    ? fromSides(cells, rules, currency)
    : fromAmount(cells, rules, currency);
}

/** The running balance of the row; null when it states none. Throws: BadLineError. */
export function rowBalance(
  cells: readonly string[],
  { columns, mark }: MoneyRules,
  currency: string,
): bigint | null {
  const money = readMoney(cellOf(cells, columns.balance));
  if (!money) return null;
  const minor = minorOf(money, mark, currency);
  return money.word === 'debit' && minor > 0n ? -minor : minor;
}
