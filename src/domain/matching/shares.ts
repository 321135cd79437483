/** What is left of invoices while one payment's money is placed on them. */
import type { MatchAdjustment, MatchInvoice } from './shapes.ts';

export type Kind = MatchAdjustment['kind'];

/** What is left of one invoice while money is placed on it. */
export type Share = { readonly invoice: MatchInvoice; left: bigint };

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Takes the amount off the shares in their order, and says of which. */
export function spread(minor: bigint, shares: readonly Share[]): { share: Share; minor: bigint }[] {
  let rest = minor;
  const taken: { share: Share; minor: bigint }[] = [];
  for (const share of shares) {
    const part = least(rest, share.left);
    if (part <= 0n) continue;
    share.left -= part;
    rest -= part;
    taken.push({ share, minor: part });
  }
  return taken;
}
