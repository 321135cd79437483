/** `invoiceKeys` without making a text of each key: the same keys, hashed on the way. A test holds that they agree. */
import { HASH_START, hashStep } from './hash-index.ts';
import { FEWEST_DIGITS, LONG_ENOUGH, PIECE } from './lookup-keys.ts';

const MOST_DIGITS = 64;
const digits = new Uint8Array(MOST_DIGITS);

function pieceHash(from: number): number | null {
  let hash = HASH_START;
  let seen = 0;
  for (let at = from; at < from + PIECE; at++) {
    hash = hashStep(hash, digits[at]! + 48);
    seen |= 1 << digits[at]!;
  }
  let different = 0;
  for (; seen !== 0; seen &= seen - 1) different++;
  return different >= 3 ? hash : null;
}

function eachPiece(length: number, onPiece: (hash: number) => void): void {
  if (length < LONG_ENOUGH || length > MOST_DIGITS) return;
  const last = pieceHash(length - PIECE);
  const before = pieceHash(Math.max(0, length - 2 * PIECE));
  if (last !== null) onPiece(last);
  if (before !== null && before !== last) onPiece(before);
}

/** `fewest`: the number's own digits count however few they are. */
function keysOf(
  text: string,
  fewest: number,
  onNumber: (hash: number) => void,
  onPiece: (hash: number) => void,
): void {
  let [whole, length] = [HASH_START, 0];
  let [run, runLength, runs, inRun] = [HASH_START, 0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) {
      inRun = false;
      continue;
    }
    if (!inRun) {
      [run, runLength, inRun] = [HASH_START, 0, true];
      runs++;
    }
    if (runLength > 0 || code !== 48) {
      run = hashStep(run, code);
      runLength++;
    }
    if (length > 0 || code !== 48) {
      whole = hashStep(whole, code);
      if (length < MOST_DIGITS) digits[length] = code - 48;
      length++;
    }
  }
  if (length > 0 && length >= fewest) {
    lastDigits.length = Math.min(length, MOST_DIGITS);
    onNumber(whole);
    eachPiece(length, onPiece);
  }
  if (runs > 1 && runLength >= FEWEST_DIGITS && run !== whole) {
    lastDigits.length = 0;
    onNumber(run);
    if (runLength >= LONG_ENOUGH && runLength <= MOST_DIGITS) {
      digits.copyWithin(0, Math.min(length, MOST_DIGITS) - runLength, Math.min(length, MOST_DIGITS));
      eachPiece(runLength, onPiece);
    }
  }
}

/** Digits of the number that `onNumber` was last called for; the array is used again for the next. */
export const lastDigits = { digits, length: 0 };

/** Calls back with the hash (`hashText`) of every key that `invoiceKeys` gives; one may come twice. */
export function hashedKeys(
  number: string,
  references: readonly string[],
  onNumber: (hash: number) => void,
  onPiece: (hash: number) => void,
): void {
  keysOf(number, 1, onNumber, onPiece);
  for (const each of references) keysOf(each, FEWEST_DIGITS, onNumber, onPiece);
}
