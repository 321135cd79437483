/**
 * CAMT.052, .053 and .054 of ISO 20022: a stream of XML of which no more than one entry is held. Elements are known by
 * their local names, so that every version (1 to 13) and prefix is read alike.
 * Source: ISO 20022 message definitions, BankToCustomerAccountReport, Statement, DebitCreditNotification.
 */
import sax from 'sax';
import type { Day } from '../../domain/calendar.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { BadLineError } from './bad-line.ts';
import { CamtBalances, CamtTotals } from './camt-balances.ts';
import { type CamtDetail, orEmpty, readDetail } from './camt-detail.ts';
import { readEntry } from './camt-entry.ts';
import { accountAt, dayOf } from './camt-parts.ts';
import { clean } from './clean-text.ts';
import { currencyCode } from './exact-amount.ts';
import type { StatementBook } from './statement-book.ts';
import { at, type Node, textAt } from './xml-tree.ts';

/** The messages' nesting ends far above this. */
const MAX_DEPTH = 60;
const MAX_FIELD = 64 * 1024;
/** Transactions of one entry that are held until their sum is known. */
const MAX_DETAILS = 200_000;

const STATEMENTS = new Set(['Stmt', 'Rpt', 'Ntfctn']);
/** Parts of a statement that are kept until its first entry. */
const HEAD = new Set([
  'Id',
  'ElctrncSeqNb',
  'LglSeqNb',
  'CreDtTm',
  'FrToDt',
  'Acct',
  'TxsSummry',
  'StmtPgntn',
  'RptPgntn',
  'NtfctnPgntn',
]);

type Statement = {
  readonly head: Node;
  readonly balances: CamtBalances;
  readonly totals: CamtTotals;
  account: string | null;
  opened: boolean;
};

export class CamtReader {
  private readonly book: StatementBook;
  private readonly parser = sax.parser(true, { trim: false, position: true });
  /** Local names of the open elements. */
  private readonly path: string[] = [];
  /** Open nodes of the piece that is being collected. */
  private nodes: Node[] = [];
  private statement: Statement | null = null;
  private details: CamtDetail[] = [];
  private faults: string[] = [];
  private statements = 0;
  private rootClosed = false;
  private held = 0;

  constructor(book: StatementBook) {
    this.book = book;
    const { parser } = this;
    parser.ondoctype = () => {
      throw new InvalidInputError(
        'it has a DOCTYPE, which bank files do not have and which can hide entities; it was not read',
      );
    };
    parser.onopentag = (tag) => this.open(tag);
    parser.onclosetag = () => this.close();
    parser.ontext = (text) => this.text(text);
    parser.oncdata = (text) => this.text(text);
    parser.onerror = (error) => {
      throw this.broken(error);
    };
  }

  write(piece: string): void {
    this.parser.write(piece);
  }

  end(): void {
    if (!this.rootClosed)
      throw new InvalidInputError(
        `the XML ends on line ${this.parser.line + 1} before its last element is closed, so the file is cut off; download it again`,
      );
    this.parser.close();
    if (this.statements === 0)
      throw new InvalidInputError(
        'it holds no statement (Stmt, Rpt or Ntfctn); ask the bank for one with an account',
      );
  }

  private broken(error: Error): InvalidInputError {
    const what = error.message.split('\n')[0];
    return new InvalidInputError(
      `it is no well-formed XML on line ${this.parser.line + 1} (${what}); download it again, or ask the bank for a whole file`,
      { cause: error },
    );
  }

  private open(tag: sax.Tag | sax.QualifiedTag): void {
    const name = tag.name.slice(tag.name.indexOf(':') + 1);
    this.path.push(name);
    if (this.path.length > MAX_DEPTH)
      throw new InvalidInputError(
        `its XML is nested more than ${MAX_DEPTH} levels deep, which no bank file is; it was not read`,
      );
    if (this.nodes.length > 0) {
      this.push(name, tag);
      return;
    }
    if (STATEMENTS.has(name) && !this.statement) {
      this.beginStatement();
      return;
    }
    const inside = STATEMENTS.has(this.path.at(-2) ?? '');
    if (this.statement && inside && (name === 'Ntry' || name === 'Bal' || HEAD.has(name)))
      this.push(name, tag);
  }

  private push(name: string, tag: sax.Tag | sax.QualifiedTag): void {
    const ccy = tag.attributes.Ccy;
    const currency = typeof ccy === 'string' ? ccy : (ccy?.value ?? null);
    const node: Node = { name, currency, text: '', children: [], line: this.parser.line + 1 };
    if (++this.held > 100_000)
      throw new InvalidInputError(
        `the entry around line ${node.line} has more than 100,000 fields; it was not read`,
      );
    this.nodes.at(-1)?.children.push(node);
    this.nodes.push(node);
  }

  private text(text: string): void {
    const node = this.nodes.at(-1);
    if (!node) return;
    node.text += text;
    if (node.text.length > MAX_FIELD)
      throw new InvalidInputError(
        `the field ${node.name} on line ${node.line} has more than ${MAX_FIELD} characters, which no bank writes; it was not read`,
      );
  }

  private close(): void {
    const name = this.path.pop()!;
    if (this.path.length === 0) this.rootClosed = true;
    const node = this.nodes.pop();
    if (node) {
      if (name === 'TxDtls') this.takeDetail(node);
      if (this.nodes.length === 0) this.takePiece(node);
    } else if (this.statement && STATEMENTS.has(name)) this.endStatement(this.statement);
  }

  private beginStatement(): void {
    this.statements++;
    this.statement = {
      head: { name: 'head', currency: null, text: '', children: [], line: this.parser.line + 1 },
      balances: new CamtBalances(),
      totals: new CamtTotals(),
      account: null,
      opened: false,
    };
  }

  /** A transaction is reduced and its tree dropped, since an entry may have many. */
  private takeDetail(node: Node): void {
    const parent = this.nodes.at(-1);
    const entry = this.nodes[0];
    if (!parent || entry?.name !== 'Ntry') return;
    parent.children.pop();
    this.held = this.nodes.length;
    const currency = currencyCode(at(entry, 'Amt')?.currency) ?? 'XXX';
    const { detail, fault } = orEmpty(() => readDetail(node, currency), node);
    if (fault) this.faults.push(`the transaction on line ${node.line}: ${fault}`);
    this.details.push(detail);
    if (this.details.length > MAX_DETAILS)
      throw new InvalidInputError(
        `the entry on line ${entry.line} has more than ${MAX_DETAILS} transactions; ask the bank to split the file`,
      );
  }

  private takePiece(node: Node): void {
    const statement = this.statement!;
    this.held = 0;
    try {
      if (node.name === 'Ntry') this.takeEntry(statement, node);
      else if (node.name === 'Bal') statement.balances.add(node);
      else statement.head.children.push(node);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.book.problem(node.line, error.message);
    }
  }

  private takeEntry(statement: Statement, node: Node): void {
    const details = this.details;
    const faults = this.faults;
    this.details = [];
    this.faults = [];
    this.ensureOpen(statement, currencyCode(at(node, 'Amt')?.currency));
    for (const fault of faults) this.book.warn(fault);
    try {
      const entry = readEntry(node, details, {
        ownAccount: statement.account,
        fallbackDay: this.fallbackDay(statement),
      });
      for (const warning of entry.warnings) this.book.warn(warning);
      for (const line of entry.lines) this.book.add(line);
      if (entry.amount.currency === this.book.currency)
        statement.totals.add(entry.amount.minor, entry.direction, entry.lines[0]?.booked ?? true);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.book.lose(node.line, error.message);
    }
  }

  private ensureOpen(statement: Statement, entryCurrency: string | null): void {
    if (statement.opened) return;
    statement.opened = true;
    const { head, balances } = statement;
    const acct = at(head, 'Acct');
    const currency = currencyCode(textAt(acct, 'Ccy')) ?? balances.currency ?? entryCurrency ?? 'XXX';
    const { opening } = balances;
    statement.account = accountAt(acct);
    this.book.open({
      number: clean(textAt(head, 'Id') ?? textAt(head, 'ElctrncSeqNb') ?? textAt(head, 'LglSeqNb')),
      account: statement.account ?? 'unknown',
      currency,
      openingMinor: opening && opening.currency === currency ? opening.minor : null,
      fromOn: this.dayIn(head, 'Fr') ?? opening?.day ?? null,
    });
    if (!statement.account) this.book.warn('the statement names no account');
    if (opening && opening.currency !== currency)
      this.book.warn(`the opening balance is in ${opening.currency}, the account in ${currency}`);
  }

  private dayIn(head: Node, end: 'Fr' | 'To'): Day | null {
    const period = at(head, 'FrToDt');
    try {
      return dayOf(at(period, `${end}Dt`) ?? at(period, `${end}DtTm`));
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      return null;
    }
  }

  private fallbackDay({ head, balances }: Statement): Day | null {
    const created = at(head, 'CreDtTm');
    try {
      return balances.closing?.day ?? this.dayIn(head, 'To') ?? dayOf(created);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      return null;
    }
  }

  private endStatement(statement: Statement): void {
    this.ensureOpen(statement, null);
    this.statement = null;
    const { head, balances, totals } = statement;
    const { book } = this;
    const { opening, closing } = balances;
    const currency = book.currency!;
    for (const warning of totals.compare(at(head, 'TxsSummry'), currency)) book.warn(warning);
    for (const name of ['StmtPgntn', 'RptPgntn', 'NtfctnPgntn'])
      if (textAt(at(head, name), 'LastPgInd') === 'false')
        book.warn('further pages of this statement are in other files');
    const other = closing !== null && closing.currency !== currency;
    if (other) book.warn(`the closing balance is in ${closing.currency}, the account in ${currency}`);
    book.close({
      closingMinor: closing && !other ? closing.minor : null,
      openingMinor: opening && opening.currency === currency ? opening.minor : null,
      toOn: this.dayIn(head, 'To') ?? closing?.day ?? null,
    });
  }
}
