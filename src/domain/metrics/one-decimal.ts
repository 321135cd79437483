/** Days and percent with one decimal, exact: whole numbers are divided once and rounded half away from zero. */
import { divideRounded } from '../money.ts';

/** Tenths as text: 432n is "43.2", -5n is "-0.5". */
export function tenthsToText(tenths: bigint): string {
  const size = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? '-' : ''}${size / 10n}.${size % 10n}`;
}

/** The quotient with one decimal; null when the divisor is zero. */
export const oneDecimal = (numerator: bigint, divisor: bigint): string | null =>
  divisor === 0n ? null : tenthsToText(divideRounded(numerator * 10n, divisor));
