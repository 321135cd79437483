/** DSO by count-back and simple, best possible DSO, average days delinquent: a value and a line over month ends. */
import { addMonths, type Day, daysBetween } from '../../domain/calendar.ts';
import {
  averageDaysDelinquent,
  bestPossibleDso,
  type CountBack,
  countBackDso,
  simpleDso,
} from '../../domain/metrics/days-sales-outstanding.ts';
import { toDecimal } from '../../domain/money.ts';
import type { Sql } from '../../store/transaction.ts';
import {
  type Asked,
  type MetricFigure,
  type MetricParts,
  monthEnds,
  monthOf,
  runningMonthNote,
  unknownNote,
} from './asked.ts';
import { type CurrencyHistory, readHistory } from './history.ts';

const PERIOD_MONTHS = 3;
const PERIOD = 'the month and the two before it';

type Kind = 'count_back' | 'simple' | 'best_possible_dso' | 'average_days_delinquent';

const WORDS: Record<Kind, { title: string; method: string }> = {
  count_back: {
    title: 'DSO (count-back)',
    method:
      'The receivable is used up by the billing of the newest month, then of the month before, and so on; a month used whole counts with its calendar days, the last one in part.',
  },
  simple: {
    title: 'DSO (simple)',
    method: `Receivable at the end / billed in the period x days of the period; the period is ${PERIOD}.`,
  },
  best_possible_dso: {
    title: 'Best possible DSO',
    method: `Receivable that is not past due / billed in the period x days of the period; the period is ${PERIOD}.`,
  },
  average_days_delinquent: {
    title: 'Average days delinquent (ADD)',
    method: `Simple DSO less best possible DSO; the period of both is ${PERIOD}.`,
  },
};

type Point = { value: string | null; receivable: bigint; billed: bigint; inputs: Record<string, bigint> };

const countedInputs = (counted: CountBack | null): Record<string, bigint> =>
  Object.fromEntries((counted?.months ?? []).map((month) => [`billed ${monthOf(month.from)}`, month.billed]));

function pointOf(kind: Kind, history: CurrencyHistory, day: Day, index: number): Point {
  const { receivable, current, unknown } = history.books[index]!;
  const months = history.monthsUntil(day);
  if (kind === 'count_back') {
    const counted = unknown > 0n ? null : countBackDso(receivable, months);
    const billed = history.billedIn(monthOf(day));
    return {
      value: counted?.days ?? null,
      receivable,
      billed,
      inputs: { receivable, ...countedInputs(counted) },
    };
  }
  const from = addMonths(`${monthOf(day)}-01`, 1 - PERIOD_MONTHS);
  const billed = months.slice(0, PERIOD_MONTHS).reduce((sum, month) => sum + month.billed, 0n);
  const period = { receivable, current, billed, days: daysBetween(from, day) + 1 };
  const formula = {
    simple: simpleDso,
    best_possible_dso: bestPossibleDso,
    average_days_delinquent: averageDaysDelinquent,
  };
  return {
    value: unknown > 0n ? null : formula[kind](period),
    receivable,
    billed,
    inputs: { receivable, ...(kind === 'simple' ? {} : { 'not past due': current }), billed },
  };
}

function figureOf(kind: Kind, history: CurrencyHistory, days: readonly Day[]): MetricFigure {
  const { currency } = history;
  const points = days.map((day, index) => pointOf(kind, history, day, index));
  const last = points.at(-1)!;
  const from = addMonths(`${monthOf(days.at(-1)!)}-01`, 1 - PERIOD_MONTHS);
  const inputs = Object.entries(last.inputs).map(([name, minor]) => [name, toDecimal(minor, currency)]);
  if (kind !== 'count_back') inputs.push(['days', String(daysBetween(from, days.at(-1)!) + 1)]);
  return {
    currency,
    value: last.value,
    unit: 'days',
    series: points.map((point, index) => ({
      period: monthOf(days[index]!),
      value: point.value,
      receivable: toDecimal(point.receivable, currency),
      billed: toDecimal(point.billed, currency),
    })),
    inputs: Object.fromEntries(inputs),
  };
}

const isShort = (histories: readonly CurrencyHistory[], days: readonly Day[]): boolean =>
  histories.some((history) =>
    days.some((day, index) => {
      const { receivable, unknown } = history.books[index]!;
      return unknown === 0n && countBackDso(receivable, history.monthsUntil(day)) === null;
    }),
  );

/** The figure of each currency that was billed or is open. A value is null where the ledger cannot tell it. */
export async function dsoMetric(sql: Sql, asked: Asked, kind: Kind): Promise<MetricParts> {
  const days = monthEnds(asked.asOf, asked.input.months ?? 1);
  let histories = await readHistory(sql, asked, days, false);
  if (kind === 'count_back' && isShort(histories, days))
    histories = await readHistory(sql, asked, days, true);
  return {
    ...WORDS[kind],
    figures: histories.map((history) => figureOf(kind, history, days)),
    notes: [
      ...runningMonthNote(asked.asOf),
      ...histories.flatMap(({ currency, books }) => {
        const unknown = Math.max(...books.map((day) => day.unknownInvoices));
        return unknown > 0 ? [unknownNote(currency, unknown)] : [];
      }),
    ],
  };
}
