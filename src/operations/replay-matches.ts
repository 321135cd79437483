/**
 * The shadow run: matches a past window as if nothing of it had been applied yet, and holds it against what people
 * really applied. Writes nothing.
 */
import type { z } from 'zod';
import { addDays, daysBetween } from '../domain/calendar.ts';
import { type ReplayOutput, replayInput } from '../domain/cash/answers.ts';
import { matchSettings } from '../domain/cash/default-policy.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { matchPayments } from '../domain/matching/match.ts';
import {
  type AppliedTruth,
  type Judged,
  judge,
  reliabilityTable,
  replayMetrics,
  thresholdFor,
} from '../domain/matching/replay-metrics.ts';
import type { MatchCredit, MatchInvoice, MatchPool, MatchResult } from '../domain/matching/shapes.ts';
import { formatAmount, toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { readMatchCustomers, recentPromises } from '../store/cash/candidates.ts';
import { type PaymentRow, readPayments } from '../store/cash/payments.ts';
import {
  appliedSince,
  creditsSince,
  invoicesSince,
  type TruthRow,
  windowPayments,
} from '../store/cash/replay.ts';
import { readCashPolicy } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { matchPaymentOf } from './cash/load-pool.ts';
import { presentPayment } from './cash/present-placing.ts';
import { parseInput } from './recording.ts';

/** The window is gone through in at most so many steps; what people applied before a step is known to it. */
const MOST_STEPS = 30;
const MOST_WRONG = 10;
const PRECISION = 0.999;

type Past = {
  readonly invoices: readonly MatchInvoice[];
  readonly credits: readonly MatchCredit[];
  readonly applied: readonly TruthRow[];
};

const sums = (rows: readonly TruthRow[], key: 'invoice_id' | 'credit_id'): Map<number, bigint> => {
  const found = new Map<number, bigint>();
  for (const row of rows) {
    const id = row[key];
    if (id !== null) found.set(id, (found.get(id) ?? 0n) + row.amount_minor);
  }
  return found;
};

/** As the books stood on the morning of `first`, with invoices that were issued by `last`. */
function booksOn({ invoices, credits, applied }: Past, first: string, last: string) {
  const later = applied.filter((row) => row.on_day >= first);
  const [onInvoices, ofCredits] = [sums(later, 'invoice_id'), sums(later, 'credit_id')];
  return {
    invoices: invoices
      .filter((each) => each.issuedOn <= last)
      .map((each): MatchInvoice => {
        const open = each.openMinor + (onInvoices.get(each.id) ?? 0n);
        const openMinor = open > each.amountMinor ? each.amountMinor : open;
        return { ...each, openMinor, status: openMinor > 0n ? 'open' : 'paid' };
      }),
    credits: credits
      .filter((each) => each.issuedOn <= last)
      .map((each) => ({ ...each, openMinor: each.openMinor + (ofCredits.get(each.id) ?? 0n) }))
      .filter((each) => each.openMinor > 0n),
  };
}

function* steps(from: string, to: string): Generator<[string, string]> {
  const days = Math.max(1, Math.ceil((daysBetween(from, to) + 1) / MOST_STEPS));
  for (let first = from; first <= to; first = addDays(first, days)) {
    const last = addDays(first, days - 1);
    yield [first, last < to ? last : to];
  }
}

/** What people applied of each payment, in whatever order and on whatever day. */
function truthOf(rows: readonly PaymentRow[], applied: readonly TruthRow[]): AppliedTruth[] {
  const byPayment = new Map<number, AppliedTruth['applications'][number][]>();
  for (const { payment_id, invoice_id, amount_minor } of applied) {
    if (payment_id === null) continue;
    const known = byPayment.get(payment_id) ?? [];
    byPayment.set(payment_id, [...known, { invoiceId: invoice_id, amountMinor: amount_minor }]);
  }
  return rows.map((row) => ({ paymentId: row.id, applications: byPayment.get(row.id) ?? [] }));
}

/** Who the payer is was found out by people too, so it is not told. */
const asReceived = (row: PaymentRow) => ({
  ...matchPaymentOf({ ...row, unapplied_minor: row.amount_minor }),
  customerId: null,
});

type Wrong = ReplayOutput['wrong'][number];

function wrongOnes(
  judged: readonly Judged[],
  truths: readonly AppliedTruth[],
  rows: ReadonlyMap<number, PaymentRow>,
  past: Past,
): Wrong[] {
  const numbers = new Map(past.invoices.map((each) => [each.id, each.number]));
  const truth = new Map(truths.map((each) => [each.paymentId, each.applications]));
  const worded = (parts: AppliedTruth['applications'], currency: string): string =>
    parts
      .map(
        ({ invoiceId, amountMinor }) =>
          `${formatAmount(toDecimal(amountMinor, currency), currency)} on ${numbers.get(invoiceId) ?? `invoice ${invoiceId}`}`,
      )
      .join(', ') || 'nothing';
  return judged
    .filter(({ result, right }) => result.decision === 'applied' && !right)
    .map(({ result }) => ({ result, row: rows.get(result.paymentId)! }))
    .sort((a, b) => (a.row.amount_minor < b.row.amount_minor ? 1 : -1))
    .slice(0, MOST_WRONG)
    .map(({ result, row }) => ({
      payment: presentPayment(row),
      would: worded(result.solution.applications, row.currency),
      did: worded(truth.get(row.id) ?? [], row.currency),
      confidence: result.solution.confidence,
    }));
}

async function readPast(sql: Sql, from: string, to: string): Promise<Past> {
  return {
    invoices: await invoicesSince(sql, from, to),
    credits: await creditsSince(sql, from, to),
    applied: await appliedSince(sql, from),
  };
}

/**
 * Throws: InvalidInputError when the window is the wrong way round, too long, or nobody applied anything in it.
 */
export const createReplayMatches =
  (database: Pick<Database, 'pool'>) =>
  async (
    raw: z.input<typeof replayInput>,
    context: Context,
    progress: (text: string) => void = () => undefined,
  ): Promise<ReplayOutput> => {
    const { from, to } = parseInput(replayInput, raw);
    if (from > to) throw new InvalidInputError(`The window ends (${to}) before it begins (${from}).`);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const known = await windowPayments(sql, from, to);
      const ids = known.filter((each) => each.by_people).map((each) => each.id);
      const rows = await readPayments(sql, ids, visibleOwner(context.actor));
      if (rows.length === 0)
        throw new InvalidInputError(
          `Nobody applied a payment that was received between ${from} and ${to}. Import payments and applications of that time, or name another window.`,
        );
      const { policy } = await readCashPolicy(sql);
      const settings = matchSettings(policy);
      const past = await readPast(sql, from, to);
      const customers = await readMatchCustomers(sql, from);
      const promises = await recentPromises(
        sql,
        customers.map((each) => each.id),
        addDays(from, -120),
      );
      const results: MatchResult[] = [];
      for (const [first, last] of steps(from, to)) {
        const received = rows.filter((row) => row.received_on >= first && row.received_on <= last);
        if (received.length === 0) continue;
        const pool: MatchPool = { ...booksOn(past, first, last), customers, promises };
        results.push(...matchPayments(received.map(asReceived), pool, settings));
        progress(`${results.length} of ${rows.length} payments, up to ${last}`);
      }
      const truths = truthOf(rows, past.applied);
      const judged = judge(results, truths);
      const { right, coverage, precision, wrongAuto } = replayMetrics(judged);
      return {
        ...{ from, to, payments: judged.length, leftOut: known.length - ids.length },
        ...{ right, coverage, precision, wrongAuto, applyFrom: policy.autoApplyFrom },
        threshold: thresholdFor(judged, PRECISION),
        reliability: reliabilityTable(judged).map((bin) => ({
          ...{
            from: bin.from,
            to: bin.to,
            stated: bin.meanStated,
            right: bin.shareRight,
            count: bin.matches,
          },
        })),
        wrong: wrongOnes(judged, truths, new Map(rows.map((row) => [row.id, row])), past),
      };
    });
  };
