/** What waits for a decision, what is on its way, and what became of the rest. */
import type { ListProposalsInput, ListProposalsOutput, ProposalView } from '../domain/chase/proposals.ts';
import { toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../store/pool.ts';
import {
  countProposals,
  type ProposalRow,
  readProposal,
  readProposals,
  stateGroups,
} from '../store/proposals/read.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { readCautions } from './proposals/cautions.ts';
import { readLetOffBefore } from './proposals/let-off-before.ts';
import { presentProposal } from './proposals/present.ts';
import { createRefreshProposals } from './proposals/refresh.ts';
import { viewpointOf } from './proposals/viewpoint.ts';

/** Those with a currency, as decimals. */
const totalsOf = (counted: Awaited<ReturnType<typeof countProposals>>): ListProposalsOutput['totals'] =>
  counted.flatMap(({ currency, amount_minor, count }) =>
    currency === null ? [] : [{ currency, amount: toDecimal(amount_minor, currency), count }],
  );

async function present(
  sql: Sql,
  clock: Clock,
  rows: readonly ProposalRow[],
  { actor }: Context,
): Promise<ProposalView[]> {
  const view = await viewpointOf(sql, clock, actor);
  const viewpoint = { ...view, letOffBefore: await readLetOffBefore(sql, rows, view, clock) };
  const cautions = await readCautions(sql, rows, viewpoint, clock);
  return rows.map((row) => presentProposal(row, viewpoint, cautions.get(row.id)));
}

/** The proposals with these ids as this person sees them, in that order; those it may not see are left out. */
export async function viewProposals(
  sql: Sql,
  clock: Clock,
  proposalIds: readonly number[],
  context: Context,
): Promise<ProposalView[]> {
  const owner = visibleOwner(context.actor);
  const rows: ProposalRow[] = [];
  for (const proposalId of proposalIds) {
    const row = await readProposal(sql, proposalId, owner);
    if (row) rows.push(row);
  }
  return present(sql, clock, rows, context);
}

/**
 * Waiting ones are brought up to date first. A proposal that is named is shown in any state. Sales see emails to their
 * own customers, no policy changes and no applications of money.
 */
export const createListProposals = (database: Pick<Database, 'pool'>, clock: Clock) => {
  const refresh = createRefreshProposals(database, clock);
  return async (input: ListProposalsInput, context: Context): Promise<ListProposalsOutput> => {
    await refresh(context.actor.tenantId);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const states = stateGroups[input.proposalId === undefined ? input.state : 'all'];
      const { customerId, proposalId, kind } = input;
      const filter = { states, owner: visibleOwner(context.actor), customerId, proposalId, kind };
      const counted = await countProposals(sql, filter);
      const newestFirst = input.state !== 'waiting' && input.state !== 'approved';
      const rows = await readProposals(sql, filter, input.limit, newestFirst);
      return {
        total: counted.reduce((sum, each) => sum + each.count, 0),
        totals: totalsOf(counted),
        proposals: await present(sql, clock, rows, context),
      };
    });
  };
};
