/** The information to the account owner (:86:) in whichever dialect it is written. */
import { account, clean, realId } from './clean-text.ts';
import { readCoded } from './swift-coded.ts';
import { noDetails, type SwiftDetails } from './swift-fields.ts';
import { readNonSwift, readSlashed } from './swift-slashed.ts';

/** A line of this many characters was broken where it was full, not where a word ended; some banks count the tag. */
const FULL = 64;
const FULL_WITH_TAG = 60;

/** Joins wrapped lines: a full line goes on without a space, a shorter one had its trailing spaces cut. */
export function unwrap(lines: readonly string[]): string {
  let joined = '';
  lines.forEach((line, at) => {
    const before = lines[at - 1];
    const glued =
      before === undefined ||
      before.length >= (at === 1 ? FULL_WITH_TAG : FULL) ||
      line.startsWith('/') ||
      /[\s/]$/.test(before);
    joined += glued ? line : ` ${line}`;
  });
  return joined;
}

const IBAN = /^([A-Z]{2}\d{2}[A-Z0-9]{11,30})(?:\s+(.+))?$/;

const LABELLED_ACCOUNT = /\bIBAN: *([A-Z]{2}\d{2}[A-Z0-9]{11,30})\b/;
const LABELLED_NAME =
  /(?:^|[\s;])(?:NAAM|NAME|OD|ORDERING PARTY|ORDERING CUSTOMER): *(.+?)(?= {2,}|;|\s+[A-Z][A-Z./ ]{1,20}:|$)/;

/** Free text; Dutch banks put the other side's account and name on its first line. */
function readFree(lines: readonly string[]): SwiftDetails {
  const [first = '', ...rest] = lines;
  const found = IBAN.exec(first.trim());
  if (!found) {
    const text = unwrap(lines);
    const labelled = LABELLED_ACCOUNT.exec(text)?.[1];
    return {
      ...noDetails,
      account: account(labelled),
      name: clean(LABELLED_NAME.exec(text)?.[1]),
      texts: [text],
    };
  }
  return {
    ...noDetails,
    account: account(found[1]),
    name: clean(found[2]),
    texts: [unwrap(rest.filter((line) => line.trim() !== ''))],
  };
}

/** Reads the lines of a :86:. `credit` says whose name is the other side's where both are given. */
export function readDetails(lines: readonly string[], credit: boolean): SwiftDetails {
  const whole = lines.join('');
  const coded = readCoded(whole);
  if (coded) return coded;
  const slashed = readSlashed(unwrap(lines), credit);
  if (slashed) return slashed;
  return readFree(lines);
}

/** Reads the numbered lines of a :NS: behind a booking. */
export const readStarMoney = (lines: readonly string[]): SwiftDetails => readNonSwift(lines);

/** The reference that stands for none is left out: NONREF, or the words that only point to the :86:. */
export const customerReference = (text: string | null): string | null =>
  /^(EREF|KREF|MREF|PREF)\+?$/i.test(text?.trim() ?? '') ? null : realId(text);
