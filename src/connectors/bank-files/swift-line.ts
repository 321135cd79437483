/**
 * One booking of an MT940 or MT942 (:61:).
 * Source: SWIFT standards, category 9: 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x] and, on the next line, [34x].
 */
import { addDays, type Day, daysBetween, isDay } from '../../domain/calendar.ts';
import { BadLineError, quote } from './bad-line.ts';
import { exactMinor } from './exact-amount.ts';
import { shortDay } from './short-day.ts';

export type SwiftLine = {
  readonly bookedOn: Day;
  readonly valueOn: Day | null;
  readonly minor: bigint;
  readonly direction: 'credit' | 'debit';
  readonly reversal: boolean;
  /** False for an expected booking (EC, ED). */
  readonly booked: boolean;
  /** Four characters, such as NTRF; null when the bank leaves it out. */
  readonly type: string | null;
  readonly customerReference: string | null;
  readonly bankReference: string | null;
  /** Supplementary details: the lines after the first. */
  readonly details: string;
  /** What is odd about the line and does not keep it from being read. */
  readonly oddity: string | null;
};

const LINE =
  /^(\d{6})(\d{4}| {4})?\s{0,4}(RC|RD|EC|ED|C|D)([A-Z])?\s?(\d*[.,]?\d*)(?:([A-Z][A-Z0-9 ]{3})(.*))?$/s;

/** 30/360 value days: 30 February stands for the month's last day. */
function valueDay(text: string): { day: Day | null; oddity: string | null } {
  const day = shortDay(text);
  if (day) return { day, oddity: null };
  const [month, date] = [text.slice(2, 4), Number(text.slice(4))];
  const first = shortDay(`${text.slice(0, 4)}01`);
  if (!first || date < 29 || date > 31) return { day: null, oddity: null };
  let last = first;
  while (addDays(last, 1).slice(5, 7) === month) last = addDays(last, 1);
  return { day: last, oddity: `the value day ${quote(text)} does not exist; ${last} was taken for it` };
}

/** The entry day has no year: the one that lies nearest to the value day, for bookings around New Year. */
function entryDay(text: string, near: Day): Day | null {
  const year = Number(near.slice(0, 4));
  const days = [year - 1, year, year + 1]
    .map((each) => `${each}-${text.slice(0, 2)}-${text.slice(2)}`)
    .filter(isDay)
    .sort((a, b) => Math.abs(daysBetween(a, near)) - Math.abs(daysBetween(b, near)));
  return days[0] ?? null;
}

const CUT = 'the booking (:61:) is not whole';

/** Splits what follows the amount: type, reference, `//` bank reference. */
function references(
  type: string | undefined,
  rest: string,
): Pick<SwiftLine, 'type' | 'customerReference' | 'bankReference'> {
  const at = rest.indexOf('//');
  return {
    type: type?.trim() || null,
    customerReference: (at < 0 ? rest : rest.slice(0, at)).trim() || null,
    bankReference: at < 0 ? null : rest.slice(at + 2).trim() || null,
  };
}

/**
 * Reads the lines of a :61:. Some banks break the first one before the amount.
 * Throws: BadLineError.
 */
export function readSwiftLine(lines: readonly string[], currency: string): SwiftLine {
  let [first = '', ...details] = lines;
  if (details.length > 0 && /^\d{6}(\d{4}| {4})?\s*[REDC]{1,2}[A-Z]?\s*$/.test(first)) {
    first = first.trimEnd() + details[0]!.trimStart();
    details = details.slice(1);
  }
  const found = LINE.exec(first.trim());
  if (!found) throw new BadLineError(`${CUT}: ${quote(first)}`);
  const [, value = '', entry, mark = '', , amount = '', type, rest = ''] = found;
  if (!/\d/.test(amount)) throw new BadLineError(`${CUT}: ${quote(first)} has no amount`);
  const { day: valueOn, oddity } = valueDay(value);
  if (!valueOn) throw new BadLineError(`${quote(value)} is not a day (${quote(first)})`);
  const entered = entry?.trim() ? entryDay(entry, valueOn) : null;
  const oddEntry = entry?.trim() && !entered ? `the entry day ${quote(entry)} does not exist` : null;
  const kind = mark.at(-1);
  const reversal = mark.startsWith('R');
  return {
    bookedOn: entered ?? valueOn,
    valueOn,
    minor: exactMinor(amount, currency),
    direction: (kind === 'C') === !reversal ? 'credit' : 'debit',
    reversal,
    booked: !mark.startsWith('E'),
    ...references(type, rest),
    details: details.join('\n').trim(),
    oddity: oddity ?? oddEntry,
  };
}
