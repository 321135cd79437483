/** Matches money that is on no invoice: applies what is certain, proposes what is likely, explains the rest. */
import { type MatchPaymentsInput, matchPaymentsInput } from '../domain/cash/answers.ts';
import type { MatchedPayment, MatchRun } from '../domain/cash/applications.ts';
import { parseDecimal, toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { appendAudit } from '../store/audit.ts';
import { type PaymentRow, readUnappliedPayments } from '../store/cash/payments.ts';
import { lockMatching } from '../store/cash/run-lock.ts';
import { readCashPolicy } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { closeProposal } from '../store/proposals/write.ts';
import { livePlacings } from '../store/proposals/write-many.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { retryTransient } from '../store/transient.ts';
import { applyPlacings } from './cash/apply-placing.ts';
import { choosePayment } from './cash/choose-payment.ts';
import { keepProposals, type Wanted } from './cash/keep-proposals.ts';
import { contentOf } from './cash/present-placing.ts';
import { remittancesFor } from './cash/remittances-for.ts';
import { matchedPayment, type WorkedOut, workOut } from './cash/work-out.ts';
import { createEnsureBot } from './ensure-bot.ts';
import { assertMayRecord, parseInput } from './recording.ts';

export type MatchOptions = {
  readonly dryRun: boolean;
  /** None: every payment with money on no invoice. */
  readonly payments?: readonly PaymentRow[];
};

/** Entries of the audit chain hold at most so many acts each. */
const ACTS_PER_ENTRY = 200;

type Acts = { readonly matches: Map<number, number>; readonly proposals: Map<number, number> };

const wantedOf = ({ payment, placing, alternatives }: WorkedOut): Wanted =>
  contentOf(payment, placing, alternatives) as Wanted;

async function auditRun(
  sql: Sql,
  applied: readonly { matchId: number; paymentId: number }[],
  proposed: number,
) {
  for (let at = 0; at < Math.max(applied.length, 1); at += ACTS_PER_ENTRY)
    await appendAudit(sql, {
      actor: 'remy',
      act: 'match_payments',
      detail: {
        applied: applied.slice(at, at + ACTS_PER_ENTRY),
        count: Math.min(ACTS_PER_ENTRY, applied.length - at),
        proposed: at === 0 ? proposed : 0,
      },
    });
}

/** Writes what was worked out, in the transaction that read it. */
async function act(
  sql: Sql,
  all: readonly WorkedOut[],
  how: { readonly today: string; readonly now: Date; readonly bot: { userId: number; email: string } },
): Promise<Acts> {
  const certain = all.filter(({ result }) => result.decision === 'applied');
  const paymentIds = all.map(({ row }) => row.id);
  // a person's own placing waits: that person is not overtaken by a machine
  const byPeople = new Set(
    (await livePlacings(sql, paymentIds))
      .filter(({ origin }) => origin !== 'matching')
      .map((live) => live.payment_id),
  );
  const toApply = certain.filter(({ row }) => !byPeople.has(row.id));
  const ids = await applyPlacings(
    sql,
    toApply.map((each) => ({
      content: wantedOf(each),
      proposalId: null,
      madeBy: 'remy',
      origin: 'auto',
    })),
    { on: how.today, learn: false },
  );
  const matches = new Map(
    toApply.flatMap(({ row }, at): [number, number][] => (ids[at] ? [[row.id, ids[at]]] : [])),
  );
  for (const live of await livePlacings(sql, [...matches.keys()]))
    await closeProposal(sql, live.id, 'replaced', 'The payment was applied by matching in the meantime.');
  const open = paymentIds.filter((id) => !matches.has(id));
  const wanted = all.filter(({ row, result }) => result.decision !== 'none' && !matches.has(row.id));
  const before = (await livePlacings(sql, open)).length;
  const proposals = await keepProposals(sql, wanted.map(wantedOf), open, { by: how.bot, now: how.now });
  const applied = [...matches].map(([paymentId, matchId]) => ({ matchId, paymentId }));
  if (applied.length > 0 || proposals.size > before) await auditRun(sql, applied, proposals.size - before);
  return { matches, proposals };
}

/** What was really done: a person's own placing waits before it, or a person said no to this one. */
function asDone(found: MatchedPayment): MatchedPayment {
  if (found.decision === 'none' || found.matchId !== null) return found;
  if (found.proposalId !== null) return { ...found, decision: 'proposed' };
  const reasons = ['a person rejected this before', ...found.placing.reasons];
  return { ...found, decision: 'none', placing: { ...found.placing, reasons } };
}

function summaryOf(payments: readonly MatchedPayment[]): MatchRun['summary'] {
  const sums = new Map<string, Record<'received' | 'applied' | 'proposed' | 'none', bigint>>();
  for (const { payment, decision } of payments) {
    const sum = sums.get(payment.currency) ?? { received: 0n, applied: 0n, proposed: 0n, none: 0n };
    const minor = parseDecimal(payment.unapplied, payment.currency);
    sum.received += minor;
    sum[decision] += minor;
    sums.set(payment.currency, sum);
  }
  const count = (decision: MatchedPayment['decision']) =>
    payments.filter((each) => each.decision === decision).length;
  return {
    payments: payments.length,
    applied: count('applied'),
    proposed: count('proposed'),
    none: count('none'),
    amounts: [...sums].sort().map(([currency, sum]) => ({
      currency,
      received: toDecimal(sum.received, currency),
      applied: toDecimal(sum.applied, currency),
      proposed: toDecimal(sum.proposed, currency),
      none: toDecimal(sum.none, currency),
    })),
  };
}

/**
 * A run over all that is unapplied, or over the given payments; all of them are assigned together. With `dryRun`
 * nothing is written.
 *
 * Throws: NotAllowedError (a viewer may look at own accounts' payments only dry).
 */
export const createRunMatching = (database: Pick<Database, 'pool'>, clock: Clock) => {
  const ensureBot = createEnsureBot(database);
  return async (options: MatchOptions, context: Context): Promise<MatchRun> => {
    if (!options.dryRun) assertMayRecord(context);
    const { tenantId } = context.actor;
    const bot = options.dryRun ? null : await ensureBot(tenantId);
    return retryTransient(() =>
      inTenant(database.pool, tenantId, async (sql) => {
        if (bot) await lockMatching(sql);
        const { policy } = await readCashPolicy(sql);
        const owner = visibleOwner(context.actor);
        const rows = options.payments ?? (await readUnappliedPayments(sql, { owner }));
        const remittanceOf = await remittancesFor(sql, rows);
        const all = await workOut(sql, rows, policy, context.today, remittanceOf);
        const acts = bot
          ? await act(sql, all, { today: context.today, now: clock.now(), bot })
          : { matches: new Map<number, number>(), proposals: new Map<number, number>() };
        const payments = all.map((each) => {
          const { id } = each.row;
          const matchId = acts.matches.get(id) ?? null;
          const proposalId = acts.proposals.get(id) ?? null;
          const found = matchedPayment(each, { matchId, proposalId });
          return bot ? asDone(found) : found;
        });
        return { asOf: context.today, dryRun: options.dryRun, payments, summary: summaryOf(payments) };
      }),
    );
  };
};

/** What the tool calls: one payment or all, the first of them in the answer. Throws: as `createRunMatching`. */
export const createMatchPayments = (database: Pick<Database, 'pool'>, clock: Clock) => {
  const run = createRunMatching(database, clock);
  return async (raw: MatchPaymentsInput, context: Context): Promise<MatchRun> => {
    const input = parseInput(matchPaymentsInput, raw);
    const payments = input.payment && [
      await inTenant(database.pool, context.actor.tenantId, (sql) =>
        choosePayment(sql, input.payment!, context),
      ),
    ];
    const found = await run({ dryRun: !input.run, ...(payments && { payments }) }, context);
    return { ...found, payments: found.payments.slice(0, input.limit) };
  };
};
