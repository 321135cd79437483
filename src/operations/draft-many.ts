/** Drafts for everyone overdue who may be chased: one email a customer and currency, each waiting for its own approval. */

import { byGain } from '../domain/cadence/day-plan.ts';
import type { ChaseFacts, ChaseInvoice } from '../domain/cadence/facts.ts';
import { invoiceStops } from '../domain/cadence/invoice-stops.ts';
import { expectation, interleave } from '../domain/cadence/rank.ts';
import { recipients } from '../domain/cadence/recipients.ts';
import { stopsFor } from '../domain/cadence/stops.ts';
import { daysBetween } from '../domain/calendar.ts';
import { type DraftManyInput, type DraftManyOutput, draftManyInput } from '../domain/chase/drafting.ts';
import { RemyError } from '../domain/errors.ts';
import { parseDecimal, toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { readChaseFacts } from '../store/chase/facts.ts';
import { inTenant } from '../store/transaction.ts';
import { chooseLetter } from './drafting/choose-letter.ts';
import type { DraftParts } from './drafting/compose.ts';
import { createDraftStep } from './drafting/draft-step.ts';
import { type DraftSettings, readDraftSettings } from './drafting/request.ts';
import { viewProposals } from './list-proposals.ts';
import { assertMayRecord, parseInput } from './recording.ts';

/** So many drafts are made at once, and so many are shown. */
const MOST = 100;
const SHOWN = 20;

/** Stands in the email in place of a step of the cadence (whose ids have no spaces): asked for, but for nobody by name. */
const MANY_STEP = 'asked for many at once';

type Account = {
  readonly facts: ChaseFacts;
  readonly overdue: readonly ChaseInvoice[];
  readonly overdueMinor: bigint;
};
type NotChased = DraftManyOutput['notChased'][number];

function fits({ facts, overdue, overdueMinor }: Account, input: DraftManyInput, today: string): boolean {
  const { id, owner } = facts.customer;
  const oldest = Math.max(0, ...overdue.map((each) => daysBetween(each.dueOn, today)));
  const is = (email: string | undefined) => email !== undefined && owner === email.trim().toLowerCase();
  if (oldest < input.minDaysOverdue || input.exceptCustomerIds.includes(id)) return false;
  if (is(input.exceptOwner) || (input.owner !== undefined && !is(input.owner))) return false;
  if (input.currency !== undefined && facts.currency !== input.currency.toUpperCase()) return false;
  return input.minAmount === undefined || overdueMinor >= parseDecimal(input.minAmount, facts.currency);
}

function accountOf(facts: ChaseFacts, today: string): Account {
  const overdue = facts.invoices.filter((each) => each.dueOn < today);
  return { facts, overdue, overdueMinor: overdue.reduce((sum, each) => sum + each.openMinor, 0n) };
}

/** The step to take for it, or every reason why not. Nobody overrules the cadence's restraints for many at once. */
function stepFor({ facts, overdue }: Account, input: DraftManyInput, settings: DraftSettings, today: string) {
  const stops = invoiceStops(facts, today);
  const invoices = overdue.filter((each) => !stops.has(each.id));
  const oldest = Math.max(0, ...invoices.map((each) => daysBetween(each.dueOn, today)));
  const stopped = overdue.flatMap((each) => {
    const reason = stops.get(each.id);
    return reason ? [`${each.number}: ${reason.text}`] : [];
  });
  if (invoices.length === 0) return { reasons: stopped };
  if (oldest < input.minDaysOverdue)
    return { reasons: [...stopped, `what is left is less than ${input.minDaysOverdue} days overdue`] };
  const chosen = chooseLetter(facts, invoices, input, settings, today);
  const moment = { today, policy: settings.policy, letter: chosen.letter, asked: false };
  const reasons = stopsFor(facts, { ...moment, invoices: invoices.map((each) => each.id) });
  if (reasons.length > 0) return { reasons: reasons.map((each) => each.text) };
  const step = {
    ...{ id: MANY_STEP, day: oldest, channel: 'email' as const, handOverTo: null, vetoHours: 0 },
    ...{ letter: chosen.letter, tone: chosen.tone, cc: [...chosen.cc] },
  };
  return { due: { facts, step, invoices, to: recipients(facts), broken: chosen.broken } };
}

/** What can be drafted by rank, as the day's work is; and the rest, each with why not. */
function judge(accounts: readonly Account[], input: DraftManyInput, settings: DraftSettings, today: string) {
  const judged = accounts.map((account) => ({ account, found: stepFor(account, input, settings, today) }));
  const due = judged.flatMap(({ account, found: { due: step } }) =>
    step
      ? [
          {
            ...step,
            account,
            currency: step.facts.currency,
            of: expectation(step.facts, step.invoices, today),
          },
        ]
      : [],
  );
  const stopped = judged.flatMap(({ account, found: { reasons } }) =>
    reasons ? [{ account, reasons }] : [],
  );
  return { due: interleave(due, byGain), stopped };
}

/** By customer, in which currency an email to it waits or is on its way. */
const written = (all: readonly ChaseFacts[]): Map<number, string> =>
  new Map(
    all.flatMap(({ customer, currency, liveProposal: live }) =>
      live && live.state !== 'snoozed' ? [[customer.id, currency] as const] : [],
    ),
  );

function totalsOf(made: readonly Account[]): DraftManyOutput['made']['totals'] {
  const sums = new Map<string, { minor: bigint; count: number }>();
  for (const { facts, overdueMinor } of made) {
    const sum = sums.get(facts.currency) ?? { minor: 0n, count: 0 };
    sums.set(facts.currency, { minor: sum.minor + overdueMinor, count: sum.count + 1 });
  }
  return [...sums].map(([currency, { minor, count }]) => ({
    currency,
    amount: toDecimal(minor, currency),
    count,
  }));
}

/**
 * One email a customer: of several currencies the one of higher rank, as in the day's work. Such a draft takes the
 * place of a step, so gap, cap and the like stop it until it has left; who wants to overrule them asks for that one
 * customer's email.
 *
 * Give it a writer that is quick: dozens of letters are written one after the other.
 * Throws: NotAllowedError (viewer), InvalidInputError without company settings.
 */
export const createDraftMany = (parts: DraftParts) => {
  const draftStep = createDraftStep(parts);
  return async (raw: DraftManyInput, context: Context): Promise<DraftManyOutput> => {
    assertMayRecord(context);
    const input = parseInput(draftManyInput, raw);
    const { today, actor } = context;
    const { pool } = parts.database;
    const { accounts, settings, one } = await inTenant(pool, actor.tenantId, async (sql) => {
      const all = await readChaseFacts(sql, { today, owner: visibleOwner(actor) });
      return {
        settings: await readDraftSettings(sql),
        accounts: all
          .map((facts) => accountOf(facts, today))
          .filter((account) => fits(account, input, today)),
        one: written(all),
      };
    });
    const made: { id: number; account: Account }[] = [];
    const notChased: NotChased[] = [];
    const leave = ({ facts: { customer, currency }, overdueMinor }: Account, reasons: string[]) =>
      notChased.push({
        ...{ customer: customer.name, currency, reasons },
        amount: toDecimal(overdueMinor, currency),
      });
    const { due, stopped } = judge(accounts, input, settings, today);
    for (const { account, ...step } of due) {
      const { customer, currency } = step.facts;
      const other = one.get(customer.id);
      if (other !== undefined)
        leave(account, [
          `one email at a time: that about the ${other} invoices of this customer comes first`,
        ]);
      else if (made.length >= MOST)
        leave(account, [`${MOST} drafts are made at once; ask again for the rest`]);
      else
        try {
          const over = { tone: input.tone, language: input.language, byBot: false };
          const id = await draftStep(step, context, over);
          one.set(customer.id, currency);
          if (id === null) leave(account, ['a draft waits already']);
          else made.push({ id, account: { ...account, overdueMinor: sumOf(step.invoices) } });
        } catch (error) {
          if (!(error instanceof RemyError)) throw error;
          leave(account, [error.message]); // one account that cannot be written to holds up no other
        }
    }
    for (const { account, reasons } of stopped) leave(account, reasons);
    const shown = made.slice(0, SHOWN).map((each) => each.id);
    return {
      made: {
        total: made.length,
        totals: totalsOf(made.map((each) => each.account)),
        proposals: await inTenant(pool, actor.tenantId, (sql) =>
          viewProposals(sql, parts.clock, shown, context),
        ),
      },
      notChased: notChased.slice(0, SHOWN * 2),
      notChasedCount: notChased.length,
    };
  };
};

const sumOf = (invoices: readonly ChaseInvoice[]): bigint =>
  invoices.reduce((sum, each) => sum + each.openMinor, 0n);
