/** Everything an answer may say: the values, days and identifiers of this turn's tool outputs and the question. */
import { isDay } from '../../src/domain/calendar.ts';
import { ONE, readPlain, type Scaled } from './decimal.ts';
import { extractFigures } from './extract.ts';
import { type Figure, identifierKey, type NumberReading, type Unit } from './figure.ts';
import { plainText } from './plain-text.ts';
import { Pool } from './pool.ts';

/** Amounts that hold in any currency: the bounds of a filter. */
export const ANY_CURRENCY = '*';
/** Names are short; in a long text the word before a number says nothing about it. */
const MAX_NAME = 80;

export class Evidence {
  readonly days = new Set<string>();
  readonly ranges = new Set<string>();
  readonly identifiers = new Set<string>();
  /** Numbers that are part of a name, with the word beside them: "studio|54". */
  readonly inNames = new Set<string>();
  longestList = 0;
  private readonly pools = new Map<string, Pool>();

  pool(unit: Unit, currency = ''): Pool {
    const key = unit === 'money' ? `money:${currency}` : unit;
    let pool = this.pools.get(key);
    if (!pool) {
      pool = new Pool();
      this.pools.set(key, pool);
    }
    return pool;
  }

  allPools(): Iterable<Pool> {
    return this.pools.values();
  }

  addValue(value: Scaled, unit: Unit, currency = ''): void {
    this.pool(unit, currency).add(value);
  }

  addDay(day: string): void {
    this.days
      .add(day)
      .add(day.slice(0, 7))
      .add(`--${day.slice(5)}`)
      .add(`---${day.slice(8)}`);
    this.addMonth(day.slice(0, 7));
  }

  /** A month also names its year and its quarter. */
  addMonth(month: string): void {
    this.days.add(month);
    this.addValue(BigInt(month.slice(0, 4)) * ONE, 'plain');
    this.identifiers.add(`q${Math.ceil(+month.slice(5, 7) / 3)}`);
  }

  addList(length: number): void {
    this.longestList = Math.max(this.longestList, length);
    this.addValue(BigInt(length) * ONE, 'count');
  }

  /** Free text: its figures count as they are written there. */
  addText(raw: string, isQuestion = false): void {
    const text = plainText(raw);
    for (const figure of extractFigures(text)) {
      this.addFigure(figure, isQuestion);
      if (figure.kind === 'number' && text.length <= MAX_NAME) this.addInName(text, figure);
    }
  }

  private addInName(text: string, figure: Extract<Figure, { kind: 'number' }>): void {
    const { before, after } = wordsBeside(text, figure);
    if (before) this.inNames.add(`${before}|${figure.digits}`);
    else if (after) this.inNames.add(`${figure.digits}|${after}`);
  }

  private addFigure(figure: Figure, isQuestion: boolean): void {
    if (figure.kind === 'date')
      for (const each of figure.dates) for (const day of each.split('|')) this.addWritten(day);
    if (figure.kind === 'identifier') this.identifiers.add(figure.key);
    if (figure.kind === 'ordinal') {
      this.identifiers.add(identifierKey(figure.text));
      if (figure.day) this.days.add(figure.day);
    }
    if (figure.kind === 'range') {
      this.ranges.add(figure.key);
      // the ends of "31-60" are no figures of their own: "31-90" must not follow from two buckets
      if (!/^\d{1,3}-\d{1,3}$/.test(figure.key))
        for (const end of figure.ends) this.addReadings(end, isQuestion);
    }
    if (figure.kind === 'number') {
      this.addReadings(figure.readings, isQuestion);
      for (const part of figure.parts) this.addReadings(part.readings, isQuestion);
      if (/[\p{L}]/u.test(figure.text)) this.identifiers.add(identifierKey(figure.text));
    }
  }

  private addWritten(day: string): void {
    if (isDay(day)) this.addDay(day);
    else if (/^\d{4}-\d{2}$/.test(day)) this.addMonth(day);
    else this.days.add(day);
  }

  private addReadings(readings: readonly NumberReading[], isQuestion: boolean): void {
    for (const { unit, value, currencies } of readings) {
      for (const currency of currencies.length > 0 ? currencies : ['']) this.addValue(value, unit, currency);
      // "60+" in a question may come back as 60 days, "top 10" as 10 customers
      if (isQuestion && (unit === 'plain' || unit === 'count' || unit === 'days'))
        for (const other of ['plain', 'count', 'days'] as const) this.addValue(value, other);
    }
  }

  /** A code or number that stands in a field of its own. */
  addIdentifier(text: string): void {
    this.identifiers.add(identifierKey(text));
    const value = readPlain(text);
    if (value !== null) this.addValue(value, 'plain');
  }
}

/** Decimal text of one field with what its place in the JSON says about it. */
export const addDecimal = (evidence: Evidence, text: string | number, unit: Unit, currency: string): void => {
  const value = readPlain(text);
  if (value !== null) evidence.addValue(value, unit, currency);
};

/** The words right before and after a number, in lower case; empty when punctuation or an end is there. */
export function wordsBeside(
  text: string,
  figure: { start: number; digits: string },
): { before: string; after: string } {
  const head = text.slice(Math.max(0, figure.start - 40), figure.start);
  const end = figure.start + figure.digits.length;
  const tail = text.slice(end, end + 40);
  return {
    before: /([\p{L}\p{N}&']+)[ -]$/u.exec(head)?.[1]?.toLowerCase() ?? '',
    after: /^[ -]([\p{L}\p{N}&']+)/u.exec(tail)?.[1]?.toLowerCase() ?? '',
  };
}
