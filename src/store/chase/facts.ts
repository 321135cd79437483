/** Everything the cadence looks at, read for all customers at once: a fixed number of queries, whatever their number. */

import type { ChaseFacts, ChasePromise } from '../../domain/cadence/facts.ts';
import { isZone, wallClock } from '../../domain/cadence/zones.ts';
import { addDays, type Day } from '../../domain/calendar.ts';
import type { Sql } from '../transaction.ts';
import {
  type ChaseRow,
  readChases,
  readContacts,
  readLive,
  readNoted,
  readSpoken,
  readTasks,
  readWords,
  type TaskRow,
} from './conversation.ts';
import { readPaid } from './habits.ts';
import { readCredits, readLastPayments, readMaybeTheirs, readUnapplied } from './money.ts';
import { invoicesOf, type OpenRow, readDisputed, readHolds, readOpen, readOthers } from './open-items.ts';
import { readPromises } from './promises.ts';
import type { FactScope } from './scope.ts';

/** A chase is judged by the cash after it only when it had its time. */
const JUDGED_AFTER_DAYS = 14;
const MS_PER_DAY = 86_400_000;

export type FactQuestion = FactScope & {
  /** With `customerIds`: the currency for customers that owe nothing and have none of their own. */
  readonly currency?: string;
};

const judgedBefore = (today: Day): Day => addDays(today, -JUDGED_AFTER_DAYS);

async function readParts(sql: Sql, rows: readonly OpenRow[], scope: FactScope) {
  const ids = [...new Set(rows.map((row) => row.id))];
  // of all customers the tables are read as they are: a list of all their ids would only be compared with each row
  const some = scope.customerIds || scope.owner !== null ? ids : null;
  return {
    disputed: await readDisputed(sql, scope),
    holds: await readHolds(sql, scope),
    contacts: await readContacts(sql, some),
    chases: await readChases(sql, some, scope, judgedBefore(scope.today)),
    words: await readWords(sql, ids),
    spoken: await readSpoken(sql, some, scope),
    noted: await readNoted(sql, some),
    live: await readLive(sql),
    tasks: await readTasks(sql),
    lastPayments: await readLastPayments(sql, ids),
    unapplied: await readUnapplied(sql),
    credits: await readCredits(sql),
    maybeTheirs: await readMaybeTheirs(sql, rows, scope),
    promises: await readPromises(sql, some, scope),
    paid: await readPaid(sql, some, scope),
  };
}
type Parts = Awaited<ReturnType<typeof readParts>>;

/** Milliseconds; 0 where there is none. */
const latest = (...instants: (number | null | undefined)[]): number =>
  Math.max(0, ...instants.map((each) => each ?? 0));

/**
 * A message of theirs that came after our newest email, chase or call, unless a promise, dispute or hold was written
 * down since: then it was dealt with, and that record says what happens next.
 */
function waitingSince(id: number, { words, spoken, chases, noted }: Parts): string | null {
  const said = words.get(id);
  if (!said?.in_at) return null;
  if (said.in_at <= latest(said.out_at, spoken.get(id)?.called_at, chases.get(id)?.[0]?.at)) return null;
  const came = new Date(said.in_at).toISOString();
  return (noted.get(id) ?? '') >= came.slice(0, 10) ? null : came;
}

function unansweredOf(id: number, { words, spoken, chases }: Parts): number {
  const replied = latest(words.get(id)?.in_at, spoken.get(id)?.replied_at);
  return (chases.get(id) ?? []).filter((each) => each.at > replied).length;
}

/** Only messages of so many days can be too near for another one. */
const NEAR_DAYS = 31;

/** The later of our day and the customer's: frequency is counted from there. */
function chaseOf({ chase, at }: ChaseRow, timezone: string | null, near: Day): ChaseFacts['chases'][number] {
  if (chase.on < near || timezone === null || !isZone(timezone) || at % MS_PER_DAY === 0) return chase;
  const { day } = wallClock(new Date(at), timezone);
  return day > chase.on ? { ...chase, on: day } : chase;
}

const isBroken = ({ state }: ChasePromise): boolean => state === 'broken' || state === 'partly_kept';

const promisesOf = (
  all: readonly (ChasePromise & { currency: string })[],
  currency: string,
): ChasePromise[] =>
  all.filter((each) => each.currency === currency && (each.state === 'open' || isBroken(each)));

function habitsOf(id: number, { paid, promises, chases }: Parts, today: Day): ChaseFacts['habits'] {
  const paidRow = paid.get(id);
  const before = judgedBefore(today);
  const judged = (chases.get(id) ?? []).filter((each) => each.chase.on < before);
  return {
    paidInvoices: paidRow?.count ?? 0,
    averageDaysLate: paidRow ? Math.round(paidRow.late / paidRow.count) : null,
    brokenPromises: (promises.get(id) ?? []).filter(isBroken).length,
    chases: judged.length,
    chasesThatWorked: judged.filter((each) => each.worked).length,
  };
}

/** A hand-over comes before a call; of each the newest. */
function openTaskOf(tasks: readonly TaskRow[]): ChaseFacts['openTask'] {
  const open = tasks.filter((each) => each.is_open);
  const task = open.find((each) => each.kind !== 'call') ?? open[0];
  return task ? { id: task.id, kind: task.kind } : null;
}

function factsOf(row: OpenRow, parts: Parts, today: Day): ChaseFacts {
  const near = addDays(today, -NEAR_DAYS);
  const { id, currency } = row;
  const key = `${id}:${currency}`;
  const chases = parts.chases.get(id) ?? [];
  const tasks = parts.tasks.get(id) ?? [];
  const unapplied = parts.unapplied.get(key) ?? [];
  const last = parts.lastPayments.get(id);
  const { code, name, segment, owner, language, timezone, country } = row;
  return {
    // the ledger's region is a sales region, no subdivision that has holidays
    customer: { id, code, name, segment, owner, language, timezone, country, region: null },
    currency,
    invoices: invoicesOf(row, parts.disputed, parts.holds),
    contacts: parts.contacts.get(id) ?? [],
    hold: parts.holds.customers.get(id) ?? null,
    promises: promisesOf(parts.promises.get(id) ?? [], currency),
    chases: chases.map((each) => chaseOf(each, timezone, near)),
    tasksMade: tasks
      .filter((each) => each.step !== null)
      .map((each) => ({ on: each.on, stepId: each.step, currency: each.currency })),
    unanswered: unansweredOf(id, parts),
    replyWaitingSince: waitingSince(id, parts),
    lastMessageInId: parts.words.get(id)?.in_id ?? null,
    lastPaymentOn: last?.last_on ?? null,
    lastPaymentId: last?.last_id ?? null,
    unappliedMinor: unapplied.reduce((sum, minor) => sum + minor, 0n),
    unappliedPayments: unapplied,
    maybeTheirs: parts.maybeTheirs.get(row) ?? [],
    openCreditMinor: parts.credits.get(key) ?? 0n,
    liveProposal: parts.live.get(key) ?? null,
    openTask: openTaskOf(tasks),
    habits: habitsOf(id, parts, today),
  };
}

/**
 * The facts of every customer and currency in which something is open, by customer id and currency. Named customers
 * that owe nothing have one in their own currency, without invoices. `owner` limits it to that owner's accounts.
 */
export async function readChaseFacts(sql: Sql, question: FactQuestion): Promise<ChaseFacts[]> {
  await sql.run(`set local work_mem = '64MB'`); // a hundred thousand rows are grouped, not spilled to disk
  const open = await readOpen(sql, question);
  const others = question.customerIds
    ? await readOthers(sql, question, [...new Set(open.map((row) => row.id))], question.currency ?? 'USD')
    : [];
  const rows = [...open, ...others];
  if (rows.length === 0) return [];
  const parts = await readParts(sql, rows, question);
  return rows.map((row) => factsOf(row, parts, question.today));
}
