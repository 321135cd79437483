/** What a metric is asked about, once customers are looked up and days are settled. */
import { addMonths, type Day, endOf } from '../../domain/calendar.ts';
import type { LedgerMetricsInput, LedgerMetricsOutput } from '../../domain/ledger-query/answers.ts';
import type { OpenItems } from '../../store/metrics/open-items.ts';

export type Asked = OpenItems & { input: LedgerMetricsInput };

export type MetricParts = Pick<LedgerMetricsOutput, 'title' | 'method' | 'figures' | 'notes'>;
export type MetricFigure = LedgerMetricsOutput['figures'][number];

/** The last `count` month ends, oldest first; of the running month the as-of day itself. */
export const monthEnds = (asOf: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, i) => {
    const back = count - 1 - i;
    return back === 0 ? asOf : endOf('month', addMonths(`${asOf.slice(0, 7)}-01`, -back));
  });

export const monthOf = (day: Day): string => day.slice(0, 7);

/** Said when the newest month of a series is not over. */
export const runningMonthNote = (asOf: Day): string[] =>
  asOf === endOf('month', asOf) ? [] : [`${monthOf(asOf)} is not over: it counts until ${asOf}.`];

/** Said where a day of the past cannot be told. */
export const unknownNote = (currency: string, invoices: number): string =>
  `${invoices} paid or partly paid ${currency} invoice${invoices === 1 ? ' has' : 's have'} no known payment day, so ` +
  `what was open at a past day cannot be told. Import their payments and applications to get these figures.`;

export const perCurrency = <Row extends { currency: string }>(rows: readonly Row[]): [string, Row[]][] =>
  [...new Set(rows.map((row) => row.currency))]
    .sort()
    .map((currency) => [currency, rows.filter((row) => row.currency === currency)]);
