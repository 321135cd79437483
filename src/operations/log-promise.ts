/** Stores a promise to pay: internal and reversible, so no approval. */
import { z } from 'zod';
import type { RecordedPromise } from '../domain/chase/records.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { day } from '../domain/ledger-query/window.ts';
import { formatAmount, type Money, toDecimal } from '../domain/money.ts';
import type { Context } from '../ports/actor.ts';
import { currenciesOf, customerRefOf, openByCurrency } from '../store/customers/by-code.ts';
import type { Database } from '../store/pool.ts';
import { addPromise } from '../store/promises.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import {
  assertMayRecord,
  audit,
  customerInput,
  findSubject,
  moneyInput,
  numbersOf,
  parseInput,
  parseMoney,
  type Subject,
  trace,
} from './recording.ts';

export const logPromiseInput = z.strictObject({
  ...customerInput,
  ...moneyInput,
  currency: moneyInput.currency.optional().describe('default: the one the customer owes in'),
  invoices: z
    .array(z.string().min(1).max(100))
    .max(100)
    .readonly()
    .default([])
    .describe('numbers; none = any invoice'),
  contactId: z.int().positive().optional(),
  madeOn: day,
  payOn: day,
  method: z.enum(['card', 'ach', 'wire', 'cheque', 'other']).nullish(),
  quote: z.string().max(500).nullish().describe("the customer's own words"),
  recordedBy: z.string().max(200).optional().describe('default: who asks'),
});

/** The currency of the invoices it is for, else the one in which the customer owes anything. */
async function currencyOf(sql: Sql, { customerId, invoices }: Subject): Promise<string> {
  const used =
    invoices.length > 0
      ? [...new Set(invoices.map((invoice) => invoice.currency))]
      : await currenciesOf(sql, customerId);
  const [only, other] = used;
  if (only && !other) return only;
  const { name } = await customerRefOf(sql, customerId);
  throw new InvalidInputError(
    only
      ? `${name} owes in ${used.join(' and ')}. In which currency is the promise?`
      : `The currency of ${name} is not known. In which currency is the promise?`,
  );
}

/** In words, where it is more than is open on the invoices, or of the customer where none is named; else null. */
async function cautionOf(
  sql: Sql,
  { customerId, invoices }: Subject,
  { minor, currency }: Money,
): Promise<string | null> {
  const text = (amount: bigint, code = currency): string => formatAmount(toDecimal(amount, code), code);
  const owed = await openByCurrency(sql, customerId);
  const open =
    invoices.length > 0
      ? invoices.reduce((sum, invoice) => sum + invoice.open_minor, 0n)
      : (owed.find((each) => each.currency === currency)?.minor ?? 0n);
  if (minor <= open) return null;
  const where = invoices.length > 0 ? `on ${invoices.map((invoice) => invoice.number).join(', ')}` : 'in all';
  if (open > 0n) return `That is more than the ${text(open)} they owe ${where}.`;
  const elsewhere = owed.map((each) => text(each.minor, each.currency)).join(' and ');
  const nothing = `They owe nothing ${invoices.length > 0 ? where : `in ${currency}`}`;
  return elsewhere ? `${nothing}; ${elsewhere} in all.` : `${nothing}.`;
}

/**
 * Stores a promise of the customer to pay an amount by a day; what becomes of it follows from the payments (P-6).
 *
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError (amount, days, another currency than the invoices',
 * or none given where the customer owes in several).
 */
export const createLogPromise =
  (database: Database) =>
  async (raw: z.input<typeof logPromiseInput>, context: Context): Promise<RecordedPromise> => {
    assertMayRecord(context);
    const input = parseInput(logPromiseInput, raw);
    const { madeOn, payOn } = input;
    if (payOn < madeOn)
      throw new InvalidInputError(`A promise of ${madeOn} cannot be to pay on ${payOn}, which is earlier.`);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const subject = await findSubject(sql, input);
      const currency = input.currency ?? (await currencyOf(sql, subject));
      const amountMinor = parseMoney({ amount: input.amount, currency });
      const other = subject.invoices.find((invoice) => invoice.currency !== currency);
      if (other)
        throw new InvalidInputError(
          `Invoice ${other.number} is in ${other.currency}, the promise in ${currency}. Record it in the invoice's currency.`,
        );
      const caution = await cautionOf(sql, subject, { minor: amountMinor, currency });
      const recordedBy = input.recordedBy ?? context.actor.email;
      const promiseId = await addPromise(sql, {
        customerId: subject.customerId,
        contactId: input.contactId ?? null,
        invoiceIds: subject.invoices.map((invoice) => invoice.id),
        currency,
        amountMinor,
        madeOn,
        payOn,
        method: input.method ?? null,
        quote: input.quote ?? null,
        recordedBy,
      });
      const amount = formatAmount(toDecimal(amountMinor, currency), currency);
      await trace(sql, context, subject, {
        key: `promise:${promiseId}:made`,
        kind: 'promised',
        happenedOn: madeOn,
        summary: `Promised ${amount} by ${payOn}${numbersOf(subject)}`,
        by: recordedBy,
        detail: { promiseId },
      });
      await audit(sql, context, 'log_promise', { promiseId, amount, payOn, customerId: subject.customerId });
      return {
        promiseId,
        customer: await customerRefOf(sql, subject.customerId),
        invoices: subject.invoices.map((invoice) => invoice.number),
        amount: toDecimal(amountMinor, currency),
        currency,
        madeOn,
        payOn,
        method: input.method ?? null,
        caution,
      };
    });
  };
