/** The words and number formats that cards share, so that a column has the same name on every card. */
import type { Dataset, Grouping, Measure } from '../domain/ledger-query/question.ts';
import type { CustomerRef } from '../domain/ledger-query/result.ts';
import { formatAmount, parseDecimal, toDecimal } from '../domain/money.ts';
import type { Cell } from './card.ts';

/** Shown where a figure does not exist. */
export const NONE = '–';

/** More than this many rows in one card are cut, with the number of those left out. */
export const MAX_ROWS = 25;

export type Tone = NonNullable<Cell['tone']>;

const BUCKETS: Readonly<Record<string, { label: string; tone: Tone }>> = {
  not_due: { label: 'Not due', tone: 'good' },
  '1-30': { label: '1–30 days', tone: 'warning' },
  '31-60': { label: '31–60 days', tone: 'warning' },
  '61-90': { label: '61–90 days', tone: 'bad' },
  '90+': { label: 'Over 90 days', tone: 'bad' },
};

/** Name and tone of an aging bucket (policy P-3). */
export const bucketLabel = (bucket: string): string => BUCKETS[bucket]?.label ?? words(bucket);
export const bucketTone = (bucket: string): Tone => BUCKETS[bucket]?.tone ?? 'muted';

/** Up to 30 days late is a warning, more is bad; null or 0 is neither. */
export const overdueTone = (days: number | null | undefined): Tone | undefined =>
  !days || days <= 0 ? undefined : days <= 30 ? 'warning' : 'bad';

/** `partly_kept` is "partly kept"; the first letter is made a capital by `capital`. */
export const words = (name: string): string => name.replaceAll('_', ' ');
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "3 days", "1 day". */
export const plural = (count: number, word: string, many = `${word}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? word : many}`;

/** "2026-11-24 09:01 UTC": an instant as every reader understands it, wherever the reader is. */
export const instantText = (instant: string): string =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|\+00:?00)$/.test(instant)
    ? `${instant.slice(0, 16).replace('T', ' ')} UTC`
    : instant;

/** "12,000.00 USD in 4, 300.00 EUR in 1": each currency by itself (policy P-1). */
export const totalsText = (totals: readonly { currency: string; amount: string; count: number }[]): string =>
  totals.map((each) => `${formatAmount(each.amount, each.currency)} in ${each.count}`).join(', ');

export const DATASET_WORDS: Readonly<Record<Dataset, [one: string, many: string]>> = {
  customers: ['customer', 'customers'],
  invoices: ['invoice', 'invoices'],
  credits: ['credit', 'credits'],
  payments: ['payment', 'payments'],
  applications: ['application', 'applications'],
  promises: ['promise', 'promises'],
  disputes: ['dispute', 'disputes'],
  timeline: ['event', 'events'],
};

export const GROUPING_WORDS: Readonly<Record<Grouping, string>> = {
  customer: 'Customer',
  parent: 'Group',
  currency: 'Currency',
  aging_bucket: 'Bucket',
  owner: 'Owner',
  segment: 'Segment',
  region: 'Region',
  week: 'Week of',
  month: 'Month',
};

type MeasureKind = 'money' | 'count' | 'percent' | 'days' | 'day';
const MEASURES: Readonly<Record<Measure, { title: string; kind: MeasureKind }>> = {
  count: { title: 'Count', kind: 'count' },
  sum_open: { title: 'Open', kind: 'money' },
  sum_amount: { title: 'Amount', kind: 'money' },
  average_open: { title: 'Average open', kind: 'money' },
  average_amount: { title: 'Average amount', kind: 'money' },
  median_open: { title: 'Median open', kind: 'money' },
  median_amount: { title: 'Median amount', kind: 'money' },
  share_of_open: { title: 'Share of open', kind: 'percent' },
  share_of_amount: { title: 'Share of amount', kind: 'percent' },
  max_days_overdue: { title: 'Most days overdue', kind: 'days' },
  max_age_days: { title: 'Age of oldest, days', kind: 'days' },
  oldest_due: { title: 'Oldest due', kind: 'day' },
  average_days_to_pay: { title: 'Average days to pay', kind: 'days' },
  average_days_late: { title: 'Average days late', kind: 'days' },
  median_days_late: { title: 'Median days late', kind: 'days' },
};
export const measureKind = (measure: Measure): MeasureKind => MEASURES[measure].kind;

/** Column title of a measure; what is left of a payment or credit is "unapplied", of a promise "missing". */
export function measureTitle(measure: Measure, dataset: Dataset): string {
  if (measure === 'count') return capital(DATASET_WORDS[dataset][1]);
  const { title } = MEASURES[measure];
  if (dataset === 'payments' || dataset === 'credits')
    return title.replace(/\bopen\b/i, 'unapplied').replace(/^u/, 'U');
  return dataset === 'promises' ? title.replace(/\bopen\b/i, 'still missing').replace(/^s/, 'S') : title;
}

export type MeasureValue = string | number | null | undefined;

/** A measured value for reading: "12,500.00 USD", "1,204", "43.2%", "2026-02-28". */
export function formatMeasure(measure: Measure, value: MeasureValue, currency: string | undefined): string {
  if (value === null || value === undefined) return NONE;
  const kind = measureKind(measure);
  if (kind === 'money') return currency ? formatAmount(String(value), currency) : String(value);
  if (kind === 'percent') return `${value}%`;
  return kind === 'count' ? Number(value).toLocaleString('en-US') : String(value);
}

/** What a money or count measure changed by, with its sign; the empty text for measures where that says nothing. */
export function formatChange(
  measure: Measure,
  now: MeasureValue,
  before: MeasureValue,
  currency: string | undefined,
): string {
  const kind = measureKind(measure);
  if (kind === 'count') {
    const change = Number(now ?? 0) - Number(before ?? 0);
    return `${change > 0 ? '+' : ''}${change.toLocaleString('en-US')}`;
  }
  return kind === 'money' && currency ? moneyChange(String(now ?? '0'), String(before ?? '0'), currency) : '';
}

/** "+1,200.00 USD", "-300.00 USD", "0.00 USD". */
export function moneyChange(now: string, before: string, currency: string): string {
  const change = parseDecimal(now, currency) - parseDecimal(before, currency);
  return `${change > 0n ? '+' : ''}${formatAmount(toDecimal(change, currency), currency)}`;
}

/** "Open invoices · as of 2026-02-28"; the day is not said twice. */
export const filterLine = (description: string, asOf: string): string =>
  description.includes(asOf) ? capital(description) : `${capital(description)} · as of ${asOf}`;

/**
 * The first `limit` of a list. Where it is ranked by currency (each currency in one run), every currency keeps its
 * largest, so that a cut never leaves one out.
 */
export function fairCut<Row extends { currency?: string | undefined }>(
  list: readonly Row[],
  limit: number,
): Row[] {
  const runs = list.filter((row, at) => row.currency !== list[at - 1]?.currency).length;
  const currencies = [...new Set(list.map((row) => row.currency))];
  if (list.length <= limit || runs !== currencies.length) return list.slice(0, limit);
  const own = currencies.map((currency) => list.filter((row) => row.currency === currency));
  const kept = new Set<Row>();
  for (let rank = 0; kept.size < limit; rank++)
    for (const rows of own) {
      const row = rows[rank];
      if (row && kept.size < limit) kept.add(row);
    }
  return list.filter((row) => kept.has(row));
}

/** A cell that opens the account page of the customer. */
export const customerCell = (customer: CustomerRef | null | undefined): Cell =>
  customer ? { text: customer.name, customerId: customer.id } : { text: 'No customer', tone: 'muted' };

/** A right-aligned cell of money. */
export const moneyCell = (amount: string | undefined, currency: string | undefined, tone?: Tone): Cell => ({
  text: amount === undefined ? NONE : currency ? formatAmount(amount, currency) : amount,
  align: 'right',
  ...(tone ? { tone } : {}),
});

/** A plain cell; nothing is a dash. */
export const textCell = (text: string | number | null | undefined): Cell => ({
  text: text === null || text === undefined || text === '' ? NONE : String(text),
});

/** A right-aligned cell of a number. */
export const numberCell = (value: string | number | null | undefined, tone?: Tone): Cell => ({
  ...textCell(value),
  align: 'right',
  ...(tone ? { tone } : {}),
});
