/** MT940 (customer statement) and MT942 (interim report) of SWIFT, in the dialects that banks write. */
import { isCurrency, toDecimal } from '../../domain/money.ts';
import { BadLineError, quote } from './bad-line.ts';
import { account, clean } from './clean-text.ts';
import type { LineReader } from './reader.ts';
import type { StatementBook } from './statement-book.ts';
import { readBalance, readSum, type SwiftBalance, type SwiftSum } from './swift-balance.ts';
import { swiftBankLine } from './swift-bank-line.ts';
import { type SwiftField, SwiftSplitter } from './swift-splitter.ts';
import type { TextLine } from './text-stream.ts';

/** What was read of one message; a statement may run over several (60M, 62M). */
type Message = {
  account: string | null;
  number: string | null;
  opening: SwiftBalance | null;
  openingTag: string;
  currency: string | null;
  closing: SwiftBalance | null;
  closingTag: string;
  /** Its bookings go to the open statement. */
  joined: boolean;
  sums: Map<string, SwiftSum>;
  /** Bookings so far by direction, for the sums of an MT942. */
  counted: { C: { count: number; minor: bigint }; D: { count: number; minor: bigint } };
};

const newMessage = (accountNumber: string | null = null): Message => ({
  account: accountNumber,
  number: null,
  opening: null,
  openingTag: '',
  currency: null,
  closing: null,
  closingTag: '',
  joined: false,
  sums: new Map(),
  counted: { C: { count: 0, minor: 0n }, D: { count: 0, minor: 0n } },
});

/** A booking that waits for its :86:. */
type Pending = { readonly field: SwiftField; readonly info: string[]; readonly numbered: string[] };

/** Statement number without the page behind its slash. */
const statementOf = (number: string | null): string => number?.split('/')[0]?.replace(/^0+/, '') ?? '';

export class SwiftReader implements LineReader {
  private readonly book: StatementBook;
  private readonly interim: boolean;
  private readonly splitter = new SwiftSplitter();
  private message: Message | null = null;
  private pending: Pending | null = null;
  /** The last page read, whose statement goes on in the next message. */
  private page: { account: string | null; number: string | null; closing: SwiftBalance } | null = null;

  constructor(book: StatementBook, interim: boolean) {
    this.book = book;
    this.interim = interim;
  }

  line(line: TextLine): void {
    for (const token of this.splitter.next(line))
      if (token.kind === 'field') this.take(token.field);
      else this.endMessage(true);
  }

  end(): void {
    for (const token of this.splitter.end()) if (token.kind === 'field') this.take(token.field);
    this.endMessage(false);
    this.endPage();
  }

  private take(field: SwiftField): void {
    try {
      this.read(field);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.book.problem(field.line, error.message);
    }
  }

  private read(field: SwiftField): void {
    const { tag } = field;
    if (tag === '86' && this.pending) {
      this.pending.info.push(...field.lines);
      return;
    }
    if (tag === 'NS' && this.pending) {
      this.pending.numbered.push(...field.lines);
      return;
    }
    this.finishPending();
    if (tag === '61') this.beginBooking(field);
    else if (tag === '20') {
      this.endMessage(true);
      this.message = newMessage();
    } else this.readHead(field);
  }

  private readHead(field: SwiftField): void {
    const text = field.lines[0]?.trim() ?? '';
    const { tag } = field;
    const begins = tag.startsWith('25') || tag.startsWith('28') || tag.startsWith('60');
    if (begins && this.message?.closing) {
      const { account: last } = this.message;
      this.endMessage(true);
      this.message = newMessage(last);
    }
    if (!this.message && (begins || tag === '34F')) this.message = newMessage();
    const { message } = this;
    if (!message) return;
    if (tag.startsWith('25')) this.readAccount(message, text);
    else if (tag.startsWith('28')) message.number ??= text || null;
    else if (tag.startsWith('60')) this.readOpening(message, field, text);
    else if (tag === '34F') message.currency ??= /^([A-Z]{3})/.exec(text)?.[1] ?? null;
    else if (tag.startsWith('62')) this.readClosing(message, field, text);
    else if (tag.startsWith('90')) message.sums.set(tag.slice(2), readSum(text));
  }

  private readAccount(message: Message, text: string): void {
    if (message.joined || message.opening)
      throw new BadLineError(`a second account (:25:) inside a statement was left out: ${quote(text)}`);
    const found = /^(.*?)\/?([A-Z]{3})$/s.exec(text);
    const currency = found && /[\d/]\s*$/.test(text.slice(0, -3)) && isCurrency(found[2]!) ? found[2]! : null;
    message.account = account(currency ? found![1] : text);
    message.currency ??= currency;
  }

  private readOpening(message: Message, field: SwiftField, text: string): void {
    if (message.opening) throw new BadLineError('a second opening balance inside a statement was left out');
    message.opening = readBalance(text, message.currency, field.cut);
    message.openingTag = field.tag;
    message.currency = message.opening.currency;
  }

  private readClosing(message: Message, field: SwiftField, text: string): void {
    this.join(message, field.line);
    if (message.closing) throw new BadLineError('a second closing balance inside a statement was left out');
    message.closing = readBalance(text, message.currency, field.cut);
    message.closingTag = field.tag;
    if (message.closing.assumed)
      this.book.warn(`the closing balance has no currency; ${message.currency} was taken`);
  }

  /** Opens the statement of the message, or goes on with the one whose next page it is. */
  private join(message: Message, line: number): void {
    if (message.joined) return;
    const currency = message.currency;
    if (!currency)
      throw new BadLineError('there is no opening balance (:60F:) before it, so its currency is not known');
    if (!message.account)
      throw new BadLineError('there is no account (:25:) before it, so it belongs to no statement');
    message.joined = true;
    const { page } = this;
    const goesOn =
      page !== null &&
      message.openingTag === '60M' &&
      page.account === message.account &&
      statementOf(page.number) === statementOf(message.number) &&
      page.closing.currency === currency &&
      page.closing.minor === message.opening?.minor;
    if (goesOn) {
      this.page = null;
      return;
    }
    this.endPage();
    this.book.open({
      number: clean(message.number),
      account: message.account,
      currency,
      openingMinor: message.opening?.minor ?? null,
      fromOn: message.opening?.day ?? null,
    });
    if (message.openingTag === '60M')
      this.book.warn(
        `line ${line}: the pages before this one are not in the file, or do not lead to its opening balance`,
      );
  }

  private beginBooking(field: SwiftField): void {
    const { message } = this;
    if (!message) throw new BadLineError('a booking outside any statement was left out');
    this.join(message, field.line);
    if (message.closing) throw new BadLineError('a booking after the closing balance was left out');
    this.pending = { field, info: [], numbered: [] };
  }

  private finishPending(): void {
    const { pending, message } = this;
    this.pending = null;
    if (!pending || !message) return;
    const { field, info, numbered } = pending;
    try {
      const { line, oddity } = swiftBankLine(field, info, numbered, message.currency!);
      if (oddity) this.book.problem(field.line, `${oddity}; the booking was kept`);
      const side = message.counted[line.direction === 'credit' ? 'C' : 'D'];
      side.count++;
      side.minor += line.minor;
      this.book.add(line);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.book.lose(field.line, error.message);
    }
  }

  /** `marked`: by its end mark or the next message, rather than by the end of the file. */
  private endMessage(marked: boolean): void {
    this.finishPending();
    const { message } = this;
    this.message = null;
    if (!message) return;
    if (!message.joined) {
      if (!message.account && !message.opening) return;
      try {
        this.join(message, 0);
      } catch (error) {
        if (!(error instanceof BadLineError)) throw error;
        this.book.problem(null, `a statement was left out: ${error.message}`);
        return;
      }
    }
    this.checkSums(message);
    const { closing } = message;
    const whole = closing !== null || (this.interim && (marked || message.sums.size > 0));
    if (!whole)
      this.book.problem(
        null,
        `statement ${message.number ?? ''} of ${message.account} has no closing balance (:62F:), so it may be cut off; ask the bank for the whole file`,
      );
    if (closing && message.closingTag === '62M') this.turnPage(message, closing);
    else this.close(closing, !whole);
  }

  private turnPage(message: Message, closing: SwiftBalance): void {
    const { balanceMinor, currency } = this.book;
    if (balanceMinor !== null && balanceMinor !== closing.minor)
      this.book.warn(
        `a page ends with ${toDecimal(closing.minor, currency!)} ${currency}, its lines lead to ${toDecimal(balanceMinor, currency!)}`,
      );
    this.page = { account: message.account, number: message.number, closing };
  }

  /** A statement whose next page did not come. */
  private endPage(): void {
    const { page } = this;
    this.page = null;
    if (!page) return;
    this.book.problem(
      null,
      `statement ${page.number ?? ''} of ${page.account} ends with an intermediate balance (:62M:); its further pages are not in the file`,
    );
    this.close(page.closing, false);
  }

  private close(closing: SwiftBalance | null, unproven: boolean): void {
    const other = closing !== null && closing.currency !== this.book.currency;
    if (other) this.book.warn(`the closing balance is in ${closing.currency}, the opening balance is not`);
    this.book.close({
      closingMinor: closing && !other ? closing.minor : null,
      toOn: closing?.day ?? null,
      unproven,
    });
  }

  private checkSums({ sums, counted }: Message): void {
    for (const [mark, { count, currency, minor }] of sums) {
      const found = counted[mark as 'C' | 'D'];
      if (found.count !== count || found.minor !== minor)
        this.book.warn(
          `${found.count} ${mark === 'C' ? 'credits' : 'debits'} of ${toDecimal(found.minor, currency)} were read, the bank says ${count} of ${toDecimal(minor, currency)} ${currency} (:90${mark}:)`,
        );
    }
  }
}
