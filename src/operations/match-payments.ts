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
import { closeProposals, lockLivePlacings } from '../store/proposals/write-many.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { retryTransient } from '../store/transient.ts';
import { applyPlacings } from './cash/apply-placing.ts';
import { choosePayment } from './cash/choose-payment.ts';
import { heedPeople, readObjections } from './cash/heed-people.ts';
import { hideForeignOfAll } from './cash/hide-foreign.ts';
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

type Acts = {
  readonly all: readonly WorkedOut[];
  readonly matches: Map<number, number>;
  readonly proposals: Map<number, number>;
};

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
  workedOut: readonly WorkedOut[],
  how: { readonly today: string; readonly now: Date; readonly bot: { userId: number; email: string } },
): Promise<Acts> {
  const paymentIds = workedOut.map(({ row }) => row.id);
  // nobody decides on them from here on, and what was decided since they were worked out counts
  const before = await lockLivePlacings(sql, paymentIds);
  const objections = await readObjections(sql, paymentIds);
  const all = workedOut.map((each) => heedPeople(each, objections));
  // a person's own placing waits: that person is not overtaken by a machine
  const byPeople = new Set(
    before.filter(({ origin }) => origin !== 'matching').map((live) => live.payment_id),
  );
  const toApply = all.filter(({ row, result }) => result.decision === 'applied' && !byPeople.has(row.id));
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
  await closeProposals(
    sql,
    before.filter(({ payment_id }) => matches.has(payment_id)).map(({ id }) => id),
    'replaced',
    'The payment was applied by matching in the meantime.',
  );
  const open = paymentIds.filter((id) => !matches.has(id));
  const wanted = all.filter(({ row, result }) => result.decision !== 'none' && !matches.has(row.id));
  const proposals = await keepProposals(sql, wanted.map(wantedOf), open, { by: how.bot, now: how.now });
  const known = new Set(before.map(({ id }) => id));
  const proposed = [...proposals.values()].filter((id) => !known.has(id)).length;
  const applied = [...matches].map(([paymentId, matchId]) => ({ matchId, paymentId }));
  if (applied.length > 0 || proposed > 0) await auditRun(sql, applied, proposed);
  return { all, matches, proposals };
}

/** What was really done: money that did not fit any more is not applied, though it was to be. */
function asDone(found: MatchedPayment): MatchedPayment {
  if (found.decision === 'none' || found.matchId !== null) return found;
  return { ...found, decision: found.proposalId === null ? 'none' : 'proposed' };
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
        const found = await workOut(sql, rows, policy, context.today, remittanceOf);
        const acts = bot
          ? await act(sql, found, { today: context.today, now: clock.now(), bot })
          : { all: found, matches: new Map<number, number>(), proposals: new Map<number, number>() };
        const done = acts.all.map((each) => {
          const { id } = each.row;
          const matchId = acts.matches.get(id) ?? null;
          const proposalId = acts.proposals.get(id) ?? null;
          const matched = matchedPayment(each, { matchId, proposalId });
          return bot ? asDone(matched) : matched;
        });
        const payments = await hideForeignOfAll(sql, done, owner);
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
