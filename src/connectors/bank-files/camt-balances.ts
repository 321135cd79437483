/** Balances and totals of a statement. */
import type { Day } from '../../domain/calendar.ts';
import { toDecimal } from '../../domain/money.ts';
import { BadLineError } from './bad-line.ts';
import { amountAt, type Direction, dayOf, directionAt } from './camt-parts.ts';
import { at, codeOf, type Node, textAt } from './xml-tree.ts';

type Balance = {
  readonly code: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly day: Day | null;
};

/** Balances in the order of the file. */
export class CamtBalances {
  private readonly found: Balance[] = [];

  /** Throws: BadLineError. */
  add(node: Node): void {
    const amount = amountAt(node, 'Amt');
    const code = codeOf(at(node, 'Tp'));
    if (!amount || !code) throw new BadLineError('a balance without amount or type was left out');
    const minor = directionAt(node) === 'debit' ? -amount.minor : amount.minor;
    this.found.push({ code, minor, currency: amount.currency, day: dayOf(at(node, 'Dt')) });
  }

  /** Opening, or the closing balance of the day before; on a further page the interim balance it begins with. */
  get opening(): Balance | null {
    const interim = this.all('ITBD');
    return (
      this.first('OPBD') ??
      this.first('PRCD') ??
      (this.first('CLBD') || interim.length > 1 ? (interim[0] ?? null) : null)
    );
  }

  /** Closing, or the last interim balance. */
  get closing(): Balance | null {
    return this.all('CLBD').at(-1) ?? this.all('ITBD').at(-1) ?? null;
  }

  get currency(): string | null {
    return this.opening?.currency ?? this.found[0]?.currency ?? null;
  }

  private all(code: string): Balance[] {
    return this.found.filter((balance) => balance.code === code);
  }

  private first(code: string): Balance | null {
    return this.all(code)[0] ?? null;
  }
}

type Tally = { count: number; minor: bigint };

/** Compares the entries with the statement's own summary (`TxsSummry`). */
export class CamtTotals {
  private readonly all = { credit: { count: 0, minor: 0n }, debit: { count: 0, minor: 0n } };
  private readonly booked = { credit: { count: 0, minor: 0n }, debit: { count: 0, minor: 0n } };

  add(minor: bigint, direction: Direction, isBooked: boolean): void {
    for (const tally of isBooked ? [this.all[direction], this.booked[direction]] : [this.all[direction]]) {
      tally.count++;
      tally.minor += minor;
    }
  }

  /** What does not agree, in words; banks sum up either all entries or the booked ones. */
  compare(summary: Node | null, currency: string): string[] {
    const sides: [string, Direction][] = [
      ['TtlCdtNtries', 'credit'],
      ['TtlDbtNtries', 'debit'],
    ];
    return sides.flatMap(([name, direction]) => {
      const stated = at(summary, name);
      const sum = textAt(stated, 'Sum');
      const count = textAt(stated, 'NbOfNtries');
      const agrees = (tally: Tally): boolean =>
        (count === null || Number(count) === tally.count) &&
        (sum === null || plain(sum) === plain(toDecimal(tally.minor, currency)));
      if (!stated || agrees(this.all[direction]) || agrees(this.booked[direction])) return [];
      const { count: found, minor } = this.all[direction];
      return [
        `${found} ${direction} entries of ${toDecimal(minor, currency)} were read, the summary says ${count ?? '?'} of ${sum ?? '?'}`,
      ];
    });
  }
}

const plain = (decimal: string): string =>
  decimal
    .trim()
    .replace(/^0+(?=\d)/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
