/** How money put on an invoice changes what is open on it. Pure; amounts are minor units of the invoice's currency. */

export type InvoiceBalance = {
  readonly amount: bigint;
  readonly open: bigint;
  /** Applications and adjustments known before. */
  readonly applied: bigint;
  /** The open amount came with this very import, so it counts this import's applications already. */
  readonly given: boolean;
};

export type GivenOpen = {
  readonly amount: bigint;
  /** What the ledger says is open. */
  readonly given: bigint;
  /** What Remy itself put on and let off, reversals taken off; below zero: it took off what the ledger had applied. */
  readonly own: bigint;
  /** Everything on it, `own` included. */
  readonly applied: bigint;
  /** What was open before this word of the ledger; null when that is not known. */
  readonly before: bigint | null;
};

/**
 * What is open where the ledger says so. The ledger is right about everything but what Remy did and the ledger has not
 * heard of: a paid customer must not look unpaid because of that, and a returned payment must not look paid.
 *
 * Whether it has heard is seen from its figure: one that is just what Remy did above what was open has not, else one that
 * leaves room for everything that is known counts it already. Keeps: 0 <= open <= amount.
 */
export function settleOpen({ amount, given, own, applied, before }: GivenOpen): bigint {
  if (own === 0n) return given;
  if (own < 0n) return given - own > amount ? amount : given - own;
  if (given - own === before) return before;
  if (given <= amount - applied) return given;
  return given > own ? given - own : 0n;
}

/**
 * What is open after `net` more was put on the invoice (less than zero: taken off).
 *
 * A ledger may give an open amount that its known applications do not explain, because they were not exported or come
 * in a later file. New applications first fill that gap, and only what goes beyond it lowers the open amount: so the
 * same export read in one go, in several, or twice, ends in the same figures. Without a gap, open follows the money.
 */
export function openAfter({ amount, open, applied, given }: InvoiceBalance, net: bigint): bigint {
  if (given) return open;
  const gap = amount - open - applied;
  if (net < 0n && gap > 0n) return open; // the source's own figure never counted what is taken off
  const counted = net > 0n && gap > 0n ? (net > gap ? net - gap : 0n) : net;
  const after = open - counted;
  return after < 0n ? 0n : after > amount ? amount : after;
}
