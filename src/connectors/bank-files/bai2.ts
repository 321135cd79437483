/**
 * BAI2, the balance and transaction report of North American banks. Amounts are whole minor units.
 * Source: Cash Management Balance Reporting Specifications, version 2 (BAI).
 */
import type { Day } from '../../domain/calendar.ts';
import { toDecimal } from '../../domain/money.ts';
import { BadLineError, quote } from './bad-line.ts';
import { directionOf, isReturn } from './bai2-codes.ts';
import { readDetails } from './bai2-details.ts';
import { Bai2Assembler, type Bai2Record, readFunds } from './bai2-records.ts';
import { account, joinFields, realId } from './clean-text.ts';
import { currencyCode } from './exact-amount.ts';
import type { LineReader } from './reader.ts';
import { shortDay } from './short-day.ts';
import type { StatementBook } from './statement-book.ts';
import type { TextLine } from './text-stream.ts';

type Group = {
  currency: string | null;
  day: Day | null;
  /** 2 deletion and 4 test are shown only. */
  status: string;
  total: bigint;
  accounts: number;
  records: number;
};
type Account = {
  currency: string;
  closing: bigint | null;
  total: bigint;
  records: number;
  /** Its 49 was read. */
  ended: boolean;
  day: Day | null;
};

const amountOf = (text: string | undefined): bigint => {
  if (!/^[+-]?\d{1,18}$/.test(text?.trim() ?? ''))
    throw new BadLineError(`${quote(text ?? '')} is not an amount in whole minor units`);
  return BigInt(text!.trim().replace('+', ''));
};

export class Bai2Reader implements LineReader {
  private readonly book: StatementBook;
  private readonly assembler = new Bai2Assembler();
  private fileDay: Day | null = null;
  private group: Group | null = null;
  private account: Account | null = null;
  private file = { total: 0n, groups: 0, records: 0 };
  private ended = false;
  /** Fixed-width blocks: text of a full line goes on without a break. */
  private width = 0;

  constructor(book: StatementBook) {
    this.book = book;
  }

  line(line: TextLine): void {
    try {
      const record = this.assembler.next(line);
      if (record) this.take(record);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.book.problem(line.number, error.message);
    }
  }

  end(): void {
    const record = this.assembler.end();
    if (record) this.take(record);
    if (!this.ended)
      this.book.problem(
        null,
        'the file ends without its last record (99), so it may be cut off; ask the bank for the whole file',
      );
    this.closeAccount(this.ended);
  }

  private take(record: Bai2Record): void {
    try {
      this.file.records += record.lines;
      if (this.group) this.group.records += record.lines;
      if (this.account && !this.account.ended) this.account.records += record.lines;
      this.read(record);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      if (record.code === '16') this.book.lose(record.line, error.message);
      else this.book.problem(record.line, error.message);
    }
  }

  private read(record: Bai2Record): void {
    const { code, fields } = record;
    if (this.ended && code !== '01')
      throw new BadLineError(`a record ${code} after the end of the file (99) was left out`);
    if (code === '01') this.openFile(fields);
    else if (code === '02') this.openGroup(record);
    else if (code === '03') this.openAccount(record);
    else if (code === '16') this.transaction(record);
    else if (code === '49') this.endAccount(fields);
    else if (code === '98') this.endGroup(fields);
    else this.endFile(fields);
  }

  private openFile(fields: string[]): void {
    this.closeAccount(true);
    this.fileDay = shortDay(fields[2]?.trim() ?? '');
    this.file = { total: 0n, groups: 0, records: 1 };
    this.ended = false;
    this.width = Number(fields[5]?.trim()) || 0;
  }

  private openGroup({ fields, line }: Bai2Record): void {
    this.closeAccount(true);
    const day = shortDay(fields[3]?.trim() ?? '');
    this.group = {
      currency: currencyCode(fields[5]),
      day: day ?? this.fileDay,
      status: fields[2]?.trim() ?? '',
      total: 0n,
      accounts: 0,
      records: 1,
    };
    if (!day && this.fileDay)
      this.book.problem(line, `${quote(fields[3] ?? '')} is not a day; the file's own day was taken`);
  }

  private openAccount(record: Bai2Record): void {
    this.closeAccount(true);
    if (!this.group) throw new BadLineError('an account (03) before its group (02)');
    const { fields } = record;
    const currency = currencyCode(fields[1]) ?? this.group.currency ?? 'USD';
    this.group.accounts++;
    const own: Account = {
      currency,
      closing: null,
      total: 0n,
      records: record.lines,
      ended: false,
      day: this.group.day,
    };
    this.account = own;
    let opening: bigint | null = null;
    const bad: string[] = [];
    for (let at = 2; at < fields.length; at = readFunds(fields, at + 3).next) {
      if (!fields[at + 1]?.trim()) continue;
      try {
        const amount = amountOf(fields[at + 1]);
        own.total += amount;
        if (fields[at]?.trim() === '010') opening = amount;
        if (fields[at]?.trim() === '015') own.closing = amount;
      } catch (error) {
        bad.push((error as Error).message);
      }
    }
    this.book.open({
      number: null,
      account: account(fields[0]) ?? 'unknown',
      currency,
      openingMinor: opening,
      fromOn: this.group.day,
    });
    for (const reason of bad) this.book.problem(record.line, reason);
    if (this.group.status === '2') this.book.warn('the bank marks this as a deletion of an earlier report');
    if (this.group.status === '3') this.book.warn('the bank marks this as a correction of an earlier report');
    if (this.group.status === '4') this.book.warn('the bank marks this as a test; its lines are no money');
  }

  private transaction(record: Bai2Record): void {
    const { account: own, group } = this;
    if (!own || !group || own.ended) throw new BadLineError('a transaction (16) outside an account (03)');
    const { fields } = record;
    const code = fields[0]?.trim() ?? '';
    const amount = fields[1]?.trim() === '' && !directionOf(code) ? 0n : amountOf(fields[1]);
    own.total += amount;
    const usual = directionOf(code);
    if (!usual) {
      this.book.warn(
        `line ${record.line} has type ${code || 'none'}, which is no transaction, and was left out`,
      );
      return;
    }
    if (!group.day) throw new BadLineError('the group (02) has no day');
    const { valueDate, next } = readFunds(fields, 2);
    const negative = amount < 0n;
    if (negative) this.book.warn(`line ${record.line} has a negative amount: read as taken back`);
    const direction = negative ? (usual === 'credit' ? 'debit' : 'credit') : usual;
    const text = this.textOf(record);
    const details = readDetails(text, direction, isReturn(code));
    this.book.add({
      fileLine: record.line,
      bookedOn: group.day,
      valueOn: valueDate ? shortDay(valueDate) : null,
      minor: negative ? -amount : amount,
      currency: own.currency,
      direction,
      reversal: negative,
      payerName: details.name,
      payerAccount: account(details.account),
      bankReference: realId(fields[next]),
      reference: realId(fields[next + 1]),
      endToEndId: details.endToEndId,
      returnReason: details.returnReason,
      text: joinFields(text.split('\n')),
      code,
      booked: group.status !== '2' && group.status !== '4',
    });
  }

  /** Lines of text, a line that fills its block joined to the next without a break. */
  private textOf({ text }: Bai2Record): string {
    const full = this.width >= 40 ? this.width - 3 : Number.POSITIVE_INFINITY;
    let joined = '';
    text.forEach((part, at) => {
      const before = text[at - 1];
      const glued = before !== undefined && before.length >= full && !/\s$/.test(before) && !/^\s/.test(part);
      joined += at === 0 || glued ? part : `\n${part}`;
    });
    return joined;
  }

  private endAccount([total, records]: string[]): void {
    const { account: own, group } = this;
    if (!own || !group || own.ended)
      throw new BadLineError('an account trailer (49) without an account (03)');
    own.ended = true;
    const stated = amountOf(total);
    group.total += stated;
    this.check('amounts', own.total, stated, own.currency);
    this.count('49', 'records', own.records, records);
  }

  private endGroup([total, accounts, records]: string[]): void {
    const { group } = this;
    if (!group) throw new BadLineError('a group trailer (98) without a group (02)');
    const stated = amountOf(total);
    this.file.total += stated;
    this.file.groups++;
    this.check('account totals of the group', group.total, stated, group.currency ?? 'USD');
    this.count('98', 'accounts', group.accounts, accounts);
    this.count('98', 'records', group.records, records);
    this.group = null;
  }

  private endFile([total, groups, records]: string[]): void {
    this.ended = true;
    if (this.group) this.book.problem(null, 'a group ends without its trailer (98), so lines may be missing');
    this.check('group totals of the file', this.file.total, amountOf(total), 'USD');
    this.count('99', 'groups', this.file.groups, groups);
    this.count('99', 'records', this.file.records, records);
  }

  private check(what: string, found: bigint, stated: bigint, currency: string): void {
    if (found !== stated)
      this.book.warn(
        `the ${what} add up to ${toDecimal(found, currency)}, the control total says ${toDecimal(stated, currency)}`,
      );
  }

  private count(record: string, what: string, found: number, stated: string | undefined): void {
    const number = Number(stated?.trim());
    if (stated?.trim() && number !== found)
      this.book.warn(`${found} ${what} were read, record ${record} says ${stated.trim()}`);
  }

  /** Ends the statement of the account; its warnings wait until then for the group's and the file's totals. */
  private closeAccount(whole: boolean): void {
    const { account: own } = this;
    if (!own || !this.book.isOpen) return;
    if (!own.ended && whole)
      this.book.problem(null, 'an account ends without its trailer (49), so lines may be missing');
    this.book.close({
      closingMinor: own.closing,
      toOn: own.day,
      unproven: !whole || !own.ended,
    });
    this.account = null;
  }
}
