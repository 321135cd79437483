/** Keeps the best few readings of a payment, one for each set of invoices. */
import type { Candidate } from './candidate.ts';

export type BestCandidates = {
  readonly add: (candidate: Candidate) => void;
  /** Best first; equal ones by their key, so that the order in which they came does not matter. */
  readonly list: () => Candidate[];
};

export const byStrength = (a: Candidate, b: Candidate): number =>
  b.nats - a.nats || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

export function createBestCandidates(most: number): BestCandidates {
  const best = new Map<string, Candidate>();
  const kept = () => [...best.values()].sort(byStrength).slice(0, most);
  return {
    add(candidate) {
      const held = best.get(candidate.key);
      if (held && held.nats >= candidate.nats) return;
      best.set(candidate.key, candidate);
      if (best.size < 4 * most) return;
      const strongest = kept();
      best.clear();
      for (const each of strongest) best.set(each.key, each);
    },
    list: kept,
  };
}
