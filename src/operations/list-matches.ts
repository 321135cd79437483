/** Which money was put where, by matching on its own or by people: "anything auto-posted under 100 % sure". */
import { type ListMatchesInput, type ListMatchesOutput, listMatchesInput } from '../domain/cash/answers.ts';
import type { AppliedMatch } from '../domain/cash/applications.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { countMatches, type MatchRow, readMatches } from '../store/cash/matches.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { parseInput } from './recording.ts';

export const presentMatch = (row: MatchRow): AppliedMatch => ({
  matchId: row.id,
  origin: row.origin,
  madeBy: row.made_by,
  matchedOn: row.matched_on,
  payment: row.solution.payment,
  placing: row.solution.placing,
  currency: row.solution.currency ?? row.solution.payment?.currency,
  reversedOn: row.reversed_on,
  reversedBy: row.reversed_by,
  reversedReason: row.reversed_reason,
});

/** The newest first; viewers see those of own accounts. */
export const createListMatches =
  (database: Pick<Database, 'pool'>) =>
  async (raw: ListMatchesInput, context: Context): Promise<ListMatchesOutput> => {
    const { limit, ...input } = parseInput(listMatchesInput, raw);
    const filter = { ...input, owner: visibleOwner(context.actor) };
    return inTenant(database.pool, context.actor.tenantId, async (sql) => ({
      total: await countMatches(sql, filter),
      matches: (await readMatches(sql, filter, limit)).map(presentMatch),
    }));
  };
