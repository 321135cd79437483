/** Proposes to put a payment on the invoices that a person names: one click applies it. */
import { type ProposeApplicationInput, proposeApplicationInput } from '../domain/cash/answers.ts';
import type { ApplicationContent, Placing } from '../domain/cash/applications.ts';
import { placeByHand } from '../domain/cash/place-by-hand.ts';
import { adjustmentWords } from '../domain/cash/placing-words.ts';
import type { ProposalView } from '../domain/chase/proposals.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { parseDecimal } from '../domain/money.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { familyAmong } from '../store/cash/find-credits.ts';
import type { PaymentRow } from '../store/cash/payments.ts';
import { customerRefOf } from '../store/customers/by-code.ts';
import { readCashPolicy } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { choosePayment } from './cash/choose-payment.ts';
import { type InvoiceOf, namedCredit, namedInvoice } from './cash/named-documents.ts';
import { presentPayment } from './cash/present-placing.ts';
import { remittancesFor } from './cash/remittances-for.ts';
import { type StoreOrigin, storePlacing } from './cash/store-placing.ts';
import { workOut } from './cash/work-out.ts';
import { assertMayRecord, parseInput } from './recording.ts';

type Asked = ReturnType<typeof proposeApplicationInput.parse>;

const NO_MONEY = (row: PaymentRow): string =>
  `Payment ${row.number} is on invoices already, whole. Take that back first ("undo that application"), then apply it anew.`;

/** The customer that the invoices have in common, else the payment's own. */
async function customerOf(sql: Sql, invoices: readonly InvoiceOf[], row: PaymentRow) {
  const ids = [...new Set(invoices.map((each) => each.customerId))];
  return ids.length === 1 ? customerRefOf(sql, ids[0]!) : row.customer;
}

/** Said aloud: money of one customer on the invoice of another, unless they are one family. */
async function strangers(sql: Sql, invoices: readonly InvoiceOf[], row: PaymentRow): Promise<string[]> {
  const own = row.customer;
  if (!own) return [];
  const family = await familyAmong(
    sql,
    own.id,
    invoices.map((each) => each.customerId),
  );
  return invoices
    .filter((each) => !family.has(each.customerId))
    .map((each) => `${each.number} is ${each.customer}'s, but the payment is ${own.name}'s: look twice`);
}

async function byHand(sql: Sql, row: PaymentRow, asked: Asked): Promise<Placing> {
  const { currency } = row;
  const about = { customerId: row.customer?.id ?? null, currency };
  const amount = (text: string | undefined) => (text === undefined ? null : parseDecimal(text, currency));
  const seen = new Map<string, InvoiceOf>();
  const invoice = async (typed: string): Promise<InvoiceOf> => {
    const found = seen.get(typed) ?? (await namedInvoice(sql, typed, about));
    seen.set(typed, found);
    return found;
  };
  const parts = [];
  for (const each of asked.parts)
    parts.push({ invoice: await invoice(each.invoice), amount: amount(each.amount) });
  const credits = [];
  for (const each of asked.credits) {
    const invoices =
      each.invoice === undefined ? parts.map((part) => part.invoice) : [await invoice(each.invoice)];
    credits.push({
      ...(await namedCredit(sql, each.credit, { invoices, currency })),
      amount: amount(each.amount),
    });
  }
  const adjustments = [];
  for (const each of asked.adjustments)
    adjustments.push({
      kind: each.kind,
      invoice: await invoice(each.invoice),
      amount: amount(each.amount),
      reason: `${adjustmentWords[each.kind]}, as a person said`,
    });
  const placed = placeByHand({ currency, left: row.unapplied_minor, parts, credits, adjustments });
  return {
    ...placed,
    customer: await customerOf(sql, [...seen.values()], row),
    confidence: null,
    reasons: await strangers(sql, [...seen.values()], row),
  };
}

/** What matching suggests, with the wished alternative in front. */
async function suggested(
  sql: Sql,
  row: PaymentRow,
  asked: Asked,
  today: string,
): Promise<ApplicationContent> {
  const { policy } = await readCashPolicy(sql);
  const [found] = await workOut(sql, [row], policy, today, await remittancesFor(sql, [row]));
  if (!found) throw new InvalidInputError(NO_MONEY(row));
  const { payment } = found;
  const all = [found.placing, ...found.alternatives];
  const chosen = all[asked.alternative ?? 0];
  if (!chosen || chosen.applications.length === 0)
    throw new InvalidInputError(
      asked.alternative
        ? `There is no alternative ${asked.alternative} by now. Say which invoices the money is for.`
        : 'Matching suggests nothing for it. Say which invoices the money is for.',
    );
  return {
    kind: 'application',
    payment,
    currency: row.currency,
    placing: chosen,
    alternatives: all.filter((each) => each !== chosen && each.applications.length > 0).slice(0, 2),
  };
}

/**
 * With nothing named, what matching suggests. A proposal that waits for this payment is revised.
 *
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError that says what does not fit.
 */
export const createProposeApplication =
  (database: Pick<Database, 'pool'>, clock: Clock) =>
  async (
    raw: ProposeApplicationInput,
    context: Context,
    origin: StoreOrigin = 'chat',
  ): Promise<{ proposal: ProposalView }> => {
    assertMayRecord(context);
    const asked = parseInput(proposeApplicationInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const row = await choosePayment(sql, asked.payment, context);
      if (row.unapplied_minor === 0n) throw new InvalidInputError(NO_MONEY(row));
      const named = asked.parts.length + asked.credits.length + asked.adjustments.length > 0;
      const content: ApplicationContent = named
        ? {
            kind: 'application',
            payment: presentPayment(row),
            currency: row.currency,
            placing: await byHand(sql, row, asked),
            alternatives: [],
          }
        : await suggested(sql, row, asked, context.today);
      return { proposal: await storePlacing(sql, clock, content, { context, origin, instruction: null }) };
    });
  };
