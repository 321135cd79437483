/** By what the candidates of a payment are looked up, so that nobody has to read every invoice. */
import { baseName } from '../customer.ts';
import { invoiceDigits } from '../invoice-number.ts';
import { divideRounded, minorDigits } from '../money.ts';
import { normalizeText, numberReadings } from './number-readings.ts';
import type { LookupKeys, MatchPayment, MatchSettings } from './shapes.ts';

export const PIECE = 5;
/** Shorter numbers lie so close together that a broken one could be anybody's. */
export const LONG_ENOUGH = 8;
export const FEWEST_DIGITS = 3;
const MOST_NUMBERS = 320;
const MOST_PIECES = 160;
const MOST_NAMES = 6;

/** "10000" and "00000" stand in every long number and tell nothing. */
function tells(piece: string): boolean {
  const first = piece[0]!;
  let second = '';
  for (const digit of piece) {
    if (digit === first || digit === second) continue;
    if (second !== '') return true;
    second = digit;
  }
  return false;
}

/** The last five digits and the five before them, of a number of eight digits or more. */
function piecesOf(digits: string): string[] {
  if (digits.length < LONG_ENOUGH) return [];
  const before = Math.max(0, digits.length - 2 * PIECE);
  return [digits.slice(-PIECE), digits.slice(before, before + PIECE)].filter(tells);
}

/** The last run of digits of a number with several ("123" of INV-2026-00123), by which payers call it too. */
function lastRun(number: string): string {
  const runs = number.match(/\d+/g) ?? [];
  return runs.length > 1 ? runs.at(-1)!.replace(/^0+/, '') : '';
}

/**
 * What an index must hold of an open invoice or a credit note so that it is found; the one definition for memory and
 * SQL. `numbers`: digits without leading zeros of the number and of each reference, and the last run of digits of
 * each that has several; none below three digits, except the number's own. `pieces`: of each of these with eight
 * digits or more, the last five digits and the five before (those of three different digits or more). Both without
 * repeats. A payment's `pieces` are all runs of five within its numbers, so equality finds a number with one slip.
 * A piece that more than 50 documents share tells nothing; a store may leave such out.
 */
export function invoiceKeys(
  number: string,
  references: readonly string[],
): { numbers: string[]; pieces: string[] } {
  const own = invoiceDigits(number);
  const others = [lastRun(number), ...references.flatMap((each) => [invoiceDigits(each), lastRun(each)])];
  const numbers = new Set([own, ...others.filter((each) => each.length >= FEWEST_DIGITS)]);
  numbers.delete('');
  return { numbers: [...numbers], pieces: [...new Set([...numbers].flatMap(piecesOf))] };
}

/** Everything that was written about a payment, as one text; what the advice names comes first. */
export const paymentText = (payment: MatchPayment): string =>
  normalizeText(
    [
      ...payment.remittance.flatMap((line) => (line.document === null ? [] : [line.document])),
      payment.text,
      ...payment.externalIds,
    ].join('\n'),
  );

const MOST_CODES = 40;

/** Words that may be a customer number ("Cust 200702", "KDNR K-10252"), as `codeKey` folds a customer's code. */
function codesIn(text: string): string[] {
  const codes = new Set<string>();
  for (const [found] of text.matchAll(
    /(?<![A-Z0-9])(?=[A-Z-]{0,6}\d)[A-Z0-9](?:[A-Z0-9-]{2,14})[A-Z0-9](?![A-Z0-9])/g,
  )) {
    if (codes.size >= MOST_CODES) break;
    const code = found.replaceAll('-', '');
    if (code.length >= 4) codes.add(code);
  }
  return [...codes];
}

/** As accounts are compared: capitals and digits only. */
export const accountKey = (account: string): string => account.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

const BEHALF = /\b(?:c\/o|o\/b\/o|on behalf of|obo|b\/o|dba|d\/b\/a|t\/a)\b|[;|]/i;

/** The payer as the bank names it, then the parts of "A c/o B". */
export function payerNames(payerName: string | null): string[] {
  const name = (payerName ?? '').slice(0, 200);
  const names = new Set([name, ...name.split(BEHALF)].map(baseName));
  names.delete('');
  return [...names].slice(0, MOST_NAMES);
}

/** Fees that banks take of a transfer, in whole units. */
const COMMON_FEES = [5, 10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50];
const CENTS = [1n, 2n, 3n, 4n, 5n, 10n];

/** `percent` is decimal text; what was owed when so much was taken off it, to the nearest minor unit. */
function before(paid: bigint, percent: string): bigint {
  const scaled = BigInt(Math.round(Number(percent) * 1_000));
  return scaled >= 100_000n || scaled <= 0n ? paid : divideRounded(paid * 100_000n, 100_000n - scaled);
}

function amountsOf({ amountMinor, currency }: MatchPayment, settings: MatchSettings): bigint[] {
  const fee = settings.bankFeeUpTo[currency] ?? 0n;
  const percents = [...settings.discounts.map((each) => each.percent), ...settings.withholdingPercents];
  const owed = new Set([amountMinor]);
  for (const cents of CENTS)
    if (cents <= (settings.writeOffUpTo[currency] ?? 0n)) owed.add(amountMinor + cents);
  for (const units of COMMON_FEES) {
    const minor = BigInt(units) * 10n ** BigInt(minorDigits(currency));
    if (minor <= fee) owed.add(amountMinor + minor);
  }
  for (const percent of percents) {
    const guess = before(amountMinor, percent);
    for (const near of [guess - 1n, guess, guess + 1n]) owed.add(near);
  }
  return [...owed].filter((each) => each > 0n);
}

function piecesIn(numbers: readonly string[]): string[] {
  const pieces = new Set<string>();
  for (const digits of numbers) {
    if (digits.length < LONG_ENOUGH - 1) continue;
    for (let at = 0; at + PIECE <= digits.length && pieces.size < MOST_PIECES; at++)
      if (tells(digits.slice(at, at + PIECE))) pieces.add(digits.slice(at, at + PIECE));
  }
  return [...pieces];
}

/**
 * What to look up the candidates of a payment by. The store answers: `numbers` and `pieces` by equality with
 * `invoiceKeys` of open invoices (closed ones by `numbers` only) and of open credits; `names` with folded names,
 * aliases and remembered names; `accounts` with remembered accounts; `codes` with customer codes (`codeKey`); `amounts` with open amounts of the payment's
 * currency. Then all open invoices, credits and promises of the customers found, their parents, children and siblings.
 */
export function lookupKeys(payment: MatchPayment, settings: MatchSettings): LookupKeys {
  const text = paymentText(payment);
  const readings = numberReadings(text);
  const numbers = new Set<string>();
  for (const { digits, letters } of readings) {
    if (numbers.size >= MOST_NUMBERS) break;
    if (digits.length >= FEWEST_DIGITS || letters !== '') numbers.add(digits);
  }
  return {
    numbers: [...numbers],
    pieces: piecesIn(readings.filter(({ kind }) => kind !== 'split').map(({ digits }) => digits)),
    names: payerNames(payment.payerName),
    accounts:
      payment.payerAccount === null ? [] : [accountKey(payment.payerAccount)].filter((key) => key !== ''),
    customerIds: payment.customerId === null ? [] : [payment.customerId],
    codes: codesIn(text),
    amounts: amountsOf(payment, settings),
  };
}
