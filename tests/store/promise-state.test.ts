import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays } from '../../src/domain/calendar.ts';
import { type CashApplied, type PaymentPromise, promiseState } from '../../src/domain/promise.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import {
  aCredit,
  aCustomer,
  anApplication,
  anInvoice,
  aPayment,
  aPromise,
  type In,
} from '../support/ledger-builders.ts';

const day = fc.integer({ min: 0, max: 30 }).map((days) => addDays('2026-11-01', days));
const pick = fc.nat({ max: 5 });
const promises = fc.array(
  fc.record({
    customer: fc.nat({ max: 1 }),
    invoices: fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 2 }),
    amount: fc.integer({ min: 1, max: 3 }),
    currency: fc.constantFrom('USD', 'EUR'),
    madeOn: day,
    after: fc.nat({ max: 10 }),
    method: fc.constantFrom(null, 'card', 'ach', 'wire', 'cheque', 'other' as const),
    withdrawnOn: fc.option(day),
  }),
  { minLength: 1, maxLength: 4 },
);
const applications = fc.array(
  fc.record({
    invoice: pick,
    amount: fc.integer({ min: 1, max: 3 }),
    on: day,
    credit: fc.boolean(),
    reversed: fc.boolean(),
  }),
  { maxLength: 8 },
);

type Made = (typeof promises extends fc.Arbitrary<infer Value> ? Value : never)[number];
type Applied = (typeof applications extends fc.Arbitrary<infer Value> ? Value : never)[number];
type Invoice = { id: number; customerId: number; currency: string };

/** Two customers with three invoices each, the last one in euros. */
async function someInvoices(where: In): Promise<Invoice[]> {
  const invoices: Invoice[] = [];
  for (const customerId of [await aCustomer(where), await aCustomer(where)])
    for (const currency of ['USD', 'USD', 'EUR'])
      invoices.push({
        id: await anInvoice(where, customerId, { currency, amount: '100' }),
        customerId,
        currency,
      });
  return invoices;
}

/** Writes the applications and returns those that are cash. */
async function apply(where: In, invoices: Invoice[], applied: Applied[]): Promise<CashApplied[]> {
  const cash: CashApplied[] = [];
  for (const { invoice, amount, on, credit, reversed } of applied) {
    const { id: invoiceId, customerId, currency } = invoices[invoice]!;
    const from = credit
      ? { credit: await aCredit(where, customerId, { currency }) }
      : { payment: await aPayment(where, { currency }) };
    const over = { amount: String(amount), currency, appliedOn: on };
    const id = await anApplication(where, invoiceId, from, over);
    if (reversed)
      await anApplication(where, invoiceId, from, { ...over, amount: `-${amount}`, reverses: id });
    const minor = BigInt(amount) * 100n;
    if (!credit)
      for (const amountMinor of reversed ? [minor, -minor] : [minor])
        cash.push({ customerId, invoiceId, currency, amountMinor, on });
  }
  return cash;
}

const stateRow = z
  .object({
    promise_id: z.coerce.number(),
    deadline: z.string(),
    received_minor: z.coerce.bigint(),
    state: z.string(),
  })
  .transform((row) => ({
    id: row.promise_id,
    is: { state: row.state, receivedMinor: row.received_minor, deadline: row.deadline },
  }));

describe('promise_state in the database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  /** What the domain says of each promise, beside what the database says. */
  const both = (where: In, made: Made[], applied: Applied[], asOf: string) =>
    inTenant(database.pool, where.tenantId, async (sql) => {
      const invoices = await someInvoices(where);
      const cash = await apply(where, invoices, applied);
      const expected = new Map<number, unknown>();
      for (const each of made) {
        const { customerId } = invoices[each.customer * 3]!;
        const promise: PaymentPromise = {
          customerId,
          currency: each.currency,
          amountMinor: BigInt(each.amount) * 100n,
          madeOn: each.madeOn,
          payOn: addDays(each.madeOn, each.after),
          method: each.method,
          withdrawnOn: each.withdrawnOn,
          invoiceIds: each.invoices.map((index) => invoices[each.customer * 3 + index]!.id),
        };
        const row = { ...promise, amount: String(each.amount), invoices: [...promise.invoiceIds] };
        const id = await aPromise(where, customerId, row);
        const state = promiseState(promise, cash, asOf);
        if (state) expected.set(id, state);
      }
      const found = await sql.many(stateRow, 'select * from promise_state($1::date)', [asOf]);
      return { expected, found: new Map(found.map(({ id, is }) => [id, is])) };
    });

  test('says what the domain says, for every promise and day', async () => {
    await fc.assert(
      fc.asyncProperty(promises, applications, day, async (made, applied, asOf) => {
        const where: In = { database, tenantId: await aTenant(database) };
        const { expected, found } = await both(where, made, applied, asOf);
        expect(found).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
