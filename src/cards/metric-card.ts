/** Ledger metrics as cards: aging bars and table, trends of DSO and CEI, shares and habits by customer. */
import type { LedgerMetricsOutput } from '../domain/ledger-query/answers.ts';
import { agingBuckets } from '../domain/ledger-query/question.ts';
import { formatAmount } from '../domain/money.ts';
import type { Block, Card, Cell } from './card.ts';
import {
  bucketLabel,
  bucketTone,
  customerCell,
  filterLine,
  MAX_ROWS,
  moneyCell,
  NONE,
  numberCell,
  type Tone,
  textCell,
  words,
} from './labels.ts';

type Figure = LedgerMetricsOutput['figures'][number];

const withUnit = (figure: Figure, value: string | null): string =>
  value === null
    ? NONE
    : figure.unit === 'money'
      ? formatAmount(value, figure.currency)
      : figure.unit === '%'
        ? `${value}%`
        : `${value} days`;

const right = (title: string) => ({ title, align: 'right' as const });
const left = (title: string) => ({ title, align: 'left' as const });

function agingBars(figure: Figure): Block {
  return {
    type: 'bars',
    title: `Open by age, ${figure.currency}`,
    unit: figure.currency,
    bars: (figure.buckets ?? []).map((bucket) => ({
      label: bucketLabel(bucket.bucket),
      value: bucket.open,
      tone: bucketTone(bucket.bucket),
    })),
  };
}

/** One currency: buckets with counts and shares. */
function agingTable(figure: Figure): Block {
  const buckets = figure.buckets ?? [];
  const count = buckets.reduce((sum, each) => sum + each.count, 0);
  return {
    type: 'table',
    columns: [left('Bucket'), right('Invoices'), right('Open'), right('Share')],
    rows: [
      ...buckets.map((bucket): Cell[] => [
        textCell(bucketLabel(bucket.bucket)),
        numberCell(bucket.count.toLocaleString('en-US')),
        moneyCell(bucket.open, figure.currency, lateTone(bucket)),
        numberCell(`${bucket.share}%`),
      ]),
      total([
        textCell('Total'),
        numberCell(count.toLocaleString('en-US')),
        moneyCell(figure.value ?? undefined, figure.currency),
        { text: '' },
      ]),
    ],
    more: 0,
  };
}

const total = (cells: Cell[]): Cell[] => cells.map((cell) => ({ ...cell, strong: true }));

const lateTone = ({ bucket, count }: NonNullable<Figure['buckets']>[number]): Tone | undefined =>
  bucket === 'not_due' || count === 0 ? undefined : bucketTone(bucket);

/** Several currencies: a column each, since they do not add up (policy P-1). */
function agingMatrix(figures: readonly Figure[]): Block {
  const cell = (figure: Figure, bucket: string): Cell => {
    const found = figure.buckets?.find((each) => each.bucket === bucket);
    return found ? moneyCell(found.open, figure.currency, lateTone(found)) : numberCell(null);
  };
  return {
    type: 'table',
    columns: [left('Bucket'), ...figures.map((figure) => right(figure.currency))],
    rows: [
      ...agingBuckets.map((bucket) => [
        textCell(bucketLabel(bucket)),
        ...figures.map((figure) => cell(figure, bucket)),
      ]),
      total([
        textCell('Total'),
        ...figures.map((figure) => moneyCell(figure.value ?? undefined, figure.currency)),
      ]),
      [
        textCell('Invoices'),
        ...figures.map((figure) =>
          numberCell(
            (figure.buckets ?? []).reduce((sum, each) => sum + each.count, 0).toLocaleString('en-US'),
          ),
        ),
      ],
    ],
    more: 0,
  };
}

function customerTable(figure: Figure, severalCurrencies: boolean): Block {
  const customers = figure.customers ?? [];
  const rows = customers.slice(0, MAX_ROWS);
  const columns: { title: string; has: boolean; cell: (row: (typeof rows)[number]) => Cell }[] = [
    { title: 'Open', has: rows.some((row) => row.open), cell: (row) => moneyCell(row.open, figure.currency) },
    {
      title: 'Share',
      has: rows.some((row) => row.share),
      cell: (row) => numberCell(row.share && `${row.share}%`),
    },
    {
      title: 'Paid invoices',
      has: rows.some((row) => row.paidInvoices !== undefined),
      cell: (row) => numberCell(row.paidInvoices?.toLocaleString('en-US')),
    },
    ...(
      [
        ['Average days to pay', 'averageDaysToPay'],
        ['Median days to pay', 'medianDaysToPay'],
        ['Average days late', 'averageDaysLate'],
        ['Median days late', 'medianDaysLate'],
      ] as const
    ).map(([title, key]) => ({
      title,
      has: rows.some((row) => row[key] !== undefined && row[key] !== null),
      cell: (row: (typeof rows)[number]) => numberCell(row[key]),
    })),
    {
      title: 'Paid on time',
      has: rows.some((row) => row.onTimeShare),
      cell: (row) => numberCell(row.onTimeShare && `${row.onTimeShare}%`),
    },
  ];
  const shown = columns.filter((column) => column.has);
  return {
    type: 'table',
    ...(severalCurrencies ? { title: figure.currency } : {}),
    columns: [left('Customer'), ...shown.map((column) => right(column.title))],
    rows: rows.map((row) => [customerCell(row.customer), ...shown.map((column) => column.cell(row))]),
    more: customers.length - rows.length,
  };
}

/** The line of one currency, and its month ends with what went in. */
function seriesBlocks(output: LedgerMetricsOutput, figure: Figure): Block[] {
  const series = figure.series ?? [];
  if (series.length < 2) return [];
  const points = series.flatMap((each) =>
    each.value === null ? [] : [{ label: each.period, value: each.value }],
  );
  const trend: Block = {
    type: 'trend',
    title: `${output.title}, ${figure.currency}`,
    unit: figure.unit === 'money' ? figure.currency : figure.unit,
    points,
  };
  return points.length < 2 ? [] : [trend];
}

/** One currency: its month ends with what went in. Several: a column each. */
function seriesTable(output: LedgerMetricsOutput): Block[] {
  const { figures } = output;
  const months = [...new Set(figures.flatMap((figure) => (figure.series ?? []).map((each) => each.period)))];
  if (months.length < 2) return [];
  const shown = months.sort().slice(-MAX_ROWS);
  const at = (figure: Figure, month: string) => figure.series?.find((each) => each.period === month);
  const [only] = figures;
  const columns =
    figures.length === 1 ? [output.title, 'Receivable', 'Billed'] : figures.map((f) => f.currency);
  const cells = (month: string): Cell[] =>
    figures.length === 1 && only
      ? [
          numberCell(withUnit(only, at(only, month)?.value ?? null)),
          moneyCell(at(only, month)?.receivable, only.currency),
          moneyCell(at(only, month)?.billed, only.currency),
        ]
      : figures.map((figure) => numberCell(withUnit(figure, at(figure, month)?.value ?? null)));
  return [
    {
      type: 'table',
      columns: [left('Month'), ...columns.map(right)],
      rows: shown.map((month) => [textCell(month), ...cells(month)]),
      more: months.length - shown.length,
    },
  ];
}

function bodyOf(output: LedgerMetricsOutput): Block[] {
  const { figures } = output;
  if (figures.length === 0) return [{ type: 'text', text: 'Nothing to compute this from.', tone: 'normal' }];
  if (output.metric === 'aging')
    return [...figures.map(agingBars), figures.length === 1 ? agingTable(figures[0]!) : agingMatrix(figures)];
  const lists = figures.filter((figure) => figure.customers?.length);
  if (lists.length > 0) return lists.map((figure) => customerTable(figure, figures.length > 1));
  const values: Block = {
    type: 'facts',
    facts: figures.map((figure) => ({ label: figure.currency, value: withUnit(figure, figure.value) })),
  };
  const series = seriesTable(output);
  if (series.length === 0) return [values];
  return [...figures.flatMap((figure) => seriesBlocks(output, figure)), ...series];
}

/** What went in, by name, for "how was this computed". */
const inputsLine = (figure: Figure): string =>
  Object.entries(figure.inputs)
    .map(([name, value]) => `${words(name)} ${value}`)
    .join(', ');

/** The card of one metric; its method holds the formula and the figures that went in. */
export function metricCard(output: LedgerMetricsOutput, figureId: number | undefined): Card {
  const inputs = output.figures
    .filter((figure) => Object.keys(figure.inputs).length > 0)
    .map((figure) => `${figure.currency}: ${inputsLine(figure)}.`);
  return {
    title: output.title,
    blocks: [
      { type: 'text', text: filterLine(output.description, output.asOf), tone: 'muted' },
      ...bodyOf(output),
      ...output.notes.map((note): Block => ({ type: 'text', text: note, tone: 'muted' })),
    ],
    ...(figureId === undefined ? {} : { figureId }),
    method: [output.method, `${filterLine(output.description, output.asOf)}.`, ...inputs].join('\n'),
  };
}
