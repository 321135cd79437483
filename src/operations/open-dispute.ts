/** Records that a customer contests an invoice or one line of it. */
import { z } from 'zod';
import { disputeReasons, type RecordedDispute } from '../domain/chase/records.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { day } from '../domain/ledger-query/window.ts';
import { formatAmount, toDecimal } from '../domain/money.ts';
import type { Context } from '../ports/actor.ts';
import { readInvoice } from '../store/accounts/invoices.ts';
import { customerRefOf } from '../store/customers/by-code.ts';
import { addDispute } from '../store/disputes.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import {
  assertMayRecord,
  audit,
  customerInput,
  findSubject,
  parseInput,
  parseMoney,
  trace,
} from './recording.ts';

export const openDisputeInput = z.strictObject({
  ...customerInput,
  invoice: z.string().min(1).max(100),
  lineNumber: z.int().positive().nullish(),
  reason: z.enum(disputeReasons),
  amount: z.string().optional().describe("a decimal in the invoice's currency; default: its open amount"),
  owner: z.string().max(200).nullish().describe('who has to answer it'),
  openedOn: day,
  dueOn: day.nullish(),
  quote: z.string().max(500).nullish().describe("the customer's own words"),
});

/**
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError (contested for that reason already, an amount
 * above the invoice's, or nothing open and no amount given).
 */
export const createOpenDispute =
  (database: Database) =>
  async (raw: z.input<typeof openDisputeInput>, context: Context): Promise<RecordedDispute> => {
    assertMayRecord(context);
    const input = parseInput(openDisputeInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const subject = await findSubject(sql, { ...input, invoices: [input.invoice] });
      const invoice = subject.invoices[0]!;
      const { currency, number } = invoice;
      const amountMinor = parseMoney({
        amount: input.amount ?? toDecimal(invoice.open_minor, currency),
        currency,
      });
      const whole = (await readInvoice(sql, invoice.id)).amount_minor;
      if (amountMinor > whole)
        throw new InvalidInputError(
          `${number} is over ${toDecimal(whole, currency)} ${currency}; no more can be contested.`,
        );
      const disputeId = await addDispute(sql, {
        customerId: subject.customerId,
        invoiceId: invoice.id,
        lineNumber: input.lineNumber ?? null,
        reason: input.reason,
        currency,
        amountMinor,
        owner: input.owner ?? null,
        openedOn: input.openedOn,
        dueOn: input.dueOn ?? null,
        quote: input.quote ?? null,
      });
      if (disputeId === null)
        throw new InvalidInputError(
          `${number} is already contested for that reason (${input.reason}). Resolve that dispute first, or give another reason.`,
        );
      const amount = formatAmount(toDecimal(amountMinor, currency), currency);
      await trace(sql, context, subject, {
        key: `dispute:${disputeId}:opened`,
        kind: 'disputed',
        happenedOn: input.openedOn,
        summary: `Disputed ${amount} of ${number}: ${input.reason.replaceAll('_', ' ')}`,
        detail: { disputeId },
      });
      await audit(sql, context, 'open_dispute', { disputeId, invoice: number, amount, reason: input.reason });
      return {
        disputeId,
        customer: await customerRefOf(sql, subject.customerId),
        invoice: number,
        lineNumber: input.lineNumber ?? null,
        reason: input.reason,
        amount: toDecimal(amountMinor, currency),
        currency,
        owner: input.owner ?? null,
        openedOn: input.openedOn,
        dueOn: input.dueOn ?? null,
      };
    });
  };
