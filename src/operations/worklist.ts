/** What to do today and why, in order of what acting is worth; and what is not chased and why. */

import { planDay } from '../domain/cadence/day-plan.ts';
import { RANK_METHOD } from '../domain/cadence/rank.ts';
import { dayOff } from '../domain/cadence/sending-time.ts';
import type { WorklistInput, WorklistOutput } from '../domain/chase/worklist.ts';
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { readChaseFacts } from '../store/chase/facts.ts';
import { readCadence, readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { notChasedOrder, overdueOf, presentItem, presentNotChased, totalsOf } from './worklist/present.ts';

type Row = { readonly facts: { customer: { id: number; owner: string | null }; unanswered: number } };

const fits =
  ({ customerId, owner, minUnanswered }: WorklistInput) =>
  ({ facts: { customer, unanswered } }: Row): boolean =>
    (customerId === undefined || customer.id === customerId) &&
    (owner === undefined || customer.owner === owner.toLowerCase()) &&
    (minUnanswered === undefined || unanswered >= minUnanswered);

/**
 * The ranked work of a day. Ranks are those among everything the asking person may see, also where only part of it is
 * asked for. With `customerId` or `minUnanswered` both sides are listed, what is chased and what is not.
 *
 * Throws: InvalidInputError for a day before today, NotFoundError for a customer that is not there, not visible, or
 * owes nothing.
 */
export const createWorklist =
  (database: Database) =>
  async (input: WorklistInput, context: Context): Promise<WorklistOutput> => {
    const { today, actor } = context;
    const on = input.on ?? today;
    if (on < today)
      throw new InvalidInputError(`The worklist is of today (${today}) or a later day, not of ${on}.`);
    return inTenant(database.pool, actor.tenantId, async (sql) => {
      const { policy } = await readCadence(sql);
      const { company } = await readCompany(sql);
      const all = await readChaseFacts(sql, { today, owner: visibleOwner(actor) });
      const plan = planDay(all, policy, on, company);
      const wanted = fits(input);
      const items = plan.items.map((item, at) => ({ ...item, rank: at + 1 })).filter(wanted);
      const waiting = plan.waiting.filter(wanted);
      if (input.customerId !== undefined && items.length === 0 && waiting.length === 0)
        throw new NotFoundError(
          `Customer ${input.customerId} owes nothing, or is not among the accounts you may see.`,
        );
      // who owes nothing overdue is not left unchased; asked for by name it is told all the same
      const notChased = notChasedOrder(
        waiting.filter((each) => input.customerId !== undefined || overdueOf(each, on) > 0n),
        on,
      );
      const listed = input.notChased || input.customerId !== undefined || input.minUnanswered !== undefined;
      const ours = { country: company?.country ?? null, region: company?.holidayRegion ?? null };
      return {
        on,
        dayOff: dayOff(on, policy, ours),
        count: items.length,
        totals: totalsOf(items),
        items: input.notChased ? [] : items.slice(0, input.limit).map((item) => presentItem(item, on)),
        notChasedCount: notChased.length,
        notChased: listed ? notChased.slice(0, input.limit).map((each) => presentNotChased(each, on)) : [],
        method: RANK_METHOD,
      };
    });
  };
