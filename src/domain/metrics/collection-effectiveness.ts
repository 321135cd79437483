import { percent } from '../ledger-query/percent.ts';

/** One period in one currency, minor units. `endingCurrent` is the part of `ending` that is not past due. */
export type CollectionPeriod = {
  readonly beginning: bigint;
  readonly billed: bigint;
  readonly ending: bigint;
  readonly endingCurrent: bigint;
};

/**
 * Collection effectiveness index in percent with one decimal: what was collected of what could be collected,
 * (beginning + billed - ending) / (beginning + billed - ending not past due) x 100. Null when nothing could be.
 * Source: Credit Research Foundation, "Collection Effectiveness Index (CEI)", for a period of one month.
 */
export const collectionEffectiveness = (period: CollectionPeriod): string | null => {
  const available = period.beginning + period.billed;
  return percent(available - period.ending, available - period.endingCurrent);
};
