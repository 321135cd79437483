/** Runs a typed question for a user: looks up what it names, checks it, runs it and says what was run. */
import { z } from 'zod';
import { abilities } from '../../domain/ledger-query/abilities.ts';
import { checkQuestion } from '../../domain/ledger-query/check.ts';
import { describeQuestion } from '../../domain/ledger-query/describe.ts';
import { notesOn } from '../../domain/ledger-query/notes.ts';
import { percent } from '../../domain/ledger-query/percent.ts';
import type { LedgerQuestion } from '../../domain/ledger-query/question.ts';
import type { CurrencyTotal, GroupRow, LedgerResult, LedgerRow } from '../../domain/ledger-query/result.ts';
import { asAsked, type SettledQuestion, settle, settleComparison } from '../../domain/ledger-query/settle.ts';
import { toDecimal } from '../../domain/money.ts';
import { type Context, visibleOwner } from '../../ports/actor.ts';
import type { Sql } from '../transaction.ts';
import type { Scope } from './draft.ts';
import type { ResolvedIds } from './filters.ts';
import { type GroupRecord, selectGroups } from './groups.ts';
import { planForShortStatements } from './planner.ts';
import { presentCompared, presentGroups } from './present-groups.ts';
import { presentRow } from './present-rows.ts';
import { type RowRecord, selectRows } from './rows.ts';
import { resolveCustomers, resolveOwners } from './scope.ts';
import { countRows, selectTotals, type Total, totalsOfGroups, totalsOfRows } from './totals.ts';

type Run = { sql: Sql; question: SettledQuestion; scope: Scope; ids: ResolvedIds };
type Found = {
  rows?: LedgerRow[];
  groups?: GroupRow[];
  rowCount: number;
  truncated: boolean;
  totals: Total[];
  /** Open amount of what is shown, by currency. */
  shown: Map<string, bigint>;
};

const readTotals = async ({ sql, question, scope, ids }: Run): Promise<Total[]> =>
  abilities[question.dataset].hasAmount ? selectTotals(sql, question, scope, ids) : [];

const shownOpen = (records: readonly (RowRecord | GroupRecord)[]): Map<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const { currency, open } of records)
    if (currency && open !== undefined) sums.set(currency, (sums.get(currency) ?? 0n) + open);
  return sums;
};

/** The currency with most rows first: counts can be compared where amounts cannot (P-1). */
const inBlocks = <R extends { currency?: string | null | undefined }>(
  records: R[],
  totals: readonly Total[],
): R[] => {
  const place = new Map(totals.map((total, index) => [total.currency, index]));
  return records.toSorted((a, b) => (place.get(a.currency ?? '') ?? 0) - (place.get(b.currency ?? '') ?? 0));
};

async function findRows(run: Run): Promise<Found> {
  const { sql, question, scope, ids } = run;
  const { records, wanted } = await selectRows(sql, question, scope, ids);
  const cut = records.some((record) => record.place > wanted);
  const hasMoney = abilities[question.dataset].hasAmount;
  const totals = cut ? await readTotals(run) : hasMoney ? totalsOfRows(records) : [];
  const kept = records.filter((record) => record.place <= wanted);
  const rowCount = !cut
    ? records.length
    : hasMoney
      ? totals.reduce((sum, total) => sum + total.count, 0)
      : await countRows(sql, question, scope, ids);
  const sorted = question.limitPerCurrency ? inBlocks(kept, totals) : kept;
  return {
    rows: sorted.map((record) => presentRow(record, question)),
    rowCount,
    truncated: cut,
    totals,
    shown: shownOpen(kept),
  };
}

/** The groups carry the totals of their currency, unless a limit may have cut a whole currency away. */
async function groupTotals(run: Run, records: readonly GroupRecord[], cut: boolean): Promise<Total[]> {
  const { question } = run;
  const whole = question.keys.includes('currency') && (question.limitPerCurrency || !cut);
  return whole && abilities[question.dataset].hasAmount ? totalsOfGroups(records) : readTotals(run);
}

async function findGroups(run: Run): Promise<Found & { records: GroupRecord[] }> {
  const { sql, question, scope, ids } = run;
  const found = await selectGroups(sql, question, scope, ids);
  const rowCount = found[0]?.groups ?? 0;
  const truncated = found.length < rowCount;
  const totals = await groupTotals(run, found, truncated);
  const records = question.limitPerCurrency ? inBlocks(found, totals) : found;
  return {
    records,
    groups: presentGroups(question, records),
    rowCount,
    truncated,
    totals,
    shown: shownOpen(records),
  };
}

const presentTotals = ({ totals, truncated, shown }: Found, hasOpen: boolean): CurrencyTotal[] =>
  totals.map(({ currency, count, amount, open }) => {
    const part = shown.get(currency);
    const share = part === undefined ? null : percent(part, open);
    const cut = truncated && hasOpen && part !== undefined;
    return {
      currency,
      count,
      amount: toDecimal(amount, currency),
      open: toDecimal(open, currency),
      ...(cut && { shownOpen: toDecimal(part, currency) }),
      ...(cut && share !== null && { shownShareOfOpen: share }),
    };
  });

/** Enough for every group of the other side; it is matched to the shown ones, not shown whole. */
const ALL_GROUPS = 100_000;

async function compare(
  run: Run,
  found: Found,
  records: GroupRecord[],
  other: SettledQuestion,
): Promise<{ groups?: GroupRow[]; totals: CurrencyTotal[] }> {
  const { hasOpen } = abilities[other.dataset];
  const otherRun = { ...run, question: { ...other, limit: ALL_GROUPS } };
  if (run.question.listed) {
    const totals = await readTotals(otherRun);
    return { totals: presentTotals({ ...found, totals, truncated: false }, hasOpen) };
  }
  const theirs = await findGroups(otherRun);
  // periods of another window are other periods: there is nothing to put beside
  const { compareWith, period } = run.question;
  const matched = !(period && compareWith && 'field' in compareWith && compareWith.field === period);
  return {
    ...(matched && { groups: presentCompared(run.question, records, theirs.records, found.truncated) }),
    totals: presentTotals({ ...theirs, truncated: false }, hasOpen),
  };
}

/** Replaces the names in the filter by what they stand for. */
async function resolveNames(sql: Sql, question: LedgerQuestion, context: Context) {
  const { customer, owner } = question.filters;
  const customers = customer ? await resolveCustomers(sql, context.actor, customer) : null;
  const owners = owner ? await resolveOwners(sql, context.actor, owner) : undefined;
  return {
    customers,
    resolved: owners ? { ...question, filters: { ...question.filters, owner: owners } } : question,
  };
}

/** Whether a past day is asked about while invoices were paid on days that no one recorded. */
async function hasUnknownPaidDays(sql: Sql, questions: (SettledQuestion | null)[]): Promise<boolean> {
  if (!questions.some((each) => each?.past && each.dataset === 'invoices')) return false;
  const { unknown } = await sql.one(
    z.object({ unknown: z.boolean() }),
    `select exists (select from invoice where tenant_id = $1 and status = 'paid' and amount_minor > 0 and paid_on is null) as unknown`,
    [sql.tenantId],
  );
  return unknown;
}

/**
 * Answers the question as the acting user may see it (P-10), in the transaction of the user's tenant.
 *
 * Throws: InvalidInputError for what the dataset cannot be asked, or an owner's name that fits nobody or several;
 * NotFoundError for a customer that is not there or not the viewer's; NotAllowedError for somebody else's accounts.
 */
export async function answerQuestion(
  sql: Sql,
  question: LedgerQuestion,
  context: Context,
): Promise<LedgerResult> {
  checkQuestion(question, context.today);
  const { customers, resolved } = await resolveNames(sql, question, context);
  const settled = settle(resolved, context.today);
  const other = settleComparison(settled, context.today);
  const owner = visibleOwner(context.actor);
  const described = { customers: customers?.names ?? [], ownAccountsOf: owner };
  const run: Run = {
    sql,
    question: settled,
    scope: { tenantId: sql.tenantId, owner },
    ids: customers?.ids ?? null,
  };
  await planForShortStatements(sql);
  const found = settled.listed ? { ...(await findRows(run)), records: [] } : await findGroups(run);
  const compared = other && (await compare(run, found, found.records, other));
  const groups = compared?.groups ?? found.groups;
  return {
    question: asAsked(settled, question.asOf),
    description: describeQuestion(settled, described),
    asOf: settled.asOf,
    ...(found.rows && { rows: found.rows }),
    ...(groups && { groups }),
    rowCount: found.rowCount,
    truncated: found.truncated,
    totals: presentTotals(found, abilities[settled.dataset].hasOpen),
    ...(compared && { comparedTotals: compared.totals }),
    ...(other && { comparedDescription: describeQuestion(other, described) }),
    notes: notesOn(settled, {
      today: context.today,
      currencies: found.totals.length,
      owner,
      unknownPaidDays: await hasUnknownPaidDays(sql, [settled, other]),
    }),
  };
}
