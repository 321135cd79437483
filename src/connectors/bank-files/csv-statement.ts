/** Rows of a bank's CSV as lines of statements. */
import type { RawRecord } from '../csv-records.ts';
import { BadLineError, quote } from './bad-line.ts';
import { account, clean, joinFields, realId } from './clean-text.ts';
import { BalanceChain, balanceBefore } from './csv-balance.ts';
import { isPending, isSummary, minorOf, readCsvDay, readMoney } from './csv-cells.ts';
import type { Meaning } from './csv-headers.ts';
import type { CsvLayout } from './csv-layout.ts';
import { rowBalance, rowMoney, writtenCurrency } from './csv-money.ts';
import type { CsvRules, CsvSurvey } from './csv-survey.ts';
import { currencyCode } from './exact-amount.ts';
import type { StatementBook } from './statement-book.ts';

/** What the file itself may not say. */
export type CsvDefaults = { readonly currency: string; readonly account: string | null };

type Open = { account: string; currency: string; from: string; to: string };

export class CsvStatementReader {
  private readonly book: StatementBook;
  private readonly layout: CsvLayout;
  private readonly rules: CsvRules;
  private readonly survey: CsvSurvey;
  private readonly defaults: CsvDefaults;
  private readonly chain: BalanceChain;
  private open: Open | null = null;
  /** Held back until the next row comes: the last one may be cut off. */
  private held: RawRecord | null = null;
  private readonly stated: { opening: bigint | null; closing: bigint | null };

  constructor(
    book: StatementBook,
    layout: CsvLayout,
    rules: CsvRules,
    survey: CsvSurvey,
    defaults: CsvDefaults,
  ) {
    this.book = book;
    this.layout = layout;
    this.rules = rules;
    this.survey = survey;
    this.defaults = defaults;
    this.chain = new BalanceChain(rules.proof.order);
    const read = (text: string | null) => this.money(text);
    this.stated = { opening: read(layout.preamble.opening), closing: read(layout.preamble.closing) };
  }

  row(row: RawRecord): void {
    if (this.held) this.take(this.held);
    this.held = row;
  }

  /** `cut`: the file's last line has no line end. */
  end(cut: boolean): void {
    const last = this.held;
    this.held = null;
    if (last && cut && this.looksCut(last))
      this.book.lose(last.line, 'the last line is cut off, so the file is not whole; download it again');
    else if (last) this.take(last);
    if (!this.open)
      this.begin(
        this.layout.preamble.account ?? this.defaults.account ?? 'unknown',
        this.defaults.currency,
        '',
      );
    this.finish();
  }

  private cell(row: RawRecord, meaning: Meaning): string {
    const column = this.layout.columns[meaning];
    return column === undefined ? '' : (row.cells[column] ?? '').trim();
  }

  private money(text: string | null): bigint | null {
    try {
      const money = text === null ? null : readMoney(text.replace(/\b[A-Z]{3}\b/g, ''));
      return money && minorOf(money, this.rules.mark, this.defaults.currency);
    } catch (error) {
      if (error instanceof BadLineError) return null;
      throw error;
    }
  }

  /** A last line with fewer cells than the one before it, or an amount with fewer decimals than all others have. */
  private looksCut(row: RawRecord): boolean {
    const others = this.survey.sample.filter(({ line }) => line !== row.line);
    if (others.length > 0 && others.every(({ cells }) => cells.length > row.cells.length)) return true;
    if (row.cells.length < this.layout.headers.length && others.length === 0) return true;
    const { columns } = this.layout;
    const lastColumn = row.cells.length - 1;
    if (![columns.amount, columns.debit, columns.credit, columns.balance].includes(lastColumn)) return false;
    const decimals = ({ cells }: RawRecord) =>
      /[.,](\d*)\D*$/.exec(cells[lastColumn] ?? '')?.[1]?.length ?? 0;
    const usual = new Set(others.filter(({ cells }) => (cells[lastColumn] ?? '').trim()).map(decimals));
    return usual.size === 1 && (row.cells[lastColumn] ?? '').trim() !== '' && !usual.has(decimals(row));
  }

  private take(row: RawRecord): void {
    try {
      this.read(row);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.book.lose(row.line, error.message);
    }
  }

  private read(row: RawRecord): void {
    const written = this.cell(row, 'bookedOn') || this.cell(row, 'valueOn');
    const bookedOn = readCsvDay(written, this.rules.dateOrder);
    const words = row.cells.join(' ');
    if (!bookedOn) {
      const isRemark = !/\d/.test(words) && row.cells.filter((cell) => cell.trim() !== '').length <= 2;
      if (this.readSummary(row, words) || isRemark) return;
      throw new BadLineError(
        written === '' ? 'the row has no day of booking' : `${quote(written)} is not a day`,
      );
    }
    const own =
      currencyCode(this.cell(row, 'currency')) ??
      writtenCurrency(row.cells, this.layout.columns) ??
      this.defaults.currency;
    const money = rowMoney(row.cells, this.rules, own);
    if (!money) {
      if (isSummary(words)) return;
      throw new BadLineError('the row has no amount');
    }
    if (isSummary(this.cell(row, 'text')) && this.isCarriedOver(row, money.minor)) return;
    this.ensure(account(this.cell(row, 'account')), own, bookedOn);
    const booked = !isPending(this.cell(row, 'status'));
    if (booked && this.chain.next(money.minor, rowBalance(row.cells, this.rules, own)))
      this.book.warn(`line ${row.line}: the balance does not follow from the row before it`);
    this.add(row, bookedOn, own, money, booked);
  }

  private add(
    row: RawRecord,
    bookedOn: string,
    currency: string,
    money: { minor: bigint; reversal: boolean },
    booked: boolean,
  ): void {
    const direction = money.minor < 0n ? 'debit' : 'credit';
    const { names, extras, columns } = this.layout;
    const nameColumn = names ? (direction === 'credit' ? names.debtor : names.creditor) : columns.payerName;
    const payerName = clean(nameColumn === undefined ? null : row.cells[nameColumn]);
    this.book.add({
      fileLine: row.line,
      bookedOn,
      valueOn: readCsvDay(this.cell(row, 'valueOn'), this.rules.dateOrder),
      minor: money.minor < 0n ? -money.minor : money.minor,
      currency,
      direction,
      reversal: money.reversal,
      booked,
      payerName,
      payerAccount: account(this.cell(row, 'payerAccount')),
      reference: realId(this.cell(row, 'reference')),
      bankReference: realId(this.cell(row, 'bankReference')),
      text: joinFields([
        this.cell(row, 'text'),
        ...extras.map((column) => row.cells[column]).filter((part) => clean(part) !== payerName),
      ]),
    });
  }

  /** A row without day that sums up or carries over; it may state a balance. */
  private readSummary(row: RawRecord, words: string): boolean {
    if (!isSummary(words)) return false;
    const amounts = row.cells.map((cell) => this.money(cell)).filter((minor) => minor !== null);
    const balance = this.money(this.cell(row, 'balance')) ?? (amounts.length === 1 ? amounts[0]! : null);
    if (balance === null) return true;
    if (/opening|anfangs|initial|inicial|begin|starting|vortrag|brought|alter/i.test(words))
      this.stated.opening ??= balance;
    else if (/closing|end|final|slot|neuer|carried|nouveau/i.test(words)) this.stated.closing ??= balance;
    return true;
  }

  /** "Opening balance" with a day: its amount is the balance itself. */
  private isCarriedOver(row: RawRecord, minor: bigint): boolean {
    const balance = this.money(this.cell(row, 'balance'));
    if (balance !== null && balance !== minor && minor !== 0n) return false;
    return this.readSummary(row, this.cell(row, 'text'));
  }

  private ensure(own: string | null, currency: string, day: string): void {
    const name = own ?? this.layout.preamble.account ?? this.defaults.account ?? 'unknown';
    const { open } = this;
    if (open && open.account === name && open.currency === currency) {
      if (day < open.from) open.from = day;
      if (day > open.to) open.to = day;
      return;
    }
    if (open) this.finish();
    this.begin(name, currency, day);
  }

  private get isSingle(): boolean {
    return this.survey.accounts.size <= 1 && this.survey.currencies.size <= 1;
  }

  private begin(name: string, currency: string, day: string): void {
    this.open = { account: name, currency, from: day, to: day };
    this.book.open({
      number: null,
      account: name,
      currency,
      openingMinor: this.isSingle ? (this.stated.opening ?? this.provenOpening(currency)) : null,
      fromOn: day || null,
    });
    if (this.isSingle) for (const doubt of this.rules.doubts) this.book.warn(doubt);
  }

  private provenOpening(currency: string): bigint | null {
    const { order } = this.rules.proof;
    if (order === null) return null;
    const { columns } = this.layout;
    const booked = (row: RawRecord) =>
      !isPending(columns.status === undefined ? '' : (row.cells[columns.status] ?? ''));
    const first = order === 'ascending' ? (this.survey.sample.find(booked) ?? null) : this.survey.last;
    return balanceBefore(first, this.rules, currency);
  }

  private finish(): void {
    const { open, chain, book } = this;
    this.open = null;
    if (!open) return;
    const closing = this.isSingle ? (this.stated.closing ?? chain.closing) : null;
    const proven = this.stated.closing !== null || (closing !== null && book.balanceMinor !== closing);
    // a running balance fits whatever rows are there, also those of a file that is cut off between two rows
    book.close({ closingMinor: closing, toOn: open.to || null, unproven: !proven });
  }
}
