/** The answer to a ledger metric. */
import type { LedgerMetricsOutput } from '../../../src/domain/ledger-query/answers.ts';
import type { Slots } from '../slots.ts';
import { capital, counted, days, lines, money, paragraphs, sentence } from './words.ts';

type Figure = LedgerMetricsOutput['figures'][number];
const NAMED = 5;

const valueText = (figure: Figure): string => {
  if (figure.value === null) return 'cannot be computed';
  if (figure.unit === 'money') return money(figure.value, figure.currency);
  return figure.unit === 'days' ? days(figure.value) : `${figure.value}%`;
};

const aging = (figure: Figure): string =>
  `${valueText(figure)}: ${(figure.buckets ?? []).map((each) => `${each.bucket.replace('_', ' ')} ${money(each.open, figure.currency)} (${each.share}%)`).join('; ')}`;

function series(figure: Figure): string {
  const points = (figure.series ?? []).filter((point) => point.value !== null);
  if (points.length < 2) return '';
  return ` (${points
    .slice(-12)
    .map((point) => `${point.period} ${point.value}`)
    .join(', ')})`;
}

function habitsOf(row: NonNullable<Figure['customers']>[number]): string {
  if (!row.paidInvoices) return `${row.customer.name}: nothing paid in that time`;
  const late = row.averageDaysLate;
  const parts = [
    late === null || late === undefined
      ? null
      : late.startsWith('-')
        ? `${days(late.slice(1))} early on average`
        : `${days(late)} late on average`,
    row.medianDaysLate ? `median ${days(row.medianDaysLate)} past due` : null,
    row.averageDaysToPay ? `pays after ${days(row.averageDaysToPay)}` : null,
    row.onTimeShare ? `${row.onTimeShare}% on time` : null,
    `over ${counted(row.paidInvoices, 'paid invoice')}`,
  ];
  return `${row.customer.name}: ${parts.filter(Boolean).join(', ')}`;
}

/** Worst or best payers first, in the order of the tool's own figures; nothing is computed but compared. */
function ranked(rows: NonNullable<Figure['customers']>, slots: Slots): NonNullable<Figure['customers']> {
  if (!slots.superlative) return rows;
  const way = slots.superlative === 'best' || slots.superlative === 'smallest' ? 1 : -1;
  return rows
    .filter((row) => row.averageDaysLate !== null && row.averageDaysLate !== undefined)
    .sort((a, b) => way * (Number(a.averageDaysLate) - Number(b.averageDaysLate)));
}

function habits(output: LedgerMetricsOutput, slots: Slots): string {
  const several = output.figures.filter((figure) => figure.customers?.length).length > 1;
  return lines(
    output.figures.flatMap((figure) =>
      ranked(figure.customers ?? [], slots)
        .slice(0, slots.limit ?? NAMED)
        .map((row) => `${habitsOf(row)}${several ? ` (${figure.currency})` : ''}`),
    ),
  );
}

const concentration = (figure: Figure): string =>
  `${valueText(figure)} in ${figure.currency}: ${(figure.customers ?? [])
    .slice(0, NAMED)
    .map(
      (row) =>
        `${row.customer.name}${row.open ? ` ${money(row.open, figure.currency)}` : ''}${row.share ? ` (${row.share}%)` : ''}`,
    )
    .join('; ')}`;

/** Headline per currency, the method when it was asked for, filter and as-of day. */
export function phraseMetric(output: LedgerMetricsOutput, slots: Slots): string {
  const footer = paragraphs(
    slots.explain && sentence(`How: ${output.method}`),
    capital(sentence(`${output.description.replace(/\.$/, '')}, as of ${output.asOf}`)),
    ...output.notes.map(sentence),
  );
  if (output.figures.length === 0)
    return paragraphs(sentence(`${output.title}: there is nothing to measure`), footer);
  if (output.metric === 'payer_habits')
    return paragraphs(
      sentence(output.title),
      habits(output, slots) || 'No paid invoices in that time.',
      footer,
    );
  const text = (figure: Figure): string =>
    output.metric === 'aging'
      ? aging(figure)
      : output.metric === 'concentration'
        ? concentration(figure)
        : `${figure.currency}: ${valueText(figure)}${series(figure)}`;
  return paragraphs(`${output.title}:`, lines(output.figures.map(text)), footer);
}
