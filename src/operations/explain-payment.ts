/** Why a payment is where it is, or on nothing: what matching sees, the gap with its arithmetic, and what can be done. */
import {
  type ExplainPaymentInput,
  type ExplainPaymentOutput,
  explainPaymentInput,
} from '../domain/cash/answers.ts';
import type { MatchedPayment } from '../domain/cash/applications.ts';
import { matchSettings } from '../domain/cash/default-policy.ts';
import type { CashPolicy } from '../domain/cash/policy.ts';
import { NotFoundError } from '../domain/errors.ts';
import { explainDifference } from '../domain/matching/explain.ts';
import { formatAmount, parseDecimal, toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { applicationsOfPayments, type LiveApplication } from '../store/cash/live-rows.ts';
import { readMatches } from '../store/cash/matches.ts';
import { type PaymentRow, readPayments } from '../store/cash/payments.ts';
import { readReturns } from '../store/cash/returns.ts';
import { newestTwin, twinsOf } from '../store/cash/twins.ts';
import { visibleCustomers } from '../store/cash/visible.ts';
import { readCashPolicy } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { livePlacings } from '../store/proposals/write-many.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { choosePayment } from './cash/choose-payment.ts';
import { hideForeign, withoutForeign } from './cash/hide-foreign.ts';
import { namedInvoice } from './cash/named-documents.ts';
import { nextSteps } from './cash/next-steps.ts';
import { presentPayment } from './cash/present-placing.ts';
import { remittancesFor } from './cash/remittances-for.ts';
import { matchedPayment, workOut } from './cash/work-out.ts';
import { findInvoice } from './find-invoice.ts';
import { presentMatch } from './list-matches.ts';
import { parseInput } from './recording.ts';

/** Payments this far apart may be one bill paid twice. */
const TWIN_DAYS = 60;

type Asked = ReturnType<typeof explainPaymentInput.parse>;

/** "Did they pay twice": only a customer is named, and its newest payment with a twin is meant. */
async function chosen(sql: Sql, { payment: wish }: Asked, context: Context): Promise<PaymentRow> {
  const said = Object.values(wish).filter((value) => value !== undefined).length;
  if (wish.customerId === undefined || said > 1) return choosePayment(sql, wish, context);
  const id = await newestTwin(sql, wish.customerId, TWIN_DAYS);
  const [row] = id === null ? [] : await readPayments(sql, [id], visibleOwner(context.actor));
  return row ?? choosePayment(sql, wish, context);
}

type Compared = {
  readonly what: string;
  readonly owedMinor: bigint;
  readonly paidMinor: bigint;
};

/** What the payment is held against: what was asked for, else the suggestion's invoices. */
async function comparison(
  sql: Sql,
  row: PaymentRow,
  applied: readonly LiveApplication[],
  asked: Asked,
  suggestion: MatchedPayment | null,
  owner: string | null,
): Promise<Compared | null> {
  const about = { customerId: row.customer?.id ?? null, currency: row.currency };
  if (asked.invoice !== undefined) {
    if (owner !== null) await findInvoice(sql, asked.invoice, owner);
    const invoice = await namedInvoice(sql, asked.invoice, about);
    const onIt = applied
      .filter((each) => each.invoice_id === invoice.id)
      .reduce((sum, each) => sum + each.amount_minor, 0n);
    return {
      what: invoice.number,
      owedMinor: invoice.open + onIt,
      paidMinor: row.unapplied_minor + onIt,
    };
  }
  if (asked.owed !== undefined)
    return {
      what: 'the amount you named',
      owedMinor: parseDecimal(asked.owed, row.currency),
      paidMinor: row.amount_minor,
    };
  const parts = suggestion?.placing.applications ?? [];
  if (parts.length === 0) return null;
  const credit = suggestion!.placing.credits.reduce(
    (sum, each) => sum + parseDecimal(each.amount, row.currency),
    0n,
  );
  return {
    what: parts.map((each) => each.invoice).join(', '),
    owedMinor: parts.reduce((sum, each) => sum + parseDecimal(each.open, row.currency), -credit),
    paidMinor: row.unapplied_minor,
  };
}

const differenceOf = (
  compared: Compared,
  row: PaymentRow,
  policy: CashPolicy,
): ExplainPaymentOutput['difference'] => {
  const { currency, received_on: receivedOn } = row;
  const { paidMinor, owedMinor } = compared;
  const reasons = explainDifference({ paidMinor, owedMinor, currency, receivedOn }, matchSettings(policy));
  return {
    amount: toDecimal(owedMinor - paidMinor, currency),
    reasons: reasons.map(({ kind, amountMinor, text }) => ({
      kind,
      amount: toDecimal(amountMinor, currency),
      fits: kind !== 'miss',
      text,
    })),
  };
};

async function duplicatesOf(sql: Sql, row: PaymentRow, owner: string | null) {
  const twins = await readPayments(sql, await twinsOf(sql, row.id, TWIN_DAYS), owner);
  return twins.map((twin) => ({
    payment: presentPayment(twin),
    why: `the same ${formatAmount(toDecimal(twin.amount_minor, twin.currency), twin.currency)} from the same payer, received ${twin.received_on} (${twin.source})`,
  }));
}

/**
 * Reads only. Throws: NotFoundError, InvalidInputError when several payments fit, naming them.
 */
export const createExplainPayment =
  (database: Pick<Database, 'pool'>) =>
  async (raw: ExplainPaymentInput, context: Context): Promise<ExplainPaymentOutput> => {
    const asked = parseInput(explainPaymentInput, raw);
    const owner = visibleOwner(context.actor);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const row = await chosen(sql, asked, context);
      const { policy } = await readCashPolicy(sql);
      const all = await applicationsOfPayments(sql, [row.id]);
      const visible = await visibleCustomers(
        sql,
        all.map((each) => each.customer_id),
        owner,
      );
      const applied = all.filter((each) => visible.has(each.customer_id));
      const [live] = await livePlacings(sql, [row.id]);
      const [found] = await workOut(sql, [row], policy, context.today, await remittancesFor(sql, [row]));
      const worked = found && matchedPayment(found, { matchId: null, proposalId: live?.id ?? null });
      const suggestion = worked ? await hideForeign(sql, worked, owner) : null;
      const compared = await comparison(sql, row, applied, asked, suggestion, owner);
      const [again] = await readPayments(sql, [row.id], owner);
      if (!again) throw new NotFoundError('There is no such payment among those you may see.');
      const matches = await readMatches(sql, { paymentId: row.id, owner: null }, 20);
      const duplicates = await duplicatesOf(sql, row, owner);
      const output = {
        payment: presentPayment(row),
        matches: await withoutForeign(sql, matches.map(presentMatch), owner),
        applied: applied.map((each) => ({
          invoice: each.invoice,
          amount: toDecimal(each.amount_minor, each.currency),
          on: each.applied_on,
        })),
        suggestion,
        comparedWith: compared && {
          what: compared.what,
          owed: toDecimal(compared.owedMinor, row.currency),
          paid: toDecimal(compared.paidMinor, row.currency),
        },
        difference: compared && differenceOf(compared, row, policy),
        duplicates,
        returns: (await readReturns(sql, row.id))
          .filter((each) => !each.reversed)
          .map((each) => ({
            kind: each.kind,
            amount: toDecimal(each.amount_minor, each.currency),
            on: each.returned_on,
            reason: each.reason,
          })),
      };
      return { ...output, next: nextSteps(output) };
    });
  };
