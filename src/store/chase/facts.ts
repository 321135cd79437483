/** Everything the cadence looks at, read for all customers at once: a fixed number of queries, whatever their number. */

import type { ChaseFacts, ChasePromise } from '../../domain/cadence/facts.ts';
import { addDays, type Day } from '../../domain/calendar.ts';
import type { Sql } from '../transaction.ts';
import {
  type ChaseRow,
  readChases,
  readContacts,
  readLive,
  readTasks,
  readWords,
  type TaskRow,
  type Words,
} from './conversation.ts';
import { readPaid } from './habits.ts';
import { readCredits, readLastPayments, readMaybeTheirs, readUnapplied } from './money.ts';
import { invoicesOf, type OpenRow, readDisputed, readHolds, readOpen, readOthers } from './open-items.ts';
import { readPromises } from './promises.ts';
import type { FactScope } from './scope.ts';

/** A broken promise is spoken of for so long. */
const BROKEN_DAYS = 90;
/** A chase is judged by the cash after it only when it had its time. */
const JUDGED_AFTER_DAYS = 14;

export type FactQuestion = FactScope & {
  /** With `customerIds`: the currency for customers that owe nothing and have none of their own. */
  readonly currency?: string;
};

async function readParts(sql: Sql, rows: readonly OpenRow[], scope: FactScope) {
  const ids = [...new Set(rows.map((row) => row.id))];
  return {
    disputed: await readDisputed(sql, scope),
    holds: await readHolds(sql, scope),
    contacts: await readContacts(sql, ids),
    chases: await readChases(sql, ids, scope),
    words: await readWords(sql, ids),
    live: await readLive(sql),
    tasks: await readTasks(sql),
    lastPayments: await readLastPayments(sql, ids),
    unapplied: await readUnapplied(sql),
    credits: await readCredits(sql),
    maybeTheirs: await readMaybeTheirs(sql, rows, scope),
    promises: await readPromises(sql, ids, scope),
    paid: await readPaid(sql, ids, scope),
  };
}
type Parts = Awaited<ReturnType<typeof readParts>>;

const newest = (...instants: (Date | null | undefined)[]): Date | null =>
  instants.reduce<Date | null>((last, each) => (each && (!last || each > last) ? each : last), null);

/**
 * A message of theirs that came after our newest email, chase or call, unless a promise, dispute or hold was written
 * down since: then it was dealt with, and that record says what happens next.
 */
function waitingSince(words: Words | undefined): string | null {
  if (!words?.in_at) return null;
  const ours = newest(words.out_at, words.spoken_at);
  const came = words.in_at.toISOString();
  if (words.noted_on !== null && words.noted_on >= came.slice(0, 10)) return null;
  return ours === null || words.in_at > ours ? came : null;
}

function unansweredOf(chases: readonly ChaseRow[], words: Words | undefined): number {
  const replied = newest(words?.in_at, words?.replied_at);
  return replied === null
    ? chases.length
    : chases.filter((each) => each.at * 1000 > replied.getTime()).length;
}

const isBroken = ({ state }: ChasePromise): boolean => state === 'broken' || state === 'partly_kept';

/** Open ones, and those broken not long ago. */
const promisesOf = (
  all: readonly (ChasePromise & { currency: string })[],
  currency: string,
  today: Day,
): ChasePromise[] =>
  all
    .filter((each) => each.currency === currency)
    .filter(
      (each) => each.state === 'open' || (isBroken(each) && each.deadline >= addDays(today, -BROKEN_DAYS)),
    );

function habitsOf(id: number, { paid, promises, chases }: Parts, today: Day): ChaseFacts['habits'] {
  const paidRow = paid.get(id);
  const judged = (chases.get(id) ?? []).filter((each) => each.chase.on < addDays(today, -JUDGED_AFTER_DAYS));
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
  const { id, currency } = row;
  const key = `${id}:${currency}`;
  const chases = parts.chases.get(id) ?? [];
  const tasks = parts.tasks.get(id) ?? [];
  const words = parts.words.get(id);
  const last = parts.lastPayments.get(id);
  const { code, name, segment, owner, language, timezone, country } = row;
  return {
    // the ledger's region is a sales region, no subdivision that has holidays
    customer: { id, code, name, segment, owner, language, timezone, country, region: null },
    currency,
    invoices: invoicesOf(row, parts.disputed, parts.holds),
    contacts: parts.contacts.get(id) ?? [],
    hold: parts.holds.customers.get(id) ?? null,
    promises: promisesOf(parts.promises.get(id) ?? [], currency, today),
    chases: chases.map((each) => each.chase),
    tasksMade: tasks
      .filter((each) => each.step !== null)
      .map((each) => ({ on: each.on, stepId: each.step, currency: each.currency })),
    unanswered: unansweredOf(chases, words),
    replyWaitingSince: waitingSince(words),
    lastMessageInId: words?.in_id ?? null,
    lastPaymentOn: last?.last_on ?? null,
    lastPaymentId: last?.last_id ?? null,
    unappliedMinor: parts.unapplied.get(key) ?? 0n,
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
  const open = await readOpen(sql, question);
  const others = question.customerIds
    ? await readOthers(sql, question, [...new Set(open.map((row) => row.id))], question.currency ?? 'USD')
    : [];
  const rows = [...open, ...others];
  if (rows.length === 0) return [];
  const parts = await readParts(sql, rows, question);
  return rows.map((row) => factsOf(row, parts, question.today));
}
