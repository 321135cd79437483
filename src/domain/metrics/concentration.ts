import { percent } from '../ledger-query/percent.ts';

/**
 * Share of the open receivable that the `top` largest debtors owe, in percent with one decimal; null when nothing is
 * open. `largestFirst` may be cut after the largest ones; `total` is of all. Minor units of one currency (P-1).
 * Source: the concentration ratio (CR-n), here over debtors.
 */
export const concentration = (largestFirst: readonly bigint[], total: bigint, top: number): string | null =>
  percent(
    largestFirst.slice(0, top).reduce((sum, minor) => sum + minor, 0n),
    total,
  );
