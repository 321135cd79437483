/** "Approve all under 5k, all but Acme": shows exactly what would be approved and what would stay, before the click. */
import type { z } from 'zod';
import { type BulkPlan, type BulkPlanInput, bulkPlanInput } from '../domain/chase/proposals.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { formatAmount, isCurrency, parseBar, parseDecimal, toDecimal } from '../domain/money.ts';
import { emailAmount } from '../domain/proposal/amount.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { textDigest } from '../store/digest.ts';
import type { Database } from '../store/pool.ts';
import { countProposals, type ProposalRow, readProposals } from '../store/proposals/read.ts';
import { inTenant } from '../store/transaction.ts';
import { readCautions } from './proposals/cautions.ts';
import { type Viewpoint, warnings, whyNot } from './proposals/present.ts';
import { createRefreshProposals } from './proposals/refresh.ts';
import { viewpointOf } from './proposals/viewpoint.ts';
import { parseInput } from './recording.ts';

/** More cannot be looked over before one click. */
const MOST = 500;

type Email = ProposalRow & { content: Extract<ProposalRow['content'], { kind: 'email' }> };
type Planned = BulkPlan['approve'][number];

const isEmail = (row: ProposalRow): row is Email => row.content.kind === 'email';

/** Why a draft stays outside of what was wished for; null when the wish covers it. */
function outside({ id, content, customer }: Email, wish: BulkPlanInput): string | null {
  const { currency, customerId } = content;
  if (wish.onlyProposalIds && !wish.onlyProposalIds.includes(id)) return 'not among those you picked';
  if (wish.onlyCustomerIds && !wish.onlyCustomerIds.includes(customerId))
    return 'not among the accounts you named';
  if (wish.exceptCustomerIds.includes(customerId)) return `you left ${customer?.name} out`;
  if (wish.currency !== undefined && currency !== wish.currency) return `not in ${wish.currency}`;
  if (wish.maxAmount === undefined) return null;
  const most = parseBar(wish.maxAmount, currency);
  return emailAmount(content) <= most ? null : `above ${formatAmount(toDecimal(most, currency), currency)}`;
}

/** What nobody sees in a list of many, so that it is not approved among them; null when there is nothing. */
function unusual(row: Email, known: readonly string[], viewpoint: Viewpoint): string | null {
  const flags = row.risk_flags.length > 0 ? [`Flagged: ${row.risk_flags.join(', ')}.`] : [];
  const all = [...flags, ...known, ...warnings(row, viewpoint)];
  return all.length === 0 ? null : `to be looked at by itself: ${all.join(' ')}`;
}

const planned = ({ id, revision, digest, customer, content }: Email): Planned => ({
  proposalId: id,
  revision,
  digest,
  customer: customer!,
  currency: content.currency,
  amount: toDecimal(emailAmount(content), content.currency),
  to: content.to,
  subject: content.subject,
});

function totals(approve: readonly Planned[]): BulkPlan['totals'] {
  const sums = new Map<string, { minor: bigint; count: number }>();
  for (const { currency, amount } of approve) {
    const sum = sums.get(currency) ?? { minor: 0n, count: 0 };
    sums.set(currency, { minor: sum.minor + parseDecimal(amount, currency), count: sum.count + 1 });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { minor, count }]) => ({
      ...{ currency, amount: toDecimal(minor, currency), count },
    }));
}

const digestOf = (approve: readonly Planned[]): string =>
  textDigest(
    JSON.stringify(approve.map(({ proposalId, revision, digest }) => [proposalId, revision, digest])),
  );

/** Throws: InvalidInputError for an amount or currency that cannot be read. */
function checkWish(wish: BulkPlanInput): void {
  if (wish.currency !== undefined && !isCurrency(wish.currency))
    throw new InvalidInputError(`"${wish.currency}" is not a currency code such as USD`);
  if (wish.maxAmount !== undefined) parseBar(wish.maxAmount, wish.currency ?? 'USD');
}

/**
 * The emails that wait and that the person could approve now, as far as the wish covers them; and all others that
 * wait, each with why it stays: one that has a caution stays too, to be decided on by itself. Nothing is changed by planning. Without a currency, `maxAmount` is the same figure in
 * every currency; nothing is converted.
 */
export const createPlanBulk = (database: Pick<Database, 'pool'>, clock: Clock, most = MOST) => {
  const refresh = createRefreshProposals(database, clock);
  return async (raw: z.input<typeof bulkPlanInput>, context: Context): Promise<BulkPlan> => {
    const wish = parseInput(bulkPlanInput, raw);
    checkWish(wish);
    await refresh(context.actor.tenantId);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const owner = visibleOwner(context.actor);
      const waiting = { states: ['pending', 'snoozed'], owner };
      const rows = (await readProposals(sql, waiting, most)).filter(isEmail);
      const inAll = (await countProposals(sql, waiting)).filter((each) => each.currency !== null);
      const viewpoint = await viewpointOf(sql, clock, context.actor);
      const cautions = await readCautions(sql, rows, viewpoint, clock);
      const judged = rows.map((row) => ({
        row,
        why:
          outside(row, wish) ?? whyNot(row, viewpoint) ?? unusual(row, cautions.get(row.id) ?? [], viewpoint),
      }));
      const beyond = inAll.reduce((sum, each) => sum + each.count, 0) - rows.length;
      const fitting = judged.filter(({ why }) => why === null).map(({ row }) => row);
      const approve = fitting.map(planned);
      return {
        planDigest: digestOf(approve),
        count: approve.length,
        totals: totals(approve),
        // everybody who would get one of them, copies included
        recipients: [
          ...new Set(fitting.flatMap(({ content: { to, cc, bcc } }) => [...to, ...cc, ...bcc])),
        ].sort(),
        approve,
        left: judged.flatMap(({ row, why }) => {
          if (why === null) return [];
          const { customer, currency, amount } = planned(row);
          return [{ proposalId: row.id, customer: customer.name, currency, amount, why }];
        }),
        ...(beyond > 0 && { beyond }),
      };
    });
  };
};
