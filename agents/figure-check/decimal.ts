/** Reads written numbers exactly: values are whole numbers of a billionth, so nothing is rounded on the way. */

/** A value times 10^9. */
export type Scaled = bigint;
export const SCALE_DIGITS = 9;
export const ONE: Scaled = 10n ** BigInt(SCALE_DIGITS);

/** A reading of a written number: its value, and the size of its last written digit. */
export type Reading = { readonly value: Scaled; readonly step: Scaled };

/** Longer runs of digits are no figure of a ledger, and reading them would cost quadratic time. */
const MAX_DIGITS = 30;

/** A plain decimal (digits, at most one point); null when it has more decimals than are kept, or too many digits. */
export function scaled(whole: string, fraction = ''): Reading | null {
  const kept = fraction.length > SCALE_DIGITS ? fraction.replace(/0+$/, '') : fraction;
  if (whole.length > MAX_DIGITS || kept.length > SCALE_DIGITS) return null;
  return {
    value: BigInt(whole + kept.padEnd(SCALE_DIGITS, '0')),
    step: 10n ** BigInt(SCALE_DIGITS - kept.length),
  };
}

const grouped = (parts: readonly string[]): boolean =>
  parts[0]!.length <= 3 &&
  parts.slice(1, -1).every((part) => part.length === 3 || part.length === 2) &&
  parts.at(-1)!.length === 3;

/**
 * All readings of digits with separators: "12,500.00", "12.500,00", "12 500,00" and "12'500" are one value each,
 * "12.500" may be twelve and a half or twelve thousand five hundred. None when the separators make no number.
 */
export function readNumber(text: string): Reading[] {
  const compact = text.replace(/[ ']/g, '');
  const marks = compact.replace(/\d/g, '');
  const only = (...readings: (Reading | null)[]): Reading[] => readings.filter((reading) => reading !== null);
  if (marks === '') return only(scaled(compact));
  const last = marks.at(-1)!;
  const cut = compact.lastIndexOf(last);
  const head = compact.slice(0, cut);
  const tail = compact.slice(cut + 1);
  if (new Set(marks).size === 2) {
    const groups = head.split(last === '.' ? ',' : '.');
    if (head.includes(last) || !grouped(groups)) return [];
    return only(scaled(groups.join(''), tail));
  }
  if (marks.length > 1) {
    const parts = compact.split(last);
    return grouped(parts) ? only(scaled(parts.join(''))) : [];
  }
  const asDecimal = scaled(head, tail);
  if (tail.length !== 3 || head.length > 3 || head === '0') return only(asDecimal);
  return last === ',' ? only(scaled(head + tail)) : only(scaled(head + tail), asDecimal);
}

/** A JSON number or decimal text; null when it is neither, or too long or fine to be kept exactly. */
export function readPlain(value: string | number): Scaled | null {
  const match = /^([-+]?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  // floats such as 0.1 + 0.2 carry noise beyond what is ever shown
  const reading = scaled(whole, typeof value === 'number' ? fraction.slice(0, SCALE_DIGITS) : fraction);
  if (!reading) return null;
  return sign === '-' ? -reading.value : reading.value;
}
