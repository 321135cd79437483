/** Shares as text, computed on whole minor units. */
import { divideRounded } from '../money.ts';

/** The part of the whole in percent with one decimal, rounded half away from zero ("43.2"); null of nothing. */
export function percent(part: bigint, whole: bigint): string | null {
  if (whole === 0n) return null;
  const tenths = divideRounded(part * 1000n, whole);
  const digits = (tenths < 0n ? -tenths : tenths).toString().padStart(2, '0');
  return `${tenths < 0n ? '-' : ''}${digits.slice(0, -1)}.${digits.slice(-1)}`;
}
