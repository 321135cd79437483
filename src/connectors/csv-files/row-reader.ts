/** One record's cells as values; what cannot be read is an error that names the column and quotes the cell. */
import type { Day } from '../../domain/calendar.ts';
import { type DecimalText, isCurrency } from '../../domain/money.ts';
import type { LedgerSourceName } from '../../ports/ledger-source.ts';
import { plainDecimal, readAmount } from '../amounts.ts';
import type { RawRecord } from '../csv-records.ts';
import { readDay } from '../days.ts';
import type { Layout } from './detect.ts';
import type { Formats } from './formats.ts';

/** Numbers and ids go into keys, which have to stay short. */
const ID_LIMIT = 200;
const TEXT_LIMIT = 4_000;
const CACHED_DAYS = 20_000;

/** The row cannot go in; the message is the reason. */
export class BadRowError extends Error {}

const quote = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`;

export class RowReader {
  readonly source: LedgerSourceName;
  line = 0;
  private cells: readonly string[] = [];
  private readonly layout: Layout;
  private readonly formats: Formats;
  private readonly days = new Map<string, Day | null>();

  constructor(layout: Layout, formats: Formats) {
    this.layout = layout;
    this.formats = formats;
    this.source = layout.profile.source;
  }

  /** Moves to a record. Throws: BadRowError when it has not as many cells as the header. */
  on({ line, lastLine, cells }: RawRecord): void {
    this.line = line;
    this.cells = cells;
    const { length } = this.layout.headers;
    if (
      cells.length === length ||
      (cells.length > length && cells.slice(length).every((cell) => !cell.trim()))
    )
      return;
    const over = lastLine > line ? `; lines ${line} to ${lastLine} are one record because of a quote` : '';
    throw new BadRowError(`has ${cells.length} columns, the header has ${length}${over}`);
  }

  has(field: string): boolean {
    return this.layout.columns.has(field);
  }

  /** The file's own header of a field. */
  header(field: string): string {
    return this.layout.headers[this.layout.columns.get(field) ?? -1] ?? field;
  }

  /** The cell without outer spaces; null when it is empty or the column is not there. */
  text(field: string, limit = TEXT_LIMIT): string | null {
    const text = this.cells[this.layout.columns.get(field) ?? -1]?.trim();
    if (!text) return null;
    if (text.includes('\0')) throw new BadRowError(`${this.header(field)} has unreadable characters`);
    if (text.length > limit)
      throw new BadRowError(`${this.header(field)} is longer than ${limit} characters`);
    return text;
  }

  id(field: string): string | null {
    return this.text(field, ID_LIMIT);
  }

  needed<Value>(field: string, value: Value | null): Value {
    if (value === null) throw new BadRowError(`${this.header(field)} is missing`);
    return value;
  }

  day(field: string): Day | null {
    const text = this.text(field);
    if (text === null) return null;
    const order = this.formats.orders.get(field) ?? 'month-first';
    const key = order + text;
    let day = this.days.get(key);
    if (day === undefined) {
      day = readDay(text, order);
      if (this.days.size > CACHED_DAYS) this.days.clear();
      this.days.set(key, day);
    }
    if (day === null) throw new BadRowError(`${this.header(field)} ${quote(text)} is not a day`);
    return day;
  }

  /** Decimal text, not below zero. A currency written in the cell must be the row's own. */
  amount(field: string, currency: string | null): { decimal: DecimalText; currency: string | null } | null {
    const text = this.text(field);
    if (text === null) return null;
    const amount = readAmount(text);
    const decimal = amount && plainDecimal(amount.digits, this.formats.marks.get(field) ?? '.');
    if (!amount || decimal === null)
      throw new BadRowError(`${this.header(field)} ${quote(text)} is not an amount`);
    if (amount.negative && /[1-9]/.test(decimal))
      throw new BadRowError(`${this.header(field)} ${quote(text)} is negative`);
    if (decimal.length > 18) throw new BadRowError(`${this.header(field)} ${quote(text)} is too large`);
    if (currency && amount.currency && amount.currency !== currency)
      throw new BadRowError(
        `${this.header(field)} ${quote(text)} is in another currency than the row's ${currency}`,
      );
    return { decimal, currency: currency ?? amount.currency };
  }

  currency(): string | null {
    const code = this.text('currency')?.toUpperCase() ?? null;
    if (code === null) return null;
    const found = isCurrency(code) ? code : CURRENCY_NAMES[code];
    if (!found) throw new BadRowError(`${quote(code)} is not a currency; write a code like USD`);
    return found;
  }

  /** True for a report's totals, group titles and time stamp: nothing to import, nothing to complain about. */
  isDecoration({ cells }: RawRecord): boolean {
    const filled = cells.filter((cell) => cell.trim() !== '');
    if (filled.length === 0) return true;
    if (this.source === 'csv') return false;
    return filled.length === 1 || /^(total\b|total for |grand total|overall total)/i.test(filled[0]!.trim());
  }
}

/** Names that saved searches and reports print in place of a code. */
const CURRENCY_NAMES: Record<string, string> = {
  'US DOLLAR': 'USD',
  'US DOLLARS': 'USD',
  'UNITED STATES DOLLAR': 'USD',
  USA: 'USD',
  EURO: 'EUR',
  EUROS: 'EUR',
  'BRITISH POUND': 'GBP',
  'BRITISH POUNDS': 'GBP',
  'BRITISH POUND STERLING': 'GBP',
  'POUND STERLING': 'GBP',
  'CANADIAN DOLLAR': 'CAD',
  'AUSTRALIAN DOLLAR': 'AUD',
  'NEW ZEALAND DOLLAR': 'NZD',
  'SWISS FRANC': 'CHF',
  'JAPANESE YEN': 'JPY',
  YEN: 'JPY',
  'INDIAN RUPEE': 'INR',
  'SINGAPORE DOLLAR': 'SGD',
};
