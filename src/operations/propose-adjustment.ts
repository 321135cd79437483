/** Proposes to close the rest of an invoice without money: a bank fee, a discount, tax withheld, a write-off. */
import { type ProposeAdjustmentInput, proposeAdjustmentInput } from '../domain/cash/answers.ts';
import type { ApplicationContent } from '../domain/cash/applications.ts';
import { placeByHand } from '../domain/cash/place-by-hand.ts';
import { adjustmentWords } from '../domain/cash/placing-words.ts';
import type { ProposalView } from '../domain/chase/proposals.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { parseDecimal } from '../domain/money.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { readOpenAmounts } from '../store/cash/documents.ts';
import { applicationsOfPayments } from '../store/cash/live-rows.ts';
import type { PaymentRow } from '../store/cash/payments.ts';
import { customerRefOf } from '../store/customers/by-code.ts';
import { readCashPolicy } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { choosePayment } from './cash/choose-payment.ts';
import { type InvoiceOf, namedInvoice } from './cash/named-documents.ts';
import { presentPayment } from './cash/present-placing.ts';
import { remittancesFor } from './cash/remittances-for.ts';
import { type StoreOrigin, storePlacing } from './cash/store-placing.ts';
import { workOut } from './cash/work-out.ts';
import { assertMayRecord, parseInput } from './recording.ts';

type Asked = ReturnType<typeof proposeAdjustmentInput.parse>;

/** The invoice that the payment left short; it has to be one. */
async function leftShort(sql: Sql, payment: PaymentRow): Promise<string> {
  const applied = await applicationsOfPayments(sql, [payment.id]);
  const open = await readOpenAmounts(
    sql,
    applied.map((row) => row.invoice_id),
  );
  const short = applied.filter((row) => (open.get(row.invoice_id)?.open ?? 0n) > 0n);
  const [only, second] = short;
  if (only && !second) return only.invoice;
  throw new InvalidInputError(
    only
      ? `The payment left ${short.map((row) => row.invoice).join(' and ')} short. Say which of them is meant.`
      : 'No invoice is left short by this payment. Name the invoice.',
  );
}

/** A payment that is not applied yet: it goes on its invoice together with the adjustment. */
async function withMoney(sql: Sql, payment: PaymentRow, asked: Asked, today: string) {
  if (asked.invoice !== undefined) return [asked.invoice];
  const { policy } = await readCashPolicy(sql);
  const [found] = await workOut(sql, [payment], policy, today, await remittancesFor(sql, [payment]));
  const invoices = found?.placing.applications.map((each) => each.invoice) ?? [];
  if (invoices.length > 0) return invoices;
  throw new InvalidInputError('It is not known which invoice the payment is for. Name the invoice.');
}

async function contentOf(sql: Sql, asked: Asked, context: Context): Promise<ApplicationContent> {
  const payment = asked.payment ? await choosePayment(sql, asked.payment, context) : null;
  const waiting = payment && payment.unapplied_minor > 0n ? payment : null;
  if (!payment && asked.invoice === undefined)
    throw new InvalidInputError('Say which invoice or payment it is about.');
  const numbers = waiting
    ? await withMoney(sql, waiting, asked, context.today)
    : [asked.invoice ?? (await leftShort(sql, payment!))];
  const about = { customerId: payment?.customer?.id ?? null, currency: payment?.currency ?? null };
  const invoices: InvoiceOf[] = [];
  for (const number of numbers) invoices.push(await namedInvoice(sql, number, about));
  const last = invoices.at(-1)!;
  const { currency } = last;
  const words = asked.reason ?? `${adjustmentWords[asked.kind]}, as a person said`;
  const placed = placeByHand({
    currency,
    left: waiting?.unapplied_minor ?? 0n,
    parts: waiting ? invoices.map((invoice) => ({ invoice, amount: null })) : [],
    credits: [],
    adjustments: [
      {
        kind: asked.kind,
        invoice: last,
        amount: asked.amount === undefined ? null : parseDecimal(asked.amount, currency),
        reason: words,
      },
    ],
  });
  return {
    kind: 'application',
    payment: waiting ? presentPayment(waiting) : null,
    currency,
    placing: {
      ...placed,
      customer: await customerRefOf(sql, last.customerId),
      confidence: null,
      reasons: [],
    },
    alternatives: [],
  };
}

/**
 * What it lets off counts against the limits of whoever approves it (see the rules of cash application).
 *
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError.
 */
export const createProposeAdjustment =
  (database: Pick<Database, 'pool'>, clock: Clock) =>
  async (
    raw: ProposeAdjustmentInput,
    context: Context,
    origin: StoreOrigin = 'chat',
  ): Promise<{ proposal: ProposalView }> => {
    assertMayRecord(context);
    const asked = parseInput(proposeAdjustmentInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const content = await contentOf(sql, asked, context);
      const made = { context, origin, instruction: asked.reason ?? null };
      return { proposal: await storePlacing(sql, clock, content, made) };
    });
  };
