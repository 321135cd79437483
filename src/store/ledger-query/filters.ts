/** Filters on a row's own columns and on its account; every one becomes a condition with parameters. */
import { addDays } from '../../domain/calendar.ts';
import { abilities } from '../../domain/ledger-query/abilities.ts';
import type { SettledFilters } from '../../domain/ledger-query/settle.ts';
import { unusualDigits } from '../../domain/money.ts';
import type { Column } from './datasets.ts';
import type { Draft } from './draft.ts';
import { filterByNumber } from './numbers.ts';
import { filterByStanding } from './standing.ts';
import { filterByStatus } from './status.ts';
import { inWindow } from './windows.ts';

/** What scope resolution found out before: the ids of the customers asked for, with their children if asked. */
export type ResolvedIds = readonly number[] | null;

/** Minor units of one major unit in the row's currency. */
function minorPerMajor(draft: Draft): string {
  const cases = unusualDigits.map(
    ({ digits, currencies }) =>
      `when ${draft.column('currency')} = any(${draft.param(currencies, 'text[]')}) then ${10 ** digits}`,
  );
  return `(case ${cases.join(' ')} else 100 end)`;
}

function filterByAmount(draft: Draft, column: 'amount' | 'open'): void {
  const range = draft.question.filters[column];
  if (!range) return;
  const factor = minorPerMajor(draft);
  if (range.min !== undefined)
    draft.where(`${draft.column(column)} >= ${draft.param(range.min, 'numeric')} * ${factor}`);
  if (range.max !== undefined)
    draft.where(`${draft.column(column)} <= ${draft.param(range.max, 'numeric')} * ${factor}`);
}

/** A range of days before the as-of day, as a window of the column: 61 and more days ago is until asOf - 61. */
function daysAgo(
  draft: Draft,
  column: Column,
  range: { min?: number | undefined; max?: number | undefined },
) {
  const { asOf } = draft.question;
  draft.where(
    inWindow(draft, draft.column(column), {
      from: range.max === undefined ? undefined : addDays(asOf, -range.max),
      to: range.min === undefined ? undefined : addDays(asOf, -range.min),
    }),
  );
}

const lowered = (draft: Draft, values: readonly string[]): string =>
  `any(array(select lower(v) from unnest(${draft.param(values, 'text[]')}) v))`;

function filterByAccount(draft: Draft, filters: SettledFilters, ids: ResolvedIds): void {
  if (draft.scope.owner !== null)
    draft.where(`${draft.column('account_owner')} = ${draft.param(draft.scope.owner, 'text')}`);
  if (ids) {
    const of = `${draft.column('customer')} = any(${draft.param(ids, 'bigint[]')})`;
    // money whose payer is not known is of none of them
    draft.where(filters.customer?.except ? `(${of}) is not true` : of);
  }
  if (filters.owner) draft.where(`lower(${draft.column('owner')}) = ${lowered(draft, filters.owner)}`);
  if (filters.segment) draft.where(`lower(${draft.column('segment')}) = ${lowered(draft, filters.segment)}`);
  if (filters.region)
    draft.where(`${draft.column('region')} = any(${draft.param(filters.region, 'text[]')})`);
  if (filters.country)
    draft.where(`${draft.column('country')} = any(${draft.param(filters.country, 'bpchar[]')})`);
}

/** Datasets of facts begin on their day; documents dated ahead are in today's books, but not in those of the past. */
function leaveOutLater(draft: Draft): void {
  const { dataset, past } = draft.question;
  if (dataset === 'customers') return;
  const facts = dataset === 'promises' || dataset === 'disputes' || dataset === 'timeline';
  if (!facts && !past) return;
  const day: Column = dataset === 'payments' ? 'received' : dataset === 'applications' ? 'paid' : 'issued';
  draft.where(`${draft.column(day)} <= ${draft.asOf()}`);
}

/** Puts all filters of the draft's question on it. */
export function applyFilters(draft: Draft, ids: ResolvedIds): void {
  const { filters, dataset } = draft.question;
  filterByStatus(draft);
  leaveOutLater(draft);
  filterByAccount(draft, filters, ids);
  filterByNumber(draft);
  if (filters.currency)
    draft.where(`${draft.column('currency')} = any(${draft.param(filters.currency, 'bpchar[]')})`);
  filterByAmount(draft, 'amount');
  filterByAmount(draft, 'open');
  for (const field of ['issued', 'due', 'paid', 'received'] as const) {
    const window = filters[field];
    if (window) draft.where(inWindow(draft, draft.column(field), window));
  }
  if (filters.daysOverdue) daysAgo(draft, 'due', filters.daysOverdue);
  const { ageFrom } = abilities[dataset];
  if (filters.ageDays && ageFrom) daysAgo(draft, ageFrom, filters.ageDays);
  if (filters.kind) draft.where(`x.kind = any(${draft.param(filters.kind, 'text[]')})`);
  filterByStanding(draft);
}
