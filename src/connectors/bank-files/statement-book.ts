/** Collects what a reader finds into events: numbers the lines, adds them up, compares with the balances. */
import type { Day } from '../../domain/calendar.ts';
import { toDecimal } from '../../domain/money.ts';
import type { BankFileEvent, BankLine } from '../../ports/bank-files.ts';

const BATCH = 500;
/** Warnings of one statement; more than this many say the same in other words. */
const MAX_WARNINGS = 100;

/** A line as a reader makes it: minor units, what the format lacks left out. */
export type NewLine = Pick<BankLine, 'fileLine' | 'bookedOn' | 'currency' | 'direction'> & {
  /** Never below zero. */
  readonly minor: bigint;
} & Partial<Omit<BankLine, 'ordinal' | 'amount'>>;

export type Opening = {
  readonly number: string | null;
  readonly account: string;
  readonly currency: string;
  /** Below zero is an overdraft. */
  readonly openingMinor: bigint | null;
  readonly fromOn: Day | null;
};

export type Closing = {
  readonly closingMinor: bigint | null;
  readonly toOn: Day | null;
  /** An opening balance that was found only after the lines. */
  readonly openingMinor?: bigint | null;
  /** The statement is cut off or its sum proves nothing: no difference is stated. */
  readonly unproven?: boolean;
};

const nothingElse = {
  valueOn: null,
  reversal: false,
  payerName: null,
  payerAccount: null,
  reference: null,
  endToEndId: null,
  bankReference: null,
  text: '',
  code: null,
  returnReason: null,
  charges: null,
  instructed: null,
  remittance: [],
  booked: true,
};

/** The sum of an open statement. */
type Running = {
  opening: Opening;
  ordinal: number;
  sum: bigint;
  foreign: boolean;
  warnings: string[];
  more: number;
};

/** One file's events, taken away with `take()` as often as the reader likes. */
export class StatementBook {
  private events: BankFileEvent[] = [];
  private lines: BankLine[] = [];
  private running: Running | null = null;
  /** Lines that could not be read before the statement they are of was opened. */
  private lost = 0;

  /** True between `open` and `close`. */
  get isOpen(): boolean {
    return this.running !== null;
  }

  get currency(): string | null {
    return this.running?.opening.currency ?? null;
  }

  /** Opening balance and booked lines so far, in minor units; null without an opening balance. */
  get balanceMinor(): bigint | null {
    const opening = this.running?.opening.openingMinor;
    return this.running && opening !== null && opening !== undefined ? opening + this.running.sum : null;
  }

  event(event: BankFileEvent): void {
    this.flush();
    this.events.push(event);
  }

  open(opening: Opening): void {
    this.running = { opening, ordinal: this.lost, sum: 0n, foreign: false, warnings: [], more: 0 };
    this.lost = 0;
    const { openingMinor, ...rest } = opening;
    this.event({
      kind: 'statement',
      statement: {
        ...rest,
        openingBalance: openingMinor === null ? null : toDecimal(openingMinor, opening.currency),
      },
    });
  }

  /** Adds a line in its place. One of no money becomes a warning. */
  add({ minor, ...line }: NewLine): void {
    const running = this.running!;
    running.ordinal++;
    if (minor === 0n) {
      const words = [line.bookedOn, line.text?.split('\n')[0]].filter(Boolean).join(', ');
      this.warn(`line ${line.fileLine ?? running.ordinal} is of zero and was left out (${words})`);
      return;
    }
    const whole: BankLine = {
      ...nothingElse,
      ...line,
      ordinal: running.ordinal,
      amount: toDecimal(minor, line.currency),
    };
    if (whole.booked) {
      if (whole.currency === running.opening.currency)
        running.sum += whole.direction === 'credit' ? minor : -minor;
      else running.foreign = true;
    }
    this.lines.push(whole);
    if (this.lines.length >= BATCH) this.flush();
  }

  /** A line could not be read: it is named, and keeps its place in the statement. */
  lose(line: number | null, reason: string): void {
    if (this.running) this.running.ordinal++;
    else this.lost++;
    this.problem(line, reason);
  }

  problem(line: number | null, reason: string): void {
    this.event({ kind: 'problem', line, reason });
  }

  warn(text: string): void {
    const { running } = this;
    if (!running) this.problem(null, text);
    else if (running.warnings.length < MAX_WARNINGS) running.warnings.push(text);
    else running.more++;
  }

  close({ closingMinor, toOn, openingMinor, unproven = false }: Closing): void {
    const running = this.running!;
    const { currency } = running.opening;
    const from = running.opening.openingMinor ?? openingMinor ?? null;
    if (running.foreign) this.warn(`not all lines are in ${currency}, so balances cannot be compared`);
    const known = from !== null && closingMinor !== null && !unproven && !running.foreign;
    const difference = known ? from + running.sum - closingMinor : null;
    if (difference !== null && difference !== 0n)
      this.warn(
        `the lines do not explain the balances: opening ${toDecimal(from!, currency)} and lines of ` +
          `${toDecimal(running.sum, currency)} do not make ${toDecimal(closingMinor!, currency)} ${currency}`,
      );
    const { warnings, more } = running;
    this.event({
      kind: 'end',
      closingBalance: closingMinor === null ? null : toDecimal(closingMinor, currency),
      toOn,
      difference: difference === null ? null : toDecimal(difference, currency),
      warnings: more > 0 ? [...warnings, `and ${more} more warnings`] : warnings,
    });
    this.running = null;
  }

  /** What happened since the last call; lines wait until there are enough of them. */
  take(): BankFileEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  private flush(): void {
    if (this.lines.length === 0) return;
    this.events.push({ kind: 'lines', lines: this.lines });
    this.lines = [];
  }
}
