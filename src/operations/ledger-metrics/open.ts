/** Aging and concentration: the open invoices of one day. */
import { aging } from '../../domain/metrics/aging.ts';
import { concentration } from '../../domain/metrics/concentration.ts';
import { toDecimal } from '../../domain/money.ts';
import { readAging, readDebtors } from '../../store/metrics/open-items.ts';
import type { Sql } from '../../store/transaction.ts';
import { type Asked, type MetricFigure, type MetricParts, perCurrency } from './asked.ts';

const TOPS = [1, 5, 10] as const;
const HEADLINE_TOP = 5;

const cannotTell = (currency: string, asOf: string): string =>
  `What was open in ${currency} on ${asOf} cannot be told: some invoices are paid with no known day. Import their payments and applications to get this figure.`;

/** Open amount by days past due (P-3), per currency. */
export async function agingMetric(sql: Sql, asked: Asked): Promise<MetricParts> {
  const currencies = perCurrency(await readAging(sql, asked)).map(([currency, lines]) => ({
    currency,
    known: lines.every((line) => line.unknown === 0n),
    ...aging(lines),
  }));
  return {
    title: 'Aging of the receivable',
    method:
      'Open amount of each invoice by days past its due day on the as-of day: not due, 1-30, 31-60, 61-90, more than 90. Credits and payments on no invoice are not taken off.',
    figures: currencies.map(
      ({ currency, known, total, count, buckets }): MetricFigure => ({
        currency,
        value: known ? toDecimal(total, currency) : null,
        unit: 'money',
        ...(known && {
          buckets: buckets.map(({ bucket, count, minor, share }) => ({
            bucket,
            count,
            open: toDecimal(minor, currency),
            share,
          })),
        }),
        inputs: known ? { open: toDecimal(total, currency), invoices: String(count) } : {},
      }),
    ),
    notes: currencies.flatMap(({ currency, known }) => (known ? [] : [cannotTell(currency, asked.asOf)])),
  };
}

/** Share of the open receivable that the largest debtors owe, per currency; the value is of the five largest. */
export async function concentrationMetric(sql: Sql, asked: Asked): Promise<MetricParts> {
  const currencies = perCurrency(await readDebtors(sql, asked, TOPS.at(-1)!)).map(([currency, debtors]) => {
    const { total, debtors: count, unknown } = debtors[0]!;
    const share = (top: number) =>
      concentration(
        debtors.map((each) => each.minor),
        total,
        top,
      );
    return { currency, debtors, total, count, known: unknown === 0n, share };
  });
  return {
    title: `Concentration: share of the ${HEADLINE_TOP} largest debtors`,
    method:
      'Open amount of the largest debtors / open amount of all, in percent. Each customer counts by itself, not with its group.',
    figures: currencies.map(
      ({ currency, debtors, total, count, known, share }): MetricFigure => ({
        currency,
        value: known ? share(HEADLINE_TOP) : null,
        unit: '%',
        ...(known && {
          customers: debtors.map(({ id, code, name, minor }) => ({
            customer: { id, code, name },
            open: toDecimal(minor, currency),
            share: concentration([minor], total, 1) ?? '0.0',
          })),
        }),
        inputs: known
          ? {
              open: toDecimal(total, currency),
              debtors: String(count),
              ...Object.fromEntries(TOPS.map((top) => [`top ${top}`, share(top) ?? '0.0'])),
            }
          : {},
      }),
    ),
    notes: currencies.flatMap(({ currency, known }) => (known ? [] : [cannotTell(currency, asked.asOf)])),
  };
}
