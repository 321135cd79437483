/**
 * OFX 1.x (SGML), 2.x (XML) and Quicken's QFX: bank and card statements, cash of investment statements.
 * Source: OFX specification 1.6 and 2.2, chapters 11 and 13.
 */
import { InvalidInputError } from '../../domain/errors.ts';
import { BadLineError } from './bad-line.ts';
import { account, clean } from './clean-text.ts';
import { currencyCode } from './exact-amount.ts';
import { type OfxToken, OfxTokenizer } from './ofx-tokens.ts';
import { ofxDay, ofxMinor, readTransaction } from './ofx-transaction.ts';
import type { StatementBook } from './statement-book.ts';

/** Aggregates that matter; every other tag is a leaf, or a level that is looked through. */
const AGGREGATES = new Set(
  (
    'OFX SIGNONMSGSRSV1 SONRS STATUS BANKMSGSRSV1 CREDITCARDMSGSRSV1 INVSTMTMSGSRSV1 STMTTRNRS CCSTMTTRNRS INVSTMTTRNRS ' +
    'STMTRS CCSTMTRS INVSTMTRS BANKACCTFROM CCACCTFROM INVACCTFROM BANKTRANLIST BANKTRANLISTP INVTRANLIST INVBANKTRAN STMTTRN STMTTRNP ' +
    'LEDGERBAL AVAILBAL CURRENCY ORIGCURRENCY PAYEE BANKACCTTO CCACCTTO BALLIST BAL INVPOSLIST INVBAL INVOOLIST SECLISTMSGSRSV1 IMAGEDATA FI'
  ).split(' '),
);
const STATEMENTS = new Set(['STMTRS', 'CCSTMTRS', 'INVSTMTRS']);
/** Trades of a brokerage account: they move securities, and their cash is not a payment of a customer. */
const TRADE =
  /^(BUY|SELL)(STOCK|MF|DEBT|OPT|OTHER)$|^(INCOME|REINVEST|INVEXPENSE|TRANSFER|SPLIT|RETOFCAP|MARGININTEREST|JRNLFUND|JRNLSEC|CLOSUREOPT)$/;

/** Levels inside a transaction that some banks write as leaves. */
const LEAFABLE = new Set('CURRENCY ORIGCURRENCY PAYEE BANKACCTTO CCACCTTO'.split(' '));
/** Leaves that only a transaction itself has, whatever level was left open before them. */
const OWN = new Set(
  'TRNTYPE DTPOSTED DTTRAN DTUSER DTAVAIL TRNAMT FITID CORRECTFITID CORRECTACTION CHECKNUM REFNUM MEMO EXTDNAME'.split(
    ' ',
  ),
);

type Statement = { leaves: Map<string, string>; isInvestment: boolean; opened: boolean; trades: number };
type Transaction = { leaves: Map<string, string>; line: number; pending: boolean };

export class OfxReader {
  private readonly book: StatementBook;
  private readonly tokenizer = new OfxTokenizer();
  private readonly stack: string[] = [];
  private leaf: string | null = null;
  private value = '';
  private statement: Statement | null = null;
  private transaction: Transaction | null = null;
  private status = new Map<string, string>();
  private statements = 0;
  private errors: string[] = [];
  private investments = 0;
  private closed = false;

  constructor(book: StatementBook) {
    this.book = book;
  }

  write(piece: string): void {
    for (const token of this.tokenizer.write(piece)) this.token(token);
  }

  end(): void {
    for (const token of this.tokenizer.end()) this.token(token);
    if (!this.closed)
      throw new InvalidInputError(
        'it ends before its last tag (</OFX>), so the file is cut off; download it again',
      );
    if (this.statements > 0) {
      for (const error of this.errors) this.book.problem(null, error);
      return;
    }
    if (this.errors.length > 0)
      throw new InvalidInputError(`the bank gave no statement: ${this.errors.join('; ')}`);
    if (this.investments > 0)
      throw new InvalidInputError(
        'it is an investment statement without cash transactions: holdings and trades are no payments; export the bank or card account',
      );
    throw new InvalidInputError(
      'it holds no statement, perhaps only the answer to a sign-on or a list of accounts; export it again with transactions',
    );
  }

  private token(token: OfxToken): void {
    if (token.kind === 'text') {
      const top = this.stack.at(-1) ?? '';
      if (!this.leaf && LEAFABLE.has(top)) this.leaf = this.stack.pop()!;
      if (this.leaf) this.value += token.text;
      return;
    }
    this.finishLeaf();
    if (token.kind === 'close') this.close(token.name);
    else if (AGGREGATES.has(token.name)) this.open(token.name, token.line);
    else {
      this.leaf = token.name;
      if (this.statement?.isInvestment && TRADE.test(token.name)) this.statement.trades++;
    }
  }

  private finishLeaf(): void {
    const { leaf, value } = this;
    this.leaf = null;
    this.value = '';
    if (!leaf || value.trim() === '') return;
    const top = this.stack.at(-1) ?? '';
    if (top === 'STATUS') this.status.set(leaf, value.trim());
    else if (this.transaction) {
      const own = OWN.has(leaf) || top.startsWith('STMTTRN');
      this.put(this.transaction.leaves, own ? leaf : `${top}.${leaf}`, value);
    } else if (this.statement)
      this.put(this.statement.leaves, STATEMENTS.has(top) ? leaf : `${top}.${leaf}`, value);
  }

  /** The first of several is kept, except for memos, of which every word counts. */
  private put(leaves: Map<string, string>, key: string, value: string): void {
    const before = leaves.get(key);
    if (before === undefined) leaves.set(key, value);
    else if (key === 'MEMO' && before !== value) leaves.set(key, `${before} ${value}`);
  }

  private open(name: string, line: number): void {
    // a transaction, or a list, whose end tag the bank left out
    if (this.transaction && /^(STMTTRNP?|BANKTRANLISTP?|LEDGERBAL|AVAILBAL)$/.test(name))
      this.close(this.stack.findLast((each) => each.startsWith('STMTTRN'))!);
    this.stack.push(name);
    if (this.stack.length > 60)
      throw new InvalidInputError('its tags are nested more than 60 levels deep; it was not read');
    if (name === 'STATUS') this.status = new Map();
    if (STATEMENTS.has(name)) {
      this.endStatement();
      this.statement = { leaves: new Map(), isInvestment: name === 'INVSTMTRS', opened: false, trades: 0 };
    }
    if ((name === 'STMTTRN' || name === 'STMTTRNP') && this.statement)
      this.transaction = {
        leaves: new Map(),
        line,
        pending: name === 'STMTTRNP' || this.stack.includes('BANKTRANLISTP'),
      };
  }

  private close(name: string): void {
    const depth = this.stack.lastIndexOf(name);
    if (depth < 0) return;
    const closing = this.stack.splice(depth).reverse();
    for (const each of closing) {
      if (each === 'STATUS') this.endStatus();
      if (each === 'STMTTRN' || each === 'STMTTRNP') this.endTransaction();
      if (STATEMENTS.has(each)) this.endStatement();
      if (each === 'OFX') this.closed = true;
    }
  }

  private endStatus(): void {
    const [code, severity, message] = ['CODE', 'SEVERITY', 'MESSAGE'].map((name) => this.status.get(name));
    if (severity?.toUpperCase() !== 'ERROR') return;
    this.errors.push(`${clean(message) ?? 'an error without a message'} (code ${clean(code) ?? 'unknown'})`);
  }

  private endTransaction(): void {
    const { transaction, statement } = this;
    this.transaction = null;
    if (!transaction || !statement) return;
    this.ensureOpen(statement);
    try {
      const { line, warnings } = readTransaction(
        transaction.leaves,
        transaction.line,
        this.book.currency!,
        transaction.pending,
      );
      for (const warning of warnings) this.book.warn(warning);
      this.book.add(line);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.book.lose(transaction.line, error.message);
    }
  }

  private ensureOpen(statement: Statement): void {
    if (statement.opened) return;
    statement.opened = true;
    this.statements++;
    const { leaves } = statement;
    const currency = currencyCode(leaves.get('CURDEF'));
    const number = ['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM']
      .map((from) => leaves.get(`${from}.ACCTID`))
      .find(Boolean);
    this.book.open({
      number: null,
      account: account(number) ?? 'unknown',
      currency: currency ?? 'XXX',
      openingMinor: null,
      fromOn: ofxDay(leaves.get('BANKTRANLIST.DTSTART') ?? leaves.get('INVTRANLIST.DTSTART')),
    });
    if (!currency) this.book.problem(null, 'the statement names no currency (CURDEF)');
    if (!account(number)) this.book.warn('the statement names no account');
  }

  private endStatement(): void {
    const { statement } = this;
    this.statement = null;
    if (!statement) return;
    if (statement.isInvestment && !statement.opened) {
      this.investments++;
      return;
    }
    this.ensureOpen(statement);
    const { leaves, trades } = statement;
    if (trades > 0) this.book.warn(`${trades} trades of securities were left out: they are no payments`);
    this.book.close({
      closingMinor: this.closing(leaves),
      toOn: ofxDay(
        leaves.get('BANKTRANLIST.DTEND') ?? leaves.get('INVTRANLIST.DTEND') ?? leaves.get('LEDGERBAL.DTASOF'),
      ),
    });
  }

  private closing(leaves: ReadonlyMap<string, string>): bigint | null {
    const written = leaves.get('LEDGERBAL.BALAMT');
    if (!written) return null;
    try {
      return ofxMinor(written, this.book.currency!);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.book.warn(`the closing balance: ${error.message}`);
      return null;
    }
  }
}
