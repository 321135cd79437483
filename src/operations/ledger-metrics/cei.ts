/** Collection effectiveness over months. */
import { addDays, type Day } from '../../domain/calendar.ts';
import { collectionEffectiveness } from '../../domain/metrics/collection-effectiveness.ts';
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

/** `days` begins with the last day before the first month. */
function figureOf({ currency, books, billedIn }: CurrencyHistory, days: readonly Day[]): MetricFigure {
  const points = days.slice(1).map((day, i) => {
    const [before, end] = [books[i]!, books[i + 1]!];
    const period = {
      beginning: before.receivable,
      billed: billedIn(monthOf(day)),
      ending: end.receivable,
      endingCurrent: end.current,
    };
    const known = before.unknown === 0n && end.unknown === 0n;
    return { day, period, value: known ? collectionEffectiveness(period) : null };
  });
  const last = points.at(-1)!;
  const text = (minor: bigint) => toDecimal(minor, currency);
  return {
    currency,
    value: last.value,
    unit: '%',
    series: points.map(({ day, period, value }) => ({
      period: monthOf(day),
      value,
      receivable: text(period.ending),
      billed: text(period.billed),
    })),
    inputs: {
      'beginning receivable': text(last.period.beginning),
      billed: text(last.period.billed),
      'ending receivable': text(last.period.ending),
      'ending not past due': text(last.period.endingCurrent),
    },
  };
}

/** CEI of each of the last months, the running one until the as-of day. */
export async function ceiMetric(sql: Sql, asked: Asked): Promise<MetricParts> {
  const ends = monthEnds(asked.asOf, asked.input.months ?? 1);
  const days = [addDays(`${monthOf(ends[0]!)}-01`, -1), ...ends];
  const histories = await readHistory(sql, asked, days, false);
  return {
    title: 'Collection effectiveness index (CEI)',
    method:
      '(receivable at the start of the month + billed in it - receivable at its end) / (receivable at the start + billed - receivable at the end that is not past due) x 100.',
    figures: histories.map((history) => figureOf(history, days)),
    notes: [
      ...runningMonthNote(asked.asOf),
      ...histories.flatMap(({ currency, books }) => {
        const unknown = Math.max(...books.map((day) => day.unknownInvoices));
        return unknown > 0 ? [unknownNote(currency, unknown)] : [];
      }),
    ],
  };
}
