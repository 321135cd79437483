import { percent } from '../ledger-query/percent.ts';
import { type AgingBucket, agingBuckets } from '../ledger-query/question.ts';

/**
 * The aging bucket of an open invoice. `daysPastDue` is as-of day minus due day; zero or less is not due.
 * Source: policy P-3 in README.
 */
export function agingBucketOf(daysPastDue: number): AgingBucket {
  if (daysPastDue <= 0) return 'not_due';
  if (daysPastDue <= 30) return '1-30';
  if (daysPastDue <= 60) return '31-60';
  return daysPastDue <= 90 ? '61-90' : '90+';
}

export type AgingLine = { bucket: AgingBucket; count: number; minor: bigint };
export type Aging = { total: bigint; count: number; buckets: (AgingLine & { share: string })[] };

/**
 * The receivable of one currency by age, all five buckets in order, each with its share of the total in percent
 * ("0.0" when nothing is open). Minor units in and out.
 * Source: policy P-3 in README.
 */
export function aging(lines: readonly AgingLine[]): Aging {
  const total = lines.reduce((sum, line) => sum + line.minor, 0n);
  const buckets = agingBuckets.map((bucket) => {
    const own = lines.filter((line) => line.bucket === bucket);
    const minor = own.reduce((sum, line) => sum + line.minor, 0n);
    const count = own.reduce((sum, line) => sum + line.count, 0);
    return { bucket, count, minor, share: percent(minor, total) ?? '0.0' };
  });
  return { total, count: buckets.reduce((sum, line) => sum + line.count, 0), buckets };
}
