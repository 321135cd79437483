/**
 * BAI2 lines to logical records: 88 lines are joined to the record before them.
 * Source: Cash Management Balance Reporting Specifications, version 2 (BAI).
 */
import { withoutInvisible } from '../../domain/visible-text.ts';
import { BadLineError, quote } from './bad-line.ts';
import type { TextLine } from './text-stream.ts';

/** A record with its continuations. */
export type Bai2Record = {
  readonly code: string;
  /** Line where it begins. */
  readonly line: number;
  /** Physical lines that it takes. */
  lines: number;
  /** Fields after the record code; of a 16 those before its text. */
  readonly fields: string[];
  /** Free text of a 16, its lines as written. */
  text: string[];
};

/** What a transaction's funds type brings along: `D,n` is followed by n pairs, `S` by three amounts, `V` by day and time. */
function fundsFields(fields: readonly string[], at: number): number {
  const type = fields[at]?.trim().toUpperCase();
  if (type === 'S') return 3;
  if (type === 'V') return 2;
  if (type !== 'D') return 0;
  const count = fields[at + 1];
  if (count === undefined) return 1;
  return 1 + 2 * (/^\d{1,3}$/.test(count.trim()) ? Number(count) : 0);
}

/** Fields of a 16 before its text: type, amount, funds type and what belongs to it, two references. */
const fieldsBeforeText = (fields: readonly string[]): number =>
  fields.length < 3 ? 5 : 5 + fundsFields(fields, 2);

const withoutEnd = (text: string): string => (text.endsWith('/') ? text.slice(0, -1) : text);

/** Puts what stands on a line of a 16 where the last line left off. */
function continueTransaction(record: Bai2Record, content: string): void {
  const { fields, text } = record;
  let rest = content;
  while (fields.length < fieldsBeforeText(fields)) {
    const comma = rest.indexOf(',');
    if (comma < 0) {
      fields.push(withoutEnd(rest));
      return;
    }
    fields.push(rest.slice(0, comma));
    rest = rest.slice(comma + 1);
  }
  text.push(withoutEnd(rest));
}

const RECORD = /^\s*(01|02|03|16|49|88|98|99)(?:,(.*)|\/?\s*)$/s;

/** Gives a record when the next one begins, and the last one at the end. */
export class Bai2Assembler {
  private current: Bai2Record | null = null;

  /**
   * Takes the next line; the record that it ended, or null.
   * Throws: BadLineError for a line that is no record.
   */
  next({ text, number }: TextLine): Bai2Record | null {
    const trimmed = withoutInvisible(text).trimEnd();
    if (trimmed.trim() === '') return null;
    const found = RECORD.exec(trimmed);
    if (!found) throw new BadLineError(`${quote(text)} is no BAI2 record`);
    const [, code = '', content = ''] = found;
    if (code === '88') {
      if (!this.current) throw new BadLineError('this continuation (88) continues nothing');
      this.current.lines++;
      this.put(this.current, content);
      return null;
    }
    const done = this.current;
    this.current = { code, line: number, lines: 1, fields: [], text: [] };
    this.put(this.current, content);
    return done;
  }

  end(): Bai2Record | null {
    const done = this.current;
    this.current = null;
    return done;
  }

  private put(record: Bai2Record, content: string): void {
    if (record.code === '16') continueTransaction(record, content);
    else record.fields.push(...withoutEnd(content).split(','));
  }
}

/** Fields of a transaction's or summary's funds type, and where the fields after it begin. */
export function readFunds(fields: readonly string[], at: number): { valueDate: string | null; next: number } {
  const extra = fundsFields(fields, at);
  const isValue = fields[at]?.trim().toUpperCase() === 'V';
  return { valueDate: (isValue && fields[at + 1]?.trim()) || null, next: at + 1 + extra };
}
