/** Standard receivables metrics. */
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import type { LedgerMetricsInput, LedgerMetricsOutput } from '../domain/ledger-query/answers.ts';
import type { CustomerRef } from '../domain/ledger-query/result.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { saveFigure } from '../store/figures.ts';
import { groupMembers } from '../store/metrics/scope.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import type { Asked, MetricParts } from './ledger-metrics/asked.ts';
import { ceiMetric } from './ledger-metrics/cei.ts';
import { dsoMetric } from './ledger-metrics/dso.ts';
import { habitsMetric } from './ledger-metrics/habits.ts';
import { agingMetric, concentrationMetric } from './ledger-metrics/open.ts';

const run: Record<LedgerMetricsInput['metric'], (sql: Sql, asked: Asked) => Promise<MetricParts>> = {
  aging: agingMetric,
  concentration: concentrationMetric,
  cei: ceiMetric,
  payer_habits: habitsMetric,
  dso: (sql, asked) => dsoMetric(sql, asked, asked.input.method ?? 'count_back'),
  best_possible_dso: (sql, asked) => dsoMetric(sql, asked, 'best_possible_dso'),
  average_days_delinquent: (sql, asked) => dsoMetric(sql, asked, 'average_days_delinquent'),
};

type Members = readonly (CustomerRef & { asked: boolean })[] | null;

function describe(input: LedgerMetricsInput, members: Members, owner: string | null): string {
  const asked = members?.filter((member) => member.asked) ?? [];
  const below = (members?.length ?? 0) - asked.length;
  const names = asked.map(({ name, code }) => `${name} (${code})`).join(', ');
  const parts = [
    members === null ? 'all customers' : `${names}${below > 0 ? ` and ${below} below in the group` : ''}`,
    input.owner && `owned by ${input.owner.join(' or ')}`,
    owner !== null && 'your own accounts only',
    input.region && `region ${input.region.join(' or ')}`,
    input.segment && `segment ${input.segment.join(' or ')}`,
    input.currency && `in ${input.currency.join(' and ')}`,
    input.metric === 'aging' && input.excludeDisputed && 'without disputed invoices',
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

async function membersOf(sql: Sql, input: LedgerMetricsInput, owner: string | null): Promise<Members> {
  if (!input.customerIds) return null;
  const members = await groupMembers(sql, input.customerIds, input.withChildren, owner);
  const missing = input.customerIds.find((id) => !members.some((member) => member.id === id));
  if (missing !== undefined)
    throw new NotFoundError(
      `There is no customer with id ${missing} among what you may see. Look the customer up by name first.`,
    );
  return members;
}

/**
 * Computes the metric per currency (P-1) and keeps it as a figure. A value is null, with a note that says why, where
 * the ledger does not hold what the metric needs.
 *
 * Throws: InvalidInputError for a day after today, NotFoundError for a customer that is not there or not visible.
 */
export const createLedgerMetrics =
  (database: Database) =>
  async (
    input: LedgerMetricsInput,
    context: Context,
  ): Promise<LedgerMetricsOutput & { figureId: number }> => {
    const asOf = input.asOf ?? context.today;
    if (asOf > context.today)
      throw new InvalidInputError(
        `${asOf} is after today (${context.today}): the books of that day are not written yet. Ask for today or a day before.`,
      );
    const owner = visibleOwner(context.actor);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const members = await membersOf(sql, input, owner);
      const { currency, owner: owners, region, segment } = input;
      const scope = {
        currency,
        owner: owners,
        region,
        segment,
        customerIds: members?.map((member) => member.id),
        visibleOwner: owner,
      };
      const { excludeDisputed } = input;
      const parts = await run[input.metric](sql, {
        scope,
        asOf,
        today: context.today,
        excludeDisputed,
        input,
      });
      const tool = 'ledger_metrics';
      const figureId = await saveFigure(sql, context, { tool, input: { ...input, asOf }, asOf });
      const isEmpty = parts.figures.length === 0;
      const notes = isEmpty ? ['Nothing in the ledger fits this filter.'] : [...parts.notes];
      if (parts.figures.length > 1) notes.push('Each currency stands by itself; nothing is converted.');
      return {
        metric: input.metric,
        description: describe(input, members, owner),
        asOf,
        ...parts,
        notes,
        figureId,
      };
    });
  };
