/** The groups of a ledger question: a table, aging buckets also as bars, weeks and months also as a trend. */
import { agingBuckets, type Grouping, type Measure } from '../domain/ledger-query/question.ts';
import type { GroupRow, LedgerResult } from '../domain/ledger-query/result.ts';
import type { Block, Cell } from './card.ts';
import {
  bucketLabel,
  bucketTone,
  customerCell,
  fairCut,
  formatChange,
  formatMeasure,
  GROUPING_WORDS,
  MAX_ROWS,
  measureKind,
  measureTitle,
  NONE,
  numberCell,
  overdueTone,
  textCell,
} from './labels.ts';

type Column = { title: string; align: 'left' | 'right'; cell: (group: GroupRow) => Cell };

const GROUP_CELLS: Readonly<Record<Grouping, (group: GroupRow) => Cell>> = {
  customer: (group) => customerCell(group.customer),
  parent: (group) => customerCell(group.parent),
  currency: (group) => textCell(group.currency),
  aging_bucket: (group) => textCell(group.agingBucket && bucketLabel(group.agingBucket)),
  owner: (group) => textCell(group.owner),
  segment: (group) => textCell(group.segment),
  region: (group) => textCell(group.region),
  week: (group) => textCell(group.period),
  month: (group) => textCell(group.period),
};

function measureCell(measure: Measure, group: GroupRow, values: GroupRow['values']): Cell {
  const value = values[measure];
  const late =
    measure === 'max_days_overdue'
      ? overdueTone(Number(value ?? 0))
      : group.agingBucket && measureKind(measure) === 'money' && group.agingBucket !== 'not_due'
        ? bucketTone(group.agingBucket)
        : undefined;
  return numberCell(formatMeasure(measure, value, group.currency), late);
}

function measureColumns(result: LedgerResult, measure: Measure): Column[] {
  const title = measureTitle(measure, result.question.dataset);
  const now: Column = { title, align: 'right', cell: (group) => measureCell(measure, group, group.values) };
  if (!result.groups?.some((group) => group.compared)) return [now];
  const before: Column = {
    title: `${title} before`,
    align: 'right',
    cell: (group) => numberCell(formatMeasure(measure, group.compared?.[measure], group.currency), 'muted'),
  };
  const kind = measureKind(measure);
  // one column of changes tells enough: of the money where money is measured
  const telling = result.question.measures.find((each) => measureKind(each) === 'money') ?? 'count';
  if (measure !== telling || (kind !== 'money' && kind !== 'count')) return [now, before];
  const change: Column = {
    title: 'Change',
    align: 'right',
    cell: (group) =>
      numberCell(formatChange(measure, group.values[measure], group.compared?.[measure], group.currency)),
  };
  return [now, before, change];
}

/** A bars block for each currency, in bucket order; a bucket that nothing fell in stands as zero. */
function agingBars(result: LedgerResult, groups: readonly GroupRow[], measure: Measure): Block[] {
  return byCurrency(groups).map(([currency, own]) => ({
    type: 'bars',
    title: `${measureTitle(measure, result.question.dataset)} by age${currency ? `, ${currency}` : ''}`,
    unit: currency ?? result.question.dataset,
    bars: agingBuckets.map((bucket) => ({
      label: bucketLabel(bucket),
      value: String(own.find((group) => group.agingBucket === bucket)?.values[measure] ?? '0'),
      tone: bucketTone(bucket),
    })),
  }));
}

/** A trend for each currency that has at least two periods, oldest first. */
function trends(result: LedgerResult, groups: readonly GroupRow[], measure: Measure): Block[] {
  return byCurrency(groups).flatMap(([currency, own]): Block[] => {
    const points = own
      .filter((group) => group.period && group.values[measure] !== null)
      .map((group) => ({ label: group.period!, value: String(group.values[measure] ?? '0') }))
      .sort((a, b) => (a.label < b.label ? -1 : 1));
    if (points.length < 2) return [];
    const unit =
      measureKind(measure) === 'money' ? (currency ?? '') : measureKind(measure) === 'percent' ? '%' : '';
    const title = measureTitle(measure, result.question.dataset);
    return [{ type: 'trend', title: currency ? `${title}, ${currency}` : title, unit, points }];
  });
}

const byCurrency = (groups: readonly GroupRow[]): [string | undefined, GroupRow[]][] =>
  [...new Set(groups.map((group) => group.currency))].map((currency) => [
    currency,
    groups.filter((group) => group.currency === currency),
  ]);

/** A picture only where the bucket or the period is the one thing that tells the groups of a currency apart. */
function pictures(result: LedgerResult): Block[] {
  const { groupBy, measures } = result.question;
  const groups = result.groups ?? [];
  const measure = measures.find((each) => measureKind(each) === 'money') ?? measures[0];
  const others = groupBy.filter((each) => each !== 'currency');
  if (!measure || measureKind(measure) === 'day' || others.length !== 1) return [];
  if (others[0] === 'aging_bucket' && ['money', 'count'].includes(measureKind(measure)))
    return agingBars(result, groups, measure);
  return others[0] === 'week' || others[0] === 'month' ? trends(result, groups, measure) : [];
}

/**
 * Buckets, weeks or months of several currencies as one table with a column each, where one measure (beside counts)
 * was asked for and no group was cut off; null where that does not fit.
 */
function pivot(result: LedgerResult): Block | null {
  const { groupBy, measures } = result.question;
  const groups = result.groups ?? [];
  const [key, ...others] = groupBy.filter((each) => each !== 'currency');
  const [measure, ...rest] = measures.filter((each) => each !== 'count');
  const currencies = [...new Set(groups.flatMap((group) => group.currency ?? []))];
  const whole = groups.length === result.rowCount && !groups.some((group) => group.compared);
  if (!key || others.length > 0 || !measure || rest.length > 0 || currencies.length < 2 || !whole)
    return null;
  if (!['aging_bucket', 'week', 'month'].includes(key)) return null;
  const nameOf = (group: GroupRow) => group.agingBucket ?? group.period ?? '';
  const found = new Set(groups.map(nameOf));
  const names = key === 'aging_bucket' ? agingBuckets.filter((each) => found.has(each)) : [...found];
  const cellOf = (name: string, currency: string): Cell => {
    const group = groups.find((each) => nameOf(each) === name && each.currency === currency);
    return group ? measureCell(measure, group, group.values) : numberCell(null);
  };
  return {
    type: 'table',
    columns: [
      { title: GROUPING_WORDS[key], align: 'left' },
      ...currencies.map((title) => ({ title, align: 'right' as const })),
    ],
    rows: names
      .slice(0, MAX_ROWS)
      .map((name) => [
        textCell(key === 'aging_bucket' ? bucketLabel(name) : name),
        ...currencies.map((currency) => cellOf(name, currency)),
      ]),
    more: Math.max(0, names.length - MAX_ROWS),
  };
}

/** Pictures first, then the table of at most 25 groups. Empty when there is no group. */
export function groupBlocks(result: LedgerResult): Block[] {
  const groups = fairCut(result.groups ?? [], MAX_ROWS);
  if (groups.length === 0) return [];
  const turned = pivot(result);
  if (turned) return [...pictures(result), turned];
  const { groupBy, measures } = result.question;
  const moneyTells = groupBy.length > 1 && measures.some((measure) => measureKind(measure) === 'money');
  const keys =
    groupBy.length === 0 && groups.some((group) => group.currency)
      ? (['currency'] as const)
      : groupBy.filter((key) => key !== 'currency' || !moneyTells);
  const columns: Column[] = [
    ...keys.map((key): Column => ({ title: GROUPING_WORDS[key], align: 'left', cell: GROUP_CELLS[key] })),
    ...measures.flatMap((measure) => measureColumns(result, measure)),
  ];
  const table: Block = {
    type: 'table',
    columns: columns.map(({ title, align }) => ({ title, align })),
    rows: groups.map((group) => columns.map((column) => column.cell(group))),
    more: Math.max(0, result.rowCount - groups.length),
  };
  const empty = table.rows.every((row) => row.every((cell) => cell.text === NONE));
  return empty ? [] : [...pictures(result), table];
}
