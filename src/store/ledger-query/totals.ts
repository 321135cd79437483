/** Count and sums of each currency over everything that fits. */
import { z } from 'zod';
import type { SettledQuestion } from '../../domain/ledger-query/settle.ts';
import type { Sql } from '../transaction.ts';
import { createDraft, type Scope } from './draft.ts';
import { applyFilters, type ResolvedIds } from './filters.ts';
import type { GroupRecord } from './groups.ts';

const total = z.object({
  currency: z.string(),
  count: z.coerce.number(),
  amount: z.coerce.bigint(),
  open: z.coerce.bigint(),
});
export type Total = z.infer<typeof total>;

/** One statement over the whole filter; for when the rows or groups that were read do not hold all of it. */
export async function selectTotals(
  sql: Sql,
  question: SettledQuestion,
  scope: Scope,
  ids: ResolvedIds,
): Promise<Total[]> {
  const draft = createDraft(question, scope);
  applyFilters(draft, ids);
  const currency = draft.column('currency');
  const open = draft.has('open') ? `sum(${draft.column('open')})` : '0';
  const text = `select ${currency} as currency, count(*) as count, sum(${draft.column('amount')}) as amount, ${open} as open
    ${draft.fromWhere()} group by ${currency}`;
  return sorted(await sql.many(total, text, draft.values));
}

/** How many rows fit, for datasets without money. */
export async function countRows(
  sql: Sql,
  question: SettledQuestion,
  scope: Scope,
  ids: ResolvedIds,
): Promise<number> {
  const draft = createDraft(question, scope);
  applyFilters(draft, ids);
  const row = z.object({ n: z.coerce.number() });
  return (await sql.one(row, `select count(*) as n ${draft.fromWhere()}`, draft.values)).n;
}

/** The currency with most rows first. */
const sorted = (totals: Total[]): Total[] =>
  totals.sort((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1));

type Summed = {
  currency?: string | null | undefined;
  amount?: bigint | undefined;
  open?: bigint | undefined;
};

/** Totals of rows that are all there. */
export function totalsOfRows(records: readonly Summed[]): Total[] {
  const totals = new Map<string, Total>();
  for (const { currency, amount, open } of records) {
    if (!currency) continue;
    const before = totals.get(currency) ?? { currency, count: 0, amount: 0n, open: 0n };
    totals.set(currency, {
      currency,
      count: before.count + 1,
      amount: before.amount + (amount ?? 0n),
      open: before.open + (open ?? 0n),
    });
  }
  return sorted([...totals.values()]);
}

/** Totals that groups carry; every currency must have a group. */
export function totalsOfGroups(records: readonly GroupRecord[]): Total[] {
  const totals = new Map<string, Total>();
  for (const record of records)
    if (record.currency)
      totals.set(record.currency, {
        currency: record.currency,
        count: record.currency_n,
        amount: record.currency_amount ?? 0n,
        open: record.currency_open ?? 0n,
      });
  return sorted([...totals.values()]);
}
