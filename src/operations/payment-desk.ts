/** What lies on the desk when one payment is placed by hand: the suggestion, and what its customer owes. */
import { z } from 'zod';
import type { PaymentDeskOutput } from '../domain/cash/answers.ts';
import { matchSettings } from '../domain/cash/default-policy.ts';
import type { CashPolicy } from '../domain/cash/policy.ts';
import { NotFoundError } from '../domain/errors.ts';
import { explainDifference } from '../domain/matching/explain.ts';
import { parseDecimal, toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { openCredits, openInvoicesOf } from '../store/cash/candidates.ts';
import { type PaymentRow, readPayments } from '../store/cash/payments.ts';
import { visibleCustomers } from '../store/cash/visible.ts';
import { customerRefOf } from '../store/customers/by-code.ts';
import { readCashPolicy } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { livePlacings } from '../store/proposals/write-many.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { hideForeign } from './cash/hide-foreign.ts';
import { presentPayment } from './cash/present-placing.ts';
import { remittancesFor } from './cash/remittances-for.ts';
import { matchedPayment, type WorkedOut, workOut } from './cash/work-out.ts';
import { parseInput } from './recording.ts';

export const paymentDeskInput = z.strictObject({
  paymentId: z.int().positive(),
  /** Whose invoices to lay out; default: whom matching suspects. */
  customerId: z.int().positive().optional(),
});
export type PaymentDeskInput = z.infer<typeof paymentDeskInput>;

async function itemsOf(sql: Sql, customerId: number, currency: string) {
  const invoices = await openInvoicesOf(sql, [customerId]);
  const credits = await openCredits(sql, { customerIds: [customerId], numbers: [] });
  return {
    openInvoices: invoices
      .filter((each) => each.currency === currency)
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id - b.id))
      .map((each) => ({
        invoiceId: each.id,
        invoice: each.number,
        issuedOn: each.issuedOn,
        dueOn: each.dueOn,
        amount: toDecimal(each.amountMinor, currency),
        open: toDecimal(each.openMinor, currency),
        disputed: each.disputed,
      })),
    credits: credits
      .filter((each) => each.currency === currency && each.customerId === customerId)
      .map((each) => ({
        creditId: each.id,
        credit: each.number,
        open: toDecimal(each.openMinor, currency),
        issuedOn: each.issuedOn,
      })),
  };
}

function differencesOf(found: WorkedOut, policy: CashPolicy): PaymentDeskOutput['differences'] {
  const { row, placing } = found;
  if (placing.applications.length === 0) return [];
  const { currency } = row;
  const owedMinor = placing.applications.reduce((sum, each) => sum + parseDecimal(each.open, currency), 0n);
  const paidMinor = row.unapplied_minor;
  return explainDifference(
    { paidMinor, owedMinor, currency, receivedOn: row.received_on },
    matchSettings(policy),
  ).map(({ kind, amountMinor, text }) => ({
    ...{ kind, amount: toDecimal(amountMinor, currency), fits: kind !== 'miss', text },
  }));
}

const nothingToPlace = (row: PaymentRow): PaymentDeskOutput['matched'] => ({
  payment: presentPayment(row),
  decision: 'none',
  noMatch: null,
  placing: {
    customer: row.customer,
    ...{ applications: [], credits: [], adjustments: [], confidence: null, reasons: [] },
    unapplied: toDecimal(0n, row.currency),
  },
  ...{ alternatives: [], matchId: null, proposalId: null },
});

/** Throws: NotFoundError for a payment or customer that the person may not see. */
export const createPaymentDesk =
  (database: Pick<Database, 'pool'>) =>
  async (raw: PaymentDeskInput, context: Context): Promise<PaymentDeskOutput> => {
    const asked = parseInput(paymentDeskInput, raw);
    const owner = visibleOwner(context.actor);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const [row] = await readPayments(sql, [asked.paymentId], owner);
      if (!row) throw new NotFoundError(`There is no payment ${asked.paymentId} among those you may see.`);
      const { policy } = await readCashPolicy(sql);
      const [live] = await livePlacings(sql, [row.id]);
      const [found] = await workOut(sql, [row], policy, context.today, await remittancesFor(sql, [row]));
      const customerId = asked.customerId ?? found?.placing.customer?.id ?? row.customer?.id;
      const sees =
        customerId !== undefined && (await visibleCustomers(sql, [customerId], owner)).has(customerId);
      if (asked.customerId !== undefined && !sees)
        throw new NotFoundError(`There is no customer ${asked.customerId} among those you may see.`);
      const items = sees ? await itemsOf(sql, customerId, row.currency) : { openInvoices: [], credits: [] };
      return {
        matched: found
          ? await hideForeign(
              sql,
              matchedPayment(found, { matchId: null, proposalId: live?.id ?? null }),
              owner,
            )
          : nothingToPlace(row),
        customer: sees ? await customerRefOf(sql, customerId) : null,
        ...items,
        differences: found && owner === null ? differencesOf(found, policy) : [],
      };
    });
  };
