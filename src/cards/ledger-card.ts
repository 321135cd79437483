/** A ledger question's answer as a card: what was asked, pictures, the table, totals and notes. */
import type { Dataset, LedgerQuestion } from '../domain/ledger-query/question.ts';
import type { CurrencyTotal, LedgerResult } from '../domain/ledger-query/result.ts';
import { formatAmount } from '../domain/money.ts';
import type { Block, Card } from './card.ts';
import { groupBlocks } from './group-blocks.ts';
import {
  capital,
  DATASET_WORDS,
  filterLine,
  GROUPING_WORDS,
  MAX_ROWS,
  measureTitle,
  moneyCell,
  moneyChange,
  numberCell,
  plural,
  textCell,
  words,
} from './labels.ts';
import { rowTable } from './row-table.ts';

/** "Overdue invoices by customer". */
function titleOf(question: LedgerQuestion): string {
  const status = question.filters.status;
  const subject = DATASET_WORDS[question.dataset][1];
  const qualified = status?.length === 1 ? `${words(status[0]!)} ${subject}` : subject;
  const by = question.groupBy
    .filter((each, _, all) => each !== 'currency' || all.length === 1)
    .map((each) => (each === 'aging_bucket' ? 'age' : GROUPING_WORDS[each].replace(' of', '').toLowerCase()));
  return capital(by.length === 0 ? qualified : `${qualified} by ${by.join(' and ')}`);
}

const isRanked = (result: LedgerResult): boolean =>
  result.totals.some((total) => total.shownShareOfOpen !== undefined);

/** Datasets whose total is their own amount, not what is open of something else. */
const WHOLE_AMOUNT: Partial<Record<Dataset, string>> = {
  applications: '',
  disputes: 'disputed',
  promises: 'promised',
};

/** "43 invoices in all: 12,500.00 USD open": over every row of the filter, so that a cut list is seen as one. */
function totalLine(result: LedgerResult, total: CurrencyTotal): string {
  const { dataset } = result.question;
  const [one, many] = DATASET_WORDS[dataset];
  const left = measureTitle('sum_open', dataset).toLowerCase();
  const whole = WHOLE_AMOUNT[dataset];
  const sum =
    whole === undefined
      ? `${formatAmount(total.open, total.currency)} ${left}`
      : `${formatAmount(total.amount, total.currency)} ${whole}`.trim();
  const shown =
    total.shownOpen === undefined || total.shownShareOfOpen === undefined
      ? ''
      : `; shown here ${formatAmount(total.shownOpen, total.currency)}, ${total.shownShareOfOpen}%`;
  return `${plural(total.count, one, many)} in all, ${sum}${shown}`;
}

/** Totals and what they were in the compared period, where rows themselves are listed. */
function comparedTable(result: LedgerResult): Block[] {
  const before = result.comparedTotals;
  if (!before || result.groups) return [];
  const currencies = [...new Set([...result.totals, ...before].map((total) => total.currency))];
  return [
    {
      type: 'table',
      title: 'Compared',
      columns: [
        { title: 'Currency', align: 'left' },
        { title: 'Count', align: 'right' },
        { title: 'Count before', align: 'right' },
        { title: 'Open', align: 'right' },
        { title: 'Open before', align: 'right' },
        { title: 'Change', align: 'right' },
      ],
      rows: currencies.map((currency) => {
        const now = result.totals.find((total) => total.currency === currency);
        const then = before.find((total) => total.currency === currency);
        return [
          textCell(currency),
          numberCell(now?.count ?? 0),
          numberCell(then?.count ?? 0, 'muted'),
          moneyCell(now?.open ?? '0', currency),
          moneyCell(then?.open ?? '0', currency, 'muted'),
          numberCell(moneyChange(now?.open ?? '0', then?.open ?? '0', currency)),
        ];
      }),
      more: 0,
    },
  ];
}

/** Totals add something when a list is shown, or when a limit cut the groups. */
function totalBlocks(result: LedgerResult): Block[] {
  const listed = result.rows !== undefined && result.rows.length > 1;
  if (!listed && !isRanked(result)) return [];
  return result.totals.map((total) => ({ type: 'text', text: totalLine(result, total), tone: 'muted' }));
}

/**
 * The card of one answered question. With no row it says so, since "nothing" is an answer too.
 * `limit` is the most rows shown.
 */
export function ledgerCard(result: LedgerResult, figureId: number | undefined, limit = MAX_ROWS): Card {
  const table = result.rows ? rowTable(result, limit) : null;
  const body: Block[] = result.groups ? groupBlocks(result) : table ? [table] : [];
  const nothing: Block = { type: 'text', text: 'Nothing fits this question.', tone: 'normal' };
  const compared = result.comparedDescription
    ? [{ type: 'text', text: `Before: ${result.comparedDescription}`, tone: 'muted' } as const]
    : [];
  const method = [
    `${filterLine(result.description, result.asOf)}.`,
    ...(result.comparedDescription ? [`Compared with ${result.comparedDescription}.`] : []),
    ...result.notes,
  ].join(' ');
  return {
    title: titleOf(result.question),
    blocks: [
      { type: 'text', text: filterLine(result.description, result.asOf), tone: 'muted' },
      ...(body.length === 0 ? [nothing] : body),
      ...comparedTable(result),
      ...compared,
      ...totalBlocks(result),
      ...result.notes.map((note): Block => ({ type: 'text', text: note, tone: 'muted' })),
    ],
    ...(figureId === undefined ? {} : { figureId }),
    method: method.replaceAll('..', '.'),
    ...(table?.type === 'table' && table.more === 0 ? { allRows: true } : {}),
  };
}
